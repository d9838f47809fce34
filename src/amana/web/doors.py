# SPDX-License-Identifier: EUPL-1.2
"""Who may open which page: one table row for each address, one door that every view is behind.

(1) an address without a row does not exist; (2) nobody signed in: to the sign-in page and back, and what was being
written is kept first; (3) signed in but without the one-time code: to the sign-in page; (4) a role that the row does
not name: 404, the same page as for what does not exist; (5) idle for too long, or signed in for too long: signed out; what a page asks
for by itself is nobody's act. What a person may see inside a page is decided by `node.access` alone. `tests/web/permissions`
makes its table from these rows.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import tzinfo
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language

from amana.node.access import Role, Scope, open_scope
from amana.node.context import Node
from amana.protocol.errors import Refusal
from amana.web.here import Here, get_here
from amana.web.settings import SESSION_HOURS

ANYBODY: frozenset[Role] = frozenset()
OFFICERS = frozenset({Role.DESK, Role.SUPERVISOR})
SUPERVISORS = frozenset({Role.SUPERVISOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
EVERYONE = frozenset(Role)
IDLE_SECONDS = 45 * 60
TOUCH_SECONDS = 60
SESSION_SECONDS = SESSION_HOURS * 3600
View = Callable[..., HttpResponseBase | Awaitable[HttpResponseBase]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person at work in one request."""

    here: Here
    scope: Scope
    language: str

    @property
    def node(self) -> Node:
        """The node."""
        return self.here.opened.node

    @property
    def zone(self) -> tzinfo | None:
        """Where the reader sits."""
        return self.here.zone

    @property
    def account(self) -> str:
        """The account's name."""
        return self.scope.account


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address: who may open it, and what it is about, for the table of permissions."""

    name: str
    route: str
    view: View
    roles: frozenset[Role] = OFFICERS
    methods: tuple[str, ...] = ("GET",)
    renews: bool = False  # asked for by the page itself: nobody did anything, so it does not keep a session from ending
    about: str = ""  # what the address names: dossier, entry, draft, partner, account, copy, view; empty: nothing

    @property
    def allowed(self) -> tuple[str, ...]:
        """Methods that reach the view. HEAD is a GET without its body; a POST alone takes none, for nothing checks a HEAD's origin."""
        return (*self.methods, "HEAD") if "GET" in self.methods else self.methods

    def pattern(self) -> URLPattern:
        """The address with its door."""
        view: Callable[..., Any] = _async_door(self) if iscoroutinefunction(self.view) else _door(self)
        return path(self.route, view, name=self.name)


def desk_of(request: HttpRequest) -> Desk:
    """The person at work; only views behind a door with roles may ask."""
    desk: Desk = request.desk  # type: ignore[attr-defined]  # set by the door
    return desk


def page_language() -> str:
    """The language of the address."""
    return (get_language() or "en")[:2]


def _door(page: Page) -> Callable[..., HttpResponseBase]:
    view: Callable[..., HttpResponseBase] = page.view  # type: ignore[assignment]  # not a coroutine: asked by the caller

    @wraps(view)
    def opened(request: HttpRequest, **named: Any) -> HttpResponseBase:
        stopped = admit(page, request)
        return stopped if stopped is not None else view(request, **named)

    return opened


def _async_door(page: Page) -> Callable[..., Awaitable[HttpResponseBase]]:
    view: Callable[..., Awaitable[HttpResponseBase]] = page.view  # type: ignore[assignment]  # a coroutine: asked by the caller

    @wraps(view)
    async def opened(request: HttpRequest, **named: Any) -> HttpResponseBase:
        stopped = await sync_to_async(admit)(page, request)
        return stopped if stopped is not None else await view(request, **named)

    return opened


def admit(page: Page, request: HttpRequest) -> HttpResponseBase | None:
    """Set `request.desk`, or say where to go instead. Raises Http404."""
    if request.method not in page.allowed:
        return HttpResponseNotAllowed(page.allowed)
    if page.roles is ANYBODY:
        return None
    user = request.user
    if not user.is_authenticated or not user.is_verified():  # type: ignore[attr-defined]  # django_otp adds is_verified
        return to_sign_in(request)  # (2) (3)
    if _over(request, renewed=page.renews or "again" in request.GET):
        logout(request)
        return to_sign_in(request)  # (5)
    here = get_here()
    try:
        scope = open_scope(here.opened.node, user.get_username())
    except Refusal:
        logout(request)
        return to_sign_in(request)  # the account is no longer one of this node's
    if scope.role not in page.roles:
        raise Http404  # (4)
    request.desk = Desk(here=here, scope=scope, language=page_language())  # type: ignore[attr-defined]  # read by desk_of
    return None


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and back to where the person was; a fragment asks its page to go there."""
    from amana.web.keeping import keep_posted

    back = keep_posted(request) or (request.get_full_path() if request.method == "GET" and not request.headers.get("HX-Request") else "")
    if not back and request.headers.get("HX-Current-URL"):
        back = request.headers["HX-Current-URL"].partition("://")[2].partition("/")[2]
        back = f"/{back}"
    address = reverse("sign_in") + ("?" + urlencode({"next": back}) if back else "")
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address)


def _over(request: HttpRequest, *, renewed: bool) -> int:
    """Seconds beyond the limits, since the person last did something or since signing in; 0 within them."""
    now, session = int(time.time()), request.session
    seen, since = int(session.get("seen", 0)), int(session.get("since", 0))
    if not since:
        session["since"] = now
    late = max(now - seen - IDLE_SECONDS if seen else 0, now - since - SESSION_SECONDS if since else 0)
    if late <= 0 and not renewed and now - seen > TOUCH_SECONDS:
        session["seen"] = now
    return max(late, 0)
