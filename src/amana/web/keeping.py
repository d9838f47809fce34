# SPDX-License-Identifier: EUPL-1.2
"""Nothing typed is lost: forms are saved as working copies while they are written, also when the session has ended.

A form carries a signed pass for its own copy. With it, and without any session, the copy can be written once more and
nothing can be read: so a form that is sent after the session's end is kept, and found again after signing in.
"""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from amana.web.models import WorkingCopy

SALT = "amana.web.keeping"
PASS_SECONDS = 14 * 24 * 3600
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "pass", "password", "code", "do", "kind", "dossier", "file", "new_item"})


def copy_pass(copy: WorkingCopy) -> str:
    """What allows to write this copy without a session."""
    return signing.dumps([copy.account, copy.token], salt=SALT)


def fields_of(posted: QueryDict) -> dict[str, list[str]]:
    """The fields of a submitted form, as a working copy holds them."""
    return {name: values for name, values in posted.lists() if name not in NOT_KEPT}


def keep_posted(request: HttpRequest) -> str:
    """Save a form that came without a session, by its pass; the address at which it goes on, or nothing."""
    given = request.POST.get("pass", "") if request.method == "POST" else ""
    if not given:
        return ""
    try:
        account, token = signing.loads(given, salt=SALT, max_age=PASS_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    copy = WorkingCopy.objects.filter(account=account, token=token).first()
    if copy is None:  # it was never saved: what opened the form signed for it
        kind, dossier = request.POST.get("kind", "")[:80], request.POST.get("dossier", "")[:64]
        copy = WorkingCopy(account=account, token=token, kind=kind, dossier=dossier)
    copy.fields = fields_of(request.POST)
    copy.save()
    return reverse("working_copy", kwargs={"token": copy.token})
