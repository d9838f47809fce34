# SPDX-License-Identifier: EUPL-1.2
"""What a node needs from outside: a durable journal, a clock, randomness, a fence, keys.

The journal is the write side that the memory store and the ORM store both implement and one shared suite tests.
Base tables (`entry` bytes, `file`, `chunk`, `log`, `position`, `step`, `local`) are facts; everything else (`effective` and
`outcome` of entries, `queue`, `waiting`, `dossier`, `snapshot`, `record`) is derived from them and `amana rebuild`
makes it again exactly. All writes of one node go through one `Journal.write` at a time; the ORM store commits
several waiting writes together. Spec of the shapes: docs/develop/journal.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from amana.protocol.checkpoint import Origin
from amana.protocol.identifiers import AgencyCode, Digest, DossierId, EntryId, Millis

T = TypeVar("T")

WAITING = "waiting"  # outcome of an entry whose ancestors are not all here; `effective` is 0
ACCEPTED = ""  # outcome of an entry that the fold took; any other word is the reason why it was refused


class EntryRow(NamedTuple):
    """One entry. Base: all but `effective` and `outcome`, which the fold derives."""

    id: EntryId
    dossier: DossierId  # empty for kind `partnership` and for entries that could not be read
    kind: str  # empty where the header could not be read
    type: str
    author: AgencyCode
    header: bytes
    body: bytes  # empty where `void` says why
    void: str  # "", erased, recalled, lost, over_limit
    made_at: Millis
    arrived_at: Millis
    effective: int  # order key's first part; 0 while waiting or outside any fold
    outcome: str


class FileRow(NamedTuple):
    """What is here of one attachment: sealed chunks 0 … count-1. `last` is count-1, or the table is damaged."""

    owner: bytes  # the id of the entry whose body names it, or the token of one that is not sent yet; empty: chunks of no file
    place: int  # in the list of the entry's body; 0 where it is not sent yet
    count: int  # type: ignore[assignment]  # chunks held; hides tuple.count, which nobody asks of a row
    last: int  # the highest number of a chunk


class LogRow(NamedTuple):
    """One direction of one run between two agencies, as far as this node has signed or cosigned it."""

    origin: Origin
    partner: AgencyCode
    outgoing: bool
    size: int
    frontier: bytes  # merkle.encode_frontier
    receipted: int  # outgoing: the size the partner has cosigned; incoming: equal to `size`


class StepRow(NamedTuple):
    """One signed advance of a log; the ids are the positions old_size … size-1. One root per size."""

    origin: Origin
    size: int
    old_size: int
    old_root: Digest
    head: bytes  # the author's signed note
    card: int  # number of the author's card in force when it was signed
    receipt: bytes  # the receiver's two cosignature lines; empty while there is none
    receipt_card: int  # number of the receiver's card that verifies the receipt; 0 while there is none
    at: Millis  # when this node stored the step


class QueueRow(NamedTuple):
    """An entry waiting for a step to one partner, in order of `seq`."""

    seq: int
    partner: AgencyCode
    entry: EntryId
    control: bool  # may go to a suspended partner


class DossierRow(NamedTuple):
    """A dossier's state after its last entry in order, with the coded columns that lists need. Derived."""

    id: DossierId
    kind: str
    cursor: bytes  # dossiers.fold.Cursor, encoded
    count: int  # type: ignore[assignment]  # entries folded; hides tuple.count, which nobody asks of a row
    last_effective: int
    last_id: EntryId
    parties: tuple[AgencyCode, ...]
    stage: str
    area: str
    urgency: str
    turn: tuple[AgencyCode, ...]
    due: Millis  # 0: no clock runs
    closed: bool
    opened_at: Millis
    changed_at: Millis
    within: DossierId = DossierId(b"")  # the dossier that it belongs to; empty for none


class SnapshotRow(NamedTuple):
    """A fold cursor kept at every SNAPSHOT_EVERY-th entry in order, so that a late entry rewinds only so far."""

    dossier: DossierId
    effective: int
    id: EntryId
    cursor: bytes


class LocalRow(NamedTuple):
    """One record of what happened on this node alone (officers, partners, notes, consultations, quarantine).

    `chain` = SHA-256(label, previous chain, seq, at, type, officer, dossier, digest): append-only and checkable;
    `content` may be erased, `digest` (SHA-256 of the content) stays.
    """

    seq: int
    at: Millis
    type: str
    officer: str  # local account, empty for the node itself
    dossier: DossierId  # empty where it concerns none
    content: bytes | None
    digest: Digest
    chain: Digest


