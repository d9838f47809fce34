# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/encoding: values by the product's encoder, and each defect by one change to such a value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from amana.protocol.canonical import encode
from amana.protocol.entry import Attachment, Body, Header, Item, body_commitment
from amana.protocol.identifiers import AgencyCode, Digest, DossierId, EntryId, Millis
from amana.protocol.marking import HandlingCode, ItemCategory, LegalBasis, Level, Marking, Purpose, Tlp
from tests.vectors.cases import ACCEPT, Case
from tests.vectors.independent import decode
from tests.vectors.loose import Pairs, Raw, write

MAROC, FRANCE, SURETE = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn"), AgencyCode("fr.dgsi")
NOT_CBOR, NOT_CANONICAL, WRONG_SHAPE = "not_cbor", "not_canonical", "wrong_shape"


def digest(name: str) -> Digest:
    return Digest(hashlib.sha256(name.encode()).digest())


SMALL_BODY = Body(nonce=bytes(16))
FULL_BODY = Body(
    text="Véhicule vu à Tanger le 14.\nالمركبة شوهدت بطنجة.",
    items=(
        Item(type="vehicle", value=bytes.fromhex("a165706c61746561"), fact=True, grade="B2"),
        Item(type="person", value=b"\xa0", minor=True, category=ItemCategory.WITNESS),
    ),
    nonce=bytes(range(16)),
    title="طلب معلومات حول مركبة",
    detail=b"\xa0",
    handle=bytes(range(16, 32)),
    language="ar",
    attachments=(Attachment(key=bytes(32), name="photo.jpg", size=24, type="image/jpeg", sha256=digest("photo")),),
)
SMALL_HEADER = Header(
    run=1,
    body=body_commitment(encode(SMALL_BODY)),
    kind="agreement",
    type="propose",
    coded=b"\xa0",
    nonce=bytes(16),
    author=MAROC,
    made_at=Millis(0),
    marking=Marking(),
    audience=(FRANCE,),
)
FULL_HEADER = Header(
    run=2**31 - 1,
    body=body_commitment(encode(FULL_BODY)),
    kind="information_request",
    type="answer",
    after=tuple(sorted((EntryId(digest("a")), EntryId(digest("b"))))),
    coded=b"\xa0",
    nonce=bytes(range(16)),
    rules=1,
    author=MAROC,
    format=2,
    dossier=digest("dossier"),
    made_at=Millis(2**53 - 1),
    marking=Marking(
        tlp=Tlp.AMBER_STRICT,
        basis=LegalBasis(article="4", agreement=DossierId(digest("agreement"))),
        codes=(HandlingCode.H0, HandlingCode.H2),
        level=Level.RESTRICTED,
        purpose=Purpose.INVESTIGATION,
        erase_on=Millis(1_900_000_000_000),
        national="Diffusion Restreinte",
        review_on=Millis(1_800_000_000_000),
    ),
    audience=(FRANCE, SURETE),
    previous=digest("previous"),
)


class Made(NamedTuple):
    name: str
    about: str
    expect: str
    shape: str
    encoded: bytes


def encoding_cases() -> Iterator[Case]:
    """All cases, numbered in this order."""
    for count, made in enumerate([*_accepted(), *_forms(), *_shapes(), *_between_fields()], start=1):
        fields = {"shape": made.shape, "encoded": made.encoded.hex()}
        yield Case(name=f"encoding/{count:02d}-{made.name}", expect=made.expect, check=0, about=made.about, fields=fields)


def _accepted() -> Iterator[Made]:
    for name, about, value in (
        ("smallest-header", "every field that has a default is absent", SMALL_HEADER),
        ("full-header", "every field present, numbers at their upper bounds", FULL_HEADER),
        ("smallest-body", "a nonce alone", SMALL_BODY),
        ("full-body", "two languages in one text, two items, one attachment", FULL_BODY),
    ):
        yield Made(name, about, ACCEPT, type(value).__name__.lower(), encode(value))
    longest = Body(nonce=bytes(16), title="ع" * 300)
    yield Made("title-of-300-characters", "bounds of text count characters: 300 here, in 600 bytes", ACCEPT, "body", encode(longest))


