# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of a line of the directory: its author alone. Spec: spec/kinds/expertise.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.expertise import entries as e
from amana.dossiers.expertise.state import ExpertiseState
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode


class ExpertiseKind(Kind[ExpertiseState]):
    """Lines of the directory as a total fold."""

    name = e.KIND
    rules = frozenset({1})
    state = ExpertiseState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> ExpertiseState | Refused:
        said = cast(e.Publish, coded)
        if said.ends and said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (1)
        return _line(fact, said, fact.header.author)

    def apply(self, state: ExpertiseState, fact: Fact, coded: Coded) -> ExpertiseState | Refused:
        said = cast(e.ExpertiseCoded, coded)
        if fact.header.author != state.author:
            return Refused(Reason.NOT_THE_AUTHOR)  # (2)
        match said:
            case e.Publish():
                return Refused(Reason.SECOND_OPENING)
            case e.Revise():
                if said.ends and said.ends < said.starts:
                    return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (1)
                return _line(fact, said, state.author)
            case e.Withdraw():
                return Refused(Reason.ALREADY_SAID) if state.withdrawn else replace(state, withdrawn=True)
            case _:
                assert_never(said)

    def summary(self, state: ExpertiseState) -> Summary:
        return Summary(stage="withdrawn" if state.withdrawn else "published", area=state.area.value, closed=state.withdrawn)

    def tasks(self, state: ExpertiseState, own: AgencyCode) -> tuple[Task, ...]:  # noqa: ARG002 - a directory asks nothing
        return ()

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: ExpertiseState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`revise`: what is not said stays. Raises Refusal for anybody but the author."""
        if state is None:
            return given
        if author != state.author:
            raise Refusal(Reason.NOT_THE_AUTHOR)
        if entry_type != "revise":
            return given
        held = {"area": state.area.value, "ends": state.ends, "forms": [form.value for form in state.forms], "people": state.people}
        return {**held, "starts": state.starts, "missions": state.missions, "languages": list(state.languages), **given}


def _line(fact: Fact, said: e.Publish | e.Revise, author: AgencyCode) -> ExpertiseState:
    """The line as this word says it; a revision brings back what was withdrawn."""
    return ExpertiseState(
        area=said.area,
        ends=said.ends,
        entry=fact.id,
        forms=said.forms,
        author=author,
        people=said.people,
        starts=said.starts,
        missions=said.missions,
        languages=said.languages,
    )
