# SPDX-License-Identifier: EUPL-1.2
"""What would supply a legal basis that is missing: texts that cover the flow and are not in force, and what they await.

For the page that says "awaits the consent of …" beside a blocked button. Nothing is decided here: `lawfulness` does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from amana.dossiers.agreement.flow import covering_articles
from amana.dossiers.agreement.state import AgreementState, Text, ended_on, in_force_since, parse_terms, suspended_by, waiting_for
from amana.dossiers.shared.vocabulary import Area, Form
from amana.node.lawfulness import load_agreements
from amana.node.ports import Reading
from amana.node.queries.rows import dossier_title
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

Plain = dict[str, Any]


def find_supply(reading: Reading, *, form: Form, area: Area, parties: Collection[AgencyCode], now: Millis) -> list[Plain]:
    """Every text among these parties with an article for the flow that is not in force now, and what it awaits."""
    found = []
    for dossier, state in load_agreements(reading):
        members = {party.agency for party in state.parties}
        if ended_on(state) or not set(parties) <= members:
            continue
        covering = ((text, covering_articles(parse_terms(text.terms), form, area)) for text in state.texts)
        found += [_show(reading, dossier, state, text, articles[0].number, now) for text, articles in covering if articles]
    return [supply for supply in found if supply["waiting_for"] or supply["suspended_by"] or supply["in_force_on"]]


def _show(reading: Reading, dossier: DossierId, state: AgreementState, text: Text, article: str, now: Millis) -> Plain:
    waiting = waiting_for(state, text.hash)
    since = in_force_since(state, text)
    declined = [party.agency for party in state.parties if text.hash in party.declined]
    return {
        "agreement": dossier.hex(),
        "title": dossier_title(reading, dossier),
        "version": parse_terms(text.terms).version,
        "article": article,
        "waiting_for": [code for code in waiting if code not in declined],
        "declined_by": declined,
        "in_force_on": since if since > now else 0,
        "suspended_by": list(suspended_by(state)),
    }
