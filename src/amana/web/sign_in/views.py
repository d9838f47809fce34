# SPDX-License-Identifier: EUPL-1.2
"""Signing in and out. In a demonstration, and only there, a post is entered by one click."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib.auth import login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django_otp import login as otp_login

from amana.node.access import Role, load_officers, open_scope
from amana.node.local import OfficerAdded
from amana.protocol.errors import Refusal
from amana.web.here import get_here
from amana.web.models import Account
from amana.web.sign_in.accounts import confirm_device, new_device, require_invited
from amana.web.sign_in.forms import InvitationForm, PasswordForm, SignInForm

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
INVITED = "invited"  # in the session of somebody who is on the way through the first sign-in


def root(_request: HttpRequest) -> HttpResponse:
    """`/`: the inbox in a language that the browser asks for (Django's own choice)."""
    return HttpResponseRedirect(reverse("home"))


def home(request: HttpRequest) -> HttpResponse:
    """`/fr/`: to the first page of the role."""
    user = request.user
    if not user.is_authenticated or not user.is_verified():  # type: ignore[attr-defined]  # django_otp adds is_verified
        return HttpResponseRedirect(reverse("sign_in"))
    return HttpResponseRedirect(first_page(user.get_username()))


def sign_in(request: HttpRequest) -> HttpResponse:
    """Password and one-time code."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        login(request, form.user, backend=MODEL_BACKEND)
        otp_login(request, form.user.otp_device)  # type: ignore[attr-defined]  # set by the form
        return HttpResponseRedirect(_back(request, form.user))
    failed = request.method == "POST"
    shown = {"form": form, "failed": failed, "next": _wanted(request), "posts": _posts()}
    return render(request, "sign_in/sign_in.html", shown, status=401 if failed else 200)


def resting(request: HttpRequest, *_given: Any, **_named: Any) -> HttpResponse:
    """Too many failed tries: the account rests for some minutes, whoever asks."""
    return render(request, "sign_in/resting.html", {}, status=429)


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign_in"))


def first(request: HttpRequest) -> HttpResponse:
    """The first sign-in: the invitation's code."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = require_invited(form.cleaned_data["account"], form.cleaned_data["invitation"])
        except Refusal as refusal:
            return render(request, "sign_in/first.html", {"form": form, "refused": refusal.code}, status=401)
        request.session.flush()
        request.session[INVITED] = account.account
        return HttpResponseRedirect(reverse("first_password"))
    return render(request, "sign_in/first.html", {"form": form})


def first_password(request: HttpRequest) -> HttpResponse:
    """The first sign-in: a password of one's own."""
    account = _invited(request)
    problems: list[str] = []
    if request.method == "POST":
        form = PasswordForm(request.POST)
        problems = _password_problems(form, account)
        if not problems:
            account.set_password(form.cleaned_data["password"])
            account.save()
            return HttpResponseRedirect(reverse("first_code"))
    return render(request, "sign_in/first_password.html", {"problems": problems}, status=400 if problems else 200)


def first_code(request: HttpRequest) -> HttpResponse:
    """The first sign-in: the device that makes one-time codes, and its first code."""
    account = _invited(request)
    if not account.has_usable_password():
        return HttpResponseRedirect(reverse("first_password"))
    refused = ""
    if request.method == "POST":
        try:
            codes = confirm_device(account, request.POST.get("code", ""))
        except Refusal as refusal:
            refused = refusal.code
        else:
            _enter(request, account)
            return render(request, "sign_in/recovery.html", {"codes": codes, "onward": first_page(account.account)})
    held = account.totpdevice_set.filter(confirmed=False).first()
    device = held or new_device(account)
    drawn = segno.make(device.config_url, error="m").svg_inline(scale=4, border=2, omitsize=True)
    shown = {"qr": mark_safe(drawn), "secret": _secret(device.config_url), "refused": refused}  # noqa: S308 - drawn by segno
    return render(request, "sign_in/first_code.html", shown, status=401 if refused else 200)


def enter(request: HttpRequest, account: str) -> HttpResponse:
    """In a demonstration: sign in as this post by one click."""
    here = get_here()
    if not here.demonstration:
        raise Http404
    known = {officer.account: officer for officer in here.opened.node.journal.read(load_officers)}
    if account not in known:
        raise Http404
    held, _ = Account.objects.get_or_create(account=account)
    _enter(request, held)
    return HttpResponseRedirect(_back(request, held))


def first_page(account: str) -> str:
    """Where this account's day begins."""
    scope = open_scope(get_here().opened.node, account)
    return reverse("health" if scope.role is Role.ADMINISTRATOR else "inbox")


def _enter(request: HttpRequest, account: Account) -> None:
    device = account.totpdevice_set.filter(confirmed=True).first()
    if device is None:
        device = account.totpdevice_set.create(name="demonstration", confirmed=True)
    login(request, account, backend=MODEL_BACKEND)
    otp_login(request, device)


def _invited(request: HttpRequest) -> Account:
    account = Account.objects.filter(account=request.session.get(INVITED, "")).exclude(invitation="").first()
    if account is None:
        raise Http404
    return account


def _password_problems(form: PasswordForm, account: Account) -> list[str]:
    """Codes of what is wrong with a new password."""
    if not form.is_valid():
        return ["password_missing"]
    if form.cleaned_data["password"] != form.cleaned_data["again"]:
        return ["passwords_differ"]
    try:
        validate_password(form.cleaned_data["password"], account)
    except ValidationError as error:
        return [str(one.code) for one in error.error_list]
    return []


def _wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is an address of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _back(request: HttpRequest, account: Account) -> str:
    return _wanted(request) or first_page(account.account)


def _posts() -> list[OfficerAdded]:
    """In a demonstration, the posts that can be entered by one click."""
    here = get_here()
    return here.opened.node.journal.read(load_officers) if here.demonstration else []


def _secret(address: str) -> str:
    """The device's secret in groups of four, for those who type it in."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
