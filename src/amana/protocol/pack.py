# SPDX-License-Identifier: EUPL-1.2
"""A case as one file for somebody who was not there: its entries, the proof of each, and a seal over the whole.

A pack is a line of text and then frames, each a letter, a length in four bytes, and content: head, cards, logs, entries
with their bodies and the chunks of their attachments, what was left out, the seal. The seal covers every frame but
bodies and chunks, which the headers commit to: so a body can be erased later and all else still holds.
Checks (spec/13-pack.md): (1) the form of the frames and their order; (2) the cards; (3) the seal; (4) the heads and
receipts of the logs; (5) each entry's place; (6) each body; (7) each attachment; (8) each entry belongs, none is there twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple, TypeVar

from msgspec import Meta

from amana.protocol.attachment import SEALED_CHUNK, chunk_count, verify_attachment
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.card import Card, VerifiedCard, verify_card
from amana.protocol.checkpoint import (
    MAX_HEAD_BYTES,
    MAX_RECEIPT_BYTES,
    VerifiedReceipt,
    parse_head,
    parse_origin,
    verify_head,
    verify_receipt,
)
from amana.protocol.entry import MAX_ENTRY, MAX_HEADER, PARTNERSHIP, Body, Header, body_commitment, entry_id, parse_body, parse_header
from amana.protocol.errors import PeerFault, numbered
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    CodeField,
    Digest,
    DigestField,
    EffectiveField,
    EntryId,
    EntryIdField,
    MillisField,
    NumberField,
    SizeField,
)
from amana.protocol.merkle import leaf_hash, verify_inclusion
from amana.protocol.signing import Signature, SigningPair, sign_statement, verify_statement

MAGIC = b"amana-pack/v1\n"
STATEMENT = "pack"  # the kind of the seal's statement
MAX_PACK = 512 * 1024 * 1024  # bytes of a whole pack
HEAD, CARD, LOG, ENTRY, BODY, CHUNK, LEFT_OUT, SEAL = b"H", b"C", b"L", b"E", b"B", b"A", b"O", b"S"
UNSEALED = frozenset({BODY, CHUNK})  # bound by headers, so that they can be erased
NO_LOG = -1
_LENGTHS = {HEAD: 4096, CARD: 64 * 1024, LOG: 16 * 1024, ENTRY: 64 * 1024, BODY: MAX_ENTRY, CHUNK: SEALED_CHUNK, LEFT_OUT: 1024, SEAL: 4096}
_PREFIX = 5  # a letter and four bytes of length
_MAX_PROOF = 53
T = TypeVar("T", bound=Canonical)


class PackHead(Canonical, frozen=True, kw_only=True):
    """Which case, who made the pack, for whom (empty: nobody in particular), and whether what speaks of persons is in it."""

    at: MillisField
    by: AgencyCodeField
    to: Annotated[str, Meta(max_length=32)] = ""
    case: EntryIdField
    kind: CodeField
    persons: bool = False


class PackLog(Canonical, frozen=True, kw_only=True):
    """A head of one log that its receiver cosigned, with the numbers of the cards that verify both."""

    head: Annotated[bytes, Meta(max_length=MAX_HEAD_BYTES)]
    receipt: Annotated[bytes, Meta(max_length=MAX_RECEIPT_BYTES)]
    head_card: NumberField
    receipt_card: NumberField


class PackEntry(Canonical, frozen=True, kw_only=True):
    """A header, its place in log number `log` of the pack (-1: in none, and then it is the maker's own), and why its body
    is not there; empty: the body follows, and with `files` the chunks of all its attachments."""

    log: Annotated[int, Meta(ge=NO_LOG, lt=2**16)]
    void: Annotated[str, Meta(max_length=48, pattern=r"^[a-z_]*\Z")] = ""
    files: bool = False
    index: SizeField = 0
    proof: Annotated[tuple[DigestField, ...], Meta(max_length=_MAX_PROOF)] = ()
    header: Annotated[bytes, Meta(max_length=MAX_HEADER)]


class PackLeftOut(Canonical, frozen=True, kw_only=True):
    """An entry that others come after and that is not in the pack: where it stands, and why it is not there."""

    id: EntryIdField
    because: CodeField
    effective: EffectiveField


class PackSeal(Canonical, frozen=True, kw_only=True):
    """The maker's request keys of card number `card` sign for every frame before, bodies and chunks apart."""

    card: NumberField
    digest: DigestField
    signature: Signature


class Frame(NamedTuple):
    """One frame of a pack."""

    letter: bytes
    content: bytes

    def written(self) -> bytes:
        """As it stands in the file."""
        return self.letter + len(self.content).to_bytes(4, "big") + self.content


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedEntry:
    """An entry of a verified pack. `receipt` is that of its log; None where the maker's word stands alone."""

    id: EntryId
    header: Header
    header_bytes: bytes
    body_bytes: bytes = field(repr=False)
    void: str
    chunks: tuple[tuple[bytes, ...], ...] = field(repr=False)
    receipt: VerifiedReceipt | None


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedPack:
    """A pack that passed every check. Built by `verify_pack` only."""

    id: Digest  # what the seal signs
    head: PackHead
    cards: Mapping[AgencyCode, VerifiedCard]  # the last of each agency
    entries: tuple[PackedEntry, ...]
    left_out: tuple[PackLeftOut, ...]


def seal(digest: Digest, pair: SigningPair, card: int) -> Frame:
    """The last frame, over the `sealed_digest` of those before; `pair` are the maker's request keys by its card number `card`."""
    return Frame(SEAL, encode(PackSeal(card=card, digest=digest, signature=sign_statement(pair, STATEMENT, digest))))


def sealed_digest(frames: Iterable[Frame]) -> Digest:
    """SHA-256 over the line and every frame but bodies and chunks."""
    hashed = hashlib.sha256(MAGIC)
    for frame in frames:
        if frame.letter not in UNSEALED:
            hashed.update(frame.written())
    return Digest(hashed.digest())


def written_pack(frames: Iterable[Frame]) -> bytes:
    """The whole file."""
    return MAGIC + b"".join(frame.written() for frame in frames)


def read_frames(packed: bytes) -> Iterator[Frame]:
    """The frames of a file. Raises PeerFault `no_pack`, `too_large`, `pack_form` (check 1)."""
    if not packed.startswith(MAGIC):
        raise PeerFault("no_pack", check=1)
    if len(packed) > MAX_PACK:
        raise PeerFault("too_large", check=1, what="pack", limit=MAX_PACK, got=len(packed))
    yield from split_frames(packed, start=len(MAGIC))


def split_frames(packed: bytes, *, start: int = 0) -> Iterator[Frame]:
    """Frames that follow each other, from `start`. Raises PeerFault `pack_form` (check 1)."""
    at = start
    while at < len(packed):
        letter, length = packed[at : at + 1], int.from_bytes(packed[at + 1 : at + _PREFIX])
        end = at + _PREFIX + length
        if length > _LENGTHS.get(letter, -1) or end > len(packed):
            raise PeerFault("pack_form", check=1, where=at)
        yield Frame(letter, packed[at + _PREFIX : end])
        at = end


def verify_pack(frames: Iterable[Frame], *, erased: bool = False) -> VerifiedPack:
    """A pack by all checks; `erased`: bodies that the seal says were there may be gone.

    Raises PeerFault `pack_form`, `pack_seal`, `pack_place`, `pack_body`, `pack_entry` with the number of the check; `why` is the
    code of what failed within it: a signature, a proof, the form of a value.
    """
    try:
        return _verified(frames, erased=erased)
    except PeerFault as fault:
        if fault.code in _OWN_CODES:
            raise
        raise PeerFault(_CODE_OF.get(fault.check, "pack_form"), check=fault.check, why=fault.code) from fault


_OWN_CODES = frozenset({"pack_form", "pack_seal", "pack_place", "pack_body", "pack_entry"})
_CODE_OF = {3: "pack_seal", 5: "pack_place", 6: "pack_body", 7: "pack_body", 8: "pack_entry"}


def _verified(frames: Iterable[Frame], *, erased: bool) -> VerifiedPack:
    reader = _Reader(list(frames))
    head = reader.one(HEAD, PackHead)
    cards = _Cards(reader.all(CARD))  # (2)
    if head.by not in cards.last:
        raise PeerFault("pack_form", check=1, where="cards")
    logs = [_Log(parse(content, PackLog), cards) for content in reader.all(LOG)]  # (4)
    entries: list[PackedEntry] = []
    left_out: list[PackLeftOut] = []
    while (letter := reader.next_letter()) in (ENTRY, LEFT_OUT):
        if letter == ENTRY:
            entries.append(_read_entry(reader, head, logs, erased=erased))
        else:
            left_out.append(reader.one(LEFT_OUT, PackLeftOut))
    digest = _verify_seal(reader, head, cards)
    _require_belonging(head, entries, left_out)
    return VerifiedPack(id=digest, head=head, cards=cards.last, entries=tuple(entries), left_out=tuple(left_out))


class _Reader:
    """The frames of a pack, taken in order."""

    def __init__(self, frames: list[Frame]) -> None:
        self.frames = frames
        self.at = 0

    def next_letter(self) -> bytes:
        """The letter of the next frame; empty at the end."""
        return self.frames[self.at].letter if self.at < len(self.frames) else b""

    def take(self, letter: bytes) -> bytes:
        """The next frame's content. Raises PeerFault where it is another frame."""
        if self.next_letter() != letter:
            raise PeerFault("pack_form", check=1, where=self.at)
        self.at += 1
        return self.frames[self.at - 1].content

    def one(self, letter: bytes, shape: type[T]) -> T:
        """The next frame as what it must be."""
        with numbered(1):
            return parse(self.take(letter), shape)

    def all(self, letter: bytes) -> Iterator[bytes]:
        """Every frame with this letter that comes next."""
        while self.next_letter() == letter:
            yield self.take(letter)


class _Cards:
    """(2) The cards of a pack: each agency's in order of number, every one proven by the one before it."""

    def __init__(self, signed: Iterable[bytes]) -> None:
        self.last: dict[AgencyCode, VerifiedCard] = {}
        self._held: dict[tuple[AgencyCode, int], Card] = {}
        before: tuple[AgencyCode, int] | None = None
        for one in signed:
            with numbered(2):
                card = _verify_next(one, self.last)
            place = (card.code, card.number)
            if before is not None and place <= before:
                raise PeerFault("pack_form", check=2, where="cards")
            self._held[place] = card.card
            self.last[card.code] = card
            before = place

    def card(self, code: AgencyCode, number: int, *, check: int) -> Card:
        """A card of the pack. Raises PeerFault `unknown_card`."""
        if (code, number) not in self._held:
            raise PeerFault("unknown_card", check=check, agency=code, number=number)
        return self._held[code, number]


def _verify_next(signed: bytes, last: Mapping[AgencyCode, VerifiedCard]) -> VerifiedCard:
    first = verify_card(signed, known=None)
    known = last.get(first.code)
    return first if known is None else verify_card(signed, known=known)


class _Log:
    """(4) One log's head, signed by its author, and the receipt of its receiver."""

    def __init__(self, log: PackLog, cards: _Cards) -> None:
        with numbered(4):
            origin = parse_head(log.head).head.origin
            self.name = parse_origin(origin)
            self.head = verify_head(log.head, cards.card(self.name.author, log.head_card, check=4).head, origin=origin)
            keys = cards.card(self.name.to, log.receipt_card, check=4).receipt
            self.receipt = verify_receipt(log.receipt, self.head, keys, receiver=self.name.to)


def _read_entry(reader: _Reader, head: PackHead, logs: Sequence[_Log], *, erased: bool) -> PackedEntry:
    packed = reader.one(ENTRY, PackEntry)
    with numbered(5):
        header = parse_header(packed.header)
    id = entry_id(packed.header)
    receipt = _verify_place(packed, header, id, head, logs)  # (5)
    body_bytes, chunks = b"", []
    if not packed.void and (reader.next_letter() == BODY or not erased):
        body_bytes = reader.take(BODY)
        if body_commitment(body_bytes) != header.body:  # (6)
            raise PeerFault("pack_body", check=6, entry=id.hex())
        with numbered(6):
            body = parse_body(body_bytes)
        chunks = _read_files(reader, body) if packed.files else []
    return PackedEntry(
        id=id,
        header=header,
        header_bytes=packed.header,
        body_bytes=body_bytes,
        void=packed.void,
        chunks=tuple(chunks),
        receipt=receipt,
    )


def _verify_place(packed: PackEntry, header: Header, id: EntryId, head: PackHead, logs: Sequence[_Log]) -> VerifiedReceipt | None:
    """(5) The entry stands in its author's log to an agency that it was for, or is the maker's own and in none."""
    if packed.log == NO_LOG:
        if header.author != head.by or packed.proof:
            raise PeerFault("pack_place", check=5, entry=id.hex())
        return None
    if packed.log >= len(logs):
        raise PeerFault("pack_place", check=5, entry=id.hex())
    log = logs[packed.log]
    if header.author != log.name.author or log.name.to not in header.audience:
        raise PeerFault("pack_place", check=5, entry=id.hex())
    try:
        verify_inclusion(leaf_hash(id), index=packed.index, size=log.head.head.size, proof=packed.proof, root=log.head.head.root)
    except PeerFault as fault:
        raise fault.at_check(5) from fault
    return log.receipt


def _read_files(reader: _Reader, body: Body) -> list[tuple[bytes, ...]]:
    """(7) The chunks of every attachment that a body names."""
    files = []
    for attachment in body.attachments:
        chunks = tuple(reader.take(CHUNK) for _ in range(chunk_count(attachment.size)))
        try:
            verify_attachment(attachment, chunks)
        except PeerFault as fault:
            raise fault.at_check(7) from fault
        files.append(chunks)
    return files


def _verify_seal(reader: _Reader, head: PackHead, cards: _Cards) -> Digest:
    """(3) The seal is the last frame, and the maker's."""
    before = reader.frames[: reader.at]
    sealed = reader.one(SEAL, PackSeal)
    if reader.next_letter():
        raise PeerFault("pack_form", check=1, where=reader.at)
    if sealed.digest != sealed_digest(before):
        raise PeerFault("pack_seal", check=3)
    with numbered(3):
        verify_statement(cards.card(head.by, sealed.card, check=3).request, STATEMENT, sealed.digest, sealed.signature)
    return sealed.digest


def _require_belonging(head: PackHead, entries: Sequence[PackedEntry], left_out: Sequence[PackLeftOut]) -> None:
    """(8) The case is there, every dossier with its opening; nothing twice."""
    ids = [entry.id for entry in entries]
    present = set(ids)
    if len(present) != len(ids) or not present.isdisjoint(one.id for one in left_out) or head.case not in present:
        raise PeerFault("pack_entry", check=8, expected=len(present), got=len(ids))
    for entry in entries:
        opening = EntryId(entry.header.dossier or entry.id)
        if opening not in present or entry.header.kind == PARTNERSHIP:
            raise PeerFault("pack_entry", check=8, entry=entry.id.hex())
