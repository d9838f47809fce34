# SPDX-License-Identifier: EUPL-1.2
"""Agreements for whoever works under them: fields, articles and the flows each allows, conditions, consents by hash.

Every officer may read them, whatever his unit: every flow rests on one. The administrator sees the coded terms, which
are in headers, and no wording. What is in force is derived at the moment of asking.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.agreement.entries import Article, Decline, Terms
from amana.dossiers.agreement.state import (
    AgreementState,
    Text,
    consented_since,
    ended_on,
    in_force_since,
    newest_text,
    parse_terms,
    suspended_by,
    terms_in_force,
    waiting_for,
)
from amana.dossiers.plain import to_plain
from amana.dossiers.registry import KINDS
from amana.dossiers.tasks import Task
from amana.node.access import Role, Scope, record_consultation
from amana.node.context import Node
from amana.node.lawfulness import load_agreement, load_agreements
from amana.node.ports import ACCEPTED, DossierRow, Reading
from amana.node.queries.rows import dossier_title, reference_of
from amana.node.queries.wording import NO_WORDING, load_wording
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

Plain = dict[str, Any]
DECLINING = ("decline", "withdraw_consent")


def list_agreements(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """Every agreement this agency is a party of, those in force first; `areas` of the text in force or the newest."""
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = {row.id: row for row in reading.dossiers(kind="agreement")}
        shown = [_show_line(reading, node.code, scope, rows[dossier], state, now) for dossier, state in load_agreements(reading)]
        return sorted(shown, key=lambda line: (not line["in_force"], line["ended_on"] > 0, -line["changed_at"], line["agreement"]))

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "agreements"))
    return {"agency": node.code, "now": now, "agreements": shown}


def show_agreement(node: Node, scope: Scope, agreement: DossierId, *, record: bool = True) -> Plain:
    """One agreement with all its texts. Raises Refusal `not_found`."""
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        state, row = load_agreement(reading, agreement), reading.dossier(agreement)
        if state is None or row is None:
            raise Refusal("not_found")
        in_force = terms_in_force(state, now)
        texts = sorted(state.texts, key=lambda text: (parse_terms(text.terms).version, text.hash), reverse=True)
        return _show_line(reading, node.code, scope, row, state, now) | {
            "texts": [_show_text(reading, scope, state, text, in_force[0] if in_force else None) for text in texts],
            "reasons": [] if scope.role is Role.ADMINISTRATOR else _reasons(reading, row.id),
            "declined_by": [party.agency for party in state.parties if newest_text(state).hash in party.declined],
            "history": _show_history(reading, row.id),
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "agreement", agreement))
    return {"agency": node.code, "now": now, **shown}


def _show_line(reading: Reading, own: AgencyCode, scope: Scope, row: DossierRow, state: AgreementState, now: Millis) -> Plain:
    in_force = terms_in_force(state, now)
    end = ended_on(state)
    stands = in_force is not None and not (end and end <= now)
    terms = in_force[1] if in_force else parse_terms(newest_text(state).terms)
    opening = reading.entry(EntryId(row.id))
    tasks = KINDS[row.kind].tasks(state, own)
    return {
        "agreement": row.id.hex(),
        "reference": reference_of(row, opening.author if opening is not None else row.parties[0]),
        "title": _title(reading, scope, row.id),
        "titles": _titles(reading, scope, (in_force[0] if in_force else newest_text(state)), terms),
        "stage": row.stage,
        "parties": list(row.parties),
        "partners": [party for party in row.parties if party != own],
        "version": terms.version,
        "areas": [area.value for area in terms.areas],
        "forms": [form.value for form in terms.forms],
        "in_force": stands and not suspended_by(state),
        "in_force_since": in_force_since(state, in_force[0]) if in_force else 0,
        "valid_until": terms.valid_until,
        "signed_on": terms.signed_on,
        "supplements": terms.supplements.hex(),
        "suspended_by": list(suspended_by(state)),
        "ended_on": end,
        "waiting_for": list(waiting_for(state, newest_text(state).hash)),
        "task": (tasks[0] if tasks else Task.NONE).value,
        "tasks": [task.value for task in tasks],
        "changed_at": row.changed_at,
    }


def _title(reading: Reading, scope: Scope, dossier: DossierId) -> str:
    return "" if scope.role is Role.ADMINISTRATOR else dossier_title(reading, dossier)


def _titles(reading: Reading, scope: Scope, text: Text, terms: Terms) -> Plain:
    """The title in each language that the text has it in."""
    if scope.role is Role.ADMINISTRATOR or not terms.wording:
        return {}
    titles: Plain = load_wording(reading, text.entry, terms)["titles"]
    return titles


def _show_text(reading: Reading, scope: Scope, state: AgreementState, text: Text, in_force: Text | None) -> Plain:
    terms = parse_terms(text.terms)
    wording = NO_WORDING if scope.role is Role.ADMINISTRATOR else load_wording(reading, text.entry, terms)
    return {
        "version": terms.version,
        "entry": text.entry.hex(),
        "hash": text.hash.hex(),
        "author": text.author,
        "in_force": in_force is not None and in_force.hash == text.hash,
        "in_force_since": in_force_since(state, text) if not waiting_for(state, text.hash) else 0,
        "consented_since": consented_since(state, text.hash),
        "consents": _consents(state, text),
        "areas": [area.value for area in terms.areas],
        "forms": [form.value for form in terms.forms],
        "levels": [level.value for level in terms.levels],
        "articles": [_show_article(article, terms) for article in terms.articles],
        "conditions": _conditions(terms),
        "signed_on": terms.signed_on,
        "in_force_on": terms.in_force_on,
        "valid_until": terms.valid_until,
        "supplements": terms.supplements.hex(),
        **wording,
    }


def _consents(state: AgreementState, text: Text) -> list[Plain]:
    """Who consents to this text since when, who declined it, who has said nothing."""
    shown = []
    for party in state.parties:
        since = next((consent.since for consent in party.consents if consent.hash == text.hash), Millis(0))
        said = "consented" if since else "declined" if text.hash in party.declined else "waiting"
        shown.append({"agency": party.agency, "state": said, "since": since})
    return shown


def _reasons(reading: Reading, agreement: DossierId) -> list[Plain]:
    """What parties wrote when they declined a text or took their consent to it back, oldest first."""
    shown = []
    rows = [row for row in reading.dossier_entries(agreement) if row.type in DECLINING and row.outcome == ACCEPTED]
    whole = reading.entries([row.id for row in rows])  # rows of a dossier come without bodies
    for row in (whole[row.id] for row in rows if row.id in whole and whole[row.id].body):
        try:
            body, said = parse_body(row.body), parse(parse_header(row.header).coded, Decline)
        except PeerFault:
            continue
        shown.append(
            {
                "text_of": said.text.hex(),
                "agency": row.author,
                "at": row.made_at,
                "text": body.text,
                "language": body.language,
            }
        )
    return shown


def _show_article(article: Article, terms: Terms) -> Plain:
    """An article with the flows it allows: what it leaves open stands for all of the agreement's."""
    return {
        "number": article.number,
        "areas": [area.value for area in article.areas or terms.areas],
        "forms": [form.value for form in article.forms or terms.forms],
        "all_areas": not article.areas,
        "all_forms": not article.forms,
    }


def _conditions(terms: Terms) -> Plain:
    held = terms.conditions
    clocks: Mapping[str, Any] = to_plain(held.clocks)
    return {
        "clocks": dict(clocks),
        "languages": list(held.languages),
        "codes": [code.value for code in held.codes],
        "level": int(held.level),
        "categories": [category.value for category in held.categories],
    }


def _show_history(reading: Reading, agreement: DossierId) -> list[Plain]:
    """What was said by whom and when, in order and without any wording; what a rule refused says why."""
    return [
        {
            "entry": row.id.hex(),
            "type": row.type,
            "author": row.author,
            "made_at": row.made_at,
            "arrived_at": row.arrived_at,
            "refused": row.outcome,
        }
        for row in reading.dossier_entries(agreement)
    ]
