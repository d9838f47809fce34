# SPDX-License-Identifier: EUPL-1.2
"""Visits and sessions: their forms and levels, the parts of a programme, delegations, and how far decisions are."""

from __future__ import annotations

from collections.abc import Mapping

MEETING_FORM: Mapping[str, str] = {
    "visit": "working visit",
    "meeting": "meeting",
}

MEETING_LEVEL: Mapping[str, str] = {
    "leadership": "leadership",
    "joint_committee": "joint committee",
    "working_group": "working group",
    "expert": "experts",
}

PROGRAMME_TYPE: Mapping[str, str] = {
    "arrival": "arrival",
    "welcome": "welcome",
    "session": "working session",
    "site_visit": "visit to a site",
    "working_meal": "working lunch or dinner",
    "ceremony": "ceremony",
    "press": "press",
    "transfer": "transfer",
    "departure": "departure",
    "other": "other",
}

DELEGATION_ROLE: Mapping[str, str] = {
    "head": "head of delegation",
    "member": "member",
    "interpreter": "interpreter",
    "liaison": "liaison officer",
    "observer": "observer",
}

PROGRESS_STATE: Mapping[str, str] = {
    "open": "open",
    "in_progress": "being carried out",
    "done": "carried out",
    "dropped": "dropped",
}

MEETING_STAGE: Mapping[str, str] = {
    "convened": "convened",
    "in_minutes": "minutes being written",
    "minuted": "minutes approved by all",
    "cancelled": "called off",
}

MEETING_GROUP: Mapping[str, str] = {
    "coming": "to come",
    "held": "held",
    "called_off": "called off",
}

WEEKDAY: Mapping[str, str] = {
    "0": "Monday",
    "1": "Tuesday",
    "2": "Wednesday",
    "3": "Thursday",
    "4": "Friday",
    "5": "Saturday",
    "6": "Sunday",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "meeting_form": MEETING_FORM,
    "meeting_level": MEETING_LEVEL,
    "programme_type": PROGRAMME_TYPE,
    "delegation_role": DELEGATION_ROLE,
    "progress_state": PROGRESS_STATE,
    "meeting_stage": MEETING_STAGE,
    "meeting_group": MEETING_GROUP,
    "weekday": WEEKDAY,
}
