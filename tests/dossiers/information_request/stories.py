# SPDX-License-Identifier: EUPL-1.2
"""Requests and notices for tests. DGSN asks or tells; DGPN answers; with three parties DGST answers too."""

from __future__ import annotations

from typing import Any

from amana.dossiers.information_request.state import Slot, slot_of
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling

TWO, THREE = (DGPN, DGSN), (DGPN, DGST, DGSN)
REQUEST: dict[str, Any] = {"area": "drugs", "types": ["information", "phone_check"], "urgency": "urgent", "direct": True}
NOTICE: dict[str, Any] = {"area": "missing_persons", "type": "missing", "expires": START + 1000 * HOUR}


def asked(parties: tuple[Any, ...] = TWO, **changes: Any) -> Telling:
    """A request that was asked."""
    told = Telling("information_request", parties)
    assert told.say(DGSN, "request", {**REQUEST, **changes}) is None
    return told


def noticed(parties: tuple[Any, ...] = TWO, **changes: Any) -> Telling:
    """A notice that was sent."""
    told = Telling("information_request", parties)
    assert told.say(DGSN, "notice", {**NOTICE, **changes}) is None
    return told


def delivered(told: Telling, *receivers: Any) -> Telling:
    """The same after the receiving nodes have said that the opening arrived."""
    for receiver in receivers or [party for party in told.parties if party != DGSN]:
        assert told.say(receiver, "delivered", {"entries": [told.facts[0].id.hex()]}) is None
    return told


def after(told: Telling, *words: Any) -> Telling:
    """The same after these words: (author, type) or (author, type, given)."""
    for author, type, *given in words:
        assert told.say(author, type, given[0] if given else {}) is None, type
    return told


def slot(told: Telling, agency: Any = DGPN) -> Slot:
    """The slot of a respondent."""
    found = slot_of(told.state, agency)
    assert found is not None
    return found