def _forms() -> Iterator[Made]:
    """Bytes that are no CBOR, or not the one form of their value."""
    fields = decode(encode(SMALL_HEADER))
    whole = encode(SMALL_HEADER)
    first, second = list(fields)[:2]

    def header(name: str, about: str, expect: str, **changes: Any) -> Made:
        return Made(name, about, expect, "header", write({**fields, **changes}))

    yield header("int-in-two-bytes", "run 1 as 18 01", NOT_CANONICAL, run=Raw(b"\x18\x01"))
    yield header("int-in-nine-bytes", "run 1 as 1b and eight bytes", NOT_CANONICAL, run=Raw(b"\x1b" + bytes(7) + b"\x01"))
    yield header("length-in-two-bytes", "the length 1 of coded as 58 01", NOT_CANONICAL, coded=Raw(b"\x58\x01\xa0"))
    yield header("text-length-in-three-bytes", "the length 7 of author as 79 00 07", NOT_CANONICAL, author=Raw(b"\x79\x00\x07ma.dgsn"))
    yield header("array-length-in-two-bytes", "the length 1 of audience as 98 01", NOT_CANONICAL, audience=Raw(b"\x98\x01\x67fr.dgpn"))
    swapped = Pairs([(second, fields[second]), (first, fields[first]), *list(fields.items())[2:]])
    yield Made("keys-of-one-length-unsorted", "body before run", NOT_CANONICAL, "header", write(swapped))
    alphabetical = write(Pairs(sorted(fields.items())))
    yield Made("keys-in-alphabetical-order", "audience first: shorter keys come first", NOT_CANONICAL, "header", alphabetical)
    twice = write(Pairs([("run", 1), *fields.items()]))
    yield Made("duplicate-key", "run twice, both 1", NOT_CANONICAL, "header", twice)
    yield Made("duplicate-key-other-value", "run twice, 2 and 1", NOT_CANONICAL, "header", write(Pairs([("run", 2), *fields.items()])))
    yield Made("indefinite-map", "the header as bf … ff", NOT_CANONICAL, "header", b"\xbf" + whole[1:] + b"\xff")
    yield header("indefinite-array", "audience as 9f … ff", NOT_CANONICAL, audience=Raw(b"\x9f\x67fr.dgpn\xff"))
    yield header("indefinite-bytes", "coded as 5f 41 a0 ff", NOT_CANONICAL, coded=Raw(b"\x5f\x41\xa0\xff"))
    yield header("indefinite-text", "author in two chunks", NOT_CANONICAL, author=Raw(b"\x7f\x63ma.\x64dgsn\xff"))
    yield header("float-16-for-int", "run as 1.0 in half precision", WRONG_SHAPE, run=Raw(b"\xf9\x3c\x00"))
    yield header("float-64-for-int", "made_at as 0.0 in double precision", WRONG_SHAPE, made_at=Raw(b"\xfb" + bytes(8)))
    yield header("float-nan", "made_at not a number", WRONG_SHAPE, made_at=Raw(b"\xf9\x7e\x00"))
    yield header("tag-epoch", "made_at under tag 1", WRONG_SHAPE, made_at=Raw(b"\xc1\x00"))
    yield header("tag-bignum", "run 1 as a bignum", NOT_CANONICAL, run=Raw(b"\xc2\x41\x01"))
    yield header("tag-uuid", "nonce under tag 37", WRONG_SHAPE, nonce=Raw(b"\xd8\x25\x50" + bytes(16)))
    yield header("tag-cbor-in-bytes", "coded under tag 24", WRONG_SHAPE, coded=Raw(b"\xd8\x18\x41\xa0"))
    yield Made("tag-self-described", "the header under tag 55799", NOT_CANONICAL, "header", b"\xd9\xd9\xf7" + whole)
    yield header("undefined", "rules undefined", WRONG_SHAPE, rules=Raw(b"\xf7"))
    yield header("null-for-absent", "rules null", WRONG_SHAPE, rules=None)
    yield header("simple-value", "rules as simple value 32", WRONG_SHAPE, rules=Raw(b"\xf8\x20"))
    yield header("simple-value-in-two-bytes", "true as f8 15, in the place of a number", NOT_CBOR, rules=Raw(b"\xf8\x15"))
    yield header("reserved-length", "rules as 1c, a reserved length", NOT_CBOR, rules=Raw(b"\x1c"))
    yield header("bad-utf-8", "kind has the byte ff", NOT_CBOR, kind=Raw(b"\x62\x61\xff"))
    yield header("overlong-utf-8", "kind has the letter a in two bytes", NOT_CBOR, kind=Raw(b"\x62\xc1\xa1"))
    marking = {"national": Raw(b"\x63\xed\xa0\x80")}
    yield header("surrogate-utf-8", "the marking's national has a lone surrogate", NOT_CBOR, marking=marking)
    yield Made("trailing-byte", "a null byte after the header", NOT_CANONICAL, "header", whole + b"\0")
    yield Made("second-item", "the header twice", NOT_CANONICAL, "header", whole + whole)
    yield Made("cut-short", "the last byte is missing", NOT_CBOR, "header", whole[:-1])
    yield Made("empty", "no bytes at all", NOT_CBOR, "header", b"")
    yield Made("deep-nesting", "a thousand arrays in each other", NOT_CBOR, "header", b"\x81" * 1000 + b"\0")
    yield Made("length-beyond-the-end", "an array of 2^31 elements that are not there", NOT_CBOR, "header", b"\x9a\x80\x00\x00\x00")
    yield Made("too-large", "a header of 32,769 bytes", "too_large", "header", _header_of(32 * 1024 + 1))


