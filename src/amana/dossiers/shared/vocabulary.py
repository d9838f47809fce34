# SPDX-License-Identifier: EUPL-1.2
"""The closed lists that officers choose from: every code has a sentence in Arabic, French and English above.

What is chosen from a list is a code in the header, so a page written in Arabic is read in French untranslated.
A code that a newer partner adds makes the entry not understood here, kept, and read again after an upgrade.
Spec: spec/kinds/.
"""

from __future__ import annotations

from enum import StrEnum

from amana.protocol.identifiers import Millis

HOUR = 3_600_000
DAY = 24 * HOUR
URGENT_DIRECT = Millis(8 * HOUR)  # Directive (EU) 2023/977, art. 5(1)(a): urgent, directly accessible
URGENT_OTHER = Millis(3 * DAY)  # Directive (EU) 2023/977, art. 5(1)(b): urgent, not directly accessible
NOT_URGENT = Millis(7 * DAY)  # Directive (EU) 2023/977, art. 5(1)(c): all other requests


class Area(StrEnum):
    """Crime areas and fields of cooperation; the last two are a separate, non-criminal compartment."""

    # the thirteen fields of the France-Morocco agreement of 30 May 2000, some of which hold two areas
    TERRORISM = "terrorism"
    DRUGS = "drugs"  # narcotics, psychotropic substances and precursors
    ORGANISED_CRIME = "organised_crime"
    ARMS_EXPLOSIVES_CBRN = "arms_explosives_cbrn"  # arms, explosives, nuclear, chemical and biological materials
    ECONOMIC_FINANCIAL = "economic_financial"
    MONEY_LAUNDERING = "money_laundering"
    HUMAN_TRAFFICKING = "human_trafficking"
    FORGERY_COUNTERFEITING = "forgery_counterfeiting"
    STOLEN_ART = "stolen_art"
    IRREGULAR_IMMIGRATION = "irregular_immigration"
    DOCUMENT_FRAUD = "document_fraud"
    TRANSPORT_SECURITY = "transport_security"
    FORENSIC_POLICE = "forensic_police"
    PUBLIC_ORDER = "public_order"
    TRAINING = "training"
    # used today beside them
    CYBERCRIME = "cybercrime"
    MIGRANT_SMUGGLING = "migrant_smuggling"
    CHILD_SEXUAL_EXPLOITATION = "child_sexual_exploitation"
    FRAUD = "fraud"
    CORRUPTION = "corruption"
    ENVIRONMENTAL_CRIME = "environmental_crime"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    MOBILE_ORGANISED_GROUPS = "mobile_organised_groups"
    CORE_INTERNATIONAL_CRIMES = "core_international_crimes"
    SPORT_EVENT_VIOLENCE = "sport_event_violence"
    # non-criminal
    MISSING_PERSONS = "missing_persons"
    DISASTER_VICTIMS = "disaster_victims"


NON_CRIMINAL = frozenset({Area.MISSING_PERSONS, Area.DISASTER_VICTIMS})


class Form(StrEnum):
    """Forms of cooperation that an agreement may allow."""

    INFORMATION = "information"
    PRIVATE_CHECK = "private_check"
    JOINT_OPERATION = "joint_operation"
    TECHNICAL_ASSISTANCE = "technical_assistance"
    EXPERTISE = "expertise"
    TRAINING = "training"
    EVENT_SECURITY = "event_security"


class CooperationLevel(StrEnum):
    """Levels at which an agreement lets services deal with each other."""

    LEADERSHIP = "leadership"
    OPERATIONAL = "operational"
    TECHNICAL = "technical"


class DataCategory(StrEnum):
    """Categories of data that an agreement lets services exchange."""

    IDENTITY = "identity"
    CONTACT = "contact"  # phones, e-mail addresses, addresses
    DOCUMENTS = "documents"
    VEHICLES_VESSELS = "vehicles_vessels"
    FINANCIAL = "financial"
    CRIMINAL_RECORD = "criminal_record"
    TRAVEL = "travel"
    COMMUNICATIONS = "communications"
    CYBER = "cyber"
    OBJECTS = "objects"
    MINORS = "minors"
    SPECIAL = "special"  # special categories of personal data, where strictly necessary


class Urgency(StrEnum):
    """How urgent a request is; with direct accessibility it picks the clock."""

    URGENT = "urgent"
    ORDINARY = "ordinary"


class RequestType(StrEnum):
    """What is asked for; a request may ask for several."""

    INFORMATION = "information"
    IDENTIFICATION = "identification"
    DOCUMENT_CHECK = "document_check"
    VEHICLE_CHECK = "vehicle_check"
    PHONE_CHECK = "phone_check"
    CORE_DATA = "core_data"  # after a hit
    OPERATIONAL_ASSISTANCE = "operational_assistance"
    REUSE_PERMISSION = "reuse_permission"
    CLARIFICATION = "clarification"
    RECTIFY = "rectify"
    ERASE = "erase"
    RECALL = "recall"


