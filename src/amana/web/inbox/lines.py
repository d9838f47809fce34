# SPDX-License-Identifier: EUPL-1.2
"""A dossier's row as a ledger line: what its margin says of time, its badges, who holds it.

The rows are those of `node.queries`; nothing of a dossier is read here. Shared by the inbox, registers and search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from amana.dossiers.fold import NOT_UNDERSTOOD
from amana.dossiers.tasks import Task
from amana.node.access import load_officers
from amana.phrases import Words, label, on_one_line, tell, tell_count
from amana.phrases.dates import DAY, HOUR
from amana.phrases.labels import LABELS, of_kind
from amana.protocol.identifiers import Millis
from amana.web.doors import Desk
from amana.web.html import html
from amana.web.inbox.hours import day_end
from amana.web.units import unit_name

Plain = dict[str, Any]
REQUESTS = "information_request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom lines are drawn, and when."""

    language: str
    account: str
    own: str
    now: Millis
    day_end: Millis
    posts: Mapping[str, str] = field(default_factory=dict)  # officers' posts by account


def reader_of(desk: Desk) -> Reader:
    """The person at this desk, now."""
    now = desk.node.clock.now()
    posts = {officer.account: officer.name for officer in desk.node.journal.read(load_officers)}
    return Reader(language=desk.language, account=desk.account, own=desk.node.code, now=now, day_end=day_end(now, desk.zone), posts=posts)


def draw(row: Plain, reader: Reader, late: tuple[str, ...] = ()) -> Plain:
    """The row with `title`, `time`, `span`, `tone`, `badges` and `owner` as its line shows them; `late` partners owe us an answer."""
    kind, span = _time(row, reader)
    title, language = on_one_line(row["title"]), row["title_language"]
    if not title:
        title, language = str(opening_words(reader.language, row)), reader.language
    tone = {"overdue": "late", "today": "soon"}.get(kind, "")
    return row | {
        "shown_title": title,
        "shown_language": language,
        "time": kind,
        "span": span,
        "tone": tone,
        "badges": badges(row, reader, late),
        "owner": owner(row, reader),
        "mine": row["officer"] == reader.account,
        "what": _what(reader.language, row),
        "stage_words": html(stage_words(reader.language, row)),
    }


def opening_words(language: str, row: Plain) -> Words:
    """What opened the dossier, where it has no subject (any more)."""
    name = f"{row['kind']}.{row['opening']}"
    return label(language, "entry_type", name) if name in LABELS["entry_type"] else label(language, "kind", row["kind"])


def _what(language: str, row: Plain) -> SafeString:
    """What the dossier is, where it is no request or notice: those say so by their area, clock and badges."""
    code = of_kind("opening", row["kind"], row["opening"])
    if row["kind"] == REQUESTS or code not in LABELS["opening"]:
        return SafeString()
    return html(label(language, "opening", code))


def stage_words(language: str, row: Plain) -> Words:
    """Where the dossier stands."""
    vocabulary = "stage" if row["stage"] == NOT_UNDERSTOOD else f"{row['kind']}_stage"
    return label(language, vocabulary, row["stage"]) if vocabulary in LABELS else label(language, "stage", row["stage"])


def _time(row: Plain, reader: Reader) -> tuple[str, int]:
    """What the margin says: overdue, today, later, paused, or nothing but the last change; and the span that goes with it."""
    due = row["clock_due"]
    if not due or row["closed"]:
        return "changed", 0
    if row["paused_at"]:
        return "paused", reader.now - row["paused_at"]
    if due < reader.now:
        return "overdue", reader.now - due
    return ("today" if due < reader.day_end else "later"), due - reader.now


def badges(row: Plain, reader: Reader, late: tuple[str, ...] = ()) -> list[Plain]:
    """Urgency, a reminder that is due, whose turn it is with what is expected; what is new stands beside the area."""
    language = reader.language
    found = []
    if row["urgency"] == "urgent" and not row["closed"]:
        found.append(_badge("urgent", "alarm", _urgent(language, row["clock"])))
    if late:
        found.append(_badge("urgent", "alarm", tell(language, "reminder due")))
    if row["task"] != Task.NONE:
        found.append(_badge("turn", "ours", label(language, "task", row["task"])))
    elif row["closed"]:
        found.append(_badge("done", "", stage_words(language, row)))
    elif row["turn"]:
        found.append(_badge("not_yet", "", tell(language, "partner’s turn")))
    return found


def _badge(icon: str, tone: str, words: Words) -> Plain:
    return {"icon": icon, "tone": tone, "words": html(words)}


def _urgent(language: str, clock: int) -> Words:
    days, hours = clock // DAY, clock // HOUR
    if not hours:
        return label(language, "urgency", "urgent")
    if days > 1:
        return tell_count(language, "urgent, {count} day", "urgent, {count} days", count=days)
    return tell_count(language, "urgent, {count} hour", "urgent, {count} hours", count=hours)


def owner(row: Plain, reader: Reader) -> SafeString:
    """Whose desk it is on, as short as a line needs it."""
    if row["officer"] == reader.account:
        return html(tell(reader.language, "assigned to you"))
    if row["officer"]:
        return html(Words(on_one_line(reader.posts.get(row["officer"], row["officer"]))))
    if row["unit"]:
        return html(unit_name(reader.language, row["unit"]))
    return html(tell(reader.language, "not assigned"))
