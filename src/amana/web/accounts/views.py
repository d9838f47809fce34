# SPDX-License-Identifier: EUPL-1.2
"""The officers of this agency: who they are, in which units, how they sign in; invite, change, close.

An invitation is shown once, to be handed over in person. Every act here is kept in the node's own log with the
administrator's account; closing the last administrator is refused by the node.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from amana.node.access import Role, add_officer, load_account, load_officers
from amana.node.actions.accounts import close_account, invite_account
from amana.node.local import OfficerAdded
from amana.node.ports import Reading
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.doors import Desk, desk_of
from amana.web.models import Account
from amana.web.sign_in import accounts as signing_in
from amana.web.told import tell_done

Plain = dict[str, Any]
LANGUAGES = ("ar", "fr", "en")
MOST_UNITS = 32


def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts."""
    desk = desk_of(request)
    return render(request, "accounts/accounts.html", {"officers": load_accounts(desk)})


def account(request: HttpRequest, account: str) -> HttpResponse:
    """One account; its name, role, units and language can be changed."""
    desk = desk_of(request)
    held = account_named(desk, account)
    if request.method != "POST":
        return _show(request, desk, held)
    return _take(request, desk, held)


def add(request: HttpRequest) -> HttpResponse:
    """A new account."""
    desk = desk_of(request)
    empty: Plain = {"account": "", "name": "", "role": Role.DESK.value, "units": (desk.node.settings.desk_unit,), "language": desk.language}
    if request.method != "POST":
        return _show(request, desk, empty | {"new": True})
    typed = request.POST.get("account", "").strip()
    if any(officer.account == typed for officer in desk.node.journal.read(load_officers)):
        return _show(request, desk, empty | _typed(request) | {"new": True, "account": typed}, Refusal("account_known", account=typed))
    return _take(request, desk, empty | {"new": True, "account": typed})


def invite(request: HttpRequest, account: str) -> HttpResponse:
    """A new invitation; what the account signed in by before is void. Shown once."""
    desk = desk_of(request)
    held = account_named(desk, account)
    invite_account(desk.node, account, by=desk.account)
    code = signing_in.invite(account)
    return render(request, "accounts/invitation.html", {"held": held, "code": code, "hours": signing_in.INVITED_FOR.days * 24})


def close(request: HttpRequest, account: str) -> HttpResponse:
    """Nobody works by this account any more."""
    desk = desk_of(request)
    held = account_named(desk, account)
    try:
        close_account(desk.node, account, by=desk.account)
    except Refusal as refusal:
        return _show(request, desk, held, refusal)
    signing_in.close_account(account)
    tell_done(request, tell(desk.language, "The account {account} is closed; its sessions have ended.", account=account))
    return HttpResponseRedirect(reverse("accounts"), status=303)


def load_accounts(desk: Desk) -> list[Plain]:
    """Every officer with how he signs in."""

    def ask(reading: Reading) -> list[Plain]:
        return [_plain(officer) | _state(reading, officer.account) for officer in load_officers(reading)]

    known = {one.account: one for one in Account.objects.all()}
    with_device = set(TOTPDevice.objects.filter(confirmed=True).values_list("user__account", flat=True))
    shown = desk.node.journal.read(ask)
    for officer in shown:
        held = known.get(officer["account"])
        officer["last_sign_in"] = int(held.last_login.timestamp() * 1000) if held is not None and held.last_login else 0
        officer["second_factor"] = officer["account"] in with_device
        officer["password"] = held is not None and bool(held.password) and held.has_usable_password()
        invited = held is not None and held.invitation and held.invited_until is not None and held.invited_until > timezone.now()
        officer["invited_until"] = int(held.invited_until.timestamp() * 1000) if invited and held and held.invited_until else 0
    return shown


def account_named(desk: Desk, account: str) -> Plain:
    """The account of this name. Raises Http404."""
    found = next((one for one in load_accounts(desk) if one["account"] == account), None)
    if found is None:
        raise Http404
    return found


def _take(request: HttpRequest, desk: Desk, held: Plain) -> HttpResponse:
    given = held | _typed(request)
    officer = OfficerAdded(
        name=given["name"] or given["account"],
        role=given["role"],
        units=tuple(sorted(given["units"])) if given["role"] != Role.ADMINISTRATOR else (),
        account=given["account"],
        language=given["language"],
    )
    try:
        add_officer(desk.node, officer, by=desk.account)
    except Refusal as refusal:
        return _show(request, desk, given, refusal)
    if held.get("new"):
        said = tell(desk.language, "The account {account} is there. Invite it, so that its officer can sign in.", account=officer.account)
    else:
        said = tell(desk.language, "The account {account} is changed.", account=officer.account)
    tell_done(request, said)
    return HttpResponseRedirect(reverse("account", kwargs={"account": officer.account}), status=303)


def _typed(request: HttpRequest) -> Plain:
    posted = request.POST
    units = {unit.strip() for unit in posted.get("units", "").replace("،", ",").replace(",", " ").split()}
    language = posted.get("language", "")
    return {
        "name": posted.get("name", "").strip(),
        "role": posted.get("role", ""),
        "units": tuple(sorted(units)[:MOST_UNITS]),
        "language": language if language in LANGUAGES else LANGUAGES[0],
    }


def _show(request: HttpRequest, desk: Desk, held: Plain, refusal: Refusal | None = None) -> HttpResponse:
    units = sorted({unit for officer in desk.node.journal.read(load_officers) for unit in officer.units} | {desk.node.settings.desk_unit})
    shown = {
        "held": held,
        "unit_text": " ".join(held["units"]),
        "known_units": units,
        "roles": [role.value for role in Role],
        "writing": LANGUAGES,
        "own": held["account"] == desk.account,
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
    }
    return render(request, "accounts/account.html", shown, status=409 if refusal is not None else 200)


def _plain(officer: OfficerAdded) -> Plain:
    return {name: getattr(officer, name) for name in ("account", "name", "role", "units", "language")}


def _state(reading: Reading, account: str) -> Plain:
    """What the administrator last did with the account's sign-in."""
    held = load_account(reading, account)
    return {"closed": held is not None and held.state == "closed", "state_at": held.at if held else 0, "state_by": held.by if held else ""}
