# SPDX-License-Identifier: EUPL-1.2
"""The form of a supplementary arrangement as it begins: parties, conditions and levels of the agreement that it adds to.

What an address names beside it (a field, a form of cooperation, partners) stands in the form already, with an article of its
own. What is none of these is left out; nothing is sent before a person has read it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from amana.node.actions.form import parse_hex
from amana.node.partners import load_partners
from amana.node.queries.agreements import show_agreement
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.agreements.reading import CHOICES, TextForm, empty_form, form_of_text
from amana.web.doors import Desk

ASKED = ("supplements", "area", "form", "to")


def begun_form(desk: Desk, asked: QueryDict) -> TextForm | None:
    """The form that this address begins; None where it names nothing."""
    if not any(asked.get(name) for name in ASKED):
        return None
    form = empty_form(desk.language)
    known = [partner.code for partner in desk.node.journal.read(load_partners) if partner.confirmed]
    form.to = [code for code in known if code in asked.getlist("to")]
    _take_over(desk, form, asked.get("supplements", ""), known)
    areas = [one for one in asked.getlist("area") if one in CHOICES["areas"]]
    forms = [one for one in asked.getlist("form") if one in CHOICES["forms"]]
    if areas:
        form.chosen["areas"] = areas
    if forms:
        form.chosen["forms"] = forms
    if areas or forms:
        form.articles[0] |= {"number": "1", "areas": areas, "forms": forms}
    return form


def _take_over(desk: Desk, form: TextForm, agreement: str, known: Sequence[str]) -> None:
    """Parties, conditions and levels of the agreement that is supplemented, if it may be read here."""
    try:
        shown = show_agreement(desk.node, desk.scope, DossierId(parse_hex(agreement, what="agreement")), record=False)
    except Refusal:
        return
    text = next((one for one in shown["texts"] if one["in_force"]), shown["texts"][0])
    held = form_of_text(text, desk.language)
    form.supplements, form.clocks, form.level = agreement, held.clocks, held.level
    form.chosen |= {name: held.chosen[name] for name in ("levels", "languages", "codes", "categories")}
    form.to = form.to or [code for code in known if code in shown["partners"]]
