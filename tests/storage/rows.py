# SPDX-License-Identifier: EUPL-1.2
"""Rows for storage tests: made from small numbers, so that a case reads as what differs in it."""

from __future__ import annotations

import hashlib

from amana.node.ports import WAITING, DossierRow, EntryRow, LocalRow, LogRow, SnapshotRow, StepRow
from amana.protocol.checkpoint import Origin
from amana.protocol.identifiers import AgencyCode, Digest, DossierId, EntryId, Millis

RABAT = AgencyCode("ma.dgsn")
PARIS = AgencyCode("fr.dgpn")
MADRID = AgencyCode("es.cnp")
TOKEN = bytes(range(16))
TO_PARIS = Origin("ma.dgsn/amana/fr.dgpn/1")
FROM_PARIS = Origin("fr.dgpn/amana/ma.dgsn/1")


def digest(*said: object) -> bytes:
    """Thirty-two bytes that look random and are always the same."""
    return hashlib.sha256(repr(said).encode()).digest()


def entry_id(number: int) -> EntryId:
    return EntryId(digest("entry", number))


def dossier_id(number: int) -> DossierId:
    return DossierId(digest("dossier", number))


def entry(
    number: int, *, dossier: int = 1, effective: int = 0, outcome: str = WAITING, body: bytes = b"what was asked", void: str = ""
) -> EntryRow:
    return EntryRow(
        id=entry_id(number),
        dossier=dossier_id(dossier),
        kind="information_request",
        type="request",
        author=RABAT,
        header=b"header of " + entry_id(number),
        body=body,
        void=void,
        made_at=Millis(1_790_000_000_000 + number),
        arrived_at=Millis(1_790_000_100_000 + number),
        effective=effective,
        outcome=outcome,
    )


def placed(number: int, effective: int, *, dossier: int = 1) -> EntryRow:
    return entry(number, dossier=dossier, effective=effective, outcome="")


def log(origin: Origin = TO_PARIS, *, size: int = 0, receipted: int = 0, partner: AgencyCode = PARIS) -> LogRow:
    return LogRow(origin, partner, origin.startswith(RABAT), size, b"frontier %d" % size, receipted)


def step(size: int, old_size: int, *, origin: Origin = TO_PARIS, head: bytes = b"head") -> StepRow:
    return StepRow(
        origin=origin,
        size=size,
        old_size=old_size,
        old_root=Digest(digest("root", old_size)),
        head=head,
        card=1,
        receipt=b"",
        receipt_card=0,
        at=Millis(1_790_000_000_000),
    )


def dossier(number: int, *, changed_at: int = 1, closed: bool = False, kind: str = "information_request", count: int = 1) -> DossierRow:
    return DossierRow(
        id=dossier_id(number),
        kind=kind,
        cursor=b"cursor %d" % count,
        count=count,
        last_effective=changed_at,
        last_id=entry_id(count),
        parties=(RABAT, PARIS),
        stage="open",
        area="drugs",
        urgency="urgent",
        turn=(PARIS,),
        due=Millis(0),
        closed=closed,
        opened_at=Millis(1),
        changed_at=Millis(changed_at),
    )


def snapshot(number: int, effective: int, *, dossier: int = 1, cursor: bytes = b"cursor") -> SnapshotRow:
    return SnapshotRow(dossier_id(dossier), effective, entry_id(number), cursor)


def local(seq: int, *, dossier: int = 1, type: str = "note_added", content: bytes | None = b"a note") -> LocalRow:
    return LocalRow(
        seq=seq,
        at=Millis(1_790_000_000_000 + seq),
        type=type,
        officer="h.alami",
        dossier=dossier_id(dossier),
        content=content,
        digest=Digest(hashlib.sha256(b"a note").digest()),
        chain=Digest(digest("chain", seq)),
    )
