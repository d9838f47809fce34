# SPDX-License-Identifier: EUPL-1.2
"""The secret address of an officer's feed: one for each account, made and shown once, renewed, revoked.

Whoever holds the address reads the feed, so it holds 256 random bits and is kept as its SHA-256 alone: it is found by
its hash, and no time that this takes tells anything of it. It counts while its account is open and has content to see.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from django.db.models import Q

from amana.node.access import Scope, open_scope, require_content_role
from amana.node.context import Node
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import Millis
from amana.web.models import Account, CalendarFeed

SECRET_BYTES = 32
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
RECORDED_EVERY = 60 * 60 * 1000


def make_feed(account: str) -> str:
    """A new secret for this account; an earlier one is void."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarFeed.objects.update_or_create(account=account, defaults={"hashed": _hashed(secret), "recorded_at": 0})
    return secret


def revoke_feed(account: str) -> None:
    """The account has no feed any more."""
    CalendarFeed.objects.filter(account=account).delete()


def has_feed(account: str) -> int:
    """How many feeds the account has: one or none."""
    return CalendarFeed.objects.filter(account=account).count()


def require_feed(node: Node, secret: str) -> tuple[CalendarFeed, Scope, Account]:
    """The feed of this secret and whose it is. Raises Refusal `not_found`, for whatever is wrong."""
    feed = CalendarFeed.objects.filter(hashed=_hashed(secret)).first() if SECRET.fullmatch(secret) else None
    held = Account.objects.filter(account=feed.account, is_active=True).first() if feed is not None else None
    if feed is None or held is None:
        raise Refusal("not_found")
    try:
        scope = open_scope(node, feed.account)
    except Refusal as refusal:
        raise Refusal("not_found") from refusal
    require_content_role(scope)
    return feed, scope, held


def claim_recording(feed: CalendarFeed, now: Millis) -> int:
    """1 where this fetch is the one that the log of consultation keeps, at most one in an hour; else 0."""
    due = Q(recorded_at__lte=now - RECORDED_EVERY) | Q(recorded_at__gt=now)  # the clock may have been set back
    return CalendarFeed.objects.filter(due, pk=feed.pk, hashed=feed.hashed).update(recorded_at=now)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
