# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of an exhibit: its holder hands it over, examines it and disposes of it; who registered it allows its use.

Whether an agency holds the thing is read from what it said itself and what it names: the opening, its own receipt, or the
refusal to receive what it handed over. The numbers at the refusals are those of the checks in spec/kinds/exhibit.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.exhibit import entries as e
from amana.dossiers.exhibit.state import CourtPermission, Disposed, ExhibitState, Handover, held_now
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.operations import THINGS, ResultType, Unit
from amana.dossiers.shared.registers import find, keep
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task, in_order
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId

MAX_HANDOVERS, MAX_REQUESTS = 60, 40  # of one author
AFTER_DISPOSAL = frozenset({"court_request", "court_grant", "court_refuse", "examine"})


class ExhibitKind(Kind[ExhibitState]):
    """Exhibits as a total fold."""

    name = e.KIND
    form = Form.JOINT_OPERATION
    rules = frozenset({1})
    state = ExhibitState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> ExhibitState | Refused:
        said = cast(e.Register, coded)
        author = fact.header.author
        if author in said.observers:
            return Refused(Reason.OBSERVER)  # (1)
        if said.type not in THINGS or (said.unit is Unit.MONEY) != bool(said.currency):
            return Refused(Reason.UNIT_DIFFERS)  # (2)
        if said.substance is not None and said.type is not ResultType.DRUGS:
            return Refused(Reason.UNIT_DIFFERS)  # (2)
        return ExhibitState(
            at=said.at,
            id=fact.id,
            area=said.area,
            type=said.type,
            unit=said.unit,
            since=fact.effective,  # type: ignore[arg-type]  # msgspec takes the plain int of the NewType
            amount=said.amount,
            author=author,
            origin=said.origin,
            parties=tuple(sorted({author, *fact.header.audience})),
            currency=said.currency,
            observers=said.observers,
            operation=said.operation,
            substance=said.substance,
        )

    def apply(self, state: ExhibitState, fact: Fact, coded: Coded) -> ExhibitState | Refused:
        said = cast(e.ExhibitCoded, coded)
        if fact.header.author in state.observers:
            return Refused(Reason.OBSERVER)  # (1)
        match said:
            case e.Register():
                return Refused(Reason.SECOND_OPENING)
            case e.Transfer():
                return _transfer(state, fact, said)
            case e.Receive() | e.Decline():
                return _arrival(state, fact, said)
            case e.Examine():
                return replace(state, examined=state.examined + 1)
            case e.CourtRequest():
                return _ask(state, fact)
            case e.CourtGrant() | e.CourtRefuse():
                return _answer(state, fact, said)
            case e.Dispose():
                return _dispose(state, fact, said)
            case _:
                assert_never(said)

    def summary(self, state: ExhibitState) -> Summary:
        held = held_now(state)
        stage = "disposed" if state.disposed is not None else "under_way" if held.on_the_way is not None else "held"
        turn = tuple(party for party in state.parties if self.tasks(state, party))
        return Summary(
            stage=stage, area=state.area.value, turn=turn, closed=held.agency is None and not turn, within=DossierId(state.operation)
        )

    def tasks(self, state: ExhibitState, own: AgencyCode) -> tuple[Task, ...]:
        return in_order(_expected(state, own)) if own not in state.observers else ()

    def choices(self, state: ExhibitState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        match entry_type:
            case "transfer" | "dispose":
                return {"held_by": tuple(_links(state, own))}
            case "receive" | "decline":
                return {"transfer": tuple(one.id for one in state.handovers if one.to == own and not one.received and not one.declined)}
            case "court_grant" | "court_refuse":
                return {"request": tuple(one.id for one in state.permissions if state.author == own and not one.refused)}
            case _:
                return {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: ExhibitState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """The link by which its author holds it, the transfer that waits, the request that is open. Raises Refusal."""
        if state is None:
            return {"unit": _unit(given), **given}
        if author in state.observers:
            raise Refusal(Reason.OBSERVER)
        if state.disposed is not None and entry_type not in AFTER_DISPOSAL:
            raise Refusal(Reason.DISPOSED)
        if entry_type in ("transfer", "dispose") and "held_by" not in given and not any(_links(state, author)):
            raise Refusal(Reason.NOT_THE_HOLDER)
        if entry_type == "court_request" and author == state.author:
            raise Refusal(Reason.NOT_ASKED_OF_YOU)
        only = {name: ids[0].hex() for name, ids in self.choices(state, entry_type, author).items() if len(ids) == 1}
        return {**only, **given}


def _unit(given: Mapping[str, Any]) -> str:
    match given.get("type"):
        case ResultType.DRUGS.value:
            return Unit.GRAM.value
        case ResultType.MONEY.value:
            return Unit.MONEY.value
        case _:
            return Unit.PIECE.value


def _expected(state: ExhibitState, own: AgencyCode) -> Iterator[Task]:
    step = held_now(state).on_the_way
    if step is not None and step.to == own:
        yield Task.RECEIVE
    if own == state.author and any(not one.grant and not one.refused for one in state.permissions):
        yield Task.PERMISSION_ANSWER


def _links(state: ExhibitState, agency: AgencyCode) -> Iterator[EntryId]:
    """The entries by which this agency holds the exhibit and that it has not used."""
    used = {one.held_by for one in state.handovers}
    own = [EntryId(state.id)] if state.author == agency else []
    own += [EntryId(one.received) for one in state.handovers if one.to == agency and one.received]
    own += [EntryId(one.declined) for one in state.handovers if one.author == agency and one.declined]
    disposed = state.disposed is not None and state.disposed.author == agency
    return (link for link in own if link not in used and not disposed)


def _transfer(state: ExhibitState, fact: Fact, said: e.Transfer) -> ExhibitState | Refused:
    author = fact.header.author
    if said.held_by not in set(_links(state, author)):
        return Refused(Reason.NOT_THE_HOLDER)  # (3)
    if said.to == author or said.to not in state.parties or said.to in state.observers:
        return Refused(Reason.NOT_A_RECEIVER)  # (4)
    if sum(one.author == author for one in state.handovers) >= MAX_HANDOVERS:
        return Refused(Reason.TOO_MANY_OPEN)  # (8)
    step = Handover(at=said.at, to=said.to, id=fact.id, held_by=said.held_by, author=author)
    return replace(state, handovers=tuple(sorted((*state.handovers, step), key=lambda one: one.id)))


def _arrival(state: ExhibitState, fact: Fact, said: e.Receive | e.Decline) -> ExhibitState | Refused:
    held = find(state.handovers, said.transfer)
    if held is None:
        return Refused(Reason.NO_SUCH_TRANSFER)  # (5)
    if held.to != fact.header.author:
        return Refused(Reason.NOT_ASKED_OF_YOU)  # (5)
    if held.received or held.declined:
        return Refused(Reason.ALREADY_SAID)  # (5)
    match said:
        case e.Receive():
            step = replace(held, broken=said.broken, received=fact.id, received_at=said.at)
        case e.Decline():
            step = replace(held, declined=fact.id)
        case _:
            assert_never(said)
    return _with_handover(state, step)


def _with_handover(state: ExhibitState, step: Handover) -> ExhibitState | Refused:
    kept = keep(state.handovers, step, new=False, most=len(state.handovers), missing=Reason.NO_SUCH_TRANSFER)
    return kept if isinstance(kept, Refused) else replace(state, handovers=kept)


def _ask(state: ExhibitState, fact: Fact) -> ExhibitState | Refused:
    author = fact.header.author
    if author == state.author:
        return Refused(Reason.NOT_ASKED_OF_YOU)  # (6)
    if sum(one.asker == author for one in state.permissions) >= MAX_REQUESTS:
        return Refused(Reason.TOO_MANY_OPEN)  # (8)
    own = CourtPermission(id=fact.id, asker=author)
    return replace(state, permissions=tuple(sorted((*state.permissions, own), key=lambda one: one.id)))


def _answer(state: ExhibitState, fact: Fact, said: e.CourtGrant | e.CourtRefuse) -> ExhibitState | Refused:
    """A refusal after a grant takes it back; a grant after a refusal does not count: it is asked for again."""
    held = find(state.permissions, said.request)
    if held is None:
        return Refused(Reason.NO_SUCH_REQUEST)  # (7)
    if fact.header.author != state.author:
        return Refused(Reason.NOT_ASKED_OF_YOU)  # (7)
    if held.refused or (held.grant and isinstance(said, e.CourtGrant)):
        return Refused(Reason.ALREADY_SAID)  # (7)
    match said:
        case e.CourtGrant():
            answered = replace(held, ends=said.ends, grant=fact.id)
        case e.CourtRefuse():
            answered = replace(held, refused=True)
        case _:
            assert_never(said)
    others = (one for one in state.permissions if one.id != held.id)
    return replace(state, permissions=tuple(sorted((*others, answered), key=lambda one: one.id)))


def _dispose(state: ExhibitState, fact: Fact, said: e.Dispose) -> ExhibitState | Refused:
    author = fact.header.author
    if said.held_by not in set(_links(state, author)):
        return Refused(Reason.NOT_THE_HOLDER)  # (3)
    return replace(state, disposed=Disposed(at=said.at, entry=fact.id, author=author, outcome=said.outcome))
