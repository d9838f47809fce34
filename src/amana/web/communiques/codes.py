# SPDX-License-Identifier: EUPL-1.2
"""A code confirmed: which released text has it, and whether a pasted copy is the same."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.dossiers.shared.public_text import parse_code, require_same_text
from amana.node.queries.published import find_code
from amana.protocol.errors import Refusal
from amana.web.doors import desk_of
from amana.web.html import direction
from amana.web.papers import names_of

Plain = dict[str, Any]
MOST_PASTED = 200_000


def codes(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent, what has this code."""
    desk, posted = desk_of(request), request.POST
    shown: Plain = {"typed": posted, "found": None, "refusal": None, "compared": False, "same": False}
    if request.method != "POST":
        return render(request, "communiques/codes.html", shown)
    status = 200
    try:
        found, text = find_code(desk.node, desk.scope, parse_code(posted.get("typed_code", "")))
        names = names_of(desk)
        shown["found"] = found | {
            "dir": direction(found["language"]),
            "approvals": [one | {"name": names.get(one["agency"], {}).get(desk.language, "")} for one in found["approvals"]],
        }
        if pasted := posted.get("pasted", "")[:MOST_PASTED].strip():
            shown["compared"] = True
            try:
                require_same_text(text, pasted)
                shown["same"] = True
            except Refusal:
                shown["same"] = False
    except Refusal as refusal:
        shown["refusal"] = {"code": str(refusal.code), "facts": dict(refusal.facts)}
        status = 400
    return render(request, "communiques/codes.html", shown, status=status)
