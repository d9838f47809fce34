# SPDX-License-Identifier: EUPL-1.2
"""How the entries of one dossier speak of each other: translations, corrections, recalls, questions.

Reads what `show_entry` made of headers, accepted entries only; a recall or correction counts only where its author
made the entry that it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

Plain = dict[str, Any]


def relate(entries: Sequence[Plain]) -> None:
    """Add to each shown entry `translates`, `translations`, `corrects`, `corrected_by`, `recalled` and `question`."""
    by_id = {entry["id"]: entry for entry in entries}
    standing = [entry for entry in entries if _stands(entry)]
    named: defaultdict[tuple[str, str], list[Plain]] = defaultdict(list)  # (type, entry spoken of) → those that speak of it
    for entry in standing:
        for field in ("entry", "recall", "question"):
            if isinstance(target := entry["coded"].get(field), str):
                named[entry["type"], target].append(entry)
    for entry in entries:
        id, author = entry["id"], entry["author"]
        own_words = [one["id"] for one in named["correction", id] if one["author"] == author]
        entry |= {
            "translates": _target(entry, "translation", by_id),
            "translations": [one["id"] for one in named["translation", id]],
            "corrects": _target(entry, "correction", by_id),
            "corrected_by": own_words,
            "recalled": _recalled(named, id, author),
            "question": _question(entry, named["clarify", id]),
        }


def _stands(entry: Plain) -> bool:
    return not entry.get("refused") and not entry.get("waiting") and bool(entry.get("coded"))


def _target(entry: Plain, type: str, by_id: dict[str, Plain]) -> str:
    """The entry that this one translates or corrects; empty where it does not."""
    if entry.get("type") != type or not _stands(entry):
        return ""
    target = str(entry["coded"].get("entry", ""))
    return target if target in by_id else ""


def _recalled(named: defaultdict[tuple[str, str], list[Plain]], id: str, author: str) -> Plain | None:
    """That its author called the entry back, and what the holders declared; None where it did not."""
    recall = next((one for one in named["recall_request", id] if one["author"] == author), None)
    if recall is None:
        return None
    answers = {}
    for said in named["recall_answer", recall["id"]]:
        answers[said["author"]] = {"agency": said["author"], "code": said["coded"].get("code", ""), "at": said["made_at"]}
    return {"by": recall["id"], "code": recall["coded"].get("code", ""), "at": recall["made_at"], "answers": list(answers.values())}


def _question(entry: Plain, clarified: Sequence[Plain]) -> Plain | None:
    """Of a question asked back: whether it was clarified, and by which entries; None for every other entry."""
    if entry.get("type") != "ask_back" or entry.get("refused") or entry.get("waiting"):
        return None
    return {"state": "clarified" if clarified else "open", "by": [one["id"] for one in clarified]}
