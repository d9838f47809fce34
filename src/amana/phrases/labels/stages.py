# SPDX-License-Identifier: EUPL-1.2
"""Where things stand: dossiers, partners, channels, deliveries, drafts, roles."""

from __future__ import annotations

from collections.abc import Mapping

from amana.phrases.labels import event_words, operation_words

AGREEMENT_STAGE: Mapping[str, str] = {
    "proposed": "proposed, awaiting consent",
    "declined": "declined",
    "in_force": "consented to by all",
    "amended": "consented to by all; an amendment awaits consent",
    "suspended": "suspended",
    "ended": "ended",
}

INFORMATION_REQUEST_STAGE: Mapping[str, str] = {
    "sent": "sent",
    "delivered": "delivered",
    "acknowledged": "taken in hand",
    "in_work": "in work",
    "paused": "paused (judicial authorisation)",
    "partly_answered": "partly answered",
    "answered": "answered",
    "refused": "refused with reasons",
    "withdrawn": "withdrawn",
    "closed": "closed",
    "cancelled": "cancelled",
}

PARTNERSHIP_STAGE: Mapping[str, str] = {
    "open": "open",
    "suspended": "suspended",
}

STAGE: Mapping[str, str] = {
    "not_understood": "not understood by this version",
}

ROLE: Mapping[str, str] = {
    "desk": "desk officer",
    "supervisor": "supervisor",
    "administrator": "administrator",
}

PARTNER_STATUS: Mapping[str, str] = {
    "added": "safety number not yet compared",
    "confirmed": "confirmed",
    "suspended": "suspended",
}

CHANNEL: Mapping[str, str] = {
    "checking": "not heard from since the start",
    "ready": "up to date",
    "offered": "awaiting a receipt",
    "behind": "getting its own entries back from the partner",
    "suspended": "suspended",
    "ended": "ended",
}

DELIVERY: Mapping[str, str] = {
    "waiting": "waiting to be sent",
    "sent": "sent",
    "delivered": "delivered",
    "taken": "taken in hand",
}

# what is expected of us: short, as on a badge
TASK: Mapping[str, str] = {
    "acknowledge": "take in hand",
    "answer": "answer",
    "complete_answer": "complete the answer",
    "resume": "lift the suspension",
    "clarify": "give clarifications",
    "recall_answer": "answer the recall",
    "permission_answer": "decide on the permission",
    "consent": "consent or decline",
    "amend": "amend the text",
    "read": "take note",
    "translate": "translate",
    "close": "close the dossier",
    "none": "nothing is expected of us",
    "approve": "approve the text",
    "release": "release the text",
    "agree": "agree or object",
    "revise": "revise the wording",
    "delegation": "say who comes",
    "carry_out": "carry out what was decided",
    **event_words.TASK,
    **operation_words.TASK,
}

REFUSAL_ORIGIN: Mapping[str, str] = {
    "fold": "kept, but against the rules of the dossier",
    "arrival": "set aside on arrival",
    "partner": "reported by the partner’s node",
    "act": "refused here before sending",
}

SEARCH_FIELD: Mapping[str, str] = {
    "title": "subject",
    "text": "text",
    "items": "items",
    "numbers": "numbers",
    "reference": "reference",
    "partner": "partner",
}

VOID: Mapping[str, str] = {
    "erased": "content erased",
    "recalled": "content recalled by its originator",
    "lost": "content lost",
    "over_limit": "content above the classification limit, destroyed on arrival",
}

DRAFT_STATE: Mapping[str, str] = {
    "draft": "draft",
    "awaiting_release": "awaiting four-eyes release",
    "released": "released and sent",
    "discarded": "discarded",
}

DIRECTION: Mapping[str, str] = {
    "incoming": "incoming",
    "outgoing": "outgoing",
    "internal": "internal",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "agreement_stage": AGREEMENT_STAGE,
    "information_request_stage": INFORMATION_REQUEST_STAGE,
    "partnership_stage": PARTNERSHIP_STAGE,
    "stage": STAGE,
    "role": ROLE,
    "partner_status": PARTNER_STATUS,
    "channel": CHANNEL,
    "delivery": DELIVERY,
    "task": TASK,
    "refusal_origin": REFUSAL_ORIGIN,
    "search_field": SEARCH_FIELD,
    "void": VOID,
    "draft_state": DRAFT_STATE,
    "direction": DIRECTION,
}