class NoticeType(StrEnum):
    """What a notice is: no question is asked."""

    SPONTANEOUS = "spontaneous"
    WANTED = "wanted"
    MISSING = "missing"
    MODUS_OPERANDI = "modus_operandi"
    THREAT = "threat"


class RefusalCode(StrEnum):
    """Why a respondent does not answer (Directive (EU) 2023/977, art. 6, as the model)."""

    NOT_AVAILABLE = "not_available"
    AUTHORISATION_REFUSED = "authorisation_refused"
    OUTDATED_OR_INCORRECT = "outdated_or_incorrect"
    DISPROPORTIONATE_OR_IRRELEVANT = "disproportionate_or_irrelevant"
    NATIONAL_SECURITY = "national_security"
    ONGOING_INVESTIGATION_OR_SAFETY = "ongoing_investigation_or_safety"
    MINOR_OFFENCE = "minor_offence"
    NOT_AN_OFFENCE_HERE = "not_an_offence_here"
    OTHER = "other"  # the body's text says which


class PauseCode(StrEnum):
    """Why the clock stands."""

    JUDICIAL_AUTHORISATION = "judicial_authorisation"


class WithdrawalCode(StrEnum):
    """Why an asker or a notice's author takes it back."""

    NO_LONGER_NEEDED = "no_longer_needed"
    SENT_IN_ERROR = "sent_in_error"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    FOUND = "found"  # a notice's person or object was found
    OTHER = "other"


class Usefulness(StrEnum):
    """What an answer or a notice was worth to the one who got it."""

    DECISIVE = "decisive"
    USEFUL = "useful"
    PARTLY_USEFUL = "partly_useful"
    NOT_USEFUL = "not_useful"
    TOO_LATE = "too_late"
    TOO_EARLY_TO_SAY = "too_early_to_say"


class RecallCode(StrEnum):
    """Why an originator calls information back."""

    INCORRECT = "incorrect"
    SENT_IN_ERROR = "sent_in_error"
    UNLAWFUL = "unlawful"
    ERASURE_DUE = "erasure_due"
    SOURCE_PROTECTION = "source_protection"


class RecallAnswerCode(StrEnum):
    """What a holder declares it did; a declaration, not a proof."""

    ERASED = "erased"
    NOT_HELD = "not_held"
    RETAINED_BY_LAW = "retained_by_law"
    RETAINED_FOR_PROCEEDINGS = "retained_for_proceedings"


class Reuse(StrEnum):
    """A further use that needs the originator's permission."""

    COURT = "court"  # H1
    ONWARD_SHARING = "onward_sharing"  # H2
    OTHER_PURPOSE = "other_purpose"
    PUBLICATION = "publication"


class TranslationKind(StrEnum):
    """What a translation is good for."""

    WORKING = "working"
    CERTIFIED = "certified"


class SuspensionCode(StrEnum):
    """Why an agreement or a partner is suspended."""

    SECURITY_INCIDENT = "security_incident"
    BREACH = "breach"
    NATIONAL_DECISION = "national_decision"
    OTHER = "other"


class EndCode(StrEnum):
    """Why an agreement or a run ends."""

    REPLACED = "replaced"
    EXPIRED = "expired"
    DENOUNCED = "denounced"
    LOST_LOG = "lost_log"
    OTHER = "other"


class DispositionCode(StrEnum):
    """What a node tells of an entry it received but could not take as it is."""

    UNREADABLE = "unreadable"
    UNKNOWN_DOSSIER = "unknown_dossier"  # also said of a dossier the author is no party of
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_TYPE = "unknown_type"
    ABOVE_LIMIT = "above_limit"  # above the classification limit: body destroyed at once
    REFUSED_BY_RULE = "refused_by_rule"
    NO_LEGAL_BASIS = "no_legal_basis"  # no article of an agreement in force here allows it
    SUSPENDED = "suspended"
    CLOCK_OFF = "clock_off"
    ATTACHMENT_MISSING = "attachment_missing"
    ATTACHMENT_REFUSED = "attachment_refused"
    STALE_KEY = "stale_key"


class AnswerOutcome(StrEnum):
    """What a full answer brings; holding nothing is an answer, not a refusal."""

    PROVIDED = "provided"
    NOTHING_HELD = "nothing_held"


class ClauseRole(StrEnum):
    """What a clause of a communiqué is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"


class Confidence(StrEnum):
    """How well founded a judgement is: the quality and amount of what it rests on. Not how likely the thing is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
