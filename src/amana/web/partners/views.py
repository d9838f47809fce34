# SPDX-License-Identifier: EUPL-1.2
"""The partners as everybody sees them, and one partner; cards, keys and addresses are shown to the administrator alone.

A partner's safety number is not shown before it was typed by somebody who heard it; ours is, to be read aloud.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.dossiers.shared.vocabulary import SuspensionCode
from amana.node.access import Role
from amana.node.queries.agreements import list_agreements
from amana.protocol.errors import Refusal
from amana.protocol.safety_number import safety_number
from amana.web.agreements.showing import in_words
from amana.web.doors import Desk, desk_of
from amana.web.partners.showing import all_partners

Plain = dict[str, Any]


def partners(request: HttpRequest) -> HttpResponse:
    """All partners."""
    desk = desk_of(request)
    return render(request, "partners/partners.html", all_partners(desk) | {"own_number": own_number(desk)})


def lines(request: HttpRequest) -> HttpResponse:
    """The list alone, for a page that brings itself up to date."""
    desk = desk_of(request)
    return render(request, "partners/lines.html", all_partners(desk) | {"now": desk.node.clock.now()})


def own_card(request: HttpRequest) -> HttpResponse:
    """Our own card as a file for a partner."""
    from amana.web.partners.cards import armoured

    desk = desk_of(request)
    response = HttpResponse(armoured(desk.node.card.signed_bytes), content_type="text/plain; charset=us-ascii")
    response["Content-Disposition"] = f'attachment; filename="{desk.node.code}.card"'
    return response


def partner(request: HttpRequest, code: str) -> HttpResponse:
    """One partner."""
    return show_partner(request, code)


def show_partner(request: HttpRequest, code: str, refusal: Refusal | None = None, **typed: Any) -> HttpResponse:
    """One partner's page; with the reason where a rule refused. Raises Http404."""
    desk = desk_of(request)
    everything = all_partners(desk)
    one = partner_named(everything, code)
    shown = {
        "partner": one,
        "introductions": [held for held in everything["introductions"] if held["by"] == code],
        "agreements": agreements_with(desk, code) if desk.scope.role is not Role.ADMINISTRATOR else [],
        "others": [held["code"] for held in everything["lines"] if held["code"] != code and held["status"] == "confirmed"],
        "suspension_codes": [each.value for each in SuspensionCode],
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
        "typed": typed,
    }
    return render(request, "partners/partner.html", shown, status=409 if refusal is not None else 200)


def partner_named(everything: Plain, code: str) -> Plain:
    """The partner of this code. Raises Http404."""
    found: Plain | None = next((held for held in everything["lines"] if held["code"] == code), None)
    if found is None:
        raise Http404
    return found


def own_number(desk: Desk) -> list[str]:
    """Our safety number, group by group, to read aloud."""
    card = desk.node.card
    return safety_number(card.code, card.card.identity).split(" ")


def agreements_with(desk: Desk, code: str) -> list[Plain]:
    """The agreements that this partner is a party of, with where they stand."""
    held = list_agreements(desk.node, desk.scope, record=False)["agreements"]
    return [line | in_words(desk, line) for line in held if code in line["partners"]]
