# SPDX-License-Identifier: EUPL-1.2
"""What a form about an event can name: its venues, and the guests without a node for whom its host, and nobody else, may speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amana.dossiers.major_event.state import MajorEventState
from amana.node.access import Scope, require_dossier
from amana.node.context import Node
from amana.node.ports import Reading
from amana.node.queries.events import show_venues
from amana.node.queries.rows import state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId

LENGTH = 64  # of an id in hex


@dataclass(frozen=True, slots=True, kw_only=True)
class AtEvent:
    """`venues`: each with `id` and `names`."""

    guests: tuple[AgencyCode, ...] = ()
    venues: tuple[dict[str, Any], ...] = ()


def named_at_event(node: Node, scope: Scope, *, dossier: str = "", event: str = "") -> AtEvent:
    """Of the event that is named, or that a dossier is or belongs to (ids in hex); nothing where there is none to be seen."""

    def ask(reading: Reading) -> AtEvent:
        named = _id(event)
        if not named and (row := reading.dossier(_id(dossier))) is not None:
            named = row.within or row.id
        try:
            state = state_of(require_dossier(reading, scope, named))
        except Refusal:
            return AtEvent()
        if not isinstance(state, MajorEventState):
            return AtEvent()
        guests = tuple(one.code for one in state.guests) if state.host == node.code else ()
        return AtEvent(guests=guests, venues=tuple(show_venues(reading, state)))

    return node.journal.read(ask)


def _id(text: str) -> DossierId:
    try:
        return DossierId(bytes.fromhex(text) if len(text) == LENGTH else b"")
    except ValueError:
        return DossierId(b"")
