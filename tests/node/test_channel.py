# SPDX-License-Identifier: EUPL-1.2
"""What a channel makes of the partner's cursor, of its own log's length and of the fence."""

from __future__ import annotations

import pytest

from amana.node.channel import Channel
from amana.protocol.channel import Effect, Event, State

CURSORS = {
    "the partner holds all of it": (5, 5, 5, State.READY, Effect.SIGN),
    "a step is without a receipt": (3, 5, 5, State.OFFERED, Effect.SEND_AGAIN),
    "nothing was ever signed": (0, 0, 0, State.READY, Effect.SIGN),
    "the partner holds more": (7, 5, 5, State.BEHIND, Effect.FETCH_OWN),
    "the fence knows more": (5, 5, 7, State.BEHIND, Effect.FETCH_OWN),
    "the fence knows more, and the partner holds less": (3, 5, 7, State.BEHIND, Effect.SEND_AGAIN),
    "a crash came between commit and fence": (3, 5, 3, State.OFFERED, Effect.SEND_AGAIN),
}


@pytest.mark.parametrize(("have", "size", "fenced", "state", "effect"), CURSORS.values(), ids=CURSORS)
def test_the_first_exchange_shows_where_the_log_stands(have: int, size: int, fenced: int, state: State, effect: Effect) -> None:
    channel = Channel()
    assert channel.observe(have=have, size=size, fenced=fenced) is effect
    assert channel.state is state


def test_a_newer_head_seen_once_is_not_forgotten_for_a_late_lower_cursor() -> None:
    channel = Channel()
    channel.observe(have=7, size=5, fenced=5)
    channel.observe(have=5, size=5, fenced=5)
    assert channel.state is State.BEHIND
    channel.observe(have=7, size=7, fenced=5)
    assert (channel.state, channel.effect) == (State.READY, Effect.SIGN)


def test_a_restored_partner_is_served_from_its_own_cursor() -> None:
    channel = Channel()
    channel.observe(have=9, size=9, fenced=9)
    assert channel.observe(have=4, size=9, fenced=9) is Effect.SEND_AGAIN
    assert channel.have == 4


@pytest.mark.parametrize("event", [Event.QUEUED, Event.SUSPEND, Event.RESUME])
def test_what_happens_here_does_not_shorten_the_wait_for_a_partner_that_is_away(event: Event) -> None:
    channel = Channel()
    for _ in range(3):
        channel.on(Event.NO_ANSWER)
    channel.on(event)
    assert channel.failures == 3
    channel.on(Event.CONFIRMED)
    assert channel.failures == 0
