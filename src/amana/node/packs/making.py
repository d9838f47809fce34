# SPDX-License-Identifier: EUPL-1.2
"""A case made into a pack: what may go of it, each entry with its place in a log that its receiver has cosigned.

A supervisor makes it, for a named agency or for the agency's own files; the node's own log keeps that it was made, for
whom and how much. Spec: spec/13-pack.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amana.node.access import Scope, require_content_role, require_supervisor
from amana.node.context import Node
from amana.node.local_packs import PackMade
from amana.node.packs.choosing import Chosen, Contents, choose_contents
from amana.node.ports import LogRow, Reading, StepRow
from amana.node.records import append_event
from amana.protocol.attachment import MAX_CHUNKS, chunk_count
from amana.protocol.canonical import encode
from amana.protocol.checkpoint import parse_origin
from amana.protocol.entry import parse_body
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import DossierId, EntryId, Millis, parse_agency_code
from amana.protocol.merkle import Proofs, leaf_hash
from amana.protocol.pack import (
    BODY,
    CARD,
    CHUNK,
    ENTRY,
    HEAD,
    LEFT_OUT,
    LOG,
    MAX_PACK,
    NO_LOG,
    Frame,
    PackEntry,
    PackHead,
    PackLog,
    seal,
    sealed_digest,
    written_pack,
)

BATCH = 500  # entries read with their bodies at a time
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished pack: its file, its id, and what went and what stayed."""

    content: bytes = field(repr=False)
    id: bytes
    counts: Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """A log of which entries go: its row, its last receipted step, the proofs of its places."""

    row: LogRow
    step: StepRow
    places: dict[EntryId, int] = field(repr=False)
    proofs: Proofs = field(repr=False)


def preview_pack(node: Node, scope: Scope, case: DossierId, *, to: str = "", persons: bool = False) -> Plain:
    """What would go and what would stay, and why, without making it. Raises as `make_pack`."""
    _require_maker(node, scope, to)
    return node.journal.read(lambda reading: _counts(choose_contents(reading, node, scope, case, to=to, persons=persons)))


def make_pack(node: Node, scope: Scope, case: DossierId, *, to: str = "", persons: bool = False) -> Made:
    """The pack of a case for `to` (empty: for the agency's own files).

    Raises Refusal `supervisor_only`, `not_found`, `bad_agency_code`, `pack_own` (for oneself), `pack_empty` (nothing of
    the case may go), `pack_too_large`.
    """
    _require_maker(node, scope, to)
    now = node.clock.now()

    def ask(reading: Reading) -> tuple[Contents, list[Frame]]:
        contents = choose_contents(reading, node, scope, case, to=to, persons=persons)
        if not contents.chosen:
            raise Refusal("pack_empty")
        return contents, list(_frames(reading, node, contents, to=to, persons=persons, now=now))

    contents, frames = node.journal.read(ask)
    if sum(len(frame.content) for frame in frames) > MAX_PACK // 2:
        raise Refusal("pack_too_large", limit=MAX_PACK // 2)
    id = sealed_digest(frames)
    frames.append(seal(id, node.keys.request, node.card.number))
    made = PackMade(to=to, digest=id, entries=len(contents.chosen), persons=persons)
    node.journal.write(lambda writing: append_event(writing, made, at=now, officer=scope.account, dossier=case))
    return Made(content=written_pack(frames), id=id, counts=_counts(contents))


def _require_maker(node: Node, scope: Scope, to: str) -> None:
    require_content_role(scope)
    require_supervisor(scope)
    try:
        named = parse_agency_code(to) if to else None
    except PeerFault as fault:
        raise Refusal("bad_agency_code") from fault
    if named == node.code:
        raise Refusal("pack_own")


def _counts(contents: Contents) -> Plain:
    return {
        "entries": len(contents.chosen),
        "bodies": sum(1 for one in contents.chosen if not one.void),
        "dossiers": dict(sorted(contents.dossiers.items())),
        "kept_dossiers": dict(sorted(contents.kept_dossiers.items())),
        "kept_entries": dict(sorted(contents.kept_entries.items())),
        "kept_bodies": dict(sorted(contents.kept_bodies.items())),
    }


def _frames(reading: Reading, node: Node, contents: Contents, *, to: str, persons: bool, now: Millis) -> Iterator[Frame]:
    logs = _logs_of(reading, node, contents, to)
    head = PackHead(at=now, by=node.code, to=to, case=EntryId(contents.case.id), kind=contents.case.kind, persons=persons)
    yield Frame(HEAD, encode(head))
    names = [parse_origin(log.row.origin) for log in logs]
    agencies = {node.code, *(name.author for name in names), *(name.to for name in names)}
    for record in reading.records("card"):
        if record.key.partition(b"\0")[0].decode() in agencies:
            yield Frame(CARD, record.value)
    for log in logs:
        packed = PackLog(head=log.step.head, receipt=log.step.receipt, head_card=log.step.card, receipt_card=log.step.receipt_card)
        yield Frame(LOG, encode(packed))
    for start in range(0, len(contents.chosen), BATCH):
        batch = contents.chosen[start : start + BATCH]
        held = reading.entries([one.row.id for one in batch if not one.void])
        for one in batch:
            yield from _entry_frames(reading, logs, one, held[one.row.id].body if one.row.id in held else b"", persons=persons)
    for left in contents.left_out:
        yield Frame(LEFT_OUT, encode(left))


def _entry_frames(reading: Reading, logs: list[_Log], one: Chosen, body: bytes, *, persons: bool) -> Iterator[Frame]:
    id = one.row.id
    number = next((number for number, log in enumerate(logs) if id in log.places), NO_LOG)
    index = logs[number].places[id] if number != NO_LOG else 0
    proof = logs[number].proofs.of(index) if number != NO_LOG else ()
    chunks = _chunks(reading, id, body) if persons and body else None
    packed = PackEntry(log=number, void=one.void, files=chunks is not None, index=index, proof=proof, header=one.row.header)
    yield Frame(ENTRY, encode(packed))
    if body:
        yield Frame(BODY, body)
    yield from (Frame(CHUNK, chunk) for chunk in chunks or ())


def _chunks(reading: Reading, id: EntryId, body: bytes) -> list[bytes] | None:
    """The chunks of all attachments of an entry; None where it has none, or one is not here whole."""
    attachments = parse_body(body).attachments
    files = [reading.chunks(id, place, 0, MAX_CHUNKS + 1) for place in range(len(attachments))]
    whole = all(len(file) == chunk_count(attachment.size) for file, attachment in zip(files, attachments, strict=True))
    return [chunk for file in files for chunk in file] if files and whole else None


def _logs_of(reading: Reading, node: Node, contents: Contents, to: str) -> list[_Log]:
    """The logs in which the entries stand, that to the receiver first: of each what its receiver has cosigned."""
    wanted = {one.row.id: one.row.author for one in contents.chosen}
    found: list[_Log] = []
    for row in sorted(reading.logs(), key=lambda row: (not row.outgoing, row.partner != to, row.origin)):
        author = node.code if row.outgoing else row.partner
        step = reading.step(row.origin, row.receipted) if row.receipted else None
        if step is None or not step.receipt:
            continue
        ids = reading.positions(row.origin, 0, row.receipted)
        places = {id: place for place, id in enumerate(ids) if wanted.get(id) == author}
        for id in places:
            del wanted[id]  # one proof is enough
        if places:
            found.append(_Log(row=row, step=step, places=places, proofs=Proofs([leaf_hash(id) for id in ids])))
    return found
