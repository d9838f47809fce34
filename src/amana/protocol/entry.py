# SPDX-License-Identifier: EUPL-1.2
"""Entries: one immutable statement by one agency in one dossier, as a header and a body bound by a hash.

Folds read headers only; the header holds no personal data, so erasing a body leaves every state and every proof
exact. The id of an entry is a hiding commitment (both parts carry a nonce). Spec: spec/02-entry.md.

What `coded`, an item's `value` and a body's `detail` mean is the kind's affair: they are canonical CBOR inside a
byte string, so that an entry of an unknown kind is kept whole, shown as not understood and read after an upgrade.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec
from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse, require_fit
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    CodeField,
    Digest,
    DigestField,
    DossierId,
    EntryId,
    EntryIdField,
    MillisField,
    NonceField,
    NumberField,
)
from amana.protocol.marking import ItemCategory, Marking

FORMAT = 1
MAX_ENTRY = 256 * 1024  # header and body together (design: an entry is at most 256 KiB)
MAX_HEADER = 32 * 1024
MAX_PARTIES = 64
MAX_AFTER = 64
ENTRY_LABEL = b"amana/entry/v1\0"
BODY_LABEL = b"amana/body/v1\0"
PARTNERSHIP = "partnership"  # the kind of what concerns two partners and no matter


class Header(Canonical, frozen=True, kw_only=True):
    """The part of an entry that folds and figures read. Fields are in canonical key order."""

    run: NumberField
    body: DigestField  # SHA-256(BODY_LABEL + body bytes)
    kind: CodeField
    type: CodeField
    after: Annotated[tuple[EntryIdField, ...], Meta(max_length=MAX_AFTER)] = ()
    coded: Annotated[bytes, Meta(max_length=MAX_HEADER)]  # the kind's coded values, canonical CBOR
    nonce: NonceField
    rules: Annotated[int, Meta(ge=0, lt=2**16)] = 0  # rules version: in opening entries and raises of it, else 0
    author: AgencyCodeField
    format: Annotated[int, Meta(ge=1, lt=2**16)] = FORMAT
    dossier: Annotated[bytes, Meta(max_length=32)] = b""  # empty in an opening entry and in a partnership
    made_at: MillisField
    marking: Marking
    audience: Annotated[tuple[AgencyCodeField, ...], Meta(min_length=1, max_length=MAX_PARTIES)]  # sorted, no author
    previous: Annotated[bytes, Meta(max_length=32)] = b""  # author's last entry here to this audience, or empty


class Item(Canonical, frozen=True, kw_only=True):
    """One structured thing an entry speaks of, with its own 4x4 grade. `value` is the item type's canonical CBOR."""

    fact: bool = False  # True: a fact; False: an assessment
    type: CodeField
    grade: Annotated[str, Meta(pattern=r"^([ABCX][1-4])?\Z")] = ""  # source A B C X, information 1 2 3 4
    minor: bool = False
    value: Annotated[bytes, Meta(max_length=16 * 1024)]
    category: ItemCategory = ItemCategory.NONE


class Attachment(Canonical, frozen=True, kw_only=True):
    """A file that travels apart, as sealed chunks; its bytes are opened with `key` and must hash to `sha256`."""

    key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    size: Annotated[int, Meta(ge=0, le=10 * 1024 * 1024)]
    type: Annotated[str, Meta(min_length=3, max_length=100)]
    sha256: DigestField


