# SPDX-License-Identifier: EUPL-1.2
"""Packs as files: made by a node, verified by anybody, brought in to be read.

`verify_pack_file` needs no node, no key and no network: everything that it judges is in the file.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amana.compose.opening import OpenNode
from amana.node.access import open_scope
from amana.node.actions.form import parse_hex
from amana.node.packs.making import make_pack
from amana.node.packs.taking import load_packs, open_pack, remove_pack, require_reader, take_pack
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import DossierId
from amana.protocol.pack import MAX_PACK, VerifiedPack, read_frames, verify_pack
from amana.protocol.safety_number import safety_number

Arguments = Mapping[str, Any]
Plain = dict[str, Any]


def verify_pack_file(path: Path) -> Plain:
    """What a file says that passed every check. Raises PeerFault as `verify_pack`; OperatorFault `unreadable_file`."""
    return {"ok": True, **show_pack(verify_pack(read_frames(read_pack_file(path))))}


def show_pack(pack: VerifiedPack) -> Plain:
    """A pack in plain values: its `pack` id, who made it when for whom, how much there is and how it is proven, the agencies."""
    voids = Counter(entry.void for entry in pack.entries if entry.void)
    gone = sum(1 for entry in pack.entries if not entry.void and not entry.body_bytes)
    return {
        "pack": pack.id.hex(),
        "by": pack.head.by,
        "to": pack.head.to,
        "made_at": pack.head.at,
        "case": pack.head.case.hex(),
        "kind": pack.head.kind,
        "persons": pack.head.persons,
        "entries": len(pack.entries),
        "dossiers": sum(1 for entry in pack.entries if not entry.header.dossier),
        "cosigned": sum(1 for entry in pack.entries if entry.receipt is not None),
        "bodies": sum(1 for entry in pack.entries if entry.body_bytes),
        "attachments": sum(len(entry.chunks) for entry in pack.entries),
        "kept_bodies": dict(sorted(voids.items())),
        "erased_here": gone,
        "left_out": dict(sorted(Counter(left.because for left in pack.left_out).items())),
        "agencies": [
            {
                "code": code,
                "names": {"ar": card.card.names.ar, "fr": card.card.names.fr, "en": card.card.names.en},
                "safety_number": safety_number(code, card.card.identity),
            }
            for code, card in sorted(pack.cards.items())
        ],
    }


def read_pack_file(path: Path) -> bytes:
    """A file's bytes, one more than a pack may have at most. Raises OperatorFault `unreadable_file`."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_PACK + 1)
    except OSError as error:
        raise OperatorFault("unreadable_file", file=str(path), errno=error.errno or 0) from error


def pack_make(opened: OpenNode, arguments: Arguments) -> Plain:
    """Make a pack of a case into a new file that its owner alone reads."""
    scope = open_scope(opened.node, str(arguments["officer"]))
    case = DossierId(parse_hex(str(arguments["case"]), what="case"))
    persons = bool(arguments.get("persons"))
    made = make_pack(opened.node, scope, case, to=str(arguments.get("to", "")), persons=persons)
    path = Path(str(arguments["file"]))
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(made.content)
    except OSError as error:
        raise OperatorFault("unwritable_file", file=str(path), errno=error.errno or 0) from error
    return {"pack": made.id.hex(), "file": str(path), "bytes": len(made.content), **made.counts}


def pack_add(opened: OpenNode, arguments: Arguments) -> Plain:
    """Bring a pack in from a file."""
    scope = open_scope(opened.node, str(arguments["officer"]))
    id = take_pack(opened.node, scope, read_pack_file(Path(str(arguments["file"]))))
    return show_pack(opened.journal.read(lambda reading: open_pack(reading, id)))


def pack_list(opened: OpenNode, arguments: Arguments) -> Plain:
    """The packs that are here to be read."""
    require_reader(open_scope(opened.node, str(arguments["officer"])))
    held = opened.journal.read(load_packs)
    return {
        "packs": [
            {"pack": id.hex(), "by": one.by, "made_at": one.made_at, "taken_at": one.at, "kind": one.kind, "entries": one.entries}
            for id, one in held
        ]
    }


def pack_remove(opened: OpenNode, arguments: Arguments) -> Plain:
    """Erase a pack that was brought in; no byte of it stays."""
    scope = open_scope(opened.node, str(arguments["officer"]))
    id = DossierId(parse_hex(str(arguments["pack"]), what="pack"))
    remove_pack(opened.node, scope, id)
    opened.journal.truncate_wal()
    return {"pack": id.hex(), "removed": True}
