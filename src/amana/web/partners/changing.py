# SPDX-License-Identifier: EUPL-1.2
"""What the administrator does with partners: add by card, confirm by the number that was heard, suspend, resume, introduce.

A safety number is never filled in, never shown before it was typed, and a wrong one is not located: both read all of
it again. The node's rules decide; a refusal is shown beside what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.vocabulary import SuspensionCode
from amana.node.actions.act import act
from amana.node.actions.administer import say_what_is_owed
from amana.node.partners import add_partner, confirm_partner, load_partner
from amana.node.ports import Reading
from amana.node.queries.rows import REFERENCE_DIGITS
from amana.phrases import tell
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.web.doors import desk_of
from amana.web.partners.cards import MOST, parse_armoured
from amana.web.partners.views import own_number, show_partner
from amana.web.told import tell_done

ID_DIGITS = 64


def add(request: HttpRequest) -> HttpResponse:
    """Bring in a partner's card, pasted or as a file."""
    desk = desk_of(request)
    if request.method != "POST":
        return render(request, "partners/add.html", {})
    text = request.POST.get("card", "")
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        text = uploaded.read(MOST).decode("ascii", "replace")
    try:
        partner = add_partner(desk.node, parse_armoured(text))
    except (Refusal, PeerFault) as error:
        refused = {"code": str(error.code), "facts": dict(error.facts)}
        about = "peer" if isinstance(error, PeerFault) else "act"
        return render(request, "partners/add.html", {"refusal": refused, "about": about, "typed": text}, status=409)
    if partner.confirmed:
        tell_done(request, tell(desk.language, "This card is held already, and its safety number was compared."))
        return _to(partner.code)
    tell_done(
        request,
        tell(desk.language, "The card of {agency} is in. Nothing is exchanged before its safety number was compared.", agency=partner.code),
    )
    return HttpResponseRedirect(reverse("partner_confirm", kwargs={"code": partner.code}), status=303)


def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The safety number, as it was heard on the telephone."""
    desk = desk_of(request)
    partner = desk.node.journal.read(lambda reading: load_partner(reading, code))
    if partner is None:
        raise Http404
    names = partner.card.card.names
    shown = {
        "code": code,
        "name": {"ar": names.ar, "fr": names.fr}.get(desk.language, names.en),
        "own_number": own_number(desk),
        "confirmed": partner.confirmed,
        "groups": range(1, 9),
    }
    if request.method != "POST":
        return render(request, "partners/confirm.html", shown)
    typed = [request.POST.get(f"group_{place}", "") for place in range(1, 9)]
    try:
        confirm_partner(desk.node, AgencyCode(code), " ".join(typed))
    except Refusal as refusal:
        refused = {"code": str(refusal.code), "facts": dict(refusal.facts)}
        return render(request, "partners/confirm.html", shown | {"refusal": refused}, status=409)
    tell_done(request, tell(desk.language, "The numbers agree: {agency} is confirmed, and entries can be exchanged.", agency=code))
    return _to(code)


def change_status(request: HttpRequest, code: str) -> HttpResponse:
    """Suspend with a reason, or resume."""
    desk, what = desk_of(request), request.POST.get("act", "")
    reason = request.POST.get("reason", "")
    if what not in ("suspend", "resume") or desk.node.journal.read(lambda reading: load_partner(reading, code)) is None:
        raise Http404
    coded = {"code": reason if reason in {one.value for one in SuspensionCode} else "other"} if what == "suspend" else {}
    try:
        act(desk.node, desk.account, {"action": f"partnership.{what}", "to": [code], "coded": coded})
    except Refusal as refusal:
        return show_partner(request, code, refusal)
    if what == "suspend":
        said = tell(
            desk.language, "{agency} is suspended: only recalls, corrections, erasures and ends pass until it is resumed.", agency=code
        )
    else:
        say_what_is_owed(desk.node)
        said = tell(desk.language, "The exchange with {agency} is resumed; what waited leaves by itself.", agency=code)
    tell_done(request, said)
    return _to(code)


def introduce(request: HttpRequest, code: str) -> HttpResponse:
    """Introduce another partner to this one, for dossiers that an officer has named."""
    desk, agency = desk_of(request), request.POST.get("agency", "")
    references = request.POST.get("dossiers", "")
    if desk.node.journal.read(lambda reading: load_partner(reading, code)) is None:
        raise Http404
    try:
        coded = desk.node.journal.read(lambda reading: introduction(reading, code, agency, references))
        act(desk.node, desk.account, {"action": "partnership.introduction", "to": [code], "coded": coded})
    except Refusal as refusal:
        return show_partner(request, code, refusal, agency=agency, dossiers=references)
    said = tell(desk.language, "{agency} is introduced to {partner}; both still compare their safety numbers.", agency=agency, partner=code)
    tell_done(request, said)
    return _to(code)


def introduction(reading: Reading, to: str, agency: str, references: str) -> dict[str, Any]:
    """The coded values of an introduction. Raises Refusal `partner_not_confirmed`, `no_such_reference`."""
    introduced = load_partner(reading, agency)
    if introduced is None or not introduced.confirmed:
        raise Refusal("partner_not_confirmed", partner=agency[:32])
    dossiers = find_dossiers(reading, references.split(), (to,))
    return {"agency": agency, "card": introduced.card.digest.hex(), "dossiers": [id.hex() for id in dossiers]}


def find_dossiers(reading: Reading, references: Iterable[str], parties: tuple[str, ...]) -> list[DossierId]:
    """The dossiers with these references or ids that the partner is a party of. Raises Refusal `no_such_reference`.

    The administrator gives what an officer wrote down; a reference that is not here, and one of others, look alike.
    """
    held = [row for row in reading.dossiers() if set(parties) <= set(row.parties)]
    found = set()
    for reference in references:
        digits = reference.rpartition("/")[2].lower()
        matching = {row.id for row in held if digits and row.id.hex().startswith(digits)}
        if len(digits) not in (REFERENCE_DIGITS, ID_DIGITS) or len(matching) != 1:
            raise Refusal("no_such_reference", reference=reference[:40])
        found |= matching
    return sorted(found)


def _to(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("partner", kwargs={"code": code}), status=303)
