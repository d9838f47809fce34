# SPDX-License-Identifier: EUPL-1.2
"""What follows from the state of a mission for an entry that is about to be made here. Spec: spec/kinds/expertise_mission.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.expertise_mission.state import MissionState, agreed, is_over, sides, to_accept
from amana.dossiers.kind import Reason
from amana.dossiers.shared.vocabulary import RefusalCode
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode

Plain = Mapping[str, Any]
_OF_THE_GIVER = frozenset({"team", "start", "report", "complete"})
_OF_THE_RECEIVER = frozenset({"feedback", "follow_up"})
_BEFORE_IT_IS_OVER = frozenset({"terms", "accept", "decline", "withdraw", "team", "start"})


def complete(state: MissionState | None, entry_type: str, given: Plain, author: AgencyCode) -> Plain:
    """`given` with what follows. Raises Refusal where it makes no sense in this state."""
    if state is None:
        return {"receiver" if entry_type == "request" else "giver": author, **given}
    if author not in sides(state):
        raise Refusal(Reason.NOT_ASKED_OF_YOU)
    if is_over(state) and entry_type != "lesson":
        raise Refusal(Reason.CLOSED)
    if state.completed is not None and entry_type in _BEFORE_IT_IS_OVER:
        raise Refusal(Reason.NOT_AT_THIS_STAGE)
    if entry_type in _OF_THE_GIVER:
        _require_giver(state, author, entry_type)
    if entry_type in _OF_THE_RECEIVER:
        _require_completed(state, author)
    match entry_type:
        case "terms":
            return _like_the_last(state, given)
        case "accept":
            return _latest(state, given, author)
        case "decline":
            return {"code": RefusalCode.OTHER.value, **given}
        case "start":
            return {"at": state.starts, **given}
        case "complete":
            return {"at": state.ends, "days": state.days, **given}
        case _:
            return given


def _require_giver(state: MissionState, author: AgencyCode, entry_type: str) -> None:
    if author != state.giver:
        raise Refusal(Reason.NOT_THE_GIVER)
    if agreed(state) is None and entry_type != "team":
        raise Refusal(Reason.NO_SUCH_TERMS)


def _require_completed(state: MissionState, author: AgencyCode) -> None:
    if author != state.receiver:
        raise Refusal(Reason.NOT_A_RECEIVER)
    if state.completed is None:
        raise Refusal(Reason.NOT_AT_THIS_STAGE)


def _like_the_last(state: MissionState, given: Plain) -> Plain:
    """New terms begin from the latest, or from what was asked."""
    last = max(state.terms, key=lambda one: (one.at, one.id), default=None)
    if last is None:
        return {"ends": state.ends, "people": state.people, "starts": state.starts, "languages": list(state.languages), **given}
    held = {"cost": last.cost.value, "ends": last.ends, "people": last.people, "starts": last.starts, "languages": list(last.languages)}
    return {**held, "deliverables": [one.value for one in last.deliverables], **given}


def _latest(state: MissionState, given: Plain, author: AgencyCode) -> Plain:
    if "terms" in given:
        return given
    waiting = to_accept(state, author)
    if not waiting:
        raise Refusal(Reason.NO_SUCH_TERMS)
    return {**given, "terms": waiting[0].id.hex()}
