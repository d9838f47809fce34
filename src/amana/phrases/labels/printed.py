# SPDX-License-Identifier: EUPL-1.2
"""The names of lines, columns and sections on printed pages, by code."""

from __future__ import annotations

from collections.abc import Mapping

PRINTED: Mapping[str, str] = {
    "about": "object",
    "act": "act",
    "aside": "set aside",
    "assigned": "assigned to",
    "author": "author",
    "automatic": "said by the node itself",
    "conditions": "handling conditions",
    "copy": "in copy",
    "date": "date",
    "deadline": "deadline",
    "dossier": "dossier",
    "entries": "entries of the dossier",
    "entry": "entry",
    "followed": "followed by",
    "grade": "grade",
    "item": "item",
    "items": "items",
    "number": "no.",
    "opened": "opened",
    "ours": "our turn",
    "particulars": "particulars",
    "parties": "parties",
    "proof": "proof",
    "refused": "what was refused",
    "state": "state",
    "to": "to",
    "turn": "whose turn",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "printed": PRINTED,
}
