# SPDX-License-Identifier: EUPL-1.2
"""One outgoing log towards one partner as a state table: every (state, event) pair has its row.

The table decides what the exchange may do next; it holds no bytes and no positions. Safety does not rest on it
alone: the receiver's checks (2) to (4) and the fence hold whatever a node believes. The diagram in
spec/09-sync.md is generated from `TABLE` and a test compares. Spec: spec/09-sync.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where the outgoing log to one partner stands."""

    CHECKING = "checking"  # since the start no exchange has shown how much of our log the partner holds
    READY = "ready"  # everything signed is receipted
    OFFERED = "offered"  # one signed step has no receipt yet
    BEHIND = "behind"  # the partner or the fence knows a newer head of ours than the database: nothing is signed
    SUSPENDED = "suspended"  # only control entries are signed
    ENDED = "ended"  # the run is over; a new card starts the next


class Event(StrEnum):
    """What can happen to it."""

    QUEUED = "queued"  # an entry waits for this partner
    CONFIRMED = "confirmed"  # the partner's cursor equals our size
    LAGGING = "lagging"  # the partner's cursor is below our size (a lost step, or a restored partner)
    NEWER_HEAD = "newer_head"  # the partner holds a head of ours beyond our size, or the fence does
    RECOVERED = "recovered"  # the missing steps came back and are stored
    RECEIPT = "receipt"  # a verified receipt for the offered step
    STALE_KEY = "stale_key"  # the partner cannot open: seal again
    NO_ANSWER = "no_answer"  # no or no valid response
    SUSPEND = "suspend"
    RESUME = "resume"
    RUN_ENDED = "run_ended"


class Effect(StrEnum):
    """What the node does then."""

    NOTHING = "nothing"
    ASK = "ask"  # exchange without entries
    SIGN = "sign"  # sign a step from committed rows, if any waits, and send it
    SIGN_CONTROL = "sign_control"  # the same with control entries only
    SEND_AGAIN = "send_again"  # the same signed step, sealed anew to the partner's current key
    FETCH_OWN = "fetch_own"  # ask for our own steps back
    WAIT = "wait"  # try again later, backing off


class Row(NamedTuple):
    """Next state and effect."""

    state: State
    effect: Effect


_S, _E, _F = State, Event, Effect


def _rows(state: State, **special: Row) -> dict[tuple[State, Event], Row]:
    """The rows of one state: those named, and the ones that hold in every state."""
    common = {
        _E.QUEUED: Row(state, _F.NOTHING),
        _E.CONFIRMED: Row(state, _F.NOTHING),
        _E.LAGGING: Row(state, _F.SEND_AGAIN),
        _E.NEWER_HEAD: Row(_S.BEHIND, _F.FETCH_OWN),
        _E.RECOVERED: Row(state, _F.ASK),
        _E.RECEIPT: Row(state, _F.NOTHING),
        _E.STALE_KEY: Row(state, _F.NOTHING),
        _E.NO_ANSWER: Row(state, _F.WAIT),
        _E.SUSPEND: Row(_S.SUSPENDED, _F.SIGN_CONTROL),
        _E.RESUME: Row(state, _F.NOTHING),
        _E.RUN_ENDED: Row(_S.ENDED, _F.NOTHING),
    }
    return {(state, event): special.get(event.value, row) for event, row in common.items()}


TABLE: dict[tuple[State, Event], Row] = {
    **_rows(
        _S.CHECKING,
        queued=Row(_S.CHECKING, _F.ASK),
        confirmed=Row(_S.READY, _F.SIGN),
        lagging=Row(_S.OFFERED, _F.SEND_AGAIN),
        receipt=Row(_S.CHECKING, _F.ASK),
        suspend=Row(_S.CHECKING, _F.ASK),
    ),
    **_rows(
        _S.READY,
        queued=Row(_S.OFFERED, _F.SIGN),
        confirmed=Row(_S.READY, _F.SIGN),
        lagging=Row(_S.OFFERED, _F.SEND_AGAIN),
    ),
    **_rows(
        _S.OFFERED,
        confirmed=Row(_S.READY, _F.SIGN),
        receipt=Row(_S.READY, _F.SIGN),
        stale_key=Row(_S.OFFERED, _F.SEND_AGAIN),
    ),
    **_rows(
        _S.BEHIND,
        confirmed=Row(_S.BEHIND, _F.ASK),
        recovered=Row(_S.CHECKING, _F.ASK),
        suspend=Row(_S.BEHIND, _F.FETCH_OWN),
    ),
    **_rows(
        _S.SUSPENDED,
        queued=Row(_S.SUSPENDED, _F.SIGN_CONTROL),
        confirmed=Row(_S.SUSPENDED, _F.SIGN_CONTROL),
        receipt=Row(_S.SUSPENDED, _F.SIGN_CONTROL),
        stale_key=Row(_S.SUSPENDED, _F.SEND_AGAIN),
        suspend=Row(_S.SUSPENDED, _F.NOTHING),
        resume=Row(_S.CHECKING, _F.ASK),
    ),
    **_rows(
        _S.ENDED,
        lagging=Row(_S.ENDED, _F.SEND_AGAIN),
        newer_head=Row(_S.ENDED, _F.NOTHING),
        recovered=Row(_S.ENDED, _F.NOTHING),
        suspend=Row(_S.ENDED, _F.NOTHING),
    ),
}


def decide_next(state: State, event: Event) -> Row:
    """The next state and what to do. Total: `TABLE` has a row for every pair."""
    return TABLE[state, event]
