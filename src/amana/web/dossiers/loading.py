# SPDX-License-Identifier: EUPL-1.2
"""What a dossier's page asks of the node: the dossier, what can be done in it, the posts of this agency's officers."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.http import Http404

from amana.node.access import load_officers
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.offering import actions_for
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import require_present
from amana.web.doors import Desk
from amana.web.dossiers.acts import acts_of
from amana.web.dossiers.reader import Reader
from amana.web.dossiers.showing import numbers_of, page_of

Plain = dict[str, Any]
MINUTE = 60_000
MARK_DIGITS = 24


def load_dossier(desk: Desk, dossier: DossierId, *, record: bool) -> tuple[Plain, Plain]:
    """The dossier and the acts in it. Raises Http404 for what is forbidden or absent."""
    try:
        return show_dossier(desk.node, desk.scope, dossier, record=record), actions_for(desk.node, desk.scope, dossier)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal


def reader_of(desk: Desk, shown: Plain) -> Reader:
    """For whom the page is made."""
    officers = desk.node.journal.read(load_officers)
    return Reader(
        language=desk.language,
        own=desk.node.code,
        now=desk.node.clock.now(),
        account=desk.account,
        zone=desk.zone,
        numbers=numbers_of(shown),
        posts={officer.account: officer.name for officer in officers},
    )


def page_context(desk: Desk, shown: Plain, offered: Plain) -> Plain:
    """Everything the templates of the page need."""
    reader = reader_of(desk, shown)
    page = page_of(reader, shown, offered)
    return {
        **page,
        "acts": acts_of(reader, offered, shown["task"], notice=shown["opening"] == "notice"),
        "dossier": shown["dossier"],
        "mark": mark_of(shown, offered, reader.now),
        "entries_known": shown["entries_placed"],
        "zone_name": reader.zone,
    }


def mark_of(shown: Plain, offered: Plain, now: int) -> str:
    """A mark of everything shown: the same mark, the same page. A running clock is another page every minute."""
    minute = now // MINUTE if any(one["due"] and not one["settled_at"] for one in shown["clocks"]) else 0
    seen = msgspec.json.encode([{**shown, "new": False}, offered, minute])
    return hashlib.sha256(seen).hexdigest()[:MARK_DIGITS]


def arrivals_since(reader: Reader, shown: Plain, known: int) -> list[Plain]:
    """The entries of other agencies that people made and that stand beyond the first `known`."""
    return [
        {"number": entry["number"], "author": entry["author"], "at": entry["arrived_at"]}
        for entry in shown["entries"]
        if entry.get("number", 0) > known and entry["author"] != reader.own and not entry.get("automatic")
    ]
