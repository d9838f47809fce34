# SPDX-License-Identifier: EUPL-1.2
"""The proofs of one dossier, checked for the one who reads it, without the rest of the node.

(1) every entry's header hashes to its id, its body to the header's commitment, its columns say what the header says;
(2) every entry stands in its author's log to each holder that this node can know of, under a head that both keys of
the card in force then have signed and whose root the positions give; what waits to be sent is said to wait;
(3) every receipt is cosigned by both receipt keys of the receiver's card; (4) the entries, folded again, give the
state, the places and the outcomes that are stored. The result is kept in the node's own log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.kind import Fact
from amana.node.access import Scope, require_content_role, require_dossier
from amana.node.context import Node
from amana.node.folding import fold_facts
from amana.node.local import DossierVerified
from amana.node.partners import load_card
from amana.node.ports import DossierRow, EntryRow, LogRow, Reading, StepRow
from amana.node.rebuilding import BATCH
from amana.node.records import append_event
from amana.node.verifying_entries import entry_faults
from amana.node.verifying_failure import Failure, differs
from amana.protocol.canonical import encode, parse
from amana.protocol.checkpoint import VerifiedHead, parse_origin, verify_head, verify_receipt
from amana.protocol.entry import parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.protocol.merkle import EMPTY, extend, leaf_hash, root

Plain = dict[str, Any]
YES, NO, PENDING = "yes", "no", "pending"


@dataclass(slots=True)
class _Proof:
    """What a verification has found so far."""

    heads: int = 0
    receipts: int = 0
    failures: list[Failure] = field(default_factory=list)
    standing: defaultdict[EntryId, list[Plain]] = field(default_factory=lambda: defaultdict(list))


def verify_dossier(node: Node, scope: Scope, dossier: DossierId) -> Plain:
    """Check one dossier, and keep that it was checked. Raises Refusal `not_found`; never for what does not hold."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        return prove_dossier(reading, require_dossier(reading, scope, dossier), node.code) | {"agency": node.code, "at": now}

    shown = node.journal.read(ask)
    event = DossierVerified(
        ok=shown["ok"],
        heads=shown["heads"],
        erased=shown["erased"],
        entries=shown["entries"],
        failure=shown["first_failure"]["what"].partition(" ")[0] if shown["first_failure"] else "",
        receipts=shown["receipts"],
    )
    node.journal.write(lambda writing: append_event(writing, event, at=now, officer=scope.account, dossier=dossier))
    return shown


def prove_dossier(reading: Reading, row: DossierRow, own: AgencyCode) -> Plain:
    """The proofs of one dossier as agency `own` holds them: `ok`, counts, one line for each entry, the first failure."""
    placed, waiting = reading.dossier_entries(row.id), reading.waiting_in(row.id)
    held = reading.entries([entry.id for entry in [*placed, *waiting]])
    rows = [held[entry.id] for entry in [*placed, *waiting]]
    proof = _Proof()
    for name, check in (("entries", _check_entries), ("logs", _check_logs), ("fold", _check_fold)):
        try:
            proof.failures += check(reading, row, rows[: len(placed)], rows[len(placed) :], own, proof)
        except Exception as error:  # noqa: BLE001 - stored bytes may be anything, and a verification names them all
            got = getattr(error, "code", type(error).__name__)
            proof.failures.append(Failure(what="unreadable", where=name, expected="rows that can be read", got=str(got)))
    return _shown(row, rows, len(placed), proof)


def _shown(row: DossierRow, rows: list[EntryRow], placed: int, proof: _Proof) -> Plain:
    first = proof.failures[0] if proof.failures else None
    lines = []
    for number, entry in enumerate(rows, 1):
        standing = proof.standing[entry.id]
        said = [one["receipt"] for one in standing]
        chosen = next((one for word in (NO, PENDING, YES) for one in standing if one["receipt"] == word), None)
        lines.append(
            {
                "number": number if number <= placed else 0,
                "entry": entry.id.hex(),
                "type": entry.type,
                "author": entry.author,
                "erased": not entry.body,
                "position": chosen["position"] if chosen else None,
                "head_size": chosen["head_size"] if chosen else 0,
                "receipt": chosen["receipt"] if said and chosen else NO,
                "logs": standing,
            }
        )
    return {
        "dossier": row.id.hex(),
        "ok": first is None,
        "entries": len(rows),
        "heads": proof.heads,
        "receipts": proof.receipts,
        "pending": sum(1 for line in lines if line["receipt"] == PENDING),
        "erased": sum(1 for entry in rows if not entry.body),
        "lines": lines,
        "first_failure": None
        if first is None
        else {"what": first.what, "where": first.where, "expected": first.expected, "got": first.got},
    }


def _check_entries(
    reading: Reading, _row: DossierRow, placed: list[EntryRow], waiting: list[EntryRow], _own: AgencyCode, _proof: _Proof
) -> list[Failure]:
    """(1)"""
    return [fault for entry in [*placed, *waiting] for fault in entry_faults(reading, entry)]


