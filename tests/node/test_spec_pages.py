# SPDX-License-Identifier: EUPL-1.2
"""The pages on sync and verification say what the code does: fields, notices, dispositions, events, and the chain."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cbor2
import pytest

from amana.node.inbox import TOLD
from amana.node.set_aside import NOT_FOLDED, TAKEN
from amana.protocol.channel import Effect, Event
from amana.protocol.sync import ChallengeContent, Notice, Offer, Parcel, RequestHead, ResponseHead
from tests.node.hostile import forge

SPEC = Path(__file__).resolve().parents[2] / "spec"
SYNC = (SPEC / "09-sync.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", [Offer, Parcel, RequestHead, ResponseHead, ChallengeContent])
def test_every_field_of_a_message_is_on_the_page(shape: type[Offer]) -> None:
    assert [name for name in shape.__struct_fields__ if f"`{name}`" not in SYNC] == []


def test_every_notice_disposition_event_and_effect_is_on_the_page() -> None:
    words = {*Notice, *TOLD, *NOT_FOLDED, TAKEN, "clock_off", *Event, *Effect} - {Notice.NONE, Effect.NOTHING}
    words -= {Event.STALE_KEY, Event.SUSPEND, Event.RESUME, Event.RUN_ENDED}  # in the table that is made from the code
    assert sorted(word for word in words if f"`{word}`" not in SYNC) == []


def test_the_chain_is_what_the_page_says() -> None:
    rows = forge().victim.journal.read(lambda reading: reading.local_after(0, 5))
    previous = bytes(32)
    for row in rows:
        link = {name: getattr(row, name) for name in ("at", "seq", "type", "digest", "dossier", "officer")} | {"previous": previous}
        previous = hashlib.sha256(b"amana/local/v1\0" + cbor2.dumps(link, canonical=True)).digest()
        assert row.chain == previous
        assert row.content is not None
        assert row.digest == hashlib.sha256(row.content).digest()
    assert rows[0].type == "own_card"
