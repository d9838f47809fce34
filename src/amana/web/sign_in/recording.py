# SPDX-License-Identifier: EUPL-1.2
"""Who signs in and out is kept in the node's own log, for oversight: whichever view does it, Django says so here.

Nothing is kept of an account that is no officer's, nor of a try that failed (the account rests after some of them).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice

from amana.node.access import open_scope
from amana.node.actions.accounts import record_signed_in, record_signed_out
from amana.protocol.errors import Refusal
from amana.web.here import get_here


def listen() -> None:
    """Be told by Django; again changes nothing."""
    user_logged_in.connect(signed_in, dispatch_uid="amana.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="amana.signed_out")


def signed_in(sender: Any, user: Any, request: HttpRequest | None, **_more: Any) -> None:  # noqa: ARG001 - Django gives them by name
    """Somebody came in, with both factors, or by one click in a demonstration."""
    here = get_here()
    device = getattr(user, "otp_device", None)
    if isinstance(device, StaticDevice):
        factor = "recovery_code"
    else:
        factor = "demonstration" if device is None and here.demonstration else "one_time_code"
    if _is_officer(user.get_username()):
        record_signed_in(here.opened.node, user.get_username(), factor=factor)


def signed_out(sender: Any, user: Any, request: HttpRequest | None, **_more: Any) -> None:  # noqa: ARG001 - as above
    """A session ended: by the officer's wish, or by the door where nothing was done for too long."""
    if user is not None and user.get_username() and _is_officer(user.get_username()):
        why = "officer" if request is not None and request.path.rstrip("/").endswith("sign-out") else "idle"
        record_signed_out(get_here().opened.node, user.get_username(), why=why)


def _is_officer(account: str) -> str:
    """The account where it is an open officer's; else empty."""
    try:
        return open_scope(get_here().opened.node, account).account
    except Refusal:
        return ""