def _header_of(length: int) -> bytes:
    fields = decode(encode(SMALL_HEADER))
    short = length - len(write({**fields, "coded": bytes(32_000)})) + 32_000
    return write({**fields, "coded": bytes(short)})


def _shapes() -> Iterator[Made]:
    """The one form of a value that is not of its shape."""
    for shape, small in (("header", SMALL_HEADER), ("body", SMALL_BODY)):
        fields = decode(encode(small))
        yield Made(f"{shape}-unknown-field", "a field `extra`", WRONG_SHAPE, shape, write({**fields, "extra": 1}))
        missing = {name: value for name, value in fields.items() if name != "nonce"}
        yield Made(f"{shape}-missing-field", "no nonce", WRONG_SHAPE, shape, write(missing))
    yield from _header_shapes()
    yield from _body_shapes()


def _header_shapes() -> Iterator[Made]:
    fields = decode(encode(SMALL_HEADER))
    yield Made("array-for-map", "the values without their keys", WRONG_SHAPE, "header", write(list(fields.values())))
    yield Made("number-as-key", "a field 1", WRONG_SHAPE, "header", write(Pairs([(1, 1), *fields.items()])))
    for name, about, expect, change in (
        ("text-for-bytes", "nonce as text of 16 characters", WRONG_SHAPE, {"nonce": "0" * 16}),
        ("bytes-for-text", "author as bytes", WRONG_SHAPE, {"author": b"ma.dgsn"}),
        ("text-for-int", "run as the text 1", WRONG_SHAPE, {"run": "1"}),
        ("true-for-int", "run as true", WRONG_SHAPE, {"run": True}),
        ("negative-int", "made_at is -1", WRONG_SHAPE, {"made_at": -1}),
        ("run-zero", "run is 0", WRONG_SHAPE, {"run": 0}),
        ("int-above-bound", "made_at is 2^53", WRONG_SHAPE, {"made_at": 2**53}),
        ("int-of-64-bits", "made_at is 2^64 - 1", WRONG_SHAPE, {"made_at": 2**64 - 1}),
        ("nonce-of-15-bytes", "one byte short", WRONG_SHAPE, {"nonce": bytes(15)}),
        ("audience-empty", "nobody", WRONG_SHAPE, {"audience": []}),
        ("agency-code-with-line-feed", "author is `ma.dgsn` and a line feed", WRONG_SHAPE, {"author": "ma.dgsn\n"}),
        ("agency-code-in-capitals", "author is `MA.dgsn`", WRONG_SHAPE, {"author": "MA.dgsn"}),
        ("agency-code-with-empty-label", "author is `ma..dgsn`", WRONG_SHAPE, {"author": "ma..dgsn"}),
        ("agency-code-of-33-bytes", "one character too many", WRONG_SHAPE, {"author": "a" * 33}),
        ("agency-code-with-arabic-digit", "author is `ma.٣`", WRONG_SHAPE, {"author": "ma.٣"}),
        ("unknown-handling-code", "the marking has H4", WRONG_SHAPE, {"marking": {"codes": ["H4"]}}),
        ("level-above-scale", "the marking has level 5", WRONG_SHAPE, {"marking": {"level": 5}}),
        ("default-int-written-out", "rules 0 is present", NOT_CANONICAL, {"rules": 0}),
        ("default-format-written-out", "format 1 is present", NOT_CANONICAL, {"format": 1}),
        ("default-array-written-out", "an empty after is present", NOT_CANONICAL, {"after": []}),
        ("default-bytes-written-out", "an empty previous is present", NOT_CANONICAL, {"previous": b""}),
        ("default-choice-written-out", "the marking says tlp is empty", NOT_CANONICAL, {"marking": {"tlp": ""}}),
        ("default-null-written-out", "the marking says basis is null", NOT_CANONICAL, {"marking": {"basis": None}}),
    ):
        yield Made(name, about, expect, "header", write({**fields, **change}))


