# SPDX-License-Identifier: EUPL-1.2
"""The clock of each agency that was asked: what is left, drawn and in words, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.phrases import label
from amana.web.dossiers.reader import Reader
from amana.web.html import html

Plain = dict[str, Any]
SOON = 4  # the last quarter of the time
STANDING = frozenset({"answered", "refused", "withdrawn", "closed"})  # stages in which no clock runs any more
WHOLE = 100


def clocks_of(reader: Reader, shown: Mapping[str, Any]) -> list[Plain]:
    """The clocks of a dossier, our own first, then those that end first."""
    lines = [_clock(reader, one) for one in shown["clocks"]] if shown["opening"] != "notice" else []
    return sorted(lines, key=lambda one: (not one["ours"], one["state"] != "running", one["due"]))


def _clock(reader: Reader, one: Plain) -> Plain:
    state = _state(one)
    until = one["paused_at"] or reader.now
    total = max(one["total"], 1)
    run = min(max(until - one["started_at"], 0), total) if one["started_at"] else 0
    left = one["due"] - until
    return {
        "agency": one["agency"],
        "ours": one["agency"] == reader.own,
        "state": state,
        "stage": html(label(reader.language, "information_request_stage", one["stage"])),
        "tone": _tone(state, left, total),
        "left": left,
        "late": state == "running" and left < 0,
        "started_at": one["started_at"],
        "due": one["due"],
        "total": one["total"],
        "run": run,
        "place": f"{run * WHOLE // total}%",
        "paused_at": one["paused_at"],
        "expected": one["expected"],
        "settled_at": one["settled_at"],
        "on_time": one["on_time"],
        "reminders": one["reminders"],
        "questions": one["questions"],
        "usefulness": html(label(reader.language, "usefulness", one["usefulness"])) if one["usefulness"] else "",
    }


def _state(one: Plain) -> str:
    """running, paused, ended, or not_yet: nothing has been delivered."""
    if one["withdrawn"] or one["stage"] in STANDING:
        return "ended"
    if one["paused_at"]:
        return "paused"
    return "running" if one["due"] else "not_yet"


def _tone(state: str, left: int, total: int) -> str:
    if state != "running":
        return ""
    if left < 0:
        return "late"
    return "soon" if left < total // SOON else ""
