# SPDX-License-Identifier: EUPL-1.2
"""The forms of signing in. Nobody learns from an answer whether an account exists, or which of the three was wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django_otp import match_token

from amana.web.models import Account


class SignInForm(forms.Form):
    """Account, password and one-time code, all at once."""

    account = forms.CharField(max_length=32)
    password = forms.CharField(max_length=200, strip=False)
    code = forms.CharField(max_length=16)

    def __init__(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._request = request
        self.user: Account | None = None

    def clean(self) -> dict[str, Any]:
        """Both factors, or one refusal for all."""
        given = self.cleaned_data
        user = authenticate(self._request, account=given.get("account", ""), password=given.get("password", ""))
        if not isinstance(user, Account):
            raise forms.ValidationError("", code="not_known")
        device = match_token(user, given.get("code", "").replace(" ", ""))
        if device is None:
            raise forms.ValidationError("", code="not_known")
        user.otp_device = device  # type: ignore[attr-defined]  # where django_otp.login looks for it
        self.user = user
        return given


class InvitationForm(forms.Form):
    """The account and the code that the administrator handed over."""

    account = forms.CharField(max_length=32)
    invitation = forms.CharField(max_length=64)


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(max_length=200, strip=False)
    again = forms.CharField(max_length=200, strip=False)
