# SPDX-License-Identifier: EUPL-1.2
"""A pack brought in to be read: verified whole, kept in the node's own log, never mixed with the agency's dossiers.

(1) The pack passes every check of spec/13-pack.md. (2) It is not the agency's own, and is for it or for nobody in particular.
(3) The identity key of every agency in it that this node knows is the one it knows. (4) No entry is above the level
that this node takes. (5) What is past its erase date is not kept. A supervisor can remove a pack; each body goes when it is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amana.dossiers.registry import may_speak_of_persons
from amana.node.access import Scope, require_content_role, require_supervisor
from amana.node.context import Node
from amana.node.local_event import LocalEvent
from amana.node.local_packs import PackBody, PackPart, PackRecord, PackRemoved, PackTaken
from amana.node.packs.unfolding import erase_date
from amana.node.partners import load_partner
from amana.node.ports import Reading, Writing
from amana.node.records import append_event, append_events
from amana.protocol.canonical import parse
from amana.protocol.card import VerifiedCard
from amana.protocol.entry import entry_id
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import require_level
from amana.protocol.pack import BODY, CHUNK, ENTRY, Frame, PackedEntry, PackEntry, VerifiedPack, read_frames, split_frames, verify_pack

PART = 512 * 1024  # bytes of frames in one record
PARTS, BODIES = "pack_part", "pack_body"


def take_pack(node: Node, scope: Scope, content: bytes) -> DossierId:
    """Bring a pack in; its id. Raises PeerFault as `verify_pack`; Refusal `not_found` (an administrator), `pack_own`,
    `pack_for_other`, `pack_other_identity`, `above_level_limit`, `pack_known`.
    """
    require_reader(scope)
    frames = list(read_frames(content))
    pack = verify_pack(frames)  # (1)
    id = DossierId(pack.id)
    _require_ours(node, pack)
    now = node.clock.now()
    events = [
        *_kept(frames, pack, now),
        PackTaken(at=pack.head.at, by=pack.head.by, case=pack.head.case, kind=pack.head.kind, entries=len(pack.entries)),
    ]

    def act(writing: Writing) -> None:
        if writing.record("pack", id) is not None:
            raise Refusal("pack_known")
        append_events(writing, [(event, scope.account, id) for event in events], at=now)

    node.journal.write(act)
    return id


def require_reader(scope: Scope) -> None:
    """Packs are the desk's, as dossiers that arrive are. Raises Refusal `not_found` for officers of other units alone."""
    require_content_role(scope)
    if scope.desk_unit not in scope.units:
        raise Refusal("not_found")


def load_packs(reading: Reading) -> list[tuple[DossierId, PackRecord]]:
    """Every pack that is here, the last brought in first."""
    held = [(DossierId(row.key), parse(row.value, PackRecord)) for row in reading.records("pack")]
    return sorted(held, key=lambda one: (-one[1].at, one[0]))


def open_pack(reading: Reading, id: DossierId) -> VerifiedPack:
    """A pack as it is kept, checked again. Raises Refusal `not_found`; PeerFault where the stored bytes are not what was sealed."""
    if reading.record("pack", id) is None:
        raise Refusal("not_found")
    bodies = {body.entry: body.frames for body in (parse(content, PackBody) for _, content in _held(reading, id, BODIES))}
    parts = [parse(content, PackPart).frames for _, content in _held(reading, id, PARTS)]
    return verify_pack(_joined(parts, bodies), erased=True)


def remove_pack(node: Node, scope: Scope, id: DossierId) -> None:
    """Erase a pack that was brought in. Raises Refusal `supervisor_only`, `not_found`."""
    require_content_role(scope)
    require_supervisor(scope)

    def act(writing: Writing) -> None:
        if writing.record("pack", id) is None:
            raise Refusal("not_found")
        writing.erase_local([seq for type in (PARTS, BODIES) for seq, _ in _held(writing, id, type)])
        append_event(writing, PackRemoved(), at=node.clock.now(), officer=scope.account, dossier=id)

    node.journal.write(act)


def sweep_packs(node: Node, now: Millis, *, dry: bool = False) -> tuple[int, Millis]:
    """(5) Erase every body of a pack that is due at `now` (`dry`: only count): how many, and when the next is due (0: none)."""

    def ask(reading: Reading) -> list[tuple[int, Millis]]:
        held = [one for id, _ in load_packs(reading) for one in _held(reading, id, BODIES)]
        return [(seq, Millis(date)) for seq, content in held if (date := parse(content, PackBody).erase_on)]

    dated = node.journal.read(ask)
    gone = [seq for seq, at in dated if at <= now]
    if gone and not dry:
        node.journal.write(lambda writing: writing.erase_local(gone))
    return len(gone), Millis(min((at for _, at in dated if at > now), default=0))


def _held(reading: Reading, id: DossierId, type: str) -> Iterator[tuple[int, bytes]]:
    """The records of a pack of which the content is here: number and content."""
    for row in reading.local_of(id, type):
        if row.content is not None:
            yield row.seq, row.content


def _require_ours(node: Node, pack: VerifiedPack) -> None:
    if pack.head.by == node.code:  # (2)
        raise Refusal("pack_own")
    if pack.head.to not in ("", node.code):
        raise Refusal("pack_for_other", agency=pack.head.to)
    for code, card in pack.cards.items():  # (3)
        known = node.card if code == node.code else _known_card(node, code)
        if known is not None and known.card.identity != card.card.identity:
            raise Refusal("pack_other_identity", agency=code)
    for entry in pack.entries:  # (4)
        require_level(entry.header.marking, node.settings.limit)


def _known_card(node: Node, code: AgencyCode) -> VerifiedCard | None:
    partner = node.journal.read(lambda reading: load_partner(reading, code))
    return partner.card if partner is not None else None


def _kept(frames: Sequence[Frame], pack: VerifiedPack, now: Millis) -> Iterator[LocalEvent]:
    """The records in which a pack is kept: frames in parts, each body that is not due yet in one of its own."""
    at_the_latest = erase_date(pack)
    dates = {entry.id: _due(entry, at_the_latest) for entry in pack.entries}
    part = bytearray()
    body = bytearray()
    entry = EntryId(b"")
    for frame in [*frames, Frame(ENTRY, b"")]:
        if frame.letter in (BODY, CHUNK):
            body += frame.written()
            continue
        if body and not (dates[entry] and dates[entry] <= now):  # (5)
            yield PackBody(entry=entry, frames=bytes(body), erase_on=dates[entry])
        body.clear()
        if frame.letter == ENTRY and frame.content:
            entry = entry_id(parse(frame.content, PackEntry).header)
        if not frame.content:
            break
        part += frame.written()
        if len(part) >= PART:
            yield PackPart(frames=bytes(part))
            part.clear()
    if part:
        yield PackPart(frames=bytes(part))


def _due(entry: PackedEntry, at_the_latest: Millis) -> Millis:
    """When a body goes: at its own date, and at the case's where it may speak of persons; 0: never."""
    personal = may_speak_of_persons(entry.header.kind, entry.header.type)
    return Millis(min((date for date in (entry.header.marking.erase_on, at_the_latest if personal else 0) if date), default=0))


def _joined(parts: Sequence[bytes], bodies: dict[EntryId, bytes]) -> Iterator[Frame]:
    """The frames of a pack again, bodies in their places where they are still here."""
    for part in parts:
        for frame in split_frames(part):
            yield frame
            if frame.letter == ENTRY and (body := bodies.get(entry_id(parse(frame.content, PackEntry).header))):
                yield from split_frames(body)
