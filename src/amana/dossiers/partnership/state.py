# SPDX-License-Identifier: EUPL-1.2
"""What is true between two partners: each one's card, suspension, run and introductions.

Each entry changes only its author's own registers. Spec: spec/kinds/partnership.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.shared.vocabulary import DispositionCode
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, DigestField, EffectiveField, EntryIdField

MAX_INTRODUCTIONS = 64  # the latest are kept
MAX_DISPOSITIONS = 64  # the latest are kept; all stay as entries


class Introduced(Canonical, frozen=True, kw_only=True):
    """A third agency that this one has introduced, as yet compared by nobody."""

    card: DigestField
    agency: AgencyCodeField
    dossiers: tuple[EntryIdField, ...] = ()


class Disposed(Canonical, frozen=True, kw_only=True):
    """What became of one entry of the other partner's."""

    code: DispositionCode
    entry: EntryIdField


class Side(Canonical, frozen=True, kw_only=True):
    """One partner's registers: only this partner's entries change them."""

    agency: AgencyCodeField
    disposed: tuple[Disposed, ...] = ()  # in order
    card_hash: Annotated[bytes, Meta(max_length=32)] = b""
    ended_run: Annotated[int, Meta(ge=0)] = 0  # the highest run it has ended
    suspended: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int; since when, 0 not
    introduced: tuple[Introduced, ...] = ()  # in order
    card_number: Annotated[int, Meta(ge=0)] = 0


class PartnershipState(Canonical, frozen=True, kw_only=True):
    """Both sides, sorted by agency."""

    sides: tuple[Side, ...]