def _check_logs(
    reading: Reading, _row: DossierRow, placed: list[EntryRow], waiting: list[EntryRow], own: AgencyCode, proof: _Proof
) -> list[Failure]:
    """(2) and (3)"""
    found: list[Failure] = []
    wanted: defaultdict[AgencyCode, list[EntryRow]] = defaultdict(list)  # by the partner whose logs must hold them
    for entry in [*placed, *waiting]:
        partners = parse_header(entry.header).audience if entry.author == own else (entry.author,)
        for partner in partners:
            wanted[partner].append(entry)
    for partner, entries in sorted(wanted.items()):
        absent = {entry.id: entry for entry in entries}
        for log in reading.logs(partner):
            at = {id: position for id in absent if (position := reading.position_of(log.origin, id)) is not None}
            here = {id: position for id, position in at.items() if (absent[id].author == own) == log.outgoing}
            found += _check_log(reading, log, here, proof)
            absent = {id: entry for id, entry in absent.items() if id not in here or _still_pending(proof, id, partner)}
        for id, entry in absent.items():
            if any(one["partner"] == partner for one in proof.standing[id]):
                continue  # signed, and not receipted yet
            proof.standing[id].append({"partner": partner, "position": None, "head_size": 0, "receipt": PENDING})
            if entry.author != own:
                found.append(Failure(what="positions", where=f"entry {id.hex()}", expected="a position", got="none"))
    return found


def _still_pending(proof: _Proof, id: EntryId, partner: AgencyCode) -> bool:
    """Whether the entry has no receipt of this partner so far; where it has, what an ended run left open is dropped."""
    standing = proof.standing[id]
    if any(one["partner"] == partner and one["receipt"] == YES for one in standing):
        proof.standing[id] = [one for one in standing if one["partner"] != partner or one["receipt"] == YES]
        return False
    return True


def _check_log(reading: Reading, log: LogRow, positions: dict[EntryId, int], proof: _Proof) -> list[Failure]:
    """The heads of one log that cover these positions, against every position below them."""
    steps: dict[int, StepRow] = {}
    found: list[Failure] = []
    for id, position in positions.items():
        step = reading.step_over(log.origin, position)
        if step is None:
            found.append(Failure(what="step_start", where=f"log {log.origin}", expected=f"a head over {position}", got="none"))
            continue
        steps[step.size] = step
        receipt = YES if step.receipt else PENDING
        standing = {"partner": log.partner, "position": position, "head_size": step.size, "receipt": receipt, "head_at": step.at}
        proof.standing[id].append(standing)
    frontier, size = EMPTY, 0
    for step in (steps[end] for end in sorted(steps)):
        while size < step.size:
            ids = reading.positions(log.origin, size, min(step.size, size + BATCH))
            if not ids:
                break
            frontier, size = extend(frontier, (leaf_hash(id) for id in ids)), size + len(ids)
        found += _check_head(reading, log, step, root(frontier), proof)
    return found


def _check_head(reading: Reading, log: LogRow, step: StepRow, expected: bytes, proof: _Proof) -> Iterator[Failure]:
    name, where = parse_origin(log.origin), f"log {log.origin} size {step.size}"
    try:
        head = verify_head(step.head, load_card(reading, name.author, step.card).head, origin=log.origin)  # (2)
    except PeerFault as fault:
        yield Failure(what="head", where=where, expected="both signatures of the author", got=fault.code)
        return
    if head.head.size != step.size or head.head.root != expected:
        yield differs("head_root", where, expected, head.head.root)
        return
    proof.heads += 1
    if step.receipt:
        yield from _check_receipt(reading, step, head, name.to, where, proof)
    elif not log.outgoing or step.size <= log.receipted:
        yield Failure(what="receipt", where=where, expected="a receipt", got="none")


def _check_receipt(
    reading: Reading, step: StepRow, head: VerifiedHead, receiver: AgencyCode, where: str, proof: _Proof
) -> Iterator[Failure]:
    try:
        verify_receipt(step.receipt, head, load_card(reading, receiver, step.receipt_card).receipt, receiver=receiver)  # (3)
    except PeerFault as fault:
        yield Failure(what="receipt", where=where, expected="both cosignatures of the receiver", got=fault.code)
        return
    proof.receipts += 1


def _check_fold(
    _reading: Reading, row: DossierRow, placed: list[EntryRow], _waiting: list[EntryRow], _own: AgencyCode, _proof: _Proof
) -> list[Failure]:
    """(4)"""
    if not placed:
        return [Failure(what="dossier", where=row.id.hex(), expected="entries", got="none")]
    facts = [Fact(id=entry.id, header=parse_header(entry.header), effective=entry.effective) for entry in placed]
    outcomes, cursor, _ = fold_facts(row.id, None, facts)
    found = [
        Failure(what="entry_state", where=f"entry {entry.id.hex()}", expected=outcome or "accepted", got=entry.outcome or "accepted")
        for entry, outcome in zip(placed, outcomes, strict=True)
        if entry.outcome != outcome
    ]
    if encode(cursor) != row.cursor:
        stored = parse(row.cursor, Cursor)
        found.append(differs("dossier", row.id.hex(), cursor.state, stored.state))
    return found
