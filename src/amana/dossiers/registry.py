# SPDX-License-Identifier: EUPL-1.2
"""The kinds of dossier this version knows, by name, and what every caller asks of them generically.

A registry, not discovery: a kind that is not listed here does not exist. Spec: spec/kinds/.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from amana.dossiers.action_log.rules import ActionLogKind
from amana.dossiers.agreement.rules import AgreementKind
from amana.dossiers.communique.rules import CommuniqueKind
from amana.dossiers.deconfliction.rules import DeconflictionKind
from amana.dossiers.event_day.rules import EventDayKind
from amana.dossiers.event_incident.rules import EventIncidentKind
from amana.dossiers.exhibit.rules import ExhibitKind
from amana.dossiers.expertise.rules import ExpertiseKind
from amana.dossiers.expertise_mission.rules import ExpertiseMissionKind
from amana.dossiers.good_practice.rules import GoodPracticeKind
from amana.dossiers.information_request.rules import InformationRequestKind
from amana.dossiers.joint_operation.rules import JointOperationKind
from amana.dossiers.kind import Coded, EntryType, Kind, Personal, Reason
from amana.dossiers.major_event.rules import MajorEventKind
from amana.dossiers.meeting.rules import MeetingKind
from amana.dossiers.partnership.rules import PartnershipKind
from amana.dossiers.plain import from_plain
from amana.dossiers.reinforcement.rules import ReinforcementKind
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.vocabulary import DAY, Form
from amana.dossiers.situation_report.rules import SituationReportKind
from amana.dossiers.threat_assessment.rules import ThreatAssessmentKind
from amana.protocol.canonical import Canonical
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from amana.protocol.marking import Marking

AnyKind = Kind[Any]  # the state's type goes with the kind; the cursor keeps them together
NOTHING: Mapping[str, Any] = MappingProxyType({})
KINDS: Mapping[str, AnyKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ActionLogKind(),
            AgreementKind(),
            CommuniqueKind(),
            DeconflictionKind(),
            EventDayKind(),
            EventIncidentKind(),
            ExhibitKind(),
            ExpertiseKind(),
            ExpertiseMissionKind(),
            GoodPracticeKind(),
            InformationRequestKind(),
            JointOperationKind(),
            MajorEventKind(),
            MeetingKind(),
            PartnershipKind(),
            ReinforcementKind(),
            SituationReportKind(),
            ThreatAssessmentKind(),
        )
    }
)


def kind_named(name: str) -> AnyKind:
    """The kind of that name. Raises Refusal `unknown_kind`."""
    kind = KINDS.get(name)
    if kind is None:
        raise Refusal(Reason.UNKNOWN_KIND)
    return kind


def entry_type(kind: str, type: str) -> EntryType:
    """The entry type of that kind. Raises Refusal `unknown_kind`, `unknown_type`."""
    found = kind_named(kind).entry_types.get(type)
    if found is None:
        raise Refusal(Reason.UNKNOWN_TYPE)
    return found


def find_entry_type(kind: str, type: str) -> EntryType | None:
    """The entry type of that kind, or None where this version does not know it."""
    known = KINDS.get(kind)
    return known.entry_types.get(type) if known is not None else None


def may_speak_of_persons(kind: str, type: str) -> bool:  # bool: by the declaration of the entry's type
    """Whether a body of this type may speak of persons; of what is not known, it is held possible."""
    declared = find_entry_type(kind, type)
    return declared is None or declared.personal is not Personal.NONE


def needs_form(kind: str, declared: EntryType, given: Mapping[str, Any] = NOTHING) -> Form | None:
    """The form of cooperation that an agreement must allow before such an entry flows; None where it needs no basis.

    `given`: its plain coded values, on which the form of some openings depends.
    """
    return kind_named(kind).form_of(given) if declared.needs_basis else None


def binds(action: str) -> bool:  # bool: whether it binds the agency; who may do so is decided by `node.access`
    """Whether `<kind>.<type>` binds the agency that says it; of what is not known, nothing is claimed."""
    kind, _, type = action.partition(".")
    declared = find_entry_type(kind, type)
    return declared is not None and declared.binds


def complete(
    kind: str,
    type: str,
    given: Mapping[str, Any],
    *,
    author: AgencyCode,
    state: Canonical | None,
    agreement: Conditions | None,
) -> Mapping[str, Any]:
    """`given` plain coded values with what follows from the context filled in; given values are never changed.

    `state` is the dossier's (None: this entry opens it); `agreement` the conditions in force for the flow, where
    one was found. Raises Refusal where the act makes no sense in that state.
    """
    entry_type(kind, type)
    return kind_named(kind).complete(type, given, author=author, state=state, agreement=agreement)


def coded_of(kind: str, type: str, completed: Mapping[str, Any]) -> Coded:
    """The coded values that plain ones describe; its `named()` entries belong into `after`. Raises Refusal `bad_values`."""
    return from_plain(completed, entry_type(kind, type).coded)


def default_marking(kind: str, type: str, *, opening: Marking | None, agreement: Conditions | None, made_at: Millis) -> Marking:
    """The marking an entry starts from: its type's, with the dossier's purpose and basis, the agreement's codes and
    level, never below the opening's, and the erase date that the type's retention gives."""
    declared = entry_type(kind, type)
    own = declared.default_marking
    sources = [own, *([opening] if opening else [])]
    codes = {code for source in sources for code in source.codes} | set(agreement.codes if agreement else ())
    level = max([source.level for source in sources] + ([agreement.level] if agreement else []))
    return Marking(
        basis=opening.basis if opening else None,
        codes=tuple(sorted(codes)),
        level=level,
        purpose=opening.purpose if opening else own.purpose,
        erase_on=Millis(made_at + declared.retention * DAY),
        national=opening.national if opening and opening.level == level else "",
    )
