# SPDX-License-Identifier: EUPL-1.2
"""A node that holds at least one row of every sort, for tests that change any byte of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from amana.node.access import Role, open_scope
from amana.node.attachments import stage_attachment
from amana.node.attachments.staging import Prepared, stage_prepared
from amana.node.attachments.taking import take_gives
from amana.node.folding import SNAPSHOT_EVERY
from amana.node.local import OwnSealing
from amana.node.packs.making import make_pack
from amana.node.packs.taking import take_pack
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.proof import verify_dossier
from amana.node.records import append_event
from amana.protocol.attachment import CHUNK, seal_chunks
from amana.protocol.attachment_exchange import Give
from amana.protocol.entry import Attachment
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Digest, EntryId
from amana.protocol.marking import Level, Marking
from amana.protocol.sealing_statement import SealingStatement, sign_sealing_statement
from amana.simulation.agency import DESK
from amana.simulation.wires import Fate
from tests.federation.acts import PARIS, RABAT, TEMARA, ask, say
from tests.federation.test_equivocation import false_step
from tests.node.hostile import Forge, forge
from tests.node.test_hostile_entries import CASES


@lru_cache(maxsize=1)
def furnished() -> Forge:
    """Paris, after a story in which everything happened once. Copy its journal, change nothing here."""
    f = forge()
    _dossiers(f)
    _attachments(f)
    for name in ("by another author", "a header that is no CBOR", "an unknown kind", "following what is not here", "a fork in previous"):
        f.send(CASES[name][0](f))
    f.send(f.entry(marking=Marking(basis=f.opening().marking.basis, level=Level.SECRET)))
    try:
        f.victim.exchange.answer(b"\xff")
    except PeerFault:
        f.notice_of(f.request(f.offer(false_step(f))))
    _desk(f)
    _pack(f)
    _sealing(f)
    ask(f.made, PARIS, RABAT)  # signed, sent, and its receipt lost
    f.made.exchange(PARIS, RABAT, fate=Fate.REQUEST_LOST)
    ask(f.made, PARIS, TEMARA, attachments=[attached("liste.csv", b"a;b\n", "text/csv")])  # queued, its attachment offered to nobody yet
    assert f.victim.verify().first_failure is None
    return f


def _pack(f: Forge) -> None:
    """A pack that another agency made of what it holds."""
    rabat = f.made[f.villain.code].node
    case = next(row.id for row in rabat.journal.read(lambda reading: reading.dossiers(kind="agreement")))
    made = make_pack(rabat, replace(open_scope(rabat, DESK), role=Role.SUPERVISOR), case, to=PARIS)
    take_pack(f.victim.node, open_scope(f.victim.node, DESK), made.content)


def _dossiers(f: Forge) -> None:
    """Requests both ways, an answer with items, a recall that destroyed a body, a dossier long enough for a snapshot."""
    phone = [{"type": "phone", "value": {"number": "+212600000000"}}]
    ours = ask(f.made, PARIS, RABAT, items=phone)
    f.made.settle()
    answer = say(f.made, RABAT, "information_request.answer", ours, text="Voilà.", items=phone)
    f.made.settle()
    recall = say(f.made, RABAT, "information_request.recall_request", ours, coded={"code": "incorrect", "entry": answer.hex()})
    f.made.settle()
    say(f.made, PARIS, "information_request.recall_answer", ours, coded={"code": "erased", "recall": recall.hex()})
    supplement = {"action": "information_request.supplement", "dossier": ours.hex(), "text": "…"}
    f.made.act_many(PARIS, DESK, [supplement] * SNAPSHOT_EVERY)
    f.made.settle()


def attached(name: str, content: bytes, type: str = "text/plain") -> dict[str, str]:
    """A file as an action holds it."""
    return {"name": name, "type": type, "content": base64.b64encode(content).decode()}


def _attachments(f: Forge) -> None:
    """Files both ways, one of another type than its entry says, one that is half here, one that lies ready."""
    theirs = ask(f.made, RABAT, PARIS)
    f.made.settle()
    files = [attached("note.txt", b"Tanger."), attached("long.txt", b"x" * (2 * CHUNK + 5))]
    say(f.made, RABAT, "information_request.supplement", theirs, attachments=files)
    say(f.made, PARIS, "information_request.part_answer", theirs, text="Voir pièce.", attachments=files[:1])
    f.made.settle()
    said = Attachment(
        key=bytes(range(32)), name="faux.pdf", size=7, type="application/pdf", sha256=Digest(hashlib.sha256(b"no pdf!").digest())
    )
    false = Prepared(token=bytes(16), attachment=said, chunks=tuple(seal_chunks(said, b"no pdf!")))
    node = f.villain.node
    node.journal.write(lambda writing: stage_prepared(writing, node, DESK, false))
    say(f.made, RABAT, "information_request.supplement", theirs, attachments=[{"staged": bytes(16).hex()}])
    f.made.settle()
    half = EntryId(say(f.made, RABAT, "information_request.supplement", theirs, attachments=files[1:]))
    f.made.exchange(RABAT, PARIS)
    (first,) = node.journal.read(lambda reading: reading.chunks(half, 0, 0, 1))
    take_gives(f.victim.node, f.villain.code, [Give(entry=half, index=0, place=0, sealed=first)])
    stage_attachment(f.victim.node, DESK, name="prêt.txt", type="text/plain", content="À joindre.".encode())


def _desk(f: Forge) -> None:
    """A note, an assignment, drafts, a form, a briefing file."""
    say_local = {"dossier": f.dossier.hex()}
    f.made.act(PARIS, DESK, {"action": "note", "text": "Voir avec la brigade.", **say_local})
    f.made.act(PARIS, DESK, {"action": "assign", "unit": "desk", "officer": DESK, **say_local})
    draft = f.made.act(PARIS, DESK, {"action": "information_request.supplement", "text": "À revoir.", "keep": True, **say_local})
    f.made.act(PARIS, DESK, {"action": "discard", "draft": draft.draft.hex()})
    f.made.act(PARIS, DESK, {"action": "information_request.acknowledge", "form": "form-0001", **say_local})
    day = f.victim.node.clock.now() + 24 * 60 * 60 * 1000
    coded = {"form": "meeting", "level": "expert", "starts": day, "ends": day + 60 * 60 * 1000}
    meeting = f.made.act(
        PARIS, DESK, {"action": "meeting.convene", "to": [RABAT], "title": "Réunion", "language": "fr", "coded": coded}
    ).dossier
    assert meeting is not None
    section = {
        "code": "points",
        "text": "Remercier.",
        "language": "fr",
        "lines": [{"code": "owed", "text": "Réunion", "dossier": meeting.hex()}],
    }
    brief = {"since": 1, "units": ["desk"], "drawn_at": day, "sections": [section]}
    f.made.act(PARIS, DESK, {"action": "brief", "dossier": meeting.hex(), "detail": brief})
    scope = open_scope(f.victim.node, DESK)
    show_dossier(f.victim.node, scope, f.dossier)
    verify_dossier(f.victim.node, scope, f.dossier)


def _sealing(f: Forge) -> None:
    node = f.victim.node
    key = next(iter(node.keys.sealing.values())).public
    statement = SealingStatement(key=key, card=node.card.number, code=node.code, number=2, issued_at=node.clock.now())
    signed = sign_sealing_statement(node.keys.request, statement)
    node.journal.write(lambda writing: append_event(writing, OwnSealing(statement=signed), at=node.clock.now()))


def changed(value: Any) -> Iterator[Any]:
    """The value with one byte of it changed, in every way that is tried."""
    match value:
        case bool():
            yield not value
        case int():
            yield value ^ 1
            yield value + 2**33
        case bytes():
            for at in sorted({0, len(value) // 2, len(value) - 1} if value else ()):
                yield value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
            if not value:
                yield b"\x01"
        case str():
            for at in sorted({0, len(value) // 2, len(value) - 1} if value else ()):
                yield value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
            if not value:
                yield "x"
        case tuple():
            if value:
                yield (*value[:-1], next(changed(value[-1])))
            else:
                yield ("x",)
        case _:
            yield b"\x00"  # an erased content
