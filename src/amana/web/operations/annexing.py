# SPDX-License-Identifier: EUPL-1.2
"""The agency's private annex to an operation, visibly apart: nothing of this page leaves the node but, when an officer announces
the points, how many they are and a commitment to them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.operations import PointKind
from amana.node.actions.act import act
from amana.node.local_operations import AnnexPart
from amana.node.queries.operation_work import show_annex
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.operations.views import around
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
FRESH, MOST_ROWS = 2, 100  # empty rows that are offered; rows that are read
KINDS = tuple(each.value for each in PointKind)
FIELDS = ("kind", "label", "value", "country", "latitude", "longitude", "radius", "starts", "ends")
PLACE = PointKind.PLACE_AND_TIME.value


def annex(request: HttpRequest, dossier: str) -> HttpResponse:
    """The page; sent, the annex as it is now. What was typed is shown again where something of it is refused."""
    desk = desk_of(request)
    refusal = None
    if request.method == "POST":
        try:
            return _keep(request, desk, dossier)
        except Refusal as refused:
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    shown = found(lambda: show_annex(desk.node, desk.scope, dossier_of(dossier)))
    typed = request.POST if refusal else None
    compared = {one["other"] for one in shown["deconflictions"] if not one["closed"]}
    context = {
        **around(shown, desk, "operation_annex"),
        "parts": [{"part": each.value, "text": _text(shown, typed, each.value)} for each in AnnexPart],
        "rows": _rows(shown, desk) if typed is None else _typed_rows(request),
        "kinds": KINDS,
        **{name: shown[name] for name in ("tokens", "most", "written_by", "written_at", "deconflictions")},
        "others": [code for code in shown["present"] if code not in compared and code != desk.node.code],
        "refusal": refusal,
        "token": secrets.token_urlsafe(16),
    }
    return render(request, "operations/annex.html", context, status=409 if refusal else 200)


def _text(shown: Plain, typed: Any, part: str) -> str:
    return str(typed.get(f"text.{part}", "")) if typed is not None else str(shown["texts"].get(part, {}).get("text", ""))


def _rows(shown: Plain, desk: Desk) -> list[dict[str, str]]:
    """The points as fields show them, and empty rows for new ones."""
    return [_row(one, desk) for one in shown["points"]] + [dict.fromkeys(FIELDS, "") for _ in range(FRESH)]


def _row(one: Plain, desk: Desk) -> dict[str, str]:
    placed = one["kind"] == PLACE
    return {
        "kind": one["kind"],
        "label": one.get("label", ""),
        "value": one.get("value", ""),
        "country": one.get("country", ""),
        "latitude": _degrees(one.get("latitude", 0)) if placed else "",
        "longitude": _degrees(one.get("longitude", 0)) if placed else "",
        "radius": str(one.get("radius", 0)) if placed else "",
        "starts": _local(one.get("starts", 0), desk) if placed else "",
        "ends": _local(one.get("ends", 0), desk) if placed else "",
    }


def _degrees(parts: int) -> str:
    return f"{parts / 100_000:.5f}"


def _local(millis: int, desk: Desk) -> str:
    return datetime.fromtimestamp(millis / 1000, desk.zone or UTC).strftime("%Y-%m-%dT%H:%M")


def _typed_rows(request: HttpRequest) -> list[dict[str, str]]:
    columns = {name: request.POST.getlist(name) for name in FIELDS}
    count = min(max((len(held) for held in columns.values()), default=0), MOST_ROWS)
    return [{name: held[place] if place < len(held) else "" for name, held in columns.items()} for place in range(count)]


def _keep(request: HttpRequest, desk: Desk, dossier: str) -> HttpResponse:
    texts = [
        {"part": each.value, "text": text, "language": desk.language}
        for each in AnnexPart
        if (text := request.POST.get(f"text.{each.value}", "")[:20_000].strip())
    ]
    typed = [row for row in _typed_rows(request) if any(row[name].strip() for name in FIELDS if name != "kind")]
    points = [_point(row, place, desk) for place, row in enumerate(typed)]
    act(desk.node, desk.account, {"action": "annex", "dossier": dossier, "detail": {"texts": texts, "points": points}})
    tell_done(request, tell(desk.language, "The annex is kept. It stays on this node."))
    return see_other(reverse("operation_annex", kwargs={"dossier": dossier}))


def _point(row: dict[str, str], place: int, desk: Desk) -> Plain:
    """A row as plain values. Raises Refusal `bad_point` with its place."""
    kind = row["kind"] if row["kind"] in KINDS else ""
    said: Plain = {"kind": kind, "label": row["label"].strip()[:120]}
    if not kind:
        raise Refusal("bad_point", number=place + 1)
    if kind != PLACE:
        return said | {"value": row["value"].strip()[:80], "country": row["country"].strip().upper()[:2]}
    try:
        return said | {
            "latitude": _parts(row["latitude"], 90),
            "longitude": _parts(row["longitude"], 180),
            "radius": int(row["radius"] or 0),
            "starts": _millis(row["starts"], desk),
            "ends": _millis(row["ends"], desk),
        }
    except (ValueError, OverflowError) as error:
        raise Refusal("bad_point", number=place + 1) from error


def _parts(text: str, most: int) -> int:
    number = float(text.replace(",", ".").replace("٫", "."))
    if not -most <= number <= most:
        raise ValueError(most)
    return round(number * 100_000)


def _millis(text: str, desk: Desk) -> int:
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=desk.zone or UTC)).timestamp() * 1000)