def _body_shapes() -> Iterator[Made]:
    fields = decode(encode(SMALL_BODY))
    for name, about, expect, change in (
        ("title-of-301-characters", "one character too many", WRONG_SHAPE, {"title": "a" * 301}),
        ("default-false-written-out", "an item says fact is false", NOT_CANONICAL, {"items": [{"fact": False, "type": "a", "value": b""}]}),
        ("int-for-bool", "an item says fact is 1", WRONG_SHAPE, {"items": [{"fact": 1, "type": "a", "value": b""}]}),
        ("bad-grade", "an item has grade D1", WRONG_SHAPE, {"items": [{"type": "a", "grade": "D1", "value": b""}]}),
    ):
        yield Made(name, about, expect, "body", write({**fields, **change}))


def _between_fields() -> Iterator[Made]:
    """Right shape, and a rule between the fields of a header broken (spec/02)."""
    fields = decode(encode(SMALL_HEADER))
    basis = {"article": "4", "agreement": bytes(31)}
    low, high = bytes(32), b"\xff" * 32
    for name, about, expect, change in (
        ("audience-unsorted", "fr.dgsi before fr.dgpn", "audience_order", {"audience": ["fr.dgsi", "fr.dgpn"]}),
        ("audience-twice", "fr.dgpn twice", "audience_order", {"audience": ["fr.dgpn", "fr.dgpn"]}),
        ("author-in-audience", "ma.dgsn writes to itself", "author_in_audience", {"audience": ["fr.dgpn", "ma.dgsn"]}),
        ("after-unsorted", "two ids in the wrong order", "after_order", {"after": [high, low]}),
        ("after-twice", "one id twice", "after_order", {"after": [low, low]}),
        ("dossier-of-31-bytes", "no id", "id_length", {"dossier": bytes(31)}),
        ("previous-of-1-byte", "no id", "id_length", {"previous": b"\x01"}),
        ("agreement-of-31-bytes", "the marking's legal basis names no id", "id_length", {"marking": {"basis": basis}}),
        ("handling-codes-unsorted", "H2 before H1", "handling_code_order", {"marking": {"codes": ["H2", "H1"]}}),
        ("partnership-with-dossier", "a partnership entry has no dossier", "partnership_shape", {"kind": "partnership", "dossier": low}),
        ("partnership-to-two", "and one partner", "partnership_shape", {"kind": "partnership", "audience": ["fr.dgpn", "fr.dgsi"]}),
    ):
        yield Made(name, about, expect, "header", write({**fields, **change}))
