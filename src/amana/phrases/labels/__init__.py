# SPDX-License-Identifier: EUPL-1.2
"""The English name of every coded value, by vocabulary; the catalogues hold the others.

The enums of the layers below are tied to their vocabularies here, so that a check finds a value without a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from amana.dossiers.agreement.flow import Why
from amana.dossiers.communique.workshop import Before
from amana.dossiers.dated import DatedKind
from amana.dossiers.information_request.state import Stage
from amana.dossiers.meeting import vocabulary as m
from amana.dossiers.shared import events as ev
from amana.dossiers.shared import missions as mi
from amana.dossiers.shared import operations as op
from amana.dossiers.shared import vocabulary as v
from amana.dossiers.shared.joint_text.state import ClauseState
from amana.dossiers.situation_report import entries as sr
from amana.dossiers.tasks import Task
from amana.dossiers.threat_assessment import entries as t
from amana.node.access import Role
from amana.node.local_operations import AnnexPart
from amana.node.queries.figures import FigureCode
from amana.phrases.labels import (
    acts,
    assessments,
    briefings,
    calendars,
    communiques,
    countries,
    entries,
    event_words,
    events,
    fields,
    files,
    handling,
    meetings,
    operation_words,
    operations,
    packs,
    papers,
    printed,
    relations,
    requests,
    stages,
    things,
)
from amana.protocol.channel import State
from amana.protocol.envelope import Void
from amana.protocol.marking import Because, HandlingCode, ItemCategory, Level, Purpose, Tlp, Use

LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **countries.LABELS,
        **fields.LABELS,
        **files.LABELS,
        **requests.LABELS,
        **handling.LABELS,
        **things.LABELS,
        **entries.LABELS,
        **stages.LABELS,
        **acts.LABELS,
        **printed.LABELS,
        **relations.LABELS,
        **calendars.LABELS,
        **communiques.LABELS,
        **meetings.LABELS,
        **packs.LABELS,
        **papers.LABELS,
        **assessments.LABELS,
        **briefings.LABELS,
        **events.LABELS,
        **event_words.LABELS,
        **operations.LABELS,
        **operation_words.LABELS,
    }
)


def of_kind(vocabulary: str, kind: str, code: str) -> str:
    """The code under which a vocabulary holds what one kind of dossier calls otherwise than the others: a meeting's level."""
    own = f"{kind}.{code}"
    return own if own in LABELS[vocabulary] else code


VOCABULARY_OF: Mapping[type[Enum], str] = MappingProxyType(
    {
        v.Area: "area",
        FigureCode: "briefing_figure",
        v.Form: "form",
        v.CooperationLevel: "cooperation_level",
        v.DataCategory: "data_category",
        v.Urgency: "urgency",
        v.RequestType: "request_type",
        v.NoticeType: "notice_type",
        v.RefusalCode: "refusal",
        v.PauseCode: "pause",
        v.WithdrawalCode: "withdrawal",
        v.Usefulness: "usefulness",
        v.RecallCode: "recall",
        v.RecallAnswerCode: "recall_answer",
        v.Reuse: "reuse",
        v.TranslationKind: "translation",
        v.SuspensionCode: "suspension",
        v.EndCode: "end",
        v.AnswerOutcome: "outcome",
        HandlingCode: "handling",
        Tlp: "tlp",
        Level: "level",
        Purpose: "purpose",
        ItemCategory: "category",
        Use: "use",
        Because: "because",
        Stage: "information_request_stage",
        State: "channel",
        Role: "role",
        Task: "task",
        Void: "void",
        Why: "why",
        DatedKind: "dated_kind",
        v.ClauseRole: "clause_role",
        ClauseState: "clause_state",
        Before: "before_release",
        m.MeetingForm: "meeting_form",
        m.MeetingLevel: "meeting_level",
        m.ProgrammeType: "programme_type",
        m.DelegationRole: "delegation_role",
        m.ProgressState: "progress_state",
        t.AssessmentPart: "assessment_part",
        t.Likelihood: "likelihood",
        v.Confidence: "confidence",
        mi.MissionType: "mission_type",
        mi.Deliverable: "deliverable",
        mi.MissionReport: "mission_report",
        mi.FollowUpResult: "follow_up_result",
        sr.ReportFigure: "report_figure",
        sr.ReportSection: "report_section",
        ev.VenueType: "venue_type",
        ev.SessionType: "session_type",
        ev.RiskPhase: "risk_phase",
        ev.RiskLevel: "risk_level",
        ev.EvaluationCriterion: "evaluation_criterion",
        ev.CentreRole: "centre_role",
        ev.DutyState: "duty_state",
        ev.LogCategory: "log_category",
        ev.ReportSource: "report_source",
        ev.IncidentType: "incident_type",
        ev.CapUrgency: "cap_urgency",
        ev.CapSeverity: "cap_severity",
        ev.CapCertainty: "cap_certainty",
        ev.IncidentOutcome: "incident_outcome",
        ev.ResourceKind: "resource_kind",
        ev.Powers: "powers",
        ev.Arms: "arms",
        ev.CostBearer: "cost_bearer",
        ev.DeploymentStatus: "deployment_status",
        ev.ReportType: "report_type",
        AnnexPart: "annex_part",
        op.PartyRole: "party_role",
        op.Phase: "phase",
        op.Gate: "gate",
        op.BasisType: "basis_type",
        op.PlanPart: "plan_part",
        op.TaskPhase: "task_phase",
        op.WorkState: "work_state",
        op.ContactFunction: "contact_function",
        op.DocumentType: "document_type",
        op.ResultType: "result_type",
        op.Substance: "substance",
        op.Unit: "unit",
        op.EvaluationTime: "evaluation_time",
        op.OperationCriterion: "operation_criterion",
        op.ActionCategory: "action_category",
        op.LawfulOrigin: "lawful_origin",
        op.Disposal: "disposal",
        op.PointKind: "point_kind",
        op.Settlement: "settlement",
        t.SourceType: "source_type",
    }
)
