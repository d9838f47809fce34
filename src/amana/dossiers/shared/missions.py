# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of expertise, which the directory and the missions share. Spec: spec/kinds/expertise_mission.md."""

from __future__ import annotations

from enum import StrEnum


class MissionType(StrEnum):
    """What a mission is for."""

    EXPERTISE = "expertise"
    TECHNICAL_ASSISTANCE = "technical_assistance"
    TRAINING = "training"


class Deliverable(StrEnum):
    """What a mission leaves behind."""

    ADVICE = "advice"
    REPORT = "report"
    AUDIT = "audit"
    PLAN = "plan"
    COURSE = "course"
    EQUIPMENT = "equipment"
    EXERCISE = "exercise"
    SUPPORT = "support"  # work beside the host's own


class MissionReport(StrEnum):
    """Which report of a mission it is."""

    INTERIM = "interim"
    FINAL = "final"


class FollowUpResult(StrEnum):
    """What has become of a mission after half a year."""

    IN_USE = "in_use"
    PARTLY_IN_USE = "partly_in_use"
    NOT_IN_USE = "not_in_use"
    NEW_NEED = "new_need"
