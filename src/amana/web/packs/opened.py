# SPDX-License-Identifier: EUPL-1.2
"""A pack laid open to be read: checked again, unfolded into a journal in memory, kept while it is read.

The node of a pack is this node over that journal, and its readers see all of it: what a pack holds was given to be read.
Consultations are written into the agency's own log, never into the pack's.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from amana.node.access import Scope, record_consultation
from amana.node.context import Node
from amana.node.packs.taking import open_pack, require_reader
from amana.node.packs.unfolding import unfold_pack
from amana.protocol.identifiers import DossierId
from amana.protocol.pack import VerifiedPack
from amana.storage.memory.journal import MemoryJournal
from amana.web.doors import Desk

MOST_OPEN = 2  # packs kept unfolded at a time; one of a great event takes tens of megabytes

_Key = tuple[str, bytes, int]
_open: OrderedDict[_Key, MemoryJournal] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPack:
    """A pack, and the node and scope with which its dossiers are read."""

    pack: VerifiedPack
    node: Node
    scope: Scope


def opened_pack(desk: Desk, id: DossierId) -> OpenedPack:
    """Open a pack to be read, and record that it was. Raises Refusal `not_found`; PeerFault where it does not hold any more."""
    require_reader(desk.scope)
    pack = desk.node.journal.read(lambda reading: open_pack(reading, id))
    desk.node.journal.write(lambda writing: record_consultation(writing, desk.node, desk.scope, "pack", id, count=len(pack.entries)))
    return OpenedPack(pack=pack, node=replace(desk.node, journal=_journal_of(desk, pack)), scope=desk.scope)


def _journal_of(desk: Desk, pack: VerifiedPack) -> MemoryJournal:
    held = sum(1 for entry in pack.entries if entry.body_bytes)
    key = (str(desk.here.opened.directory), bytes(pack.id), held)
    with _lock:
        if key in _open:
            _open.move_to_end(key)
            return _open[key]
        for old in [each for each in _open if each[:2] == key[:2]]:
            del _open[old]  # with bodies that are erased by now
        journal = MemoryJournal()
        journal.write(lambda writing: unfold_pack(writing, pack, desk.node.code))
        _open[key] = journal
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)
        return journal
