# SPDX-License-Identifier: EUPL-1.2
"""The state table of an outgoing log: total, and nothing is signed in the wrong state, whatever happens in any order."""

from __future__ import annotations

import hashlib
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given

from amana.protocol.canonical import encode
from amana.protocol.channel import TABLE, Effect, Event, State, decide_next
from amana.protocol.identifiers import AgencyCode, Millis
from amana.protocol.sync import Offer, RequestHead, offer_digest
from tests.protocol.channel_page import BLOCK, BLOCKS, PAGE, renewed

PAIRS = sorted(product(State, Event))
SIGNED_IN = {Effect.SIGN: {State.READY, State.OFFERED}, Effect.SIGN_CONTROL: {State.SUSPENDED}}


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_every_pair_of_state_and_event_has_its_row(state: State, event: Event) -> None:
    row = decide_next(state, event)
    assert row.state in State
    assert row.effect in Effect


def test_the_table_has_no_other_rows() -> None:
    assert sorted(TABLE) == PAIRS


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_a_step_is_signed_only_where_the_partner_confirmed_where_our_log_ends(state: State, event: Event) -> None:
    row = decide_next(state, event)
    assert row.state in SIGNED_IN.get(row.effect, {row.state})


@pytest.mark.parametrize("state", [state for state in State if state is not State.ENDED])
def test_a_newer_head_stops_every_state(state: State) -> None:
    assert decide_next(state, Event.NEWER_HEAD) == (State.BEHIND, Effect.FETCH_OWN)


@pytest.mark.parametrize(
    ("state", "events"),
    [
        (State.BEHIND, {Event.RECOVERED, Event.RUN_ENDED}),
        (State.SUSPENDED, {Event.RESUME, Event.NEWER_HEAD, Event.RUN_ENDED}),
        (State.CHECKING, {Event.CONFIRMED, Event.LAGGING, Event.NEWER_HEAD, Event.RUN_ENDED}),
        (State.ENDED, set()),
    ],
)
def test_a_state_is_left_by_these_events_alone(state: State, events: set[Event]) -> None:
    assert {event for event in Event if decide_next(state, event).state is not state} == events


@given(st.lists(st.sampled_from(Event), max_size=40))
def test_whatever_happens_nothing_is_signed_before_a_confirmation(events: list[Event]) -> None:
    state, confirmed = State.CHECKING, False
    for event in events:
        state, effect = decide_next(state, event)
        if event in (Event.CONFIRMED, Event.LAGGING):
            confirmed = True
        elif event is Event.NEWER_HEAD:
            confirmed = False  # what came back is not confirmed before the next exchange either
        assert confirmed or effect not in SIGNED_IN


def test_the_page_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == renewed(text)
    assert {match["name"] for match in BLOCK.finditer(text)} == set(BLOCKS)


def test_the_example_of_the_page_is_true() -> None:
    page = PAGE.read_text(encoding="utf-8")
    offer = encode(Offer(run=1, have=0, have_run=1))
    head = RequestHead(
        time=Millis(1_795_219_200_000),
        nonce=bytes(range(16)),
        offer=offer_digest(offer),
        sender=AgencyCode("ma.dgsn"),
        receiver=AgencyCode("fr.dgpn"),
        sender_card=3,
        receiver_card=8,
    )
    assert offer.hex() in page.replace(" ", "")
    assert offer_digest(offer).hex()[:8] in page
    assert f"{hashlib.sha256(encode(head)).hexdigest()}     H(head), {len(encode(head))} bytes" in page
