# SPDX-License-Identifier: EUPL-1.2
"""The packs that were brought in: the list with the way to bring one in, one pack, one of its dossiers. All of it read-only."""

from __future__ import annotations

from collections import Counter
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from amana.compose.packing import show_pack
from amana.node.access import Role
from amana.node.packs.taking import load_packs, open_pack, remove_pack, take_pack
from amana.node.partners import load_partner
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.events import show_event
from amana.node.queries.forces import show_forces
from amana.node.queries.rows import show_row
from amana.node.queries.situation import count_situation
from amana.phrases import error_sentence, tell
from amana.protocol.entry import parse_body
from amana.protocol.errors import AmanaError, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.protocol.pack import VerifiedPack
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.entries import thread
from amana.web.dossiers.loading import reader_of
from amana.web.events.views import called
from amana.web.html import html
from amana.web.packs.opened import OpenedPack, opened_pack
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
T = TypeVar("T")
MOST_BYTES = 10 * 1024 * 1024  # of a pack that is brought in by the pages, like an attachment; a larger one by the command
EVENT = "major_event"


def packs(request: HttpRequest) -> HttpResponse:
    """The list; sent with a file: bring it in, or say why not. The file stays where it is in either case."""
    desk = desk_of(request)
    problem: SafeString | None = None
    file: Any = request.FILES.get("pack")
    if request.method == "POST" and file is not None:
        try:
            if file.size > MOST_BYTES:
                raise Refusal("pack_too_large", limit=MOST_BYTES)
            id = take_pack(desk.node, desk.scope, file.read())
        except AmanaError as error:
            problem = html(error_sentence(desk.language, error))
        else:
            tell_done(request, tell(desk.language, "The pack is here and can be read."))
            return see_other(reverse("pack", kwargs={"pack": id.hex()}))
    ours = desk.scope.desk_unit in desk.scope.units
    lines = [_line(desk, id, one.at) for id, one in desk.node.journal.read(load_packs)] if ours else []
    nothing = request.method == "POST" and file is None
    context = {"lines": lines, "problem": problem, "nothing": nothing}
    return render(request, "packs/packs.html", context, status=400 if problem or nothing else 200)


def pack(request: HttpRequest, pack: str) -> HttpResponse:
    """What a pack is, what it proves, what is not in it, and its dossiers; of an event, what the next host needs first."""
    desk = desk_of(request)
    held = found(lambda: opened_pack(desk, dossier_of(pack)))
    shown, shown_event = show_pack(held.pack), _shown_event(held)
    context = {
        "pack": shown,
        "agencies": [one | {"known": _known(desk, one["code"], held.pack)} for one in shown["agencies"]],
        "called": _called(desk, held.pack),
        "groups": _groups(desk, held),
        "event": None if shown_event is None else _event(desk, held, shown_event),
        "exercise": _is_exercise(shown_event),
        "supervisor": desk.scope.role is Role.SUPERVISOR,
    }
    return render(request, "packs/pack.html", context)


def pack_dossier(request: HttpRequest, pack: str, dossier: str) -> HttpResponse:
    """One dossier of a pack, entry by entry."""
    desk = desk_of(request)
    held = found(lambda: opened_pack(desk, dossier_of(pack)))
    shown = found(lambda: show_dossier(held.node, held.scope, dossier_of(dossier), record=False))
    context = {
        "pack": show_pack(held.pack),
        "called": _called(desk, held.pack),
        "shown": shown,
        "entries": thread(reader_of(desk, shown), shown),
        "exercise": _is_exercise(_shown_event(held)),
    }
    return render(request, "packs/dossier.html", context)


def remove(request: HttpRequest, pack: str) -> HttpResponse:
    """Erase a pack from this node."""
    desk = desk_of(request)
    found(lambda: remove_pack(desk.node, desk.scope, dossier_of(pack)))
    desk.here.opened.journal.truncate_wal()
    tell_done(request, tell(desk.language, "The pack is removed; nothing of it is kept here."))
    return see_other(reverse("packs"))


def _line(desk: Desk, id: DossierId, at: int) -> Plain:
    held = desk.node.journal.read(lambda reading: open_pack(reading, id))
    return show_pack(held) | {"called": _called(desk, held), "taken_at": at}


def _called(desk: Desk, pack: VerifiedPack) -> Plain:
    """What the case is called, by the title of its opening."""
    opening = next(entry for entry in pack.entries if entry.id == pack.head.case)
    body = parse_body(opening.body_bytes) if opening.body_bytes else None
    return {"words": body.title if body else "", "language": (body.language if body else "") or desk.language}


def _known(desk: Desk, code: str, pack: VerifiedPack) -> str:
    """Whether this node compared the identity key that an agency has in a pack: ours, compared, unknown."""
    if code == desk.node.code:
        return "ours"
    partner = desk.node.journal.read(lambda reading: load_partner(reading, AgencyCode(code)))
    same = partner is not None and partner.confirmed and partner.card.card.identity == pack.cards[AgencyCode(code)].card.identity
    return "compared" if same else "unknown"


def _groups(desk: Desk, held: OpenedPack) -> list[Plain]:
    """The dossiers of a pack by kind, those with the most first."""

    def ask(reading: Any) -> list[Plain]:
        return [show_row(reading, row, held.node.clock.now(), own=held.node.code, account=desk.account) for row in reading.dossiers()]

    lines = held.node.journal.read(ask)
    kinds = Counter(line["kind"] for line in lines)
    order = sorted(kinds, key=lambda kind: (kind != held.pack.head.kind, kinds[kind], kind))
    return [
        {"kind": kind, "lines": sorted((line for line in lines if line["kind"] == kind), key=lambda one: one["opened_at"])}
        for kind in order
    ]


def _event(desk: Desk, held: OpenedPack, shown: Plain) -> Plain:
    """An event as the next host reads it: facts, figures over all of it, needs with what came, evaluations."""
    case = DossierId(held.pack.head.case)
    counted = count_situation(held.node, held.scope, case, shown["starts"], shown["ends"])
    forces = show_forces(held.node, held.scope, case, record=False)
    venues = {one["id"]: called(one["names"], desk.language) for one in shown["venues"]}
    return {
        **shown,
        "figures": [{"code": code, "count": count} for code, count in counted["figures"].items()],
        "by_type": sorted(counted["by_type"].items(), key=lambda one: -one[1]),
        "named_venues": [one | {"called": venues[one["id"]]} for one in shown["venues"]],
        "forces": [one | {"givers": sorted({each["agency"] for each in one["contributions"]})} for one in forces["needs"]],
    }


def _is_exercise(event: Plain | None) -> bool:  # bool: as the event says
    return event is not None and bool(event["exercise"])


def _shown_event(held: OpenedPack) -> Plain | None:
    """The event of a pack; None for other cases, and for one whose opening no rule accepts."""
    if held.pack.head.kind != EVENT:
        return None
    try:
        return show_event(held.node, held.scope, DossierId(held.pack.head.case), record=False)
    except Refusal:
        return None
