# SPDX-License-Identifier: EUPL-1.2
"""The selected line beside a list: its clock drawn, what is asked, items, purpose, basis, markings, and the acts.

The acts are those that the node's own rules would accept now (`node.queries.offering`); what serves the task is first.
"""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from amana.phrases import Words, label, on_one_line, tell
from amana.phrases.coded import item_value
from amana.phrases.dates import span
from amana.web.doors import Desk
from amana.web.dossiers.acts import ANSWERING, AT_ONCE
from amana.web.dossiers.reader import Reader
from amana.web.html import html
from amana.web.inbox.lines import draw, reader_of

Plain = dict[str, Any]
SHOWN_ITEMS = 4
SHOWN_ACTS = 4  # beside the first one and those that every dossier has
REMINDER = "reminder"
FIRST_VALUES = ("number", "plate", "names", "name", "value", "chassis", "imo", "street", "place", "kind", "make")
WIDTH = 100  # percent


def draw_glance(desk: Desk, shown: Plain, offered: Plain) -> Plain:
    """What the panel's template says."""
    reader = reader_of(desk)
    line = draw(shown, reader, tuple(shown["turn_of"]["late"]))
    opened = shown["opened_by"] or {}
    return {
        "line": line,
        "clock": draw_clock(shown, reader.now, desk.language),
        "asked": _asked(desk.language, opened),
        "items": _items(desk, opened),
        "marking": opened.get("marking") or {},
        "agreement": shown["agreement"],
        "notes": shown["notes"],
        **_acts(offered),
    }


def draw_clock(row: Plain, now: int, language: str) -> Plain | None:
    """The clock that matters: how far it has run of its whole, in percent and in words; None where none runs."""
    started, total, due = row["started_at"], row["clock"], row["clock_due"]
    if not due or total <= 0 or row["closed"]:
        return None
    at = row["paused_at"] or now
    run = min(max(at - started, 0), total)
    words = tell(language, "{elapsed} of {total} have passed", elapsed=span(language, run), total=span(language, total))
    return {
        "run": round(WIDTH * run / total),
        "words": html(words),
        "late": now > due and not row["paused_at"],
        "started_at": started,
        "due": due,
        "paused_at": row["paused_at"],
    }


def _asked(language: str, opened: Plain) -> list[SafeString]:
    """What the opening entry asks, or what it is."""
    coded = opened.get("coded") or {}
    types = coded.get("types") or ()
    if types:
        return [html(label(language, "request_type", type)) for type in types]
    if opened.get("type") == "notice":
        return [html(label(language, "notice_type", coded.get("type", "")))]
    return [html(label(language, "entry_type", f"{opened['kind']}.{opened['type']}"))] if opened.get("understood") else []


def _items(desk: Desk, opened: Plain) -> Plain:
    """The first items, each by its type and the value that names it."""
    reader = Reader(language=desk.language, own=desk.node.code, now=desk.node.clock.now(), zone=desk.zone)
    held = opened.get("items") or []
    shown = []
    for item in held[:SHOWN_ITEMS]:
        name = next((name for name in FIRST_VALUES if item["value"].get(name)), "")
        words = item_value(reader, item["type"], name, _first(item["value"][name])) if name else Words("")
        shown.append({"type": item["type"], "words": html(words)})
    return {"shown": shown, "more": len(held) - len(shown), "count": len(held)}


def _first(value: Any) -> Any:
    return on_one_line(str(value[0])) if isinstance(value, list) and value else value


def _acts(offered: Plain) -> Plain:
    """The first act, the others that serve the task, and whether a partner can be reminded now.

    What says no more than that it was done is done by the click, as in the dossier, and therefore has no key.
    """
    shown = {"primary": [_act(one) for one in offered["primary"]], "secondary": [_act(one) for one in offered["secondary"]]}
    primary = [one for one in shown["primary"] if one["type"] != REMINDER]
    others = [one for one in shown["secondary"] if one["type"] == "ask_back"]
    possible = {one["type"] for one in [*offered["primary"], *offered["secondary"]]}
    acts = [*primary[1:], *others][:SHOWN_ACTS]
    written = [one for one in (*primary[:1], *acts) if not one["at_once"]]
    for one in sorted(written, key=lambda one: one["type"] not in ANSWERING)[:1]:
        one["key"] = "R"
    return {"first": primary[0] if primary else None, "acts": acts, "can_remind": REMINDER in possible}


def _act(offered: Plain) -> Plain:
    return offered | {"at_once": offered["type"] in AT_ONCE and not offered["four_eyes"], "key": ""}
