# SPDX-License-Identifier: EUPL-1.2
"""What a person can do in a dossier, as a button says it: the same codes as entry types, as acts and not as things."""

from __future__ import annotations

from collections.abc import Mapping

ACT: Mapping[str, str] = {
    "acknowledge": "Take in hand",
    "progress": "Say that it is in work",
    "ask_back": "Ask for clarification",
    "clarify": "Give clarifications",
    "supplement": "Add information",
    "part_answer": "Answer in part",
    "answer": "Answer",
    "refuse": "Refuse with reasons",
    "pause": "Pause the clock",
    "unpause": "Resume the clock",
    "reminder": "Send a reminder",
    "withdraw": "Withdraw the request",
    "close": "Close, with feedback on usefulness",
    "reopen": "Reopen",
    "rate": "Give feedback on usefulness",
    "update": "Update the notice",
    "cancel": "Cancel the notice",
    "correction": "Correct",
    "translation_request": "Ask for a translation",
    "translation": "Translate",
    "recall_request": "Recall",
    "recall_answer": "Answer the recall",
    "permission_request": "Ask for permission to reuse",
    "permission_grant": "Grant the permission",
    "permission_refuse": "Refuse the permission",
    "amend": "Propose an amendment",
    "consent": "Consent",
    "decline": "Decline",
    "withdraw_consent": "Take the consent back",
    "suspend": "Suspend",
    "resume": "Lift the suspension",
    "end": "End the agreement",
    "note": "Internal note",
    "assign": "Assign",
    "handover": "Hand over",
    "request": "New information request",
    "notice": "New notice",
    "propose": "Propose an agreement",
}

OPENING: Mapping[str, str] = {  # what a dossier is, by what opens it
    "request": "information request",
    "notice": "notice",
    "propose": "agreement",
}

LABELS: Mapping[str, Mapping[str, str]] = {"act": ACT, "opening": OPENING}
