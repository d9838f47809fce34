# SPDX-License-Identifier: EUPL-1.2
"""Passes for pages that renew themselves: who was shown a page, and that was recorded, sees it brought up to date unrecorded.

A pass is signed, names the account and what was shown, and ends with the shift; without one every look is recorded.
"""

from __future__ import annotations

from django.core import signing

from amana.web.doors import Desk

SALT = "amana.web.inbox.passes"
SECONDS = 12 * 3600


def make_pass(desk: Desk, what: str) -> str:
    """What this person's page shows when it asks again."""
    return signing.dumps([desk.account, what], salt=SALT)


def held_pass(desk: Desk, what: str, given: str) -> str:
    """The pass, where it is this person's and of this; else nothing."""
    try:
        held = signing.loads(given, salt=SALT, max_age=SECONDS) if given else None
    except signing.BadSignature:
        return ""
    return given if held == [desk.account, what] else ""
