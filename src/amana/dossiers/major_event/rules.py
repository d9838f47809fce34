# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of an event: the host sets it up, every party judges it, observers only look on.

Everything but an evaluation and a leaving is the host's own word, so nothing here hangs on an order of others' words.
The numbers at the refusals are those of the checks in spec/kinds/major_event.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.major_event import entries as e
from amana.dossiers.major_event.state import (
    Evaluated,
    KeptGuest,
    KeptNation,
    KeptRisk,
    KeptSession,
    KeptVenue,
    MajorEventState,
    erased_on,
    present,
    venues,
)
from amana.dossiers.major_event.types import ENTRY_TYPES, KIND
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.joint_text.entries import Leave
from amana.dossiers.shared.registers import find, keep
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

MAX_VENUES, MAX_SESSIONS, MAX_NATIONS, MAX_GUESTS, MAX_RISKS = 200, 1_500, 250, 100, 4_000


class MajorEventKind(Kind[MajorEventState]):
    """Major events as a total fold."""

    name = KIND
    rules = frozenset({1})
    state = MajorEventState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> MajorEventState | Refused:
        said = cast(e.Announce, coded)
        parties = {fact.header.author, *fact.header.audience}
        if said.host != fact.header.author:
            return Refused(Reason.NOT_THE_HOST)  # (1)
        if said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
        if not set(said.observers) <= parties - {said.host}:
            return Refused(Reason.FOREIGN_AUDIENCE)  # (3)
        return MajorEventState(
            ends=said.ends,
            host=said.host,
            zone=said.zone,
            starts=said.starts,
            parties=tuple(sorted(parties)),
            erase_on=said.erase_on,
            exercise=said.exercise,
            agreement=said.agreement,
            observers=tuple(sorted(set(said.observers))),
        )

    def apply(self, state: MajorEventState, fact: Fact, coded: Coded) -> MajorEventState | Refused:
        said = cast(e.MajorEventCoded, coded)
        author = fact.header.author
        if author in state.left:
            return Refused(Reason.LEFT)  # (4)
        match said:
            case e.Announce():
                return Refused(Reason.SECOND_OPENING)
            case e.Evaluate():
                own = Evaluated(entry=fact.id, marks=said.marks, agency=author)
                others = (one for one in state.evaluations if one.agency != author)
                return replace(state, evaluations=tuple(sorted((*others, own), key=lambda one: one.agency)))
            case Leave():
                if author == state.host:
                    return Refused(Reason.NOT_AT_THIS_STAGE)  # (5)
                return replace(state, left=tuple(sorted((*state.left, author))))
            case e.Revise() | e.Venue() | e.Session() | e.Nation() | e.Guest() | e.Risk() | e.Close():
                return _host(state, fact, said)
            case _:
                assert_never(said)

    def summary(self, state: MajorEventState) -> Summary:
        turn = tuple(agency for agency in present(state) if self.tasks(state, agency))
        return Summary(stage="closed" if state.closed else "open", turn=turn, closed=state.closed and not turn)

    def tasks(self, state: MajorEventState, own: AgencyCode) -> tuple[Task, ...]:
        judged = any(one.agency == own for one in state.evaluations)
        return (Task.EVALUATE,) if state.closed and own in present(state) and not judged else ()

    def departed(self, state: MajorEventState) -> frozenset[AgencyCode]:
        return frozenset(state.left)

    def erases(self, state: MajorEventState) -> Millis:
        return erased_on(state)

    def choices(self, state: MajorEventState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:  # noqa: ARG002 - the same for all
        standing = tuple(one.id for one in venues(state))
        return {"venue": standing} if entry_type in ("session", "risk") else {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: MajorEventState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`announce`: the author is host, days begin by UTC. Raises Refusal for an observer and after the close."""
        if state is None:
            return {"host": author, "zone": "UTC", **given}
        if author in state.left:
            raise Refusal(Reason.LEFT)
        if state.closed and entry_type not in ("evaluate", "leave"):
            raise Refusal(Reason.CLOSED)
        if entry_type == "session" and "venue" not in given and len(standing := venues(state)) == 1:
            return {**given, "venue": standing[0].id.hex()}
        return given


def _host(state: MajorEventState, fact: Fact, said: e.HostSaid) -> MajorEventState | Refused:
    """What the host alone sets, until it closes the event."""
    if fact.header.author != state.host:
        return Refused(Reason.NOT_THE_HOST)  # (6)
    if state.closed:
        return Refused(Reason.CLOSED)  # (7)
    match said:
        case e.Revise():
            if said.ends < said.starts:
                return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
            return replace(state, ends=said.ends, starts=said.starts, erase_on=said.erase_on)
        case e.Venue():
            return _venue(state, fact, said)
        case e.Session():
            return _session(state, fact, said)
        case e.Nation():
            return _nation(state, fact, said)
        case e.Guest():
            return _guest(state, fact, said)
        case e.Risk():
            return _risk(state, fact, said)
        case e.Close():
            return replace(state, closed=True)
        case _:
            assert_never(said)


def _venue(state: MajorEventState, fact: Fact, said: e.Venue) -> MajorEventState | Refused:
    venue = KeptVenue(
        id=EntryId(said.venue) or fact.id,
        type=said.type,
        entry=fact.id,
        struck=said.struck,
        capacity=said.capacity,
        latitude=said.latitude,
        longitude=said.longitude,
    )
    kept = keep(state.venues, venue, new=not said.venue, most=MAX_VENUES, missing=Reason.NO_SUCH_VENUE)  # (8) (12)
    return kept if isinstance(kept, Refused) else replace(state, venues=kept)


def _session(state: MajorEventState, fact: Fact, said: e.Session) -> MajorEventState | Refused:
    if find(state.venues, said.venue) is None:
        return Refused(Reason.NO_SUCH_VENUE)  # (8)
    if said.ends < said.starts:
        return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
    session = KeptSession(
        id=EntryId(said.session) or fact.id,
        ends=said.ends,
        type=said.type,
        entry=fact.id,
        venue=said.venue,
        starts=said.starts,
        struck=said.struck,
        nations=said.nations,
        spectators=said.spectators,
    )
    kept = keep(state.sessions, session, new=not said.session, most=MAX_SESSIONS, missing=Reason.NO_SUCH_SESSION)  # (9) (12)
    return kept if isinstance(kept, Refused) else replace(state, sessions=kept)


def _nation(state: MajorEventState, fact: Fact, said: e.Nation) -> MajorEventState | Refused:
    others = tuple(one for one in state.nations if one.nation != said.nation)
    if said.struck:
        return replace(state, nations=others)
    if said.desk is not None and said.desk not in {*state.parties, *(one.code for one in state.guests)}:
        return Refused(Reason.NO_SUCH_DESK)  # (10)
    if len(others) >= MAX_NATIONS:
        return Refused(Reason.TOO_MANY_OPEN)  # (12)
    own = KeptNation(desk=said.desk, entry=fact.id, nation=said.nation, delegation=said.delegation)
    return replace(state, nations=tuple(sorted((*others, own), key=lambda one: one.nation)))


def _guest(state: MajorEventState, fact: Fact, said: e.Guest) -> MajorEventState | Refused:
    """A guest is no party: a code of a party would let the host speak for it."""
    if said.code in state.parties:
        return Refused(Reason.NO_SUCH_DESK)  # (10)
    others = tuple(one for one in state.guests if one.code != said.code)
    if said.struck:
        return replace(state, guests=others)
    if len(others) >= MAX_GUESTS:
        return Refused(Reason.TOO_MANY_OPEN)  # (12)
    own = KeptGuest(code=said.code, entry=fact.id, nation=said.nation)
    return replace(state, guests=tuple(sorted((*others, own), key=lambda one: one.code)))


def _risk(state: MajorEventState, fact: Fact, said: e.Risk) -> MajorEventState | Refused:
    if find(state.venues, said.venue) is None:
        return Refused(Reason.NO_SUCH_VENUE)  # (8)
    if said.session and ((session := find(state.sessions, said.session)) is None or session.venue != said.venue):
        return Refused(Reason.NO_SUCH_SESSION)  # (9)
    risk = KeptRisk(
        at=Millis(fact.effective),
        day=said.day,
        entry=fact.id,
        phase=said.phase,
        venue=said.venue,
        impact=said.impact,
        threat=said.threat,
        session=said.session,
        vulnerability=said.vulnerability,
    )
    others = tuple(_others(state, risk))
    if len(others) >= MAX_RISKS:
        return Refused(Reason.TOO_MANY_OPEN)  # (12)
    return replace(state, risks=tuple(sorted((*others, risk), key=lambda one: (one.venue, one.day, one.session))))


def _others(state: MajorEventState, risk: KeptRisk) -> Iterator[KeptRisk]:
    """The risks of other places and days."""
    return (one for one in state.risks if (one.venue, one.day, one.session) != (risk.venue, risk.day, risk.session))
