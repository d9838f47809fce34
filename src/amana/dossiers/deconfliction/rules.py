# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in a deconfliction: each agency announces once in a round, asks once, answers once.

That both are fixed before either asks is held by what a question names; that nobody is asked twice by the register of each
author. The numbers at the refusals are those of the checks in spec/kinds/deconfliction.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.deconfliction import entries as e
from amana.dossiers.deconfliction.state import DeconflictionState, Overlap, Settled, Turn, asked_of, next_round, other_of, turn_of
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task, in_order
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

BOTH = 2


class DeconflictionKind(Kind[DeconflictionState]):
    """Deconflictions as a total fold."""

    name = e.KIND
    form = Form.JOINT_OPERATION
    rules = frozenset({1})
    state = DeconflictionState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> DeconflictionState | Refused:
        said = cast(e.Begin, coded)
        parties = tuple(sorted({fact.header.author, *fact.header.audience}))
        if len(parties) != BOTH:
            return Refused(Reason.FOREIGN_AUDIENCE)  # (1)
        return DeconflictionState(area=said.area, parties=parties, operation=said.operation)

    def apply(self, state: DeconflictionState, fact: Fact, coded: Coded) -> DeconflictionState | Refused:
        said = cast(e.DeconflictionCoded, coded)
        match said:
            case e.Begin():
                return Refused(Reason.SECOND_OPENING)
            case e.Announce():
                return _announce(state, fact, said)
            case e.Ask():
                return _ask(state, fact, said)
            case e.Reply():
                return _reply(state, fact, said)
            case e.Talk():
                return _talk(state, fact, said)
            case e.Settle():
                own = Settled(at=Millis(fact.effective), entry=fact.id, agency=fact.header.author, outcome=said.outcome)
                others = (one for one in state.settled if one.agency != own.agency)
                return replace(state, settled=tuple(sorted((*others, own), key=lambda one: one.agency)))
            case _:
                assert_never(said)

    def summary(self, state: DeconflictionState) -> Summary:
        turn = tuple(party for party in state.parties if self.tasks(state, party))
        settled = bool(state.settled)
        stage = "settled" if settled else "overlap" if state.talks else "compared" if _compared(state) else "open"
        return Summary(stage=stage, area=state.area.value, turn=turn, closed=settled, within=DossierId(state.operation))

    def tasks(self, state: DeconflictionState, own: AgencyCode) -> tuple[Task, ...]:
        return in_order(_expected(state, own))

    def choices(self, state: DeconflictionState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        """What belongs into a question and an answer of the round in which `own` is."""
        mine = turn_of(state, own, next_round(state, own) - 1)
        theirs = turn_of(state, other_of(state, own), mine.round) if mine is not None else None
        if mine is None or theirs is None:
            return {}
        match entry_type:
            case "ask":
                return {"mine": (mine.announced,), "theirs": (theirs.announced,)}
            case "reply" if theirs.ask:
                return {"question": (theirs.ask,)}
            case _:
                return {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: DeconflictionState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """The round. Raises Refusal `not_announced` where there is nothing yet to talk about."""
        if state is None:
            return given
        own = next_round(state, author)
        if entry_type == "announce":
            return {"round": own, **given}
        if own == 1 and entry_type != "settle":
            raise Refusal(Reason.NOT_ANNOUNCED)
        only = {name: ids[0].hex() for name, ids in self.choices(state, entry_type, author).items() if len(ids) == 1}
        return {**({"round": own - 1} if entry_type != "settle" else {}), **only, **given}


def _compared(state: DeconflictionState) -> bool:  # bool: a fact of the registers
    """Whether in the last round of each every question was answered."""
    last = [turn_of(state, AgencyCode(party), next_round(state, AgencyCode(party)) - 1) for party in state.parties]
    turns = [one for one in last if one is not None]
    asked = sum(bool(one.ask) for one in turns)
    return len(turns) == BOTH and asked > 0 and asked == sum(bool(one.reply) for one in turns)


def _expected(state: DeconflictionState, own: AgencyCode) -> Iterator[Task]:
    if state.settled:
        return
    mine = next_round(state, own)
    if any(one.agency != own and one.round >= mine for one in state.turns):
        yield Task.ANNOUNCE
    if any(one.agency != own for one in state.talks):
        yield Task.TALK


def _announce(state: DeconflictionState, fact: Fact, said: e.Announce) -> DeconflictionState | Refused:
    author = fact.header.author
    if said.round != next_round(state, author):
        return Refused(Reason.WRONG_ROUND)  # (2)
    if said.asks.count != said.answers.count:
        return Refused(Reason.UNIT_DIFFERS)  # (3)
    turn = Turn(asks=said.asks, round=said.round, agency=author, answers=said.answers, announced=fact.id)
    return replace(state, turns=tuple(sorted((*state.turns, turn), key=lambda one: (one.round, one.agency))))


def _ask(state: DeconflictionState, fact: Fact, said: e.Ask) -> DeconflictionState | Refused:
    author = fact.header.author
    mine = turn_of(state, author, said.round)
    theirs = next((one for one in state.turns if one.announced == said.theirs), None)
    if mine is None or mine.announced != said.mine or theirs is None or theirs.agency == author or theirs.round != said.round:
        return Refused(Reason.NOT_ANNOUNCED)  # (4)
    if mine.ask:
        return Refused(Reason.ALREADY_SAID)  # (5)
    return _with_turn(state, replace(mine, ask=fact.id))


def _reply(state: DeconflictionState, fact: Fact, said: e.Reply) -> DeconflictionState | Refused:
    author = fact.header.author
    question = asked_of(state, EntryId(said.question))
    mine = turn_of(state, author, said.round)
    if question is None or mine is None or question.agency == author or question.round != said.round:
        return Refused(Reason.NO_SUCH_QUESTION)  # (6)
    if mine.reply:
        return Refused(Reason.ALREADY_SAID)  # (5)
    return _with_turn(state, replace(mine, reply=fact.id))


def _with_turn(state: DeconflictionState, turn: Turn) -> DeconflictionState:
    others = (one for one in state.turns if (one.round, one.agency) != (turn.round, turn.agency))
    return replace(state, turns=tuple(sorted((*others, turn), key=lambda one: (one.round, one.agency))))


def _talk(state: DeconflictionState, fact: Fact, said: e.Talk) -> DeconflictionState | Refused:
    author = fact.header.author
    if turn_of(state, author, said.round) is None:
        return Refused(Reason.NOT_ANNOUNCED)  # (4)
    own = Overlap(at=Millis(fact.effective), count=said.count, entry=fact.id, kinds=said.kinds, round=said.round, agency=author)
    others = (one for one in state.talks if one.agency != author)
    return replace(state, talks=tuple(sorted((*others, own), key=lambda one: one.agency)))
