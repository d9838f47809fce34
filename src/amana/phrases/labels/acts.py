# SPDX-License-Identifier: EUPL-1.2
"""What a person can do in a dossier, as a button says it: the same codes as entry types, as acts and not as things."""

from __future__ import annotations

from collections.abc import Mapping

ACT: Mapping[str, str] = {
    "acknowledge": "take in hand",
    "progress": "say that it is in work",
    "ask_back": "ask for clarification",
    "clarify": "give clarifications",
    "supplement": "add information",
    "part_answer": "answer in part",
    "answer": "answer",
    "refuse": "refuse with reasons",
    "pause": "pause the clock",
    "unpause": "resume the clock",
    "reminder": "send a reminder",
    "withdraw": "withdraw the request",
    "close": "close, with feedback on usefulness",
    "reopen": "reopen",
    "rate": "give feedback on usefulness",
    "update": "update the notice",
    "cancel": "cancel the notice",
    "correction": "correct",
    "translation_request": "ask for a translation",
    "translation": "translate",
    "recall_request": "recall",
    "recall_answer": "answer the recall",
    "permission_request": "ask for permission to reuse",
    "permission_grant": "grant the permission",
    "permission_refuse": "refuse the permission",
    "amend": "propose an amendment",
    "consent": "consent",
    "decline": "decline",
    "withdraw_consent": "take the consent back",
    "suspend": "suspend",
    "resume": "lift the suspension",
    "end": "end the agreement",
    "note": "internal note",
    "assign": "assign",
    "handover": "hand over",
    "request": "new information request",
    "notice": "new notice",
    "propose": "propose an agreement",
}

LABELS: Mapping[str, Mapping[str, str]] = {"act": ACT}
