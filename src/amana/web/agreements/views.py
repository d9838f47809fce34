# SPDX-License-Identifier: EUPL-1.2
"""The list of agreements, one agreement, and what a supervisor says in it.

Whoever consents consents to the text that was shown: its entry and hash travel with the form, and the rule refuses
where the text is another one by then. Every act has a token, so that sending twice says it once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.vocabulary import EndCode, SuspensionCode
from amana.node.access import Role
from amana.node.actions.act import Done, act
from amana.node.actions.form import parse_hex
from amana.node.queries.agreements import list_agreements, show_agreement
from amana.node.queries.offering import actions_for
from amana.phrases import Words, tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.agreements.clauses import clauses_of, counted
from amana.web.agreements.reading import day_of
from amana.web.agreements.road import reasons_for, road_of
from amana.web.agreements.showing import changes, in_words, matrix, named
from amana.web.doors import Desk, desk_of
from amana.web.html import direction
from amana.web.partners.showing import all_partners
from amana.web.told import tell_done

Plain = dict[str, Any]
TEXTS = frozenset({"consent", "decline", "withdraw_consent"})  # speak of one text, by its hash
ACTS = TEXTS | {"suspend", "resume", "end"}
LANGUAGES = ("ar", "fr", "en")


def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement of this agency, by where it stands; beside them the partners in words."""
    desk = desk_of(request)
    lines = [line | in_words(desk, line) for line in list_agreements(desk.node, desk.scope)["agreements"]]
    groups = [
        {"name": name, "lines": [line for line in lines if line["group"] == name]} for name in ("ours", "in_force", "awaited", "stopped")
    ]
    shown = {
        "groups": [group for group in groups if group["lines"]],
        "partner_list": all_partners(desk)["lines"],
        "supervisor": desk.scope.role is Role.SUPERVISOR,
    }
    return render(request, "agreements/agreements.html", shown)


def agreement(request: HttpRequest, dossier: str) -> HttpResponse:
    """One agreement."""
    return _page(request, dossier)


def say(request: HttpRequest, dossier: str) -> HttpResponse:
    """Consent to a text, decline it, suspend, resume, end."""
    desk, posted = desk_of(request), request.POST
    agreement_of(dossier)
    what = posted.get("act", "")
    if what not in ACTS:
        raise Http404
    given: Plain = {"action": f"agreement.{what}", "dossier": dossier, "coded": _coded(what, posted), "form": posted.get("form", "")}
    if text := posted.get("words", "").strip():
        given |= {"text": text, "language": language_of(posted, desk)}
    try:
        done = act(desk.node, desk.account, given)
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise Http404 from refusal
        if refusal.code != "already_sent":  # the same form twice says it once
            return _page(request, dossier, refusal)
        done = Done()
    tell_done(request, _said(desk.language, what, done))
    return HttpResponseRedirect(reverse("agreement", kwargs={"dossier": dossier}), status=303)


def agreement_of(text: str) -> DossierId:
    """The agreement that an address names. Raises Http404."""
    try:
        return DossierId(parse_hex(text, what="dossier"))
    except Refusal as refusal:
        raise Http404 from refusal


def language_of(posted: Mapping[str, str], desk: Desk) -> str:
    """The language that a text was written in, as its author says."""
    given = posted.get("language", "")
    return given if given in LANGUAGES else desk.language


def writing_languages(language: str) -> list[dict[str, str]]:
    """The languages to write in, the page's first."""
    return [{"code": code, "dir": direction(code)} for code in sorted(LANGUAGES, key=lambda code: code != language)]


