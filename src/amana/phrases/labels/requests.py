# SPDX-License-Identifier: EUPL-1.2
"""What is asked, answered, refused, paused, taken back and judged in requests and notices, by code."""

from __future__ import annotations

from collections.abc import Mapping

URGENCY: Mapping[str, str] = {
    "urgent": "urgent",
    "ordinary": "ordinary",
}

REQUEST_TYPE: Mapping[str, str] = {
    "information": "information",
    "identification": "identification",
    "document_check": "document verification",
    "vehicle_check": "vehicle verification",
    "phone_check": "phone number verification",
    "core_data": "core data after a hit",
    "operational_assistance": "operational assistance",
    "reuse_permission": "permission to reuse",
    "clarification": "clarification",
    "rectify": "rectification",
    "erase": "erasure",
    "recall": "recall",
}

NOTICE_TYPE: Mapping[str, str] = {
    "spontaneous": "spontaneous information",
    "wanted": "wanted person",
    "missing": "missing person",
    "modus_operandi": "modus operandi",
    "threat": "threat",
}

REFUSAL: Mapping[str, str] = {
    "not_available": "the information is not available",
    "authorisation_refused": "judicial authorisation was refused",
    "outdated_or_incorrect": "the information is outdated or incorrect",
    "disproportionate_or_irrelevant": "the request is disproportionate or irrelevant",
    "national_security": "essential interests of national security",
    "ongoing_investigation_or_safety": "ongoing investigation or safety of a person",
    "minor_offence": "minor offence",
    "not_an_offence_here": "not an offence under the law of the agency asked",
    "other": "another reason, stated in the text",
}

PAUSE: Mapping[str, str] = {
    "judicial_authorisation": "awaiting judicial authorisation",
}

WITHDRAWAL: Mapping[str, str] = {
    "no_longer_needed": "no longer needed",
    "sent_in_error": "sent in error",
    "answered_elsewhere": "answered through another channel",
    "found": "the person or object was found",
    "other": "another reason, stated in the text",
}

USEFULNESS: Mapping[str, str] = {
    "decisive": "decisive",
    "useful": "useful",
    "partly_useful": "partly useful",
    "not_useful": "not useful",
    "too_late": "came too late",
    "too_early_to_say": "too early to say",
}

RECALL: Mapping[str, str] = {
    "incorrect": "the information is incorrect",
    "sent_in_error": "sent in error",
    "unlawful": "its processing was unlawful",
    "erasure_due": "its retention period has ended",
    "source_protection": "protection of a source",
}

RECALL_ANSWER: Mapping[str, str] = {
    "erased": "says it has erased the content",
    "not_held": "says it does not hold it",
    "retained_by_law": "retains it as its law requires",
    "retained_for_proceedings": "retains it for judicial proceedings",
}

REUSE: Mapping[str, str] = {
    "court": "use in court",
    "onward_sharing": "onward sharing",
    "other_purpose": "use for another purpose",
    "publication": "publication",
}

TRANSLATION: Mapping[str, str] = {
    "working": "working translation",
    "certified": "certified translation",
}

OUTCOME: Mapping[str, str] = {
    "provided": "information provided",
    "nothing_held": "nothing held on the matter",
}

SUSPENSION: Mapping[str, str] = {
    "security_incident": "security incident",
    "breach": "breach of commitments",
    "national_decision": "national decision",
    "other": "another reason, stated in the text",
}

END: Mapping[str, str] = {
    "replaced": "replaced by another",
    "expired": "its term has ended",
    "denounced": "denounced",
    "lost_log": "the log was lost",
    "other": "another reason, stated in the text",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "urgency": URGENCY,
    "request_type": REQUEST_TYPE,
    "notice_type": NOTICE_TYPE,
    "refusal": REFUSAL,
    "pause": PAUSE,
    "withdrawal": WITHDRAWAL,
    "usefulness": USEFULNESS,
    "recall": RECALL,
    "recall_answer": RECALL_ANSWER,
    "reuse": REUSE,
    "translation": TRANSLATION,
    "outcome": OUTCOME,
    "suspension": SUSPENSION,
    "end": END,
}
