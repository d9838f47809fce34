# SPDX-License-Identifier: EUPL-1.2
"""An envelope opens for one partner, one step, one pair of cards, whole and unchanged; else it says what is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode, parse
from amana.protocol.entry import Body, Header, body_commitment, entry_id
from amana.protocol.envelope import (
    MAX_SLOTS,
    SEALED_KEY_BYTES,
    SUITE,
    Envelope,
    EnvelopeContext,
    OpenedSlot,
    SealingKey,
    Slot,
    Void,
    binding_hash,
    open_step,
    padded_size,
    seal_step,
    sealed_size,
)
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from amana.protocol.marking import Marking
from tests.protocol.agencies import PARIS, RABAT, sealing

KEY = bytes(range(32))
PAIR, OTHER_PAIR = sealing(PARIS), sealing(PARIS, "another sealing key")
KEYS = {PAIR.public.id: PAIR}
CONTEXT = EnvelopeContext(sender=RABAT, receiver=PARIS, sender_card=3, receiver_card=8, step_hash=Digest(b"\x05" * 32))


def slot(text: str = "hello", *, void: Void = Void.NONE, run: int = 1, number: int = 0) -> Slot:
    """An entry's slot; void ones have a header that commits to the body that is gone."""
    body = encode(Body(text=text, nonce=number.to_bytes(16, "big")))
    header = Header(
        run=run,
        body=body_commitment(body),
        kind="information_request",
        type="asked",
        coded=b"",
        nonce=number.to_bytes(16, "big"),
        author=RABAT,
        made_at=Millis(1),
        marking=Marking(),
        audience=(PARIS,),
    )
    return Slot(header_bytes=encode(header), body_bytes=b"" if void else body, void=void)


def ids(slots: list[Slot]) -> list[EntryId]:
    return [entry_id(one.header_bytes) for one in slots]


SLOTS = [slot(number=1), slot("x" * 700, number=2), slot(number=3, void=Void.ERASED)]
IDS = ids(SLOTS)


def seal(slots: list[Slot] = SLOTS, context: EnvelopeContext = CONTEXT, to: SealingKey = PAIR.public) -> bytes:
    return seal_step(context, slots, to=to, content_key=KEY)


def opened(envelope: bytes, context: EnvelopeContext = CONTEXT, expected: list[EntryId] = IDS) -> tuple[OpenedSlot, ...]:
    return open_step(envelope, context, keys=KEYS, ids=expected)


def fault_of(envelope: bytes, context: EnvelopeContext = CONTEXT, expected: list[EntryId] = IDS) -> tuple[int, str, object]:
    with pytest.raises(PeerFault) as raised:
        opened(envelope, context, expected)
    return raised.value.check, raised.value.code, raised.value.facts.get("why")


def test_what_was_sealed_is_what_opens() -> None:
    arrived = opened(seal())
    assert [(one.header_bytes, one.body_bytes, one.void) for one in arrived] == [
        (one.header_bytes, one.body_bytes, one.void) for one in SLOTS
    ]
    assert [one.id for one in arrived] == IDS
    assert all(one.committed for one in arrived)


slots_of_any_kind = st.builds(
    slot, st.text(max_size=300), void=st.sampled_from(Void), run=st.integers(1, 2**31 - 1), number=st.integers(0, 2**64)
)


@given(st.lists(slots_of_any_kind, min_size=1, max_size=6))
def test_any_entries_survive_the_way_and_their_commitment_is_always_found(slots: list[Slot]) -> None:
    arrived = opened(seal(slots), expected=ids(slots))
    assert [(one.header_bytes, one.body_bytes, one.void, one.committed) for one in arrived] == [
        (one.header_bytes, one.body_bytes, one.void, True) for one in slots
    ]


@given(st.binary(min_size=0, max_size=200), st.binary(min_size=1, max_size=50))
def test_a_header_of_no_known_form_still_arrives_as_its_id_says(header: bytes, body: bytes) -> None:
    slots = [Slot(header_bytes=header, body_bytes=body)]
    (arrived,) = opened(seal(slots), expected=ids(slots))
    assert (arrived.header_bytes, arrived.body_bytes, arrived.committed) == (header, body, False)


def test_two_seals_of_one_step_differ_and_both_open() -> None:
    first, second = seal(), seal()
    assert first != second
    assert opened(first) == opened(second)


