# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in an action log: every party but observers writes; tallies are their author's own, so lines commute.

The numbers at the refusals are those of the checks in spec/kinds/action_log.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.action_log import entries as e
from amana.dossiers.action_log.state import LogState, Tally
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, Millis


class ActionLogKind(Kind[LogState]):
    """Action logs as a total fold."""

    name = e.KIND
    form = Form.JOINT_OPERATION
    rules = frozenset({1})
    state = LogState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> LogState | Refused:
        said = cast(e.Open, coded)
        if fact.header.author in said.observers:
            return Refused(Reason.OBSERVER)  # (1)
        return LogState(area=said.area, lead=said.lead, author=fact.header.author, observers=said.observers, operation=said.operation)

    def apply(self, state: LogState, fact: Fact, coded: Coded) -> LogState | Refused:
        said = cast(e.LogCoded, coded)
        author = fact.header.author
        if author in state.observers:
            return Refused(Reason.OBSERVER)  # (1)
        match said:
            case e.Open():
                return Refused(Reason.SECOND_OPENING)
            case e.Line():
                return _line(state, author, said)
            case e.Close():
                if author not in (state.author, state.lead):
                    return Refused(Reason.NOT_THE_LEAD)  # (2)
                return Refused(Reason.ALREADY_SAID) if state.closed else replace(state, closed=Millis(fact.effective))  # (3)
            case _:
                assert_never(said)

    def summary(self, state: LogState) -> Summary:
        closed = bool(state.closed)
        return Summary(stage="closed" if closed else "open", area=state.area.value, closed=closed, within=DossierId(state.operation))

    def tasks(self, state: LogState, own: AgencyCode) -> tuple[Task, ...]:  # noqa: ARG002 - who is in action looks at the board
        return ()

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: LogState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`open`: the author leads, where no operation says it. Raises Refusal for an observer."""
        if state is None:
            return {"lead": author, **given}
        if author in state.observers:
            raise Refusal(Reason.OBSERVER)
        if entry_type == "close" and author not in (state.author, state.lead):
            raise Refusal(Reason.NOT_THE_LEAD)
        return given


def _line(state: LogState, author: AgencyCode, said: e.Line) -> LogState:
    own = next((one for one in state.tallies if (one.agency, one.category) == (author, said.category)), None)
    sums, lines = (own.sum, own.lines) if own else (0, 0)
    tally = Tally(sum=sums + said.number, lines=lines + 1, agency=author, category=said.category)
    others = (one for one in state.tallies if (one.agency, one.category) != (author, said.category))
    return replace(state, tallies=tuple(sorted((*others, tally), key=lambda one: (one.agency, one.category))))
