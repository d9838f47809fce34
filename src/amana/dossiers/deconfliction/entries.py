# SPDX-License-Identifier: EUPL-1.2
"""What two agencies say to compare their operations: they announce, ask, answer, and talk about what touches.

Blinded questions and answers are in bodies, and nodes make them; officers announce, ask for a talk and settle it.
Spec: spec/kinds/deconfliction.md, and spec/14-comparison.md for the comparison itself.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.operations import PointKind, Settlement
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.comparison import Announcement, Answer, Count, Question
from amana.protocol.identifiers import EntryId, EntryIdField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "deconfliction"
RETENTION = 2 * 365
MAX_ROUNDS = 20  # of one author in one dossier: how often an agency can be asked
RoundField = Annotated[int, Meta(ge=1, le=MAX_ROUNDS)]


class Begin(Coded, frozen=True, kw_only=True):
    """Opens the comparison of two agencies' other operations, for the sake of this one."""

    area: Area
    operation: EntryIdField  # DossierId


class Announce(Coded, frozen=True, kw_only=True):
    """This agency's set is fixed for a round, before anything is asked: as the one that asks, and as the one that answers."""

    asks: Announcement
    round: RoundField
    answers: Announcement


class Ask(Coded, frozen=True, kw_only=True):
    """Its own announcement and the other's; its blinded tokens are in the body."""

    mine: EntryIdField
    round: RoundField
    theirs: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.mine, self.theirs)


class Reply(Coded, frozen=True, kw_only=True):
    """The answer to a question; it is in the body."""

    round: RoundField
    question: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.question,)


class Talk(Coded, frozen=True, kw_only=True):
    """An officer says that there is an overlap, of how much and of what kind, and asks to talk. Nothing says it for him."""

    count: Count
    kinds: Annotated[tuple[PointKind, ...], Meta(max_length=len(PointKind))] = ()
    round: RoundField


class Settle(Coded, frozen=True, kw_only=True):
    """What was agreed; the body may say more."""

    outcome: Settlement


DeconflictionCoded = Begin | Announce | Ask | Reply | Talk | Settle
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.INVESTIGATION)


def _type(
    name: str,
    coded: type[Coded],
    *,
    detail: type[Canonical] | None = None,
    opens: bool = False,
    binds: bool = False,
    automatic: bool = False,
    personal: Personal = Personal.NONE,
) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=personal,
        kind=KIND,
        detail=detail,
        opens=opens,
        binds=binds,
        automatic=automatic,
        needs_basis=opens,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("begin", Begin, opens=True),
        _type("announce", Announce, automatic=True),
        _type("ask", Ask, detail=Question, automatic=True),
        _type("reply", Reply, detail=Answer, automatic=True),
        _type("talk", Talk, binds=True, personal=Personal.BODY_MAY),
        _type("settle", Settle, binds=True, personal=Personal.BODY_MAY),
    )
}
