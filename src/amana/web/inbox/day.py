# SPDX-License-Identifier: EUPL-1.2
"""One officer's day as the inbox shows it: lines by time left, what waits for this person, what was set aside.

`record=False` is for the page that renews itself: nobody looked again.
"""

from __future__ import annotations

from typing import Any

from amana.node.queries.inbox import ALL, UNIT, VIEWS, desk_inbox
from amana.node.queries.peeking import arrivals_since
from amana.phrases import on_one_line, tell
from amana.web.doors import Desk
from amana.web.html import html
from amana.web.inbox.lines import Reader, draw, reader_of
from amana.web.models import WorkingCopy

Plain = dict[str, Any]
SHOWN_ASIDE = 20


def day_of(desk: Desk, view: str, *, since: int = 0, record: bool = True) -> Plain:
    """Everything that the inbox's templates say. `since`: when the page was opened, to tell what has arrived.

    Without a view it is the one that serves this person.
    """
    reader = reader_of(desk)
    shown = desk_inbox(desk.node, desk.scope, day_end=reader.day_end, view=view, record=record)
    view = shown["view"]
    late = {row["dossier"]: tuple(row["late"]) for row in shown["reminders"]}
    groups = [
        {"group": group["group"], "lines": [draw(row, reader, late.get(row["dossier"], ())) for row in group["rows"]]}
        for group in shown["groups"]
        if group["rows"]
    ]
    waiting = [draw(row, reader, late.get(row["dossier"], ())) for row in shown["waiting"]]
    arrived = arrivals_since(desk.node, desk.scope, since) if since else []  # type: ignore[arg-type]  # milliseconds as given by our own page
    return {
        "view": view,
        "views": [{"view": name, "count": shown["counts"][name]} for name in VIEWS],
        "groups": groups,
        "due": shown["counts"][view],
        "waiting": waiting,
        "releases": [_draft(draft, reader) for draft in shown["releases"]],
        "drafts": [_draft(draft, reader) for draft in shown["drafts"]] + _copies(desk, reader),
        "set_aside": shown["set_aside"][-SHOWN_ASIDE:][::-1],
        "next": _next(shown, view) if not groups else None,
        "arrived": arrived[-1] | {"count": len(arrived), "where": _where(arrived, shown, view)} if arrived else None,
        "since": since or reader.now,
    }


def _where(arrived: list[Plain], shown: Plain, view: str) -> str:
    """The view that holds all that has arrived: the shown one before wider ones; empty where none does."""
    dossiers = {one["dossier"] for one in arrived}
    return next((name for name in (view, UNIT, ALL) if dossiers <= set(shown["held"][name])), "")


def _next(shown: Plain, view: str) -> Plain:
    """What comes next where nothing is due: the next deadline of anybody, and where else something waits."""
    clocks = [row["clock_due"] for row in shown["waiting"] if row["clock_due"] and not row["paused_at"]]
    wider = next((name for name in (UNIT, ALL) if name != view and shown["counts"][name]), "")
    return {"deadline": min(clocks, default=0), "wider": wider, "count": shown["counts"][wider] if wider else 0}


def _draft(draft: Plain, reader: Reader) -> Plain:
    """A draft that is kept in the journal."""
    kind, _, type = draft["action"].partition(".")
    return draft | {
        "token": "",
        "title": on_one_line(draft["title"]),
        "what": {"kind": kind, "type": type},
        "by": html(tell(reader.language, "by you")) if draft["author"] == reader.account else reader.posts.get(draft["author"], ""),
    }


def _copies(desk: Desk, reader: Reader) -> list[Plain]:
    """Forms that were saved by themselves and neither sent nor kept as drafts."""
    shown: list[Plain] = []
    for copy in WorkingCopy.objects.filter(account=desk.account):
        kind, _, type = copy.kind.partition(".")
        given = copy.fields.get("title") or copy.fields.get("text") or [""]
        title = given[0] if isinstance(given, list) and given else given
        shown.append(
            {
                "token": copy.token,
                "draft": "",
                "title": on_one_line(str(title or ""))[:120],
                "language": next(iter(copy.fields.get("language") or [""]), "") or reader.language,
                "what": {"kind": kind, "type": type},
                "state": "copy",
                "at": int(copy.changed_at.timestamp() * 1000),
                "receivers": [],
                "area": "",
                "by": "",
            }
        )
    return shown
