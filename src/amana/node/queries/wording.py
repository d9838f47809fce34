# SPDX-License-Identifier: EUPL-1.2
"""The wording of an agreement's text as it is shown: title, note, and the clauses in order, each in its languages.

Total on whatever a partner wrote: a wording that cannot be read, or is not the one whose hash the terms hold, is said to be
unread and nothing of it is shown.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.agreement.entries import Terms
from amana.dossiers.agreement.state import article_numbers, parse_terms
from amana.dossiers.agreement.wording import TITLE, bound_wording, in_order
from amana.node.ports import Reading
from amana.protocol.entry import Body, Header, parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import EntryId

Plain = dict[str, Any]
NO_WORDING: Plain = {"title": "", "text": "", "language": "", "titles": {}, "wording": "none", "clauses": []}
KINDS_WORDED = ("propose", "amend")


def load_wording(reading: Reading, entry: EntryId, terms: Terms) -> Plain:
    """Title, note and clauses of the text made in this entry. `wording`: none, read or unread."""
    row = reading.entry(entry)
    try:
        body = parse_body(row.body) if row is not None and row.body else None
    except PeerFault:
        body = None
    if body is None:
        return {**NO_WORDING, "wording": "unread" if terms.wording else "none"}
    return {"title": body.title, "text": body.text, "language": body.language, **show_clauses(terms, body.detail)}


def show_clauses(terms: Terms, detail: bytes) -> Plain:
    """The clauses of a text by number, and the titles that it has, by language."""
    if not detail and not terms.wording:
        return {"titles": {}, "wording": "none", "clauses": []}
    try:
        wording = bound_wording(detail, terms.wording)
    except PeerFault:
        return {"titles": {}, "wording": "unread", "clauses": []}
    ordered = in_order(wording, article_numbers(terms))
    titles = {clause.language: clause.title or clause.text for clause in ordered.pop(TITLE, ())}
    clauses = [
        {"number": number, "texts": [{"language": one.language, "title": one.title, "text": one.text} for one in held]}
        for number, held in ordered.items()
    ]
    return {"titles": titles, "wording": "read", "clauses": clauses}


def show_worded(header: Header, body: Body) -> Plain:
    """The clauses of an entry that makes a text; nothing for any other."""
    if header.kind != "agreement" or header.type not in KINDS_WORDED:
        return {}
    try:
        terms = parse_terms(header.coded)
    except PeerFault:
        return {}
    return show_clauses(terms, body.detail)