class RecordRow(NamedTuple):
    """A derived record by kind and key (bytes sort in key order): the current value of something local."""

    kind: str
    key: bytes
    value: bytes


class Reading(Protocol):
    """What can be asked of the journal inside a read or a write; a read sees one consistent state."""

    def entry(self, id: EntryId) -> EntryRow | None: ...
    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, EntryRow]: ...
    def effectives(self, ids: Iterable[EntryId]) -> dict[EntryId, int]:
        """Effective times of those ids that are here and placed (effective > 0)."""
        ...

    def present(self, ids: Iterable[EntryId]) -> set[EntryId]: ...
    def dossier_entries(self, dossier: DossierId, after: tuple[int, EntryId] | None = None) -> list[EntryRow]:
        """Placed entries of a dossier in order of (effective, id), after a key; `body` is left empty."""
        ...

    def last_entries(self, dossier: DossierId, limit: int, before: tuple[int, EntryId] | None = None) -> list[EntryRow]:
        """The last placed entries of a dossier before a key, the latest first, whole: what one reads of a long stream."""
        ...

    def waiting_in(self, dossier: DossierId) -> list[EntryRow]:
        """Entries of a dossier that wait for an ancestor, in arrival order; `body` is left empty."""
        ...

    def entries_by_arrival(self, after: int, limit: int) -> list[tuple[int, EntryRow]]:
        """Whole rows with their arrival numbers (1, 2, …), for verification and rebuilding."""
        ...

    def waiting_for(self, missing: Iterable[EntryId]) -> list[EntryId]:
        """Entries that wait for any of these."""
        ...

    def chunks(self, owner: bytes, place: int, start: int, limit: int) -> list[bytes]:
        """Sealed chunks of an attachment in order, from number `start`."""
        ...

    def chunk_count(self, owner: bytes, place: int) -> int: ...
    def files(self) -> list[FileRow]:
        """Every attachment of which a chunk is here, by owner and place."""
        ...

    def log(self, origin: Origin) -> LogRow | None: ...
    def logs(self, partner: AgencyCode | None = None) -> list[LogRow]: ...
    def positions(self, origin: Origin, start: int, end: int) -> list[EntryId]: ...
    def position_of(self, origin: Origin, entry: EntryId) -> int | None: ...
    def step(self, origin: Origin, size: int) -> StepRow | None: ...
    def step_from(self, origin: Origin, old_size: int) -> StepRow | None: ...
    def step_over(self, origin: Origin, position: int) -> StepRow | None:
        """The first step that signed the entry at this position."""
        ...

    def steps(self, origin: Origin, after: int = 0) -> list[StepRow]: ...
    def queue(self, partner: AgencyCode, limit: int, *, control_only: bool = False) -> list[QueueRow]: ...
    def queue_counts(self) -> dict[AgencyCode, int]: ...
    def dossier(self, id: DossierId) -> DossierRow | None: ...
    def dossiers(self, *, kind: str = "", closed: bool | None = None, within: DossierId | None = None) -> list[DossierRow]:
        """Dossiers, last changed first (changed_at, then id, both descending); `within`: those that belong to another."""
        ...

    def snapshot_before(self, dossier: DossierId, key: tuple[int, EntryId]) -> SnapshotRow | None:
        """The last snapshot whose key is less than `key`."""
        ...

    def snapshots(self, dossier: DossierId) -> list[SnapshotRow]: ...
    def local_after(self, seq: int, limit: int) -> list[LocalRow]: ...
    def local_of(self, dossier: DossierId, type: str = "") -> list[LocalRow]: ...
    def local_head(self) -> tuple[int, Digest]:
        """Number and chain value of the last local record; (0, 32 zero bytes) where there is none."""
        ...

    def record(self, kind: str, key: bytes) -> bytes | None: ...
    def records(self, kind: str, prefix: bytes = b"", limit: int | None = None) -> list[RecordRow]: ...