def _page(request: HttpRequest, dossier: str, refusal: Refusal | None = None) -> HttpResponse:
    desk, id = desk_of(request), agreement_of(dossier)
    try:
        shown = show_agreement(desk.node, desk.scope, id, record=request.method == "GET")
    except Refusal as refused:
        raise Http404 from refused
    del shown["partners"]  # the frame's own word
    texts = shown["texts"]
    standing = next((text for text in texts if text["in_force"]), None)
    pending = texts[0] if texts and texts[0] is not standing and not shown["ended_on"] else None
    for text in texts:
        _prepare(desk, shown, text, None)
    if pending is not None:
        _prepare(desk, shown, pending, _before(texts, pending, standing))
    for one in shown["history"]:
        one["key"] = f"agreement.{one['type']}"
    page = (
        shown
        | in_words(desk, shown)
        | {
            "dossier": dossier,
            "standing": standing,
            "pending": pending,
            "pending_open": pending is not None and not pending["before"],
            "main_open": pending is None,
            "main": standing or texts[0],
            "acts": possible(desk, id),
            "supervisor": desk.scope.role is Role.SUPERVISOR,
            "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
            "typed": request.POST,
            "tokens": {name: secrets.token_urlsafe(16) for name in ACTS},
            "suspension_codes": [code.value for code in SuspensionCode],
            "end_codes": [code.value for code in EndCode if code is not EndCode.LOST_LOG],
            "writing": writing_languages(desk.language),
            "supplement": _supplemented(desk, (standing or texts[0])["supplements"]),
            "supplements": _supplements(desk, dossier),
        }
    )
    return render(request, "agreements/agreement.html", page, status=409 if refusal is not None else 200)


def _prepare(desk: Desk, shown: Plain, text: Plain, before: Plain | None) -> None:
    """A text with what the page says of it: what it changes, its clauses, its road to force."""
    text["changes"] = changes(desk.language, before, text)
    text["matrix"] = matrix(text)
    text["dir"] = direction(text["language"] or desk.language)
    compared = before if before is not None and "unread" not in (before["wording"], text["wording"]) else None
    text["parts"] = clauses_of(desk.language, text, compared)
    text["counted"] = counted(text["parts"])
    text["before"] = compared["version"] if compared is not None else 0
    text["road"] = road_of(shown, text)
    text["reasons"] = [one | {"dir": direction(one["language"] or desk.language)} for one in reasons_for(shown, text)]


def possible(desk: Desk, agreement: DossierId) -> dict[str, Plain]:
    """The acts that the rules would take from this person now, by type."""
    try:
        offered = actions_for(desk.node, desk.scope, agreement)
    except Refusal:  # of another unit: read, not acted in
        return {}
    return {one["type"]: one for one in [*offered["primary"], *offered["secondary"]]}


def _before(texts: list[Plain], text: Plain, standing: Plain | None) -> Plain | None:
    """What a text is compared with: the one in force, or the version before it."""
    if standing is not None and text is not standing and text["version"] > standing["version"]:
        return standing
    earlier = [one for one in texts if one["version"] < text["version"]]
    return earlier[0] if earlier else None


def _supplemented(desk: Desk, agreement: str) -> Plain | None:
    if not agreement:
        return None
    try:
        shown = show_agreement(desk.node, desk.scope, DossierId(bytes.fromhex(agreement)), record=False)
    except Refusal:
        return {"agreement": "", "title": "", "reference": agreement[:12]}
    return {"agreement": agreement, "title": named(desk.language, shown), "reference": shown["reference"]}


def _supplements(desk: Desk, agreement: str) -> list[Plain]:
    """The arrangements that add to this agreement."""
    held = list_agreements(desk.node, desk.scope, record=False)["agreements"]
    return [one | {"title": named(desk.language, one)} for one in held if one["supplements"] == agreement]


def _coded(what: str, posted: Mapping[str, str]) -> Plain:
    if what in TEXTS:
        return {name: posted[name] for name in ("text", "hash") if posted.get(name)}
    if what == "suspend":
        return {"code": posted.get("code", "")}
    if what == "end":
        return {"code": posted.get("code", "")} | ({"on": day_of(posted["on"], "on")} if posted.get("on") else {})
    return {}


def _said(language: str, what: str, done: Done) -> Words:
    if done.draft:
        return tell(language, "It awaits its release by a second person.")
    match what:
        case "consent":
            return tell(language, "The consent is given to exactly this text; the partners receive it with its fingerprint.")
        case "decline":
            return tell(language, "The text is declined; the partners are told.")
        case "withdraw_consent":
            return tell(language, "The consent is taken back; where the text was in force it no longer is.")
        case "suspend":
            return tell(language, "The agreement is suspended: no flow rests on it until this agency resumes it.")
        case "resume":
            return tell(language, "The suspension is lifted.")
        case _:
            return tell(language, "The end of the agreement is declared; the partners are told.")