class Body(Canonical, frozen=True, kw_only=True):
    """The part of an entry that may hold personal data, and that erasure removes."""

    text: Annotated[str, Meta(max_length=200_000)] = ""
    items: Annotated[tuple[Item, ...], Meta(max_length=500)] = ()
    nonce: NonceField
    title: Annotated[str, Meta(max_length=300)] = ""
    detail: Annotated[bytes, Meta(max_length=64 * 1024)] = b""  # the entry type's own body values, canonical CBOR
    handle: Annotated[bytes, Meta(max_length=16)] = b""  # officer, new for each dossier; empty in automatic entries
    language: Annotated[str, Meta(max_length=8, pattern=r"^([a-z]{2,3})?\Z")] = ""
    attachments: Annotated[tuple[Attachment, ...], Meta(max_length=20)] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A parsed entry and the bytes it came from. `body` is None where it was erased, recalled, lost or unreadable.

    Built only by `make_entry` and `parse_entry`, so `id` always belongs to `header_bytes`.
    """

    id: EntryId
    header: Header
    header_bytes: bytes
    body: Body | None
    body_bytes: bytes

    @property
    def dossier(self) -> DossierId:
        """The dossier this entry belongs to: its own id where it opens one; empty in a partnership."""
        if self.header.kind == PARTNERSHIP:
            return DossierId(b"")
        return DossierId(self.header.dossier or self.id)

    @property
    def readers(self) -> frozenset[AgencyCode]:
        """Everybody who holds the entry: audience and author."""
        return frozenset(self.header.audience) | {self.header.author}


def entry_id(header_bytes: bytes) -> EntryId:
    """The id of the entry with this header: SHA-256 of label and header bytes."""
    return EntryId(hashlib.sha256(ENTRY_LABEL + header_bytes).digest())


def body_commitment(body_bytes: bytes) -> Digest:
    """What a header says of its body: SHA-256 of label and body bytes."""
    return Digest(hashlib.sha256(BODY_LABEL + body_bytes).digest())


def make_entry(header: Header, body: Body, *, body_bytes: bytes | None = None) -> Entry:
    """The entry of a header that already commits to `body`; for authors. Raises PeerFault as `parse_entry`.

    `body_bytes`: the encoded body, where the author has it from making the commitment.
    """
    require_fit(header.marking)  # with the body, what people choose; the rest follows from types that were checked
    require_fit(body)
    header_bytes = encode(header)
    if body_bytes is None:
        body_bytes = encode(body)
    _require_sizes(header_bytes, body_bytes)
    _require_shape(header)
    if body_commitment(body_bytes) != header.body:
        raise PeerFault("body_mismatch")
    return Entry(id=entry_id(header_bytes), header=header, header_bytes=header_bytes, body=body, body_bytes=body_bytes)


def parse_header(header_bytes: bytes) -> Header:
    """A header from bytes. Raises PeerFault (canonical form, `audience_order`, `author_in_audience`, …)."""
    header = parse(header_bytes, Header, limit=MAX_HEADER)
    _require_shape(header)
    return header


def parse_body(body_bytes: bytes, *, limit: int = MAX_ENTRY) -> Body:
    """A body from bytes, at most `limit`: what its header leaves. Raises PeerFault."""
    return parse(body_bytes, Body, limit=limit)


def parse_entry(header_bytes: bytes, body_bytes: bytes) -> Entry:
    """An entry from another node's bytes; `body_bytes` may be empty (void).

    Raises PeerFault: `too_large`, canonical form of either part, `body_mismatch`, `audience_order`, ….
    """
    _require_sizes(header_bytes, body_bytes)
    header = parse_header(header_bytes)
    body: Body | None = None
    if body_bytes:
        if body_commitment(body_bytes) != header.body:
            raise PeerFault("body_mismatch")
        body = parse_body(body_bytes)
    return Entry(id=entry_id(header_bytes), header=header, header_bytes=header_bytes, body=body, body_bytes=body_bytes)


def _require_sizes(header_bytes: bytes, body_bytes: bytes) -> None:
    if len(header_bytes) + len(body_bytes) > MAX_ENTRY:
        raise PeerFault("entry_too_large", limit=MAX_ENTRY, got=len(header_bytes) + len(body_bytes))


def _require_shape(header: Header) -> None:
    """What the field types cannot say: sorted sets, and ids that are whole or absent."""
    if len(header.audience) > 1 and list(header.audience) != sorted(set(header.audience)):
        raise PeerFault("audience_order")
    if header.author in header.audience:
        raise PeerFault("author_in_audience")
    if header.after and list(header.after) != sorted(set(header.after)):
        raise PeerFault("after_order")
    if len(header.dossier) not in (0, 32) or len(header.previous) not in (0, 32):
        raise PeerFault("id_length")
    codes = header.marking.codes
    if codes and list(codes) != sorted(set(codes)):
        raise PeerFault("handling_code_order")
    basis = header.marking.basis
    if basis is not None and len(basis.agreement) != 32:
        raise PeerFault("id_length")
    if header.kind == PARTNERSHIP and (header.dossier or len(header.audience) != 1):
        raise PeerFault("partnership_shape")
