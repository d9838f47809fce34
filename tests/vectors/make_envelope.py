# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/envelope: one good envelope, and each defect by one change to it.

Sealing draws randomness, so every run writes other bytes; what they open to is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amana.protocol.canonical import encode, parse
from amana.protocol.entry import Body, Header, body_commitment, entry_id
from amana.protocol.envelope import (
    Envelope,
    EnvelopeContext,
    SealingPair,
    Slot,
    Void,
    binding_hash,
    padded_size,
    seal_step,
)
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from amana.protocol.marking import HandlingCode, Marking
from tests.vectors.cases import ACCEPT, Case
from tests.vectors.writing import write_area

RABAT, PARIS = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")
SEED, OTHER_SEED = (hashlib.shake_256(name).digest(96) for name in (b"fr.dgpn/sealing", b"fr.dgpn/another"))
PAIR = SealingPair.from_seed(SEED)
KEY = hashlib.sha256(b"content key").digest()
CONTEXT = EnvelopeContext(sender=RABAT, receiver=PARIS, sender_card=3, receiver_card=8, step_hash=Digest(hashlib.sha256(b"step").digest()))


def slot(number: int, text: str, void: Void = Void.NONE, run: int = 1) -> Slot:
    nonce = number.to_bytes(16, "big")
    body = encode(Body(text=text, nonce=nonce, language="fr"))
    header = Header(
        run=run,
        body=body_commitment(body),
        kind="information_request",
        type="ask",
        coded=b"\xa0",
        nonce=nonce,
        author=RABAT,
        made_at=Millis(1_702_555_200_000),
        marking=Marking(codes=(HandlingCode.H0, HandlingCode.H2)),
        audience=(PARIS,),
    )
    return Slot(header_bytes=encode(header), body_bytes=b"" if void else body, void=void)


SLOTS = [slot(1, "Le navire a quitté Tanger."), slot(2, "x" * 600, run=70_000), slot(3, "", Void.ERASED)]


def sealed(slots: list[Slot] = SLOTS, context: EnvelopeContext = CONTEXT) -> Envelope:
    return parse(seal_step(context, slots, to=PAIR.public, content_key=KEY), Envelope)


def case(name: str, about: str, expect: str, check: int, envelope: bytes, slots: list[Slot] = SLOTS) -> Case:
    return Case(
        name=f"envelope/{name}",
        expect=expect,
        check=check,
        about=about,
        fields={
            "seed": SEED.hex(),
            "sender": CONTEXT.sender,
            "receiver": CONTEXT.receiver,
            "sender_card": str(CONTEXT.sender_card),
            "receiver_card": str(CONTEXT.receiver_card),
            "step": CONTEXT.step_hash.hex(),
            "ids": ",".join(entry_id(one.header_bytes).hex() for one in slots),
            "envelope": envelope.hex(),
            **_contents(slots if expect == ACCEPT else []),
        },
    )


def _contents(slots: list[Slot]) -> dict[str, str]:
    if not slots:
        return {}
    return {
        "headers": ",".join(one.header_bytes.hex() or "-" for one in slots),
        "bodies": ",".join(one.body_bytes.hex() or "-" for one in slots),
        "voids": ",".join(one.void or "-" for one in slots),
    }


def flip(value: bytes, at: int) -> bytes:
    at %= len(value)
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]


def changed(**change: object) -> bytes:
    good = sealed()
    return encode(Envelope(**{**{name: getattr(good, name) for name in good.__struct_fields__}, **change}))


def seal_plain(plain: bytes) -> bytes:
    good = sealed()
    info = binding_hash(CONTEXT, PAIR.public.id)
    return encode(Envelope(key=good.key, slots=(AESGCM(KEY).encrypt(bytes(12), plain, info),), sealed_key=good.sealed_key))


def lay_out(header: bytes, body: bytes, *, void: int = 0, pad: bytes | None = None, lengths: tuple[int, int] | None = None) -> bytes:
    header_length, body_length = lengths or (len(header), len(body))
    plain = header_length.to_bytes(4, "big") + body_length.to_bytes(4, "big") + bytes([void]) + header + body
    return plain + (bytes(padded_size(len(plain)) - len(plain)) if pad is None else pad)


def envelope_cases() -> Iterator[Case]:
    """All cases."""
    yield case("three-entries", "two whole entries and one whose body was erased", ACCEPT, 0, encode(sealed()))
    gone = [slot(5, "", Void.RECALLED), slot(6, "", Void.LOST)]
    yield case("voids", "one body recalled, one lost", ACCEPT, 0, encode(sealed(gone)), gone)
    unreadable = [Slot(header_bytes=b"\xff", body_bytes=b"unreadable"), Slot(header_bytes=b"", body_bytes=b"nothing before it")]
    about = "headers of no known form: they hash to their ids, so the step is receipted; nothing binds the bodies"
    yield case("unreadable-headers", about, ACCEPT, 0, encode(sealed(unreadable)), unreadable)
    yield from _not_opening()
    yield from _laid_out_wrongly()
    yield from _not_what_the_log_says()


