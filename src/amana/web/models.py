# SPDX-License-Identifier: EUPL-1.2
"""What the pages remember for themselves, in `desk.db`: how accounts sign in, working copies, saved views, calendar feeds.

Who an account is, its role and its units are the node's affair (`node.access`): a row here without an officer there
lets nobody in. Evidence and content that was sent is never here; a working copy goes when it is sent or discarded.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of this name. Raises Account.DoesNotExist."""
        return self.get(account=username)


class Account(AbstractBaseUser):
    """How one officer's account signs in: password (Argon2), one-time code (its devices), or an open invitation."""

    account = models.CharField(max_length=32, unique=True)
    is_active = models.BooleanField(default=True)
    invitation = models.CharField(max_length=128, blank=True)  # Argon2 hash of the code; empty: no invitation is open
    invited_until = models.DateTimeField(null=True)
    preferences = models.JSONField(default=dict)  # keyboard, calendar_titles, calendar_places (bool)

    objects = Accounts()
    USERNAME_FIELD = "account"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class WorkingCopy(models.Model):
    """A form as its author left it, saved by itself while it is written."""

    account = models.CharField(max_length=32)
    token = models.CharField(max_length=48, unique=True)  # also the form's token: sent twice, it makes one entry
    kind = models.CharField(max_length=80)  # the action it will become, kind.type
    dossier = models.CharField(max_length=64, blank=True)  # hex; empty: it opens one
    fields: Any = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Last changed first."""

        ordering: ClassVar[list[str]] = ["-changed_at"]


class SavedView(models.Model):
    """A search or a list with its filters, under a name that its owner gave it."""

    account = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)  # the address's query string
    page = models.CharField(max_length=40)  # the name of the page it opens
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By name; one name means one view."""

        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "name"], name="one_view_of_a_name"),
        ]


class CalendarFeed(models.Model):
    """The secret address at which an officer's calendar asks what is to come; the secret itself is not kept."""

    account = models.CharField(max_length=32, unique=True)
    hashed = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, hex
    recorded_at = models.BigIntegerField(default=0)  # when a fetch was last kept in the log of consultation, milliseconds
    made_at = models.DateTimeField(auto_now=True)
