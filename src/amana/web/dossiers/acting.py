# SPDX-License-Identifier: EUPL-1.2
"""What is done by one click, in a dossier or beside a list: taking it in hand. It leaves at once, so what is told is what was done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amana.node.actions.act import act
from amana.phrases import Words, tell
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import back_to, dossier_of, require_present
from amana.web.doors import desk_of
from amana.web.dossiers.views import shown_page
from amana.web.told import see_other, tell_done

ACKNOWLEDGE = "information_request.acknowledge"


def acknowledge(request: HttpRequest, dossier: str) -> HttpResponse:
    """Take in hand (of a notice: take note); the partners learn it."""
    desk, id = desk_of(request), dossier_of(dossier)
    try:
        done = act(desk.node, desk.account, {"action": ACKNOWLEDGE, "dossier": dossier})
    except Refusal as refusal:
        require_present(refusal)
        return shown_page(request, desk, id, refusal)
    tell_done(request, _told(desk.language, draft=bool(done.draft)))
    return see_other(back_to(request, dossier))


def _told(language: str, *, draft: bool) -> Words:
    if draft:
        return tell(language, "It awaits its release by a second person.")
    return tell(language, "Taken in hand. The partner learns it as soon as its node is reached.")
