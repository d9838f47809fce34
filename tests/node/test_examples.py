# SPDX-License-Identifier: EUPL-1.2
"""Every example action is played by the agencies that its texts are written for: the examples are true.

One federation of the four agencies lives through all of them in a sensible order; labels (@request …) stand for
what earlier examples made. What only the node itself may say is refused to people, with that reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amana.protocol.errors import Refusal
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import LEVALLOIS, PARIS, RABAT, TEMARA, federation

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "actions"
THE_NODES_OWN = (
    "deconfliction.announce",
    "deconfliction.ask",
    "deconfliction.reply",
    "information_request.delivered",
    "partnership.card",
    "partnership.disposition",
    "partnership.end_run",
)

WITH_A_COMPARISON = {"deconfliction.talk"}  # after a round that nodes play: tests/federation/test_deconfliction.py

# (author, example, label that its entry gets, labels that stand for others in this play)
PLAY: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (RABAT, "agreement.propose", "agreement", {}),
    (TEMARA, "agreement.consent", "", {}),
    (PARIS, "agreement.consent", "", {}),
    (LEVALLOIS, "agreement.consent", "", {}),
    (RABAT, "information_request.request", "request", {}),
    (PARIS, "information_request.acknowledge", "", {}),
    (PARIS, "information_request.progress", "", {}),
    (PARIS, "information_request.ask_back", "ask_back", {}),
    (RABAT, "information_request.clarify", "", {}),
    (RABAT, "information_request.reminder", "", {}),
    (PARIS, "information_request.pause", "", {}),
    (PARIS, "information_request.unpause", "", {}),
    (PARIS, "information_request.supplement", "", {}),
    (PARIS, "information_request.part_answer", "", {}),
    (PARIS, "information_request.answer", "answer", {}),
    (RABAT, "information_request.translation_request", "translation_request", {}),
    (PARIS, "information_request.translation", "", {}),
    (PARIS, "information_request.correction", "", {}),
    (RABAT, "information_request.permission_request", "permission_request", {}),
    (PARIS, "information_request.permission_grant", "", {}),
    (RABAT, "information_request.permission_request", "second_permission_request", {}),
    (PARIS, "information_request.permission_refuse", "", {"permission_request": "second_permission_request"}),
    (RABAT, "information_request.reopen", "", {}),
    (PARIS, "information_request.answer", "", {}),
    (PARIS, "information_request.recall_request", "recall_request", {}),
    (RABAT, "information_request.recall_answer", "", {}),
    (RABAT, "information_request.close", "", {}),
    (RABAT, "information_request.request", "refused_request", {}),
    (PARIS, "information_request.refuse", "", {"request": "refused_request"}),
    (RABAT, "information_request.request", "withdrawn_request", {}),
    (RABAT, "information_request.withdraw", "", {"request": "withdrawn_request"}),
    (RABAT, "information_request.notice", "notice", {}),
    (PARIS, "information_request.rate", "", {}),
    (RABAT, "information_request.update", "", {}),
    (RABAT, "information_request.cancel", "", {}),
    (RABAT, "meeting.convene", "meeting", {}),
    (RABAT, "meeting.reschedule", "", {}),
    (PARIS, "meeting.delegation", "", {}),
    (RABAT, "meeting.programme", "", {}),
    (RABAT, "meeting.session", "", {}),
    (PARIS, "meeting.agenda_point", "agenda_point", {}),
    (RABAT, "meeting.minutes_point", "minutes_point", {}),
    (PARIS, "meeting.decision", "decision", {}),
    (RABAT, "meeting.translation", "", {}),
    (PARIS, "meeting.object", "", {}),
    (TEMARA, "meeting.agree", "", {}),
    (TEMARA, "meeting.approve", "", {}),
    (TEMARA, "meeting.withdraw_approval", "", {}),
    (RABAT, "meeting.approve", "", {}),
    (PARIS, "meeting.approve", "", {}),
    (LEVALLOIS, "meeting.leave", "", {}),
    (TEMARA, "meeting.approve", "", {}),
    (PARIS, "meeting.action", "", {}),
    (PARIS, "meeting.progress", "", {}),
    (RABAT, "meeting.cancel", "", {}),
    (RABAT, "communique.draft", "communique", {}),
    (RABAT, "communique.clause", "clause", {}),
    (LEVALLOIS, "communique.agree", "", {}),
    (LEVALLOIS, "communique.object", "", {}),
    (RABAT, "communique.approve", "", {}),
    (LEVALLOIS, "communique.approve", "", {}),
    (RABAT, "communique.withdraw_approval", "", {}),
    (RABAT, "communique.approve", "", {}),
    (LEVALLOIS, "communique.embargo", "", {}),
    (RABAT, "communique.release", "", {}),
    (LEVALLOIS, "communique.leave", "", {}),
    (RABAT, "threat_assessment.begin", "assessment", {}),
    (PARIS, "threat_assessment.passage", "passage", {}),
    (RABAT, "threat_assessment.translation", "", {}),
    (PARIS, "threat_assessment.source", "", {}),
    (LEVALLOIS, "threat_assessment.object", "", {}),
    (TEMARA, "threat_assessment.agree", "", {}),
    (RABAT, "threat_assessment.approve", "", {}),
    (PARIS, "threat_assessment.approve", "", {}),
    (RABAT, "threat_assessment.withdraw_approval", "", {}),
    (LEVALLOIS, "threat_assessment.leave", "", {}),
    (RABAT, "expertise.publish", "expertise", {}),
    (RABAT, "expertise.revise", "", {}),
    (PARIS, "expertise_mission.request", "mission", {}),
    (RABAT, "expertise_mission.terms", "terms", {}),
    (PARIS, "expertise_mission.accept", "", {}),
    (RABAT, "expertise_mission.team", "", {}),
    (RABAT, "expertise_mission.start", "", {}),
    (RABAT, "expertise_mission.report", "", {}),
    (RABAT, "expertise_mission.complete", "", {}),
    (PARIS, "expertise_mission.feedback", "", {}),
    (PARIS, "expertise_mission.follow_up", "", {}),
    (RABAT, "expertise_mission.propose", "proposal", {}),
    (RABAT, "expertise_mission.withdraw", "", {}),
    (RABAT, "expertise_mission.propose", "second_proposal", {}),
    (PARIS, "expertise_mission.decline", "", {"proposal": "second_proposal"}),
    (RABAT, "expertise.withdraw", "", {}),
    (RABAT, "major_event.announce", "event", {}),
    (RABAT, "major_event.revise", "", {}),
    (RABAT, "major_event.venue", "venue", {}),
    (RABAT, "major_event.session", "", {}),
    (RABAT, "major_event.guest", "", {}),
    (RABAT, "major_event.nation", "", {}),
    (RABAT, "major_event.risk", "", {}),
    (RABAT, "event_day.open", "day", {}),
    (PARIS, "event_day.line", "", {}),
    (RABAT, "event_day.shift", "shift", {}),
    (PARIS, "event_day.duty", "", {}),
    (RABAT, "event_day.level", "", {}),
    (PARIS, "event_incident.report", "incident", {}),
    (RABAT, "event_incident.take", "", {}),
    (RABAT, "event_incident.reassess", "", {}),
    (RABAT, "event_incident.route", "", {}),
    (RABAT, "event_incident.update", "", {}),
    (RABAT, "event_incident.close", "incident_closed", {}),
    (PARIS, "event_incident.reopen", "", {}),
    (RABAT, "event_day.handover", "handover", {}),
    (PARIS, "event_day.take_over", "", {}),
    (RABAT, "event_day.close", "", {}),
    (RABAT, "reinforcement.request", "need", {}),
    (PARIS, "reinforcement.offer", "offer", {}),
    (PARIS, "reinforcement.offer", "second_offer", {}),
    (PARIS, "reinforcement.withdraw_offer", "", {}),
    (LEVALLOIS, "reinforcement.decline", "", {}),
    (RABAT, "reinforcement.commit", "", {}),
    (PARIS, "reinforcement.status", "", {}),
    (RABAT, "reinforcement.extend", "extend", {}),
    (PARIS, "reinforcement.extend_answer", "", {}),
    (RABAT, "reinforcement.release", "", {}),
    (RABAT, "reinforcement.cancel", "", {}),
    (PARIS, "reinforcement.offer_unsolicited", "", {}),
    (RABAT, "situation_report.issue", "report", {}),
    (RABAT, "situation_report.revise", "", {}),
    (RABAT, "situation_report.withdraw", "", {}),
    (RABAT, "joint_operation.propose", "operation", {}),
    (RABAT, "joint_operation.plan_point", "plan_point", {}),
    (TEMARA, "joint_operation.translation", "", {}),
    (PARIS, "joint_operation.object", "", {}),
    (PARIS, "joint_operation.agree", "", {}),
    (RABAT, "joint_operation.approve", "", {}),
    (PARIS, "joint_operation.approve", "", {}),
    (PARIS, "joint_operation.withdraw_approval", "", {}),
    (PARIS, "joint_operation.approve", "", {}),
    (TEMARA, "joint_operation.leave", "", {}),
    (RABAT, "joint_operation.basis", "", {}),
    (PARIS, "joint_operation.basis", "", {}),
    (RABAT, "joint_operation.contact", "", {}),
    (PARIS, "joint_operation.contact", "", {}),
    (RABAT, "joint_operation.task", "task", {}),
    (PARIS, "joint_operation.progress", "", {}),
    (PARIS, "joint_operation.document", "", {}),
    (RABAT, "joint_operation.ready", "", {}),
    (PARIS, "joint_operation.ready", "", {}),
    (RABAT, "deconfliction.begin", "deconfliction", {}),
    (PARIS, "deconfliction.settle", "", {}),
    (RABAT, "joint_operation.start", "", {}),
    (RABAT, "action_log.open", "action_log", {}),
    (PARIS, "action_log.line", "", {}),
    (RABAT, "exhibit.register", "exhibit", {}),
    (RABAT, "exhibit.transfer", "transfer", {}),
    (PARIS, "exhibit.decline", "", {}),
    (RABAT, "exhibit.transfer", "transfer", {}),
    (PARIS, "exhibit.receive", "", {}),
    (PARIS, "exhibit.examine", "", {}),
    (PARIS, "exhibit.court_request", "court_request", {}),
    (RABAT, "exhibit.court_grant", "", {}),
    (RABAT, "exhibit.court_refuse", "", {}),
    (PARIS, "exhibit.dispose", "", {}),
    (RABAT, "action_log.close", "", {}),
    (RABAT, "joint_operation.stop", "", {}),
    (RABAT, "joint_operation.result", "result", {}),
    (PARIS, "joint_operation.result", "second_result", {}),
    (PARIS, "joint_operation.compare", "", {}),
    (RABAT, "joint_operation.close", "", {}),
    (PARIS, "joint_operation.evaluate", "", {}),
    (RABAT, "good_practice.publish", "practice", {}),
    (RABAT, "good_practice.revise", "", {}),
    (PARIS, "good_practice.translation", "", {}),
    (PARIS, "good_practice.used", "", {}),
    (LEVALLOIS, "good_practice.comment", "", {}),
    (RABAT, "expertise_mission.lesson", "", {}),
    (RABAT, "good_practice.withdraw", "", {}),
    (LEVALLOIS, "major_event.leave", "", {}),
    (RABAT, "major_event.close", "", {}),
    (PARIS, "major_event.evaluate", "", {}),
    (PARIS, "agreement.suspend", "", {}),
    (PARIS, "agreement.resume", "", {}),
    (PARIS, "agreement.withdraw_consent", "", {}),
    (RABAT, "agreement.amend", "", {}),
    (PARIS, "agreement.decline", "", {}),
    (PARIS, "agreement.end", "", {}),
    (RABAT, "partnership.introduction", "", {}),
    (RABAT, "partnership.suspend", "", {}),
    (RABAT, "partnership.resume", "", {}),
)


def example(name: str) -> dict[str, Any]:
    """One example as it lies in the folder."""
    read: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return read


def resolved(value: Any, labels: dict[str, str], others: dict[str, str]) -> Any:
    """`value` with every @label replaced by the id it stands for."""
    match value:
        case str() if value.startswith("@"):
            name = value[1:]
            return labels[others.get(name, name)]
        case dict():
            return {key: resolved(inner, labels, others) for key, inner in value.items()}
        case list():
            return [resolved(inner, labels, others) for inner in value]
        case _:
            return value


@pytest.fixture(scope="module")
def played() -> Federation:
    """The four agencies after the whole play; any refusal fails here, with its reason."""
    made = federation(RABAT, TEMARA, PARIS, LEVALLOIS)
    labels: dict[str, str] = {}
    for author, name, label, others in PLAY:
        action = resolved(example(name), labels, others)
        account = ADMINISTRATOR if name.startswith("partnership.") else DESK
        done = made.act(author, account, action)
        made.settle()
        if label:
            assert done.entry is not None
            labels[label] = done.entry.hex()
    return made


def test_every_example_is_played_or_is_the_nodes_own() -> None:
    named = {name for _, name, _, _ in PLAY} | set(THE_NODES_OWN) | WITH_A_COMPARISON
    assert named == {path.stem for path in EXAMPLES.glob("*.json")}


def test_after_the_play_everything_has_arrived_and_verifies(played: Federation) -> None:
    assert played.converged().ok
    for code in (RABAT, TEMARA, PARIS, LEVALLOIS):
        assert played[code].verify().first_failure is None


@pytest.mark.parametrize("name", THE_NODES_OWN)
def test_what_only_the_node_says_is_refused_to_people(played: Federation, name: str) -> None:
    action = {"action": name, "to": [PARIS], "coded": {}}
    account = ADMINISTRATOR if name.startswith("partnership.") else DESK
    with pytest.raises(Refusal) as refused:
        played.act(RABAT, account, action)
    assert refused.value.code == "automatic_entry"
