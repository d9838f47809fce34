# SPDX-License-Identifier: EUPL-1.2
"""The closed lists and fields of major events, which several kinds of dossier share.

Urgency, severity and certainty are those of the Common Alerting Protocol (OASIS CAP 1.2, 3.2.2); reinforcements are
spoken of as in OASIS EDXL-RM 1.0. Spec: spec/kinds/major_event.md and the kinds that name it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Protocol

from msgspec import Meta

from amana.dossiers.shared.vocabulary import HOUR
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, Millis

NationField = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]  # ISO 3166-1 alpha-2
NationsField = Annotated[tuple[NationField, ...], Meta(max_length=16)]
ObserversField = Annotated[tuple[AgencyCodeField, ...], Meta(max_length=64)]
LatitudeField = Annotated[int, Meta(ge=-9_000_000, le=9_000_000)]  # in 1/100,000 of a degree, north positive
LongitudeField = Annotated[int, Meta(ge=-18_000_000, le=18_000_000)]  # as above, east positive
PeopleField = Annotated[int, Meta(ge=0, le=1_000_000)]
MarkField = Annotated[int, Meta(ge=1, le=5)]

MAJOR_EVENT = "major_event"  # the kind of the dossier to which the others belong
TAKE_AT_ONCE = Millis(HOUR // 4)  # our choice: within what time a desk takes an incident in hand, by its CAP urgency
TAKE_EXPECTED = Millis(HOUR)
TAKE_OTHER = Millis(8 * HOUR)


class Hosted(Protocol):
    """What the state of an event says to everything that belongs to it."""

    @property
    def host(self) -> AgencyCode: ...
    @property
    def exercise(self) -> bool: ...
    @property
    def observers(self) -> tuple[AgencyCode, ...]: ...


class VenueType(StrEnum):
    """What a venue of an event is."""

    STADIUM = "stadium"
    ARENA = "arena"
    OPEN_AIR = "open_air"
    WATERS = "waters"
    FAN_ZONE = "fan_zone"
    VILLAGE = "village"
    TRAINING_GROUND = "training_ground"
    HOTEL = "hotel"
    TRANSPORT_HUB = "transport_hub"
    AIRPORT = "airport"
    BORDER_POST = "border_post"
    COMMAND_POST = "command_post"
    OTHER = "other"


class SessionType(StrEnum):
    """What takes place at a venue."""

    COMPETITION = "competition"
    CEREMONY = "ceremony"
    TRAINING = "training"
    CELEBRATION = "celebration"
    ARRIVAL = "arrival"  # of delegations or spectators
    BRIEFING = "briefing"  # of the cooperation centre
    OTHER = "other"


class RiskPhase(StrEnum):
    """When a risk was assessed, seen from what it is about."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class RiskLevel(StrEnum):
    """The five words of a risk and of the overall level."""

    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    VERY_HIGH = "very_high"


class EvaluationCriterion(StrEnum):
    """By what each party judges an event afterwards."""

    PREPARATION = "preparation"
    INFORMATION_FLOW = "information_flow"
    REINFORCEMENTS = "reinforcements"
    COORDINATION = "coordination"
    LANGUAGES = "languages"
    RECEPTION = "reception"  # of the officers who were sent


class CentreRole(StrEnum):
    """Who sits in a cooperation centre."""

    HEAD = "head"
    CHIEF_OF_STAFF = "chief_of_staff"
    SHIFT_LEADER = "shift_leader"
    NATIONAL_DESK = "national_desk"
    PARTNER_DESK = "partner_desk"
    INFORMATION_DESK = "information_desk"
    ANALYSIS = "analysis"
    CYBER_WATCH = "cyber_watch"
    MEDIA = "media"
    INTERPRETERS = "interpreters"


class DutyState(StrEnum):
    """Whether those who are on a shift are there."""

    PLANNED = "planned"
    PRESENT = "present"
    ABSENT = "absent"


class LogCategory(StrEnum):
    """Of what a line of the log speaks; the sections of a situation report are built from them."""

    FACT = "fact"
    APPREHENSION = "apprehension"
    CROWD = "crowd"
    TRANSPORT = "transport"
    BORDER = "border"
    THREAT = "threat"
    CYBER = "cyber"
    FORCES = "forces"
    REQUEST = "request"
    MEDIA = "media"
    LOGISTICS = "logistics"
    HEALTH = "health"
    NEXT = "next"  # what is to come


class ReportSource(StrEnum):
    """From where something was reported."""

    DESK = "desk"
    FIELD = "field"


