# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of meetings: forms, levels, parts of a programme, roles in a delegation, progress.

Every code has a sentence in Arabic, French and English above. Spec: spec/kinds/meeting.md.
"""

from __future__ import annotations

from enum import StrEnum


class MeetingForm(StrEnum):
    """What a meeting is."""

    VISIT = "visit"  # with a programme, and sessions in it
    MEETING = "meeting"  # stands alone


class MeetingLevel(StrEnum):
    """Who meets."""

    LEADERSHIP = "leadership"
    JOINT_COMMITTEE = "joint_committee"
    WORKING_GROUP = "working_group"
    EXPERT = "expert"


class ProgrammeType(StrEnum):
    """A part of a visit's programme."""

    ARRIVAL = "arrival"
    WELCOME = "welcome"
    SESSION = "session"
    SITE_VISIT = "site_visit"
    WORKING_MEAL = "working_meal"
    CEREMONY = "ceremony"
    PRESS = "press"
    TRANSFER = "transfer"
    DEPARTURE = "departure"
    OTHER = "other"


class DelegationRole(StrEnum):
    """What a post does in a delegation."""

    HEAD = "head"
    MEMBER = "member"
    INTERPRETER = "interpreter"
    LIAISON = "liaison"
    OBSERVER = "observer"


class ProgressState(StrEnum):
    """How far a decision or an action is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"
