# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of a report: the host alone, so nothing crosses. Spec: spec/kinds/situation_report.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.situation_report import entries as e
from amana.dossiers.situation_report.state import ReportState
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, Millis


class SituationReportKind(Kind[ReportState]):
    """Reports and briefings as a total fold."""

    name = e.KIND
    rules = frozenset({1})
    state = ReportState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> ReportState | Refused:
        said = cast(e.Issue, coded)
        if said.host != fact.header.author:
            return Refused(Reason.NOT_THE_HOST)  # (1)
        if said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
        return ReportState(
            ends=said.ends,
            host=said.host,
            type=said.type,
            entry=fact.id,
            event=said.event,
            level=said.level,
            number=said.number,
            starts=said.starts,
            figures=said.figures,
            exercise=said.exercise,
            issued_at=Millis(fact.effective),
            languages=said.languages,
            observers=said.observers,
            confidence=said.confidence,
        )

    def apply(self, state: ReportState, fact: Fact, coded: Coded) -> ReportState | Refused:
        said = cast(e.ReportCoded, coded)
        if fact.header.author != state.host:
            return Refused(Reason.NOT_THE_HOST)  # (1)
        match said:
            case e.Issue():
                return Refused(Reason.SECOND_OPENING)
            case e.Revise():
                if state.withdrawn:
                    return Refused(Reason.WITHDRAWN)  # (3)
                return replace(
                    state,
                    entry=fact.id,
                    level=said.level,
                    figures=said.figures,
                    languages=said.languages,
                    revisions=state.revisions + 1,
                    confidence=said.confidence,
                )
            case e.Withdraw():
                return Refused(Reason.ALREADY_SAID) if state.withdrawn else replace(state, withdrawn=True)
            case _:
                assert_never(said)

    def summary(self, state: ReportState) -> Summary:
        stage = "withdrawn" if state.withdrawn else "revised" if state.revisions else "issued"
        return Summary(stage=stage, closed=True, within=DossierId(state.event))

    def tasks(self, state: ReportState, own: AgencyCode) -> tuple[Task, ...]:  # noqa: ARG002 - a report asks nothing
        return ()

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: ReportState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`issue`: the author is host. `revise`: level and confidence stay where nothing is said."""
        if state is None:
            return {"host": author, **given}
        if state.withdrawn:
            raise Refusal(Reason.WITHDRAWN)
        if entry_type == "revise":
            return {"level": state.level.value, "confidence": state.confidence.value, **given}
        return given