class IncidentType(StrEnum):
    """What happened."""

    ABANDONED_OBJECT = "abandoned_object"
    DRONE = "drone"
    CROWD_MOVEMENT = "crowd_movement"
    DISORDER = "disorder"
    INTRUSION = "intrusion"
    ASSAULT = "assault"
    THEFT = "theft"
    TICKET_FRAUD = "ticket_fraud"
    COUNTERFEITING = "counterfeiting"
    DRUGS = "drugs"
    MISSING_PERSON = "missing_person"
    LOST_NATIONAL = "lost_national"
    ATTACK_THREAT = "attack_threat"
    CYBER = "cyber"
    TRANSPORT = "transport"
    BORDER = "border"
    FIRE = "fire"
    MEDICAL = "medical"
    WEATHER = "weather"
    OTHER = "other"


class CapUrgency(StrEnum):
    """OASIS CAP 1.2, urgency."""

    IMMEDIATE = "immediate"
    EXPECTED = "expected"
    FUTURE = "future"
    PAST = "past"
    UNKNOWN = "unknown"


class CapSeverity(StrEnum):
    """OASIS CAP 1.2, severity."""

    EXTREME = "extreme"
    SEVERE = "severe"
    MODERATE = "moderate"
    MINOR = "minor"
    UNKNOWN = "unknown"


class CapCertainty(StrEnum):
    """OASIS CAP 1.2, certainty."""

    OBSERVED = "observed"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"


class IncidentOutcome(StrEnum):
    """How an incident ended."""

    RESOLVED = "resolved"
    UNFOUNDED = "unfounded"
    HANDED_OVER = "handed_over"  # to another authority
    FOLLOWED_UP = "followed_up"  # in a dossier of its own


class ResourceKind(StrEnum):
    """What is asked for and sent."""

    EXPLOSIVE_DOGS = "explosive_dogs"
    BOMB_DISPOSAL = "bomb_disposal"
    COUNTER_DRONE = "counter_drone"
    MOUNTED = "mounted"
    SPOTTER = "spotter"
    PAIRED_PATROL = "paired_patrol"
    BORDER_GUARD = "border_guard"
    FORENSIC = "forensic"
    CYBER = "cyber"
    INTERPRETER = "interpreter"
    LIAISON = "liaison"
    OTHER = "other"


class Powers(StrEnum):
    """What officers who are sent may do in the host's country."""

    NONE = "none"
    ADVISE = "advise"
    ACCOMPANY = "accompany"  # beside an officer of the host, who acts
    UNDER_HOST_COMMAND = "under_host_command"


class Arms(StrEnum):
    """Whether officers who are sent carry arms."""

    UNARMED = "unarmed"
    SERVICE_WEAPON = "service_weapon"
    BY_HOST_DECISION = "by_host_decision"


class CostBearer(StrEnum):
    """Who bears the cost."""

    HOST = "host"
    SENDER = "sender"
    SHARED = "shared"


class DeploymentStatus(StrEnum):
    """How a deployment stands (EDXL-RM, ReportResourceDeploymentStatus)."""

    EN_ROUTE = "en_route"
    ARRIVED = "arrived"
    OPERATIONAL = "operational"
    RESTING = "resting"
    UNAVAILABLE = "unavailable"
    RETURNED = "returned"


class ReportType(StrEnum):
    """What is issued from the centre."""

    SITUATION_REPORT = "situation_report"
    INTELLIGENCE_BRIEFING = "intelligence_briefing"
    GENERAL_BRIEFING = "general_briefing"
    CLOSING_REPORT = "closing_report"


def decide_take_within(urgency: CapUrgency) -> Millis:
    """Within what time a desk takes an incident of this urgency in hand; our choice, for CAP sets no times."""
    match urgency:
        case CapUrgency.IMMEDIATE:
            return TAKE_AT_ONCE
        case CapUrgency.EXPECTED:
            return TAKE_EXPECTED
        case _:
            return TAKE_OTHER


def decide_level(score: int) -> RiskLevel:
    """The word for threat × vulnerability × impact, each 1 to 5 (so 1 to 125).

    The bounds are the cubes between the marks: a risk whose three marks are all 3 is moderate, all 4 high, all 5 very high.
    """
    for bound, level in ((4, RiskLevel.VERY_LOW), (15, RiskLevel.LOW), (40, RiskLevel.MODERATE), (80, RiskLevel.HIGH)):
        if score <= bound:
            return level
    return RiskLevel.VERY_HIGH
