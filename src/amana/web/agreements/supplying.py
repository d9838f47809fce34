# SPDX-License-Identifier: EUPL-1.2
"""What would open a flow that no text covers: a supplementary arrangement, and who proposes it.

For the bar of a form that may not be sent. A supervisor gets the form of the arrangement, filled with field, form, parties
and the agreement that it supplements; a desk officer is told whom to ask, and can prepare it. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from amana.dossiers.agreement.flow import Shortfall
from amana.node.access import Role, load_officers
from amana.node.queries.agreements import list_agreements
from amana.web.agreements.showing import listed
from amana.web.doors import Desk
from amana.web.html import html

Plain = dict[str, Any]
OPENED_BY_A_TEXT = frozenset(shortfall.value for shortfall in Shortfall)


def offer_of(desk: Desk, missing: Plain, *, area: str, form: str, receivers: Sequence[str]) -> Plain | None:
    """Where the form of the arrangement is, and for a desk officer the posts to ask; None where a text is under way."""
    if missing["code"] not in OPENED_BY_A_TEXT or missing["supply"] or not area:
        return None
    supervisor = desk.scope.role is Role.SUPERVISOR
    asked = {"supplements": supplemented_by(desk, receivers), "area": area, "form": form, "to": list(receivers)}
    whom = [] if supervisor else supervisors_of(desk)
    return {
        "address": f"{reverse('propose_agreement')}?{urlencode({name: held for name, held in asked.items() if held}, doseq=True)}",
        "area": area,
        "supervisor": supervisor,
        "whom": whom,
        "named": html(listed(desk.language, whom)),
    }


def supplemented_by(desk: Desk, receivers: Collection[str]) -> str:
    """The agreement in force among all concerned that an arrangement would add to: the broadest; empty where there is none."""
    held = list_agreements(desk.node, desk.scope, record=False)["agreements"]
    fitting = [one for one in held if one["in_force"] and set(receivers) <= set(one["parties"])]
    best = max(fitting, key=lambda one: (not one["supplements"], len(one["areas"]), one["agreement"]), default={"agreement": ""})
    return str(best["agreement"])


def supervisors_of(desk: Desk) -> list[str]:
    """The posts that bind this agency, those of the officer's own units first."""
    officers = [one for one in desk.node.journal.read(load_officers) if one.role == Role.SUPERVISOR]
    near = [one for one in officers if set(one.units) & set(desk.scope.units)]
    return [one.name or one.account for one in near or officers]
