# SPDX-License-Identifier: EUPL-1.2
"""The files that people hand to commands: JSON and TOML, cards in armour. What does not fit is an OperatorFault."""

from __future__ import annotations

import base64
import binascii
import os
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from amana.protocol.card import Names
from amana.protocol.errors import OperatorFault

STANDARD_INPUT = "-"
LARGEST = 16 * 1024 * 1024
HEAD, FOOT = "-----BEGIN AMANA CARD-----", "-----END AMANA CARD-----"


def read_bytes(path: Path) -> bytes:
    """The content of a file, or of standard input for `-`. Raises OperatorFault `unreadable_file`."""
    try:
        if str(path) == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST)
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise OperatorFault("unreadable_file", file=str(path), errno=error.errno or 0) from error


def read_json(path: Path) -> dict[str, Any]:
    """One JSON object. Raises OperatorFault `unreadable_file`, `not_json`."""
    try:
        return msgspec.json.decode(read_bytes(path), type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise OperatorFault("not_json", file=str(path)) from error


def read_names(path: Path) -> Names:
    """An agency's names in ar, fr and en, from JSON or TOML. Raises OperatorFault `bad_names`, `bad_names_file`, `unreadable_file`."""
    held = read_bytes(path)
    try:
        given = tomllib.loads(held.decode("utf-8")) if path.suffix == ".toml" else msgspec.json.decode(held, type=dict[str, Any])
    except (tomllib.TOMLDecodeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise OperatorFault("bad_names_file", file=str(path)) from error
    missing = [language for language in ("ar", "fr", "en") if not given.get(language)]
    if missing:
        raise OperatorFault("bad_names", missing=" ".join(missing))
    try:
        return msgspec.convert(given, Names)
    except msgspec.ValidationError as error:
        raise OperatorFault("bad_names_file", file=str(path)) from error


def armoured(card: bytes) -> str:
    """A signed card as text that survives mail and clipboard."""
    return "\n".join([HEAD, *textwrap.wrap(base64.b64encode(card).decode(), 64), FOOT, ""])


def read_card(path: Path) -> bytes:
    """A signed card from its armour, or from bare base64. Raises OperatorFault `not_a_card`, `unreadable_file`."""
    held = read_bytes(path).decode("ascii", "replace").strip()
    inside = held.partition(HEAD)[2].partition(FOOT)[0] if HEAD in held else held
    try:
        card = base64.b64decode("".join(inside.split()), validate=True)
    except binascii.Error as error:
        raise OperatorFault("not_a_card", file=str(path)) from error
    if not card:
        raise OperatorFault("not_a_card", file=str(path))
    return card


def write_bytes(path: Path, content: bytes) -> None:
    """A new file that only its owner reads, or one replaced. Raises OperatorFault `unwritable_file`."""
    try:
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as error:
        raise OperatorFault("unwritable_file", file=str(path), errno=error.errno or 0) from error


def write_text(path: Path, text: str) -> None:
    """A new file, or one replaced. Raises OperatorFault `unwritable_file`."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OperatorFault("unwritable_file", file=str(path), errno=error.errno or 0) from error


def write_private(path: Path, content: bytes) -> None:
    """A new file that its owner alone may read. Raises OperatorFault `unwritable_file`, also where there is one already."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise OperatorFault("unwritable_file", file=str(path), errno=error.errno or 0) from error
