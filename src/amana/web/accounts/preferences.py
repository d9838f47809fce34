# SPDX-License-Identifier: EUPL-1.2
"""What everybody sets for himself: keys, language, password, recovery codes, calendar; and the end of other sessions.

Password, recovery codes and the calendar's secret address ask for the password and a one-time code again: a desk left
open is not enough.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_otp import match_token
from msgspec.structs import replace

from amana.node.access import Role, add_officer, load_officers
from amana.phrases import Words, tell, tell_count
from amana.web.calendar.subscribing import has_feed, make_feed, revoke_feed
from amana.web.calendar.wording import PLACES, TITLES, choice_of
from amana.web.doors import desk_of
from amana.web.models import Account
from amana.web.sign_in.accounts import new_recovery_codes
from amana.web.told import tell_done

LANGUAGES = ("ar", "fr", "en")


def preferences(request: HttpRequest) -> HttpResponse:
    """The page, and each of its forms."""
    if request.method != "POST":
        return _show(request)
    match request.POST.get("act", ""):
        case "keyboard":
            return _keyboard(request)
        case "language":
            return _language(request)
        case "password":
            return _password(request)
        case "recovery":
            return _recovery(request)
        case "sessions":
            return _sessions(request)
        case "calendar_make" | "calendar_revoke" | "calendar_words" as act if desk_of(request).scope.role is not Role.ADMINISTRATOR:
            return _calendar(request, act)
        case _:
            return _show(request)


def _keyboard(request: HttpRequest) -> HttpResponse:
    account, desk = _account(request), desk_of(request)
    account.preferences["keyboard"] = request.POST.get("keyboard") == "on"
    account.save(update_fields=["preferences"])
    on = account.preferences["keyboard"]
    return _done(request, tell(desk.language, "The keys are on.") if on else tell(desk.language, "The keys are off."))


def _language(request: HttpRequest) -> HttpResponse:
    desk, wanted = desk_of(request), request.POST.get("language", "")
    if wanted in LANGUAGES:
        officer = next(one for one in desk.node.journal.read(load_officers) if one.account == desk.account)
        add_officer(desk.node, replace(officer, language=wanted), by=desk.account)
        tell_done(request, tell(wanted, "Your language is kept."))
        with override(wanted):
            return HttpResponseRedirect(reverse("preferences"), status=303)
    return _show(request)


def _password(request: HttpRequest) -> HttpResponse:
    account, desk, posted = _account(request), desk_of(request), request.POST
    problem = _not_the_owner(request, account)
    wanted = posted.get("wanted", "")
    if not problem and not wanted:
        problem = "password_missing"
    if not problem and wanted != posted.get("again", ""):
        problem = "passwords_differ"
    if not problem:
        try:
            validate_password(wanted, account)
        except ValidationError as error:
            problem = str(error.error_list[0].code)
    if problem:
        return _show(request, problem=("password", problem))
    account.set_password(wanted)
    account.save()
    update_session_auth_hash(request, account)
    return _done(request, tell(desk.language, "The password is changed. All your other sessions have ended."))


def _recovery(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    if problem := _not_the_owner(request, account):
        return _show(request, problem=("recovery", problem))
    return render(request, "accounts/recovery.html", {"codes": new_recovery_codes(account)})


def _sessions(request: HttpRequest) -> HttpResponse:
    ended = 0
    for session in _others(request):
        session.delete()
        ended += 1
    language = desk_of(request).language
    return _done(request, tell_count(language, "{count} other session has ended.", "{count} other sessions have ended.", count=ended))


def _calendar(request: HttpRequest, act: str) -> HttpResponse:
    """The address of the calendar made, renewed or revoked, or what it may hold; an address is shown once."""
    account, desk = _account(request), desk_of(request)
    if act == "calendar_revoke":
        revoke_feed(desk.account)
        return _done(request, tell(desk.language, "The address is revoked. Applications that have it get nothing any more."))
    if act == "calendar_words":
        account.preferences |= {TITLES: request.POST.get(TITLES) == "on", PLACES: request.POST.get(PLACES) == "on"}
        account.save(update_fields=["preferences"])
        return _done(request, tell(desk.language, "What your calendar holds is kept."))
    asked = _has_password(account) or not desk.here.demonstration  # who entered by a click has neither
    if asked and (problem := _not_the_owner(request, account)):
        return _show(request, problem=("calendar", problem))
    address = request.build_absolute_uri(reverse("calendar_feed", kwargs={"secret": make_feed(desk.account)}))
    return render(request, "accounts/calendar.html", {"address": address})


def _has_password(account: Account) -> int:
    """1 where the account signs in by a password; 0 where it was entered by a click."""
    return int(bool(account.password) and account.has_usable_password())


def _not_the_owner(request: HttpRequest, account: Account) -> str:
    """The code of what is wrong with the password and the one-time code; empty where both are right."""
    if not account.check_password(request.POST.get("password", "")):
        return "password_wrong"
    return "" if match_token(account, request.POST.get("code", "").replace(" ", "")) is not None else "code_wrong"


def _others(request: HttpRequest) -> list[Session]:
    """The account's other sessions that have not run out."""
    own, mine = str(_account(request).pk), request.session.session_key
    running = Session.objects.filter(expire_date__gt=timezone.now())
    return [session for session in running if session.session_key != mine and session.get_decoded().get("_auth_user_id") == own]


def _account(request: HttpRequest) -> Account:
    user = request.user
    assert isinstance(user, Account)  # noqa: S101 - the door let nobody else in; told to the type checker
    return user


def _done(request: HttpRequest, said: Words) -> HttpResponse:
    tell_done(request, said)
    return HttpResponseRedirect(reverse("preferences"), status=303)


def _show(request: HttpRequest, problem: tuple[str, str] = ("", "")) -> HttpResponse:
    desk, account = desk_of(request), _account(request)
    shown: dict[str, Any] = {
        "officer": next(one for one in desk.node.journal.read(load_officers) if one.account == desk.account),
        "keys_on": account.preferences.get("keyboard", True),
        "has_password": _has_password(account),
        "calendar": desk.scope.role is not Role.ADMINISTRATOR,
        "has_feed": has_feed(desk.account),
        "leaving": choice_of(account.preferences),
        "other_sessions": len(_others(request)),
        "problem_in": problem[0],
        "problem": problem[1],
        "writing": LANGUAGES,
    }
    return render(request, "accounts/preferences.html", shown, status=400 if problem[1] else 200)
