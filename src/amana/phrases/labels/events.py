# SPDX-License-Identifier: EUPL-1.2
"""Major events: venues, risks, the cooperation centre, incidents by the words of CAP 1.2, reinforcements, reports."""

from __future__ import annotations

from collections.abc import Mapping

VENUE_TYPE: Mapping[str, str] = {
    "stadium": "stadium",
    "arena": "arena",
    "open_air": "open-air site",
    "waters": "waters",
    "fan_zone": "fan zone",
    "village": "athletes’ village",
    "training_ground": "training ground",
    "hotel": "hotel",
    "transport_hub": "transport hub",
    "airport": "airport",
    "border_post": "border post",
    "command_post": "command post",
    "other": "other site",
}

SESSION_TYPE: Mapping[str, str] = {
    "competition": "competition",
    "ceremony": "ceremony",
    "training": "training",
    "celebration": "celebration",
    "arrival": "arrivals",
    "briefing": "briefing",
    "other": "other",
}

RISK_PHASE: Mapping[str, str] = {"before": "before", "during": "during", "after": "after"}

RISK_LEVEL: Mapping[str, str] = {
    "very_low": "very low",
    "low": "low",
    "moderate": "moderate",
    "high": "high",
    "very_high": "very high",
}

EVALUATION_CRITERION: Mapping[str, str] = {
    "preparation": "preparation",
    "information_flow": "flow of information",
    "reinforcements": "reinforcements",
    "coordination": "coordination",
    "languages": "languages and interpreting",
    "reception": "reception of the officers sent",
}

CENTRE_ROLE: Mapping[str, str] = {
    "head": "head of the centre",
    "chief_of_staff": "chief of staff",
    "shift_leader": "shift leader",
    "national_desk": "national desk",
    "partner_desk": "partner desk",
    "information_desk": "information desk",
    "analysis": "analysis",
    "cyber_watch": "cyber watch",
    "media": "media",
    "interpreters": "interpreters",
}

DUTY_STATE: Mapping[str, str] = {"planned": "planned", "present": "present", "absent": "absent"}

LOG_CATEGORY: Mapping[str, str] = {
    "fact": "fact",
    "apprehension": "apprehension",
    "crowd": "crowd",
    "transport": "transport",
    "border": "border",
    "threat": "threat",
    "cyber": "cyber",
    "forces": "forces",
    "request": "request",
    "media": "media",
    "logistics": "logistics",
    "health": "health and rescue",
    "next": "to come",
}

REPORT_SOURCE: Mapping[str, str] = {"desk": "from the centre", "field": "from the field"}

INCIDENT_TYPE: Mapping[str, str] = {
    "abandoned_object": "abandoned object",
    "drone": "drone",
    "crowd_movement": "crowd movement",
    "disorder": "disorder",
    "intrusion": "intrusion",
    "assault": "assault",
    "theft": "theft",
    "ticket_fraud": "ticket fraud",
    "counterfeiting": "counterfeiting",
    "drugs": "drugs",
    "missing_person": "missing person",
    "lost_national": "national in difficulty",
    "attack_threat": "threat of attack",
    "cyber": "cyber incident",
    "transport": "transport",
    "border": "border",
    "fire": "fire",
    "medical": "medical emergency",
    "weather": "weather",
    "other": "other incident",
}

CAP_URGENCY: Mapping[str, str] = {
    "immediate": "immediate",
    "expected": "within the hour",
    "future": "later",
    "past": "past",
    "unknown": "urgency unknown",
}

CAP_SEVERITY: Mapping[str, str] = {
    "extreme": "extreme severity",
    "severe": "severe",
    "moderate": "moderate severity",
    "minor": "minor severity",
    "unknown": "severity unknown",
}

CAP_CERTAINTY: Mapping[str, str] = {
    "observed": "observed",
    "likely": "likely",
    "possible": "possible",
    "unlikely": "unlikely",
    "unknown": "certainty unknown",
}

INCIDENT_OUTCOME: Mapping[str, str] = {
    "resolved": "resolved",
    "unfounded": "unfounded",
    "handed_over": "handed over to another authority",
    "followed_up": "followed up in a dossier of its own",
}

RESOURCE_KIND: Mapping[str, str] = {
    "explosive_dogs": "explosive-detection dog teams",
    "bomb_disposal": "bomb disposal",
    "counter_drone": "counter-drone",
    "mounted": "mounted officers",
    "spotter": "spotters",
    "paired_patrol": "paired patrols",
    "border_guard": "border guards",
    "forensic": "forensic police",
    "cyber": "cyber specialists",
    "interpreter": "interpreters",
    "liaison": "liaison officers",
    "other": "other reinforcements",
}

POWERS: Mapping[str, str] = {
    "none": "no powers",
    "advise": "advise only",
    "accompany": "accompany an officer of the host, who acts",
    "under_host_command": "act under the host’s command",
}

ARMS: Mapping[str, str] = {
    "unarmed": "unarmed",
    "service_weapon": "service weapon",
    "by_host_decision": "as the host decides",
}

COST_BEARER: Mapping[str, str] = {"host": "the host", "sender": "the sending service", "shared": "shared"}

DEPLOYMENT_STATUS: Mapping[str, str] = {
    "en_route": "on the way",
    "arrived": "arrived",
    "operational": "in service",
    "resting": "resting",
    "unavailable": "not available",
    "returned": "returned home",
}

REPORT_TYPE: Mapping[str, str] = {
    "situation_report": "situation report",
    "intelligence_briefing": "daily intelligence briefing",
    "general_briefing": "general briefing",
    "closing_report": "closing report",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "venue_type": VENUE_TYPE,
    "session_type": SESSION_TYPE,
    "risk_phase": RISK_PHASE,
    "risk_level": RISK_LEVEL,
    "evaluation_criterion": EVALUATION_CRITERION,
    "centre_role": CENTRE_ROLE,
    "duty_state": DUTY_STATE,
    "log_category": LOG_CATEGORY,
    "report_source": REPORT_SOURCE,
    "incident_type": INCIDENT_TYPE,
    "cap_urgency": CAP_URGENCY,
    "cap_severity": CAP_SEVERITY,
    "cap_certainty": CAP_CERTAINTY,
    "incident_outcome": INCIDENT_OUTCOME,
    "resource_kind": RESOURCE_KIND,
    "powers": POWERS,
    "arms": ARMS,
    "cost_bearer": COST_BEARER,
    "deployment_status": DEPLOYMENT_STATUS,
    "report_type": REPORT_TYPE,
}