def _not_opening() -> Iterator[Case]:
    good = sealed()
    yield case("check5-not-canonical", "a null byte after the envelope", "not_canonical", 5, encode(good) + b"\0")
    yield case(
        "check5-stale-key",
        "the id of a sealing key that is not held",
        "stale_key",
        5,
        changed(key=SealingPair.from_seed(OTHER_SEED).public.id),
    )
    fault = "envelope"
    for name, about, at in (
        ("mlkem", "a bit of the ML-KEM ciphertext", 0),
        ("x25519", "a bit of the X25519 share", 1088),
        ("content-key", "a bit of the encrypted content key", 1120),
        ("content-key-tag", "a bit of the content key's tag", 1167),
    ):
        yield case(f"check5-{name}", about, fault, 5, changed(sealed_key=flip(good.sealed_key, at)))
    small = good.sealed_key[:1088] + bytes(32) + good.sealed_key[1120:]
    yield case("check5-x25519-small-order", "a share of small order", fault, 5, changed(sealed_key=small))
    one, two, three = good.slots
    for name, about, slots in (
        ("slot-bit", "a bit of a slot", (flip(one, 0), two, three)),
        ("slot-tag", "a bit of a slot's tag", (one, two, flip(three, -1))),
        ("slot-short", "a slot without its last byte", (one[:-1], two, three)),
        ("slots-swapped", "the first two slots swapped", (two, one, three)),
        ("slot-twice", "the first slot in the place of the second", (one, one, three)),
        ("slot-missing", "two slots for three ids", (one, two)),
        ("slot-too-many", "four slots for three ids", (one, two, three, three)),
    ):
        yield case(f"check5-{name}", about, fault, 5, changed(slots=slots))
    for name, about, context in (
        ("other-step", "sealed for another step", replace(CONTEXT, step_hash=Digest(bytes(32)))),
        ("other-sender", "sealed by another agency", replace(CONTEXT, sender=AgencyCode("ma.dgst"))),
        ("other-receiver", "sealed for another agency", replace(CONTEXT, receiver=AgencyCode("fr.dgsi"))),
        ("other-sender-card", "sealed under another card of the sender", replace(CONTEXT, sender_card=4)),
        ("other-receiver-card", "sealed under another card of the receiver", replace(CONTEXT, receiver_card=9)),
    ):
        yield case(f"check5-{name}", about, fault, 5, encode(sealed(context=context)))


def _laid_out_wrongly() -> Iterator[Case]:
    header, body = SLOTS[1].header_bytes, SLOTS[1].body_bytes
    pad = len(lay_out(header, body)) - 9 - len(header) - len(body)
    for name, about, plain in (
        ("empty-slot", "a slot of no bytes", b""),
        ("no-padding", "padding left out", lay_out(header, body, pad=b"")),
        ("padding-short", "one byte of padding too few", lay_out(header, body, pad=bytes(pad - 1))),
        ("padding-long", "one byte of padding too many", lay_out(header, body, pad=bytes(pad + 1))),
        ("padding-not-zero", "the last byte of padding is 1", lay_out(header, body, pad=bytes(pad - 1) + b"\x01")),
        ("void-4", "a reason that is none", lay_out(header, body, void=4)),
        ("body-length", "a body that ends beyond the slot", lay_out(header, body, lengths=(len(header), 2**32 - 1))),
        ("header-length", "a header that ends beyond the slot", lay_out(header, body, lengths=(2**32 - 1, len(body)))),
    ):
        yield case(f"check5-{name}", about, "envelope", 5, seal_plain(plain), SLOTS[1:2])


def _not_what_the_log_says() -> Iterator[Case]:
    header, body, gone = SLOTS[1].header_bytes, SLOTS[1].body_bytes, SLOTS[2].header_bytes
    moved = (len(header) - 1, len(body) + 1)
    for name, about, code, plain, slots in (
        ("other-header", "the header of another entry", "header_mismatch", lay_out(SLOTS[0].header_bytes, body), SLOTS[1:2]),
        ("header-bit", "a bit of the header", "header_mismatch", lay_out(flip(header, 60), body), SLOTS[1:2]),
        ("moved-border", "the header's last byte counted as body", "header_mismatch", lay_out(header, body, lengths=moved), SLOTS[1:2]),
        ("body-bit", "a bit of the body", "body_mismatch", lay_out(header, flip(body, 20)), SLOTS[1:2]),
        ("other-body", "the body of another entry", "body_mismatch", lay_out(header, SLOTS[0].body_bytes), SLOTS[1:2]),
        ("no-body", "neither a body nor a reason", "body_missing", lay_out(gone, b""), SLOTS[2:3]),
        ("void-with-body", "declared erased, and the body is there", "void_with_body", lay_out(header, body, void=1), SLOTS[1:2]),
    ):
        yield case(f"check6-{name}", about, code, 6, seal_plain(plain), slots)


def ids_of(found: Case) -> list[EntryId]:
    """The ids of a case."""
    return [EntryId(one) for one in found.octet_list("ids")]


if __name__ == "__main__":
    write_area("envelope", envelope_cases())
