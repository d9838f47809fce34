# SPDX-License-Identifier: EUPL-1.2
"""Working copies: a form as its author left it, found again by its token; only its author's own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from django.http import Http404

from amana.web.models import WorkingCopy

TOKEN_BYTES = 18
MAX_COPIES = 200  # of one account; beyond, the oldest goes


def new_copy(account: str, kind: str, dossier: str, fields: Mapping[str, Sequence[str]] | None = None) -> WorkingCopy:
    """A copy that is not saved yet: it is, once something was written."""
    held = {name: list(values) for name, values in (fields or {}).items()}
    return WorkingCopy(account=account, token=secrets.token_urlsafe(TOKEN_BYTES), kind=kind, dossier=dossier, fields=held)


def require_copy(account: str, token: str) -> WorkingCopy:
    """The copy of this account. Raises Http404, also where it is somebody else's."""
    copy = WorkingCopy.objects.filter(account=account, token=token).first()
    if copy is None:
        raise Http404
    return copy


def save_copy(copy: WorkingCopy, fields: Mapping[str, Sequence[str]]) -> None:
    """Keep the form as it is now."""
    copy.fields = {name: list(values) for name, values in fields.items()}
    copy.save()
    over = WorkingCopy.objects.filter(account=copy.account).values_list("pk", flat=True)[MAX_COPIES:]
    if over:
        WorkingCopy.objects.filter(pk__in=list(over)).delete()


def copies_of(account: str) -> list[WorkingCopy]:
    """What this account is writing, last changed first."""
    return list(WorkingCopy.objects.filter(account=account))
