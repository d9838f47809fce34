# SPDX-License-Identifier: EUPL-1.2
"""The handling conditions an entry carries, how they join, and the one function that decides a further use.

A marking says who may use the content for what, until when. Derived content takes the strictest of its sources
(`join`). Passing on, printing, exporting, quoting and court use all ask `decide_use`. Spec: spec/08-marking.md.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated

from msgspec import Meta

from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import EntryId, MillisField


class HandlingCode(StrEnum):
    """The handling codes of police information exchange, a set; their sentences are in the glossary."""

    H0 = "H0"  # for police use in the exchange's purpose
    H1 = "H1"  # not in court without the originator's permission
    H2 = "H2"  # not passed on without it: the third-party rule
    H3 = "H3"  # another restriction, in the body's text


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST, 2022), for technical communities; NONE: not used."""

    NONE = ""
    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


class Level(IntEnum):
    """National classification on one scale; each agency sets the highest that its node accepts."""

    UNMARKED = 0
    RESTRICTED = 1  # fr: Diffusion Restreinte
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4


class Purpose(StrEnum):
    """The closed list of purposes for which an entry may be used."""

    PREVENTION = "prevention"  # prevention and detection of criminal offences
    INVESTIGATION = "investigation"  # criminal investigation
    PUBLIC_SECURITY = "public_security"  # immediate and serious threat to public security
    HUMANITARIAN = "humanitarian"  # missing persons, victims, disaster identification
    EVENT_SECURITY = "event_security"
    COOPERATION = "cooperation"  # running the cooperation itself: agreements, meetings, figures


class LegalBasis(Canonical, frozen=True, kw_only=True):
    """The article of an agreement in force that allows the entry; empty only where the kind needs none."""

    article: Annotated[str, Meta(max_length=32)]
    agreement: Annotated[bytes, Meta(max_length=32)]  # DossierId of the agreement


class Marking(Canonical, frozen=True, kw_only=True):
    """The handling conditions of one entry. `codes` is sorted and without doubles; dates are UTC ms, 0 = none."""

    tlp: Tlp = Tlp.NONE
    basis: LegalBasis | None = None
    codes: tuple[HandlingCode, ...] = ()
    level: Level = Level.UNMARKED
    purpose: Purpose = Purpose.COOPERATION
    erase_on: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    national: Annotated[str, Meta(max_length=48)] = ""  # the national marking's own words, e.g. "Diffusion Restreinte"
    review_on: MillisField = 0  # type: ignore[assignment]  # as above


class ItemCategory(StrEnum):
    """What a person is to the matter; never a judgement. `none` for items that are no person."""

    NONE = "none"
    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    WITNESS = "witness"
    CONTACT = "contact"
    MISSING = "missing"
    DECEASED = "deceased"
    OTHER = "other"


SourceIds = tuple[EntryId, ...]