def _key(envelope: Envelope) -> Envelope:
    return replace_fields(envelope, key=OTHER_PAIR.public.id)


def replace_fields(envelope: Envelope, **change: object) -> Envelope:
    fields = {name: getattr(envelope, name) for name in envelope.__struct_fields__}
    return Envelope(**{**fields, **change})


def flip(value: bytes, at: int) -> bytes:
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]


Change = Callable[[Envelope], Envelope]
CHANGES: dict[str, tuple[Change, tuple[int, str, object]]] = {
    "first byte of the ML-KEM ciphertext": (
        lambda e: replace_fields(e, sealed_key=flip(e.sealed_key, 0)),
        (5, "envelope", "sealed_key"),
    ),
    "last byte of the ML-KEM ciphertext": (
        lambda e: replace_fields(e, sealed_key=flip(e.sealed_key, 1087)),
        (5, "envelope", "sealed_key"),
    ),
    "X25519 share": (lambda e: replace_fields(e, sealed_key=flip(e.sealed_key, 1088)), (5, "envelope", "sealed_key")),
    "X25519 share of small order": (
        lambda e: replace_fields(e, sealed_key=e.sealed_key[:1088] + bytes(32) + e.sealed_key[1120:]),
        (5, "envelope", "sealed_key"),
    ),
    "encrypted content key": (lambda e: replace_fields(e, sealed_key=flip(e.sealed_key, 1120)), (5, "envelope", "sealed_key")),
    "tag of the content key": (lambda e: replace_fields(e, sealed_key=flip(e.sealed_key, 1167)), (5, "envelope", "sealed_key")),
    "key id": (_key, (5, "stale_key", None)),
    "first byte of a slot": (lambda e: replace_fields(e, slots=(flip(e.slots[0], 0), *e.slots[1:])), (5, "envelope", "slot")),
    "tag of a slot": (
        lambda e: replace_fields(e, slots=(*e.slots[:-1], flip(e.slots[-1], -1 % len(e.slots[-1])))),
        (5, "envelope", "slot"),
    ),
    "slot cut short": (lambda e: replace_fields(e, slots=(e.slots[0][:-1], *e.slots[1:])), (5, "envelope", "slot")),
    "slot with one byte more": (lambda e: replace_fields(e, slots=(e.slots[0] + b"\0", *e.slots[1:])), (5, "envelope", "slot")),
    "empty slot": (lambda e: replace_fields(e, slots=(b"", *e.slots[1:])), (5, "envelope", "slot")),
    "two slots swapped": (lambda e: replace_fields(e, slots=(e.slots[1], e.slots[0], e.slots[2])), (5, "envelope", "slot")),
    "a slot twice": (lambda e: replace_fields(e, slots=(e.slots[0], e.slots[0], e.slots[2])), (5, "envelope", "slot")),
    "last slot gone": (lambda e: replace_fields(e, slots=e.slots[:-1]), (5, "envelope", "slots")),
    "a slot more": (lambda e: replace_fields(e, slots=(*e.slots, e.slots[0])), (5, "envelope", "slots")),
    "sealed key of another seal": (
        lambda e: replace_fields(
            e, sealed_key=parse(seal_step(CONTEXT, SLOTS, to=PAIR.public, content_key=b"\1" * 32), Envelope).sealed_key
        ),
        (5, "envelope", "slot"),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_an_envelope_with_another(what: str) -> None:
    change, expected = CHANGES[what]
    changed = change(parse(seal(), Envelope))
    assert fault_of(encode(changed)) == expected


@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    envelope = seal()
    at = data.draw(st.integers(0, len(envelope) - 1))
    change = data.draw(st.integers(1, 255))
    check, _, _ = fault_of(envelope[:at] + bytes([envelope[at] ^ change]) + envelope[at + 1 :])
    assert check == 5


CONTEXTS = {
    "another step": replace(CONTEXT, step_hash=Digest(b"\x06" * 32)),
    "another sender": replace(CONTEXT, sender=AgencyCode("ma.dgst")),
    "another receiver": replace(CONTEXT, receiver=AgencyCode("fr.dgsi")),
    "reflected": replace(CONTEXT, sender=PARIS, receiver=RABAT, sender_card=8, receiver_card=3),
    "another card of the sender": replace(CONTEXT, sender_card=4),
    "another card of the receiver": replace(CONTEXT, receiver_card=9),
}


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_an_envelope_replayed_elsewhere_stays_closed(context: EnvelopeContext) -> None:
    assert fault_of(seal(), context) == (5, "envelope", "sealed_key")


def test_a_sealing_key_that_is_gone_asks_for_a_new_seal() -> None:
    assert fault_of(seal(to=OTHER_PAIR.public)) == (5, "stale_key", None)


def test_a_key_that_answers_to_a_wrong_id_opens_nothing() -> None:
    with pytest.raises(PeerFault, match="envelope"):
        open_step(seal(), CONTEXT, keys={PAIR.public.id: OTHER_PAIR}, ids=IDS)


def seal_plain(plain: bytes) -> bytes:
    """An envelope whose only slot holds these bytes: what a sender that lays out wrongly would send."""
    info = binding_hash(CONTEXT, PAIR.public.id)
    sealed_key = parse(seal(), Envelope).sealed_key
    return encode(Envelope(key=PAIR.public.id, slots=(AESGCM(KEY).encrypt(bytes(12), plain, info),), sealed_key=sealed_key))


def plain(header: bytes, body: bytes, *, void: int = 0, lengths: tuple[int, int] | None = None, pad: bytes | None = None) -> bytes:
    header_length, body_length = lengths or (len(header), len(body))
    laid_out = header_length.to_bytes(4, "big") + body_length.to_bytes(4, "big") + bytes([void]) + header + body
    return laid_out + (bytes(padded_size(len(laid_out)) - len(laid_out)) if pad is None else pad)


HEADER, BODY = SLOTS[1].header_bytes, SLOTS[1].body_bytes
PADDING = padded_size(9 + len(HEADER) + len(BODY)) - 9 - len(HEADER) - len(BODY)


def test_the_slots_of_these_tests_have_padding() -> None:
    assert PADDING > 2
    assert opened(seal_plain(plain(HEADER, BODY)), expected=[IDS[1]])[0].body_bytes == BODY


@pytest.mark.parametrize(
    "laid_out",
    [
        b"",
        bytes(8),
        plain(HEADER, BODY, pad=b""),
        plain(HEADER, BODY, pad=bytes(PADDING - 1)),
        plain(HEADER, BODY, pad=bytes(PADDING + 1)),
        plain(HEADER, BODY, pad=b"\x01" + bytes(PADDING - 1)),
        plain(HEADER, BODY, pad=bytes(PADDING - 1) + b"\x01"),
        plain(HEADER, BODY, void=4),
        plain(HEADER, BODY, void=255),
        plain(HEADER, BODY, lengths=(len(HEADER), 2**32 - 1)),
        plain(HEADER, BODY, lengths=(2**32 - 1, len(BODY))),
        plain(HEADER, BODY, lengths=(len(HEADER), len(BODY) + PADDING + 1)),
    ],
    ids=[
        "nothing",
        "half a front",
        "no padding",
        "padding short",
        "padding long",
        "padding begins with one",
        "padding ends with one",
        "unknown void",
        "void 255",
        "body length beyond",
        "header length beyond",
        "body length past the end",
    ],
)
def test_a_slot_laid_out_otherwise_is_refused(laid_out: bytes) -> None:
    assert fault_of(seal_plain(laid_out), expected=[IDS[1]]) == (5, "envelope", "layout")


GONE = SLOTS[2].header_bytes


@pytest.mark.parametrize(
    ("laid_out", "expected_id", "code"),
    [
        (plain(HEADER, BODY), IDS[0], "header_mismatch"),
        (plain(flip(HEADER, 40), BODY), IDS[1], "header_mismatch"),
        (plain(HEADER + b"\0", BODY), IDS[1], "header_mismatch"),
        (plain(HEADER, flip(BODY, 30)), IDS[1], "body_mismatch"),
        (plain(HEADER, BODY + b"\0"), IDS[1], "body_mismatch"),
        (plain(HEADER, SLOTS[0].body_bytes), IDS[1], "body_mismatch"),
        (plain(HEADER, b""), IDS[1], "body_missing"),
        (plain(HEADER, BODY, void=1), IDS[1], "void_with_body"),
        (plain(GONE, b"", void=0), IDS[2], "body_missing"),
        # the border between header and body moved: the same bytes, read otherwise
        (plain(HEADER, BODY, lengths=(len(HEADER) - 1, len(BODY) + 1)), IDS[1], "header_mismatch"),
        (plain(HEADER, BODY, lengths=(0, len(HEADER) + len(BODY))), IDS[1], "header_mismatch"),
    ],
)
def test_what_is_not_what_the_log_says_fails_check_6(laid_out: bytes, expected_id: EntryId, code: str) -> None:
    assert fault_of(seal_plain(laid_out), expected=[expected_id]) == (6, code, None)


def test_all_slots_open_before_any_is_compared_with_the_log() -> None:
    both_wrong = parse(seal([SLOTS[1], SLOTS[0]]), Envelope)
    second = flip(both_wrong.slots[1], 0)
    assert fault_of(encode(replace_fields(both_wrong, slots=(both_wrong.slots[0], second))), expected=IDS[:2])[0] == 5
    assert fault_of(encode(both_wrong), expected=IDS[:2])[0] == 6


@pytest.mark.parametrize("void", [Void.ERASED, Void.RECALLED, Void.LOST])
def test_a_void_body_arrives_with_its_reason(void: Void) -> None:
    slots = [slot(void=void)]
    (arrived,) = opened(seal(slots), expected=ids(slots))
    assert (arrived.void, arrived.body_bytes, arrived.header_bytes) == (void, b"", slots[0].header_bytes)


@pytest.mark.parametrize(
    "envelope",
    [b"", b"\xff", b"\xa0", encode(parse(seal(), Envelope)) + b"\0", b"\xd8\x25" + seal(), seal().replace(b"eslots", b"etlots", 1)],
)
def test_another_form_is_refused_as_check_5(envelope: bytes) -> None:
    check, code, _ = fault_of(envelope)
    assert (check, code) in {(5, "not_cbor"), (5, "wrong_shape"), (5, "not_canonical")}


def test_an_envelope_above_the_size_limit_is_not_even_read() -> None:
    assert fault_of(bytes(20 * 1024 * 1024))[:2] == (5, "too_large")


def test_a_step_above_the_limits_is_not_sealed() -> None:
    with pytest.raises(Refusal, match="step_too_large"):
        seal([Slot(header_bytes=b"h", body_bytes=b"b")] * (MAX_SLOTS + 1))
    with pytest.raises(Refusal, match="step_too_large"):
        seal([Slot(header_bytes=bytes(32 * 1024), body_bytes=bytes(220 * 1024))] * 70)


def test_the_largest_step_fits_the_largest_envelope() -> None:
    largest = [Slot(header_bytes=i.to_bytes(2, "big"), body_bytes=bytes(16_773)) for i in range(MAX_SLOTS)]
    assert len(opened(seal(largest), expected=ids(largest))) == MAX_SLOTS


def test_a_seal_takes_a_whole_content_key_and_at_least_one_entry() -> None:
    with pytest.raises(ValueError, match="content key"):
        seal_step(CONTEXT, SLOTS, to=PAIR.public, content_key=bytes(16))
    with pytest.raises(ValueError, match="entries"):
        seal_step(CONTEXT, [], to=PAIR.public, content_key=KEY)


@given(st.integers(1, 17 * 1024 * 1024))
def test_padding_costs_at_most_an_eighth_and_is_settled(length: int) -> None:
    padded = padded_size(length)
    assert length <= padded <= length + length * 12 // 100 + 1
    assert padded_size(padded) == padded


@pytest.mark.parametrize(("length", "padded"), [(1, 1), (2, 2), (9, 10), (100, 104), (1000, 1024), (1025, 1088), (65537, 67584)])
def test_padme_of(length: int, padded: int) -> None:
    assert padded_size(length) == padded


def test_a_sealed_slot_is_as_long_as_foretold() -> None:
    for one, sealed in zip(SLOTS, parse(seal(), Envelope).slots, strict=True):
        assert len(sealed) == sealed_size(len(one.header_bytes), len(one.body_bytes))


def test_the_sealed_key_has_the_length_of_the_format() -> None:
    public = parse(seal(), Envelope)
    assert len(public.sealed_key) == SEALED_KEY_BYTES
    assert SUITE.decrypt(public.sealed_key, PAIR.private, info=binding_hash(CONTEXT, PAIR.public.id)) == KEY


def test_a_full_step_opens_quickly() -> None:
    slots = [slot("x" * 1150, number=number) for number in range(MAX_SLOTS)]
    envelope, expected = seal(slots), ids(slots)
    spent = []
    for _ in range(5):
        begun = time.process_time()
        opened(envelope, expected=expected)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.05  # about 8 ms where it was measured; the margin is for slow machines
