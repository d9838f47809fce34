# SPDX-License-Identifier: EUPL-1.2
"""The action as it is followed: the live log with its quick line, decisions, tallies, one clock with each node's offset.

A line is sent with a token of its own, so what a device sends again after a loss of network makes one line. Where no log is
open, the first line opens one.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.operations import ActionCategory
from amana.node.actions.act import act
from amana.node.queries.operation_action import show_action
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.operations.views import around, offset_of
from amana.web.told import see_other

Plain = dict[str, Any]
CATEGORIES = tuple(each.value for each in ActionCategory)
MOST, MOST_DIGITS = 4_000, 6


def action(request: HttpRequest, dossier: str) -> HttpResponse:
    """The page; sent, a line of the log."""
    desk = desk_of(request)
    refusal = None
    if request.method == "POST":
        try:
            return _send(request, desk, dossier)
        except Refusal as refused:
            if refused.code == "already_sent":
                return see_other(reverse("operation_action", kwargs={"dossier": dossier}))
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    context = _context(request, desk, dossier, record=True) | {
        "refusal": refusal,
        "given": request.POST if refusal else {},
        "token": request.POST.get("form", "") or secrets.token_urlsafe(16),
    }
    return render(request, "operations/action.html", context, status=409 if refusal else 200)


def action_parts(request: HttpRequest, dossier: str) -> HttpResponse:
    """What of the page changes by itself; nobody looked again, so nothing is recorded."""
    return render(request, "operations/action_parts.html", _context(request, desk_of(request), dossier, record=False))


def _context(request: HttpRequest, desk: Desk, dossier: str, *, record: bool) -> Plain:
    category = request.GET.get("category", "") if request.GET.get("category", "") in CATEGORIES else ""
    shown = found(lambda: show_action(desk.node, desk.scope, dossier_of(dossier), category=category, record=record))
    partners = [code for code in shown["partners"] if code in shown["present"]]
    return {
        **around(shown, desk, "operation_action"),
        **{name: shown[name] for name in ("lines", "decisions", "tallies", "agencies", "log", "logs")},
        "clock": shown["now"],
        "clocks": [{"agency": code, "offset": offset_of(desk, code)} for code in partners],
        "categories": CATEGORIES,
        "category": category,
    }


def _send(request: HttpRequest, desk: Desk, dossier: str) -> HttpResponse:
    given = request.POST
    category = given.get("category", "")
    text = given.get("text", "")[:MOST].strip()
    if category not in CATEGORIES or not text:
        raise Refusal("line_needs_words")
    number, sign = given.get("number", "").strip(), given.get("number", "").strip().startswith("-")
    digits = number.lstrip("-")
    log = _open_log(desk, dossier)
    line: Plain = {
        "action": "action_log.line",
        "dossier": log,
        "text": text,
        "language": desk.language,
        "form": given.get("form", ""),
        "coded": {
            "at": _moment(given.get("at", ""), desk),
            "category": category,
            "number": (-1 if sign else 1) * int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else 0,
        },
    }
    post = given.get("post", "")[:200].strip()
    if category == ActionCategory.DECISION.value and post:
        line["detail"] = {"post": post}
    act(desk.node, desk.account, line)
    return see_other(reverse("operation_action", kwargs={"dossier": dossier}) + "#log")


def _open_log(desk: Desk, dossier: str) -> str:
    """The log into which a line goes; where none is open, a new one."""
    shown = found(lambda: show_action(desk.node, desk.scope, dossier_of(dossier), record=False))
    if shown["log"]:
        return str(shown["log"])
    title = str(tell(desk.language, "Action log"))
    opening = {"action": "action_log.open", "title": title, "language": desk.language, "coded": {"operation": dossier}}
    opened = act(desk.node, desk.account, opening)
    return opened.dossier.hex() if opened.dossier is not None else ""


def _moment(text: str, desk: Desk) -> int:
    """When the form was begun, by the device; now where it says nothing sound."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 15 else desk.node.clock.now()
