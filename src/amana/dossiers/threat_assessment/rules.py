# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in a threat assessment: passages, dissent and sources change only what is their author's or named.

An approval counts on its own author's earlier approvals alone: its revision is higher than that of every other text the
author approves. Of texts that cross, none is in force unless every agency approves its hash.
Spec: spec/kinds/threat_assessment.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.kind import Clock, Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.joint_text import rules as joint
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.dossiers.shared.joint_text.state import BoundText, JointText, awaiting, begin, departed, has_left, present, version_of
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task, in_order
from amana.dossiers.threat_assessment import completing
from amana.dossiers.threat_assessment.entries import ENTRY_TYPES, JUDGING, KIND, Approve, AssessmentCoded, Begin, Passage, Source
from amana.dossiers.threat_assessment.state import (
    SCOPE,
    AssessmentState,
    Draft,
    NamedSource,
    conditions_of,
    dissent_scope,
    draft_of,
    revision_in_force,
    to_answer,
    to_revise,
    validity_of,
)
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

MAX_SOURCES = 100  # of one author in one dossier


class ThreatAssessmentKind(Kind[AssessmentState]):
    """Threat assessments as a total fold."""

    name = KIND
    form = Form.INFORMATION
    rules = frozenset({1})
    state = AssessmentState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> AssessmentState | Refused:
        said = cast(Begin, coded)
        if said.until and said.until < said.since:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)
        header = fact.header
        parties = {header.author, *header.audience}
        return AssessmentState(
            area=said.area, text=begin(parties), about=said.about, since=said.since, until=said.until, author=header.author
        )

    def apply(self, state: AssessmentState, fact: Fact, coded: Coded) -> AssessmentState | Refused:
        said = cast(AssessmentCoded, coded)
        if has_left(state.text, fact.header.author):
            return Refused(Reason.LEFT)
        match said:
            case Passage():
                outcome = _write(state, fact, said)
            case Source():
                return _name_source(state, fact, said)
            case Approve():
                outcome = _approve(state, fact, said)
            case Translation() | Agree() | Object() | WithdrawApproval() | Leave():
                outcome = joint.say(state.text, fact, said)
            case _:
                assert_never(said)
        return outcome if isinstance(outcome, Refused) else replace(state, text=outcome)

    def summary(self, state: AssessmentState) -> Summary:
        held, draft = revision_in_force(state), draft_of(state)
        turn = tuple(agency for agency in present(state.text) if any(_expected(state, agency, draft)))
        closed = not present(state.text)
        if held is None:
            return Summary(stage="drafting", area=state.area.value, turn=turn, closed=closed)
        stage = "in_force" if draft.versions == held.bound.versions else "revised"
        return Summary(stage=stage, area=state.area.value, turn=turn, due=held.valid_until, closed=closed)

    def tasks(self, state: AssessmentState, own: AgencyCode) -> tuple[Task, ...]:
        return in_order(_expected(state, own, draft_of(state)))

    def clock(self, state: AssessmentState, own: AgencyCode) -> Clock | None:
        held = revision_in_force(state)
        if held is None or own not in present(state.text):
            return None
        return Clock(started_at=held.since, due=held.valid_until)

    def departed(self, state: AssessmentState) -> frozenset[AgencyCode]:
        return departed(state.text)

    def choices(self, state: AssessmentState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[EntryId, ...]]:
        return completing.choices(state, entry_type, own)

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: AssessmentState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on an assessment
    ) -> Mapping[str, Any]:
        """What a text editor would fill in, see `completing`."""
        return given if state is None else completing.complete(state, entry_type, given, author)


def _expected(state: AssessmentState, own: AgencyCode, draft: Draft) -> Iterator[Task]:
    if own not in present(state.text):
        return
    if awaiting(state.text, own) or _ready(state, own, draft):
        yield Task.APPROVE
    if to_answer(state, own):
        yield Task.AGREE
    if to_revise(state, own, draft):
        yield Task.REVISE


def _ready(state: AssessmentState, own: AgencyCode, draft: Draft) -> bool:  # bool: a fact of the draft
    """Whether everything is agreed and this agency has not approved the text as it stands."""
    if not draft.agreed:
        return False
    approved = {approval.hash for party in state.text.parties if party.agency == own for approval in party.approvals if not approval.ended}
    return not any(bound.versions == draft.versions and bound.hash in approved for bound in state.text.texts)


def _write(state: AssessmentState, fact: Fact, said: Passage) -> JointText | Refused:
    """A version of a passage, or of its author's own dissent."""
    if (said.likelihood or said.confidence) and said.part not in JUDGING:
        return Refused(Reason.ONLY_IN_JUDGEMENTS)
    scope = dissent_scope(fact.header.author) if said.dissent else SCOPE
    first = version_of(state.text, said.clause) if said.clause else None
    if first is not None and first.scope not in (SCOPE, scope):
        return Refused(Reason.OTHER_CLAUSE)  # nobody words another agency's dissent, or makes it a passage
    return joint.write(state.text, fact, said, scope)


def _approve(state: AssessmentState, fact: Fact, said: Approve) -> JointText | Refused:
    """An approval: of a text that is still to be valid, with a revision above all others that its author approves."""
    author = fact.header.author
    if said.valid_until <= fact.header.made_at:
        return Refused(Reason.EXPIRES_IN_THE_PAST)
    own = next(party for party in state.text.parties if party.agency == author)
    others = {approval.hash for approval in own.approvals if not approval.ended and approval.hash != said.hash}
    if any(bound.hash in others and validity_of(bound).revision >= said.revision for bound in state.text.texts):
        return Refused(Reason.WRONG_REVISION)
    conditions = conditions_of(said.revision, said.valid_until)
    return joint.approve(state.text, fact, BoundText(hash=said.hash, scope=SCOPE, versions=said.versions, conditions=conditions))


def _name_source(state: AssessmentState, fact: Fact, said: Source) -> AssessmentState | Refused:
    """A source named, described anew or struck by its author."""
    author = fact.header.author
    held = next((source for source in state.sources if source.id == said.source), None)
    if said.source and (held is None or held.author != author):
        return Refused(Reason.NO_SUCH_SOURCE)
    if held is not None and held.struck:
        return Refused(Reason.ALREADY_STRUCK)
    if held is None and (said.struck or sum(source.author == author for source in state.sources) >= MAX_SOURCES):
        return Refused(Reason.NO_SUCH_SOURCE if said.struck else Reason.TOO_MANY_OPEN)
    source = NamedSource(
        at=held.at if held is not None else Millis(fact.effective),
        id=held.id if held is not None else fact.id,
        type=said.type,
        entry=fact.id,
        grade=said.grade,
        author=author,
        struck=said.struck,
    )
    kept = (other for other in state.sources if other.id != source.id)
    return replace(state, sources=tuple(sorted((*kept, source), key=lambda one: one.id)))
