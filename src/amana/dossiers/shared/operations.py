# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of joint operations, which the operation, its action log, its exhibits and its deconfliction share.

Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Protocol

from msgspec import Meta

from amana.dossiers.shared.vocabulary import Area
from amana.protocol.identifiers import AgencyCode, AgencyCodeField

JOINT_OPERATION: Final = "joint_operation"
LookersField = Annotated[tuple[AgencyCodeField, ...], Meta(max_length=63)]  # agencies that only look on
AmountField = Annotated[int, Meta(ge=0, le=10**15)]  # in the unit's smallest part
CurrencyField = Annotated[str, Meta(pattern=r"^([A-Z]{3})?\Z")]  # ISO 4217, or none
MarkField = Annotated[int, Meta(ge=1, le=5)]


class Operated(Protocol):
    """What a dossier within an operation takes from it."""

    @property
    def area(self) -> Area: ...
    @property
    def lead(self) -> AgencyCode: ...
    @property
    def observers(self) -> tuple[AgencyCode, ...]: ...


class PartyRole(StrEnum):
    """What an agency is in an operation."""

    LEAD = "lead"
    SUPPORT = "support"
    OBSERVER = "observer"


class Phase(StrEnum):
    """Where an operation stands; derived, never said."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    PREPARATION = "preparation"
    ACTION = "action"
    HALTED = "halted"
    EXPLOITATION = "exploitation"
    CLOSED = "closed"
    EVALUATED = "evaluated"


class Gate(StrEnum):
    """What is missing before the next phase."""

    PLAN = "plan"  # to be approved by every party
    BASIS = "basis"
    CONTACT = "contact"
    TASKS = "tasks"
    READY = "ready"
    START = "start"
    STOP = "stop"
    DOUBLES = "doubles"  # results that may be one
    CLOSE = "close"
    EVALUATION = "evaluation"


class BasisType(StrEnum):
    """On what a party acts."""

    AGREEMENT = "agreement"
    JUDICIAL_REQUEST = "judicial_request"
    INVESTIGATION_TEAM = "investigation_team"
    NATIONAL_LAW = "national_law"


class PlanPart(StrEnum):
    """The parts of a plan, in their order."""

    OBJECTIVE = "objective"
    SITUATION = "situation"
    CONCEPT = "concept"
    FORCES = "forces"
    SAFETY = "safety"
    EVIDENCE = "evidence"
    COMMUNICATIONS = "communications"
    MEDIA = "media"
    COSTS = "costs"
    CONTINGENCY = "contingency"


class TaskPhase(StrEnum):
    """When a task is to be done."""

    PREPARATION = "preparation"
    ACTION = "action"
    EXPLOITATION = "exploitation"


class WorkState(StrEnum):
    """How far a task is, as its owner says."""

    OPEN = "open"
    IN_HAND = "in_hand"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class ContactFunction(StrEnum):
    """Whom to call for what."""

    COMMAND = "command"
    DESK = "desk"
    EVIDENCE = "evidence"
    TECHNICAL = "technical"
    MEDIA = "media"
    INTERPRETER = "interpreter"


class DocumentType(StrEnum):
    """What a document of an operation is."""

    ORDER = "order"
    LEGAL = "legal"
    MAP = "map"
    REPORT = "report"
    OTHER = "other"


class ResultType(StrEnum):
    """What an operation brings about."""

    APPREHENSION = "apprehension"
    PERSON_PROTECTED = "person_protected"
    DRUGS = "drugs"
    MONEY = "money"
    DEVICE = "device"
    ACCOUNT = "account"
    WEAPON = "weapon"
    DOCUMENT = "document"
    VEHICLE = "vehicle"
    OTHER = "other"


THINGS = frozenset(ResultType) - {ResultType.APPREHENSION, ResultType.PERSON_PROTECTED}  # what an exhibit may be


class Substance(StrEnum):
    """What was seized, for drugs."""

    CANNABIS_RESIN = "cannabis_resin"
    CANNABIS_HERB = "cannabis_herb"
    COCAINE = "cocaine"
    HEROIN = "heroin"
    AMPHETAMINE = "amphetamine"
    MDMA = "mdma"
    MEDICINE = "medicine"
    NEW_SUBSTANCE = "new_substance"
    PRECURSOR = "precursor"
    OTHER = "other"


class Unit(StrEnum):
    """In what an amount is said. Money is in the smallest part of its currency."""

    PIECE = "piece"
    GRAM = "gram"
    MILLILITRE = "millilitre"
    MONEY = "money"


class EvaluationTime(StrEnum):
    """When a party judges an operation."""

    MID_TERM = "mid_term"
    FINAL = "final"


class OperationCriterion(StrEnum):
    """By what it is judged."""

    PREPARATION = "preparation"
    INFORMATION_FLOW = "information_flow"
    COORDINATION = "coordination"
    LEGAL_FRAMEWORK = "legal_framework"
    SAFETY = "safety"
    RESULTS = "results"


class ActionCategory(StrEnum):
    """What a line of the action log says."""

    OBSERVATION = "observation"
    MOVEMENT = "movement"
    SEARCH = "search"
    APPREHENSION = "apprehension"
    SEIZURE = "seizure"
    DECISION = "decision"
    SAFETY = "safety"
    REQUEST = "request"
    TECHNICAL = "technical"
    MEDIA = "media"


class LawfulOrigin(StrEnum):
    """By what act a thing came into the hands of the police."""

    SEARCH = "search"
    ARREST = "arrest"
    BORDER_CONTROL = "border_control"
    JUDICIAL_ORDER = "judicial_order"
    HANDED_IN = "handed_in"
    FOUND = "found"


class Disposal(StrEnum):
    """What became of an exhibit."""

    TO_COURT = "to_court"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    CONFISCATED = "confiscated"


class PointKind(StrEnum):
    """What two operations may have in common."""

    PLACE_AND_TIME = "place_and_time"
    PHONE = "phone"
    VEHICLE = "vehicle"
    DOCUMENT = "document"
    ACCOUNT = "account"


class Settlement(StrEnum):
    """What two agencies agree on after an overlap."""

    NO_CONFLICT = "no_conflict"
    MOVED = "moved"
    POSTPONED = "postponed"
    TAKEN_TOGETHER = "taken_together"
    GIVEN_UP = "given_up"