class Writing(Reading, Protocol):
    """One write: all of it is kept, or none. Rows are given in batches; the ORM store uses one statement each."""

    def add_entries(self, rows: Sequence[EntryRow]) -> None: ...
    def replace_entries(self, rows: Sequence[EntryRow]) -> None:
        """Put these rows in the place of those with the same ids, which keep their arrival numbers.

        A body that is gone is destroyed as by `void_entries`. Raises OperatorFault `journal_missing`.
        """
        ...

    def place_entries(self, placed: Sequence[tuple[EntryId, int, str]]) -> None:
        """Set (effective, outcome) of entries."""
        ...

    def void_entries(self, voided: Sequence[tuple[EntryId, str]]) -> None:
        """Destroy bodies and the chunks of their attachments: body becomes empty and `void` the given word; all bytes are
        overwritten in the file.
        """
        ...

    def add_chunks(self, owner: bytes, place: int, start: int, chunks: Sequence[bytes]) -> None:
        """Append sealed chunks. Raises OperatorFault `journal_conflict` where `start` is not how many are held."""
        ...

    def give_file(self, token: bytes, entry: EntryId, place: int) -> None:
        """Make what was staged under a token an entry's attachment; its chunks stay where they are.

        Raises OperatorFault `journal_missing`, `journal_conflict`.
        """
        ...

    def destroy_chunks(self, files: Sequence[tuple[bytes, int]]) -> None:
        """Destroy the chunks of attachments (owner, place), where any are held: as `void_entries`."""
        ...

    def add_waiting(self, pairs: Sequence[tuple[EntryId, EntryId]]) -> None:
        """(missing ancestor, entry that waits for it)."""
        ...

    def drop_waiting(self, entries: Sequence[EntryId]) -> None:
        """These entries no longer wait."""
        ...

    def store_log(self, row: LogRow) -> None: ...
    def add_positions(self, origin: Origin, start: int, ids: Sequence[EntryId]) -> None: ...
    def add_step(self, row: StepRow) -> None:
        """Raises OperatorFault `second_root` where the log already has a step of that size with another head."""
        ...

    def store_receipt(self, origin: Origin, size: int, receipt: bytes, card: int) -> None: ...
    def enqueue(self, rows: Sequence[tuple[AgencyCode, EntryId, bool]]) -> None: ...
    def dequeue(self, seqs: Sequence[int]) -> None: ...
    def store_dossiers(self, rows: Sequence[DossierRow]) -> None: ...
    def store_snapshots(self, rows: Sequence[SnapshotRow]) -> None: ...
    def drop_snapshots(self, dossier: DossierId, since: tuple[int, EntryId]) -> None:
        """Drop snapshots whose key is greater than or equal to `since`."""
        ...

    def add_local(self, rows: Sequence[LocalRow]) -> None: ...
    def erase_local(self, seqs: Sequence[int]) -> None: ...
    def store_records(self, rows: Sequence[RecordRow]) -> None: ...
    def drop_records(self, kind: str, keys: Sequence[bytes]) -> None: ...
    def rewrite_records(self) -> None:
        """Store every record anew: no byte of one that was dropped or replaced stays between the others. After an erasure."""
        ...

    def clear_derived(self) -> None:
        """Empty every derived table and set effective = 0, outcome = waiting on every entry; for rebuilding."""
        ...


class Journal(Protocol):
    """A node's durable memory. `write` returns after the commit is on disk; what it raises leaves no trace."""

    def write(self, act: Callable[[Writing], T]) -> T: ...
    def read(self, ask: Callable[[Reading], T]) -> T: ...
    def close(self) -> None: ...


class FenceLevels(Protocol):
    """The last signed size and root of each outgoing log, to be read."""

    def levels(self) -> Mapping[Origin, tuple[int, Digest]]: ...


class Fence(FenceLevels, Protocol):
    """The last signed size and root of each outgoing log, kept outside the database and every backup."""

    def advance(self, origin: Origin, size: int, root: Digest) -> None:
        """Durable when it returns. Called after the commit and before the wire."""
        ...


class Clock(Protocol):
    """Time of this node."""

    def now(self) -> Millis: ...


class Randomness(Protocol):
    """Unpredictable bytes."""

    def token(self, length: int) -> bytes: ...


FaultPoint = Callable[[str], None]
"""Called with a name at each place where a crash is tested; does nothing in a running node."""


def no_fault(name: str) -> None:
    """The fault point of every real node."""
