# SPDX-License-Identifier: EUPL-1.2
"""Needles of a dossier, and the search for them in everything that a node stores and can open.

Needles: the id of every entry, every title and text, every item's encoded value and every free value in it, every
officer's handle. Bytes are written as hex. Each is looked for as it is, and as UTF-8, UTF-16, hexadecimal, base64 at
every alignment and JSON with escapes; what an agency "stores and can open" is every file of its directory, every
cell of every table of its database, and its key files opened with its passphrase.
"""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from amana.compose.config import load_config
from amana.compose.opening import load_passphrase
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.items import parse_item
from amana.node.ports import EntryRow
from amana.protocol.entry import parse_body
from amana.storage.keyfile import read_key_file

SHORTEST = 6  # characters; shorter words are found by chance
LISTS = frozenset({"sex", "kind", "flag", "country", "issued_by", "nationalities"})  # chosen from lists, not secret in themselves
BETWEEN = b"\0\xff\0"  # between two cells: in no needle
HEX = re.compile(r"(?:[0-9a-f]{2}){8,}")


def needles_of(rows: Iterable[EntryRow]) -> list[str]:
    """The needles of a dossier's entries, sorted."""
    found: set[str] = set()
    for row in rows:
        found.add(row.id.hex())
        if not row.body:
            continue
        body = parse_body(row.body)
        found |= {body.title, body.text, body.handle.hex()}
        for item in body.items:
            found.add(item.value.hex())
            value = parse_item(item.type, item.value)
            found |= set(_free_values(to_plain(value))) if value is not None else set()
    return sorted(needle for needle in found if len(needle) >= SHORTEST)


def _free_values(value: Any, field: str = "") -> Iterator[str]:
    """Every text in an item's value that was not chosen from a list."""
    match value:
        case _ if field in LISTS:
            return
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                yield from _free_values(inner, name)
        case list():
            for inner in value:
                yield from _free_values(inner)
        case _:
            return


def count_finds(directory: Path, needles: Iterable[str]) -> int:
    """How often any form of any needle occurs in what the node of this directory stores and can open.

    Reads the bare files of the database: never in a process that has it open (see `searching`).
    """
    patterns = {form for needle in needles for form in forms_of(needle)}
    return sum(place.count(pattern) for place in _stored(directory) for pattern in patterns)


def forms_of(needle: str) -> set[bytes]:
    """The byte strings under which a needle may be stored."""
    plain = {needle.encode()} | ({bytes.fromhex(needle)} if HEX.fullmatch(needle) else set())
    texts = {json.dumps(needle)[1:-1].encode(), needle.encode("utf-16-le"), needle.encode("utf-16-be")}
    coded = {form for bare in plain for form in (bare.hex().encode(), bare.hex().upper().encode(), *_base64(bare))}
    return plain | texts | coded


def _base64(bare: bytes) -> Iterator[bytes]:
    """What of the base64 of any text that holds `bare` depends on `bare` alone, for the three alignments."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + bare)
        inner = encoded[-(-before * 8 // 6) : (before + len(bare)) * 8 // 6]
        yield from (inner, inner.replace(b"+", b"-").replace(b"/", b"_"))


def _stored(directory: Path) -> Iterator[bytes]:
    """Everything stored, in large pieces."""
    config = load_config(directory)
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            yield path.read_bytes()
    yield from _cells(directory / config.database)
    passphrase = load_passphrase(directory, config)
    for name in (config.working_keys, config.identity_key):
        if (directory / name).exists():
            secrets = read_key_file(directory / name, passphrase)
            yield BETWEEN.join([part for named in secrets.items() for part in (named[0].encode(), named[1])])


def _cells(database: Path) -> Iterator[bytes]:
    """Every cell of every table."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = raw.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the name comes from the database itself
            yield BETWEEN.join([cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row])
