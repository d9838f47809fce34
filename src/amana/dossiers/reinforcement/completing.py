# SPDX-License-Identifier: EUPL-1.2
"""What follows from the state of a need for an entry that is about to be made here. Spec: spec/kinds/reinforcement.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.kind import Reason
from amana.dossiers.reinforcement.state import Contribution, NeedState, contributions
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode

Plain = Mapping[str, Any]
STOPPED = frozenset({"offer", "decline", "commit", "extend"})


def complete(state: NeedState, entry_type: str, given: Plain, author: AgencyCode) -> Plain:
    """`given` with what follows: of an offer the need's terms, of a commitment what was offered. Raises Refusal."""
    if author in state.observers:
        raise Refusal(Reason.OBSERVER)
    if state.cancelled and entry_type in STOPPED:
        raise Refusal(Reason.CANCELLED)
    match entry_type:
        case "offer":
            return _like_the_need(state, given)
        case "commit":
            return _like_the_offer(state, given)
        case "status":
            return _reported(state, given, author)
        case "withdraw_offer" | "extend" | "release":
            return _alone(state, given, author)
        case _:
            return given


def _like_the_need(state: NeedState, given: Plain) -> Plain:
    terms = {"arms": state.arms.value, "ends": state.ends, "powers": state.powers.value, "starts": state.starts}
    return {**terms, "languages": list(state.languages), **given}


def _alone(state: NeedState, given: Plain, author: AgencyCode) -> Plain:
    """The one offer that can be meant, where there is but one."""
    held = [one for one in contributions(state) if author in (state.host, one.agency)]
    return {**given, "offer": held[0].offer.hex()} if "offer" not in given and len(held) == 1 else given


def _like_the_offer(state: NeedState, given: Plain) -> Plain:
    given = _alone(state, given, state.host)
    offer = _named(state, given)
    if offer is None:
        return given
    if offer.withdrawn:
        raise Refusal(Reason.WITHDRAWN)
    return {"ends": offer.ends, "number": offer.offered, "starts": offer.starts, **given}


def _reported(state: NeedState, given: Plain, author: AgencyCode) -> Plain:
    given = _alone(state, given, author)
    offer = _named(state, given)
    if offer is None:
        return given
    if not offer.committed:
        raise Refusal(Reason.NOT_COMMITTED)
    return {"number": offer.committed, **({"venue": offer.venue.hex()} if offer.venue else {}), **given}


def _named(state: NeedState, given: Plain) -> Contribution | None:
    return next((one for one in contributions(state) if one.offer.hex() == given.get("offer")), None)
