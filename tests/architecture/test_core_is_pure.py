# SPDX-License-Identifier: EUPL-1.2
"""The core takes time and randomness as arguments and touches nothing outside: checked name by name in its syntax.

The import contract says what may not be imported; this says what may, and bans the calls that need no import.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import core, parsed, short

PURE = frozenset(
    "__future__ abc base64 binascii bisect collections contextlib copy dataclasses datetime decimal difflib enum fractions functools "
    "graphlib hashlib heapq hmac ipaddress itertools json math numbers operator re string struct textwrap types typing unicodedata zlib "
    "amana cbor2 cryptography msgspec voprf".split()
)
# `hash` and `id` change from run to run
CALLS = frozenset("__import__ breakpoint compile eval exec globals hash id input open print vars".split())
CLOCK = frozenset("now today utcfromtimestamp utcnow localtime gmtime monotonic perf_counter".split())
RANDOM = frozenset("generate generate_key generate_private_key generate_parameters urandom".split())
LOCAL_ZONE = {"fromtimestamp": 2, "astimezone": 1}  # with fewer arguments they read this machine's time zone


def impurities(tree: ast.AST) -> list[str]:
    """What in `tree` meets the outside world, as `line: what`."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found += [f"{node.lineno}: imports {name.name}" for name in names if name.name.split(".")[0] not in PURE]
            case ast.ImportFrom(module=module):
                found += [f"{node.lineno}: imports from {module}"] if (module or "").split(".")[0] not in PURE else []
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                found.append(f"{node.lineno}: calls {name}()")
            case ast.Call(func=ast.Attribute(attr=name)) if name in LOCAL_ZONE and len(node.args) + len(node.keywords) < LOCAL_ZONE[name]:
                found.append(f"{node.lineno}: calls .{name}() in the machine's own time zone")
            case ast.Attribute(attr=name) if name in CLOCK | RANDOM:
                found.append(f"{node.lineno}: uses .{name}")
            case ast.Global():
                found.append(f"{node.lineno}: a global that changes")
            case _:
                continue
    return found


def test_the_core_meets_nothing_outside() -> None:
    assert core(), "the pure layers were not found"
    assert [f"{short(path)}:{fault}" for path in core() for fault in impurities(parsed(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "from os import urandom",
        "import amana, random",
        "open('file')",
        "print(1)",
        "datetime.now(UTC)",
        "date.today()",
        "moment = datetime.utcnow",
        "datetime.fromtimestamp(1)",
        "moment.astimezone()",
        "Ed25519PrivateKey.generate()",
        "hash(entry)",
        "def f():\n    global count",
    ],
)
def test_a_line_that_meets_the_outside_is_noticed(line: str) -> None:
    assert impurities(ast.parse(line))


@pytest.mark.parametrize(
    "line",
    ["from datetime import UTC, datetime", "datetime.fromtimestamp(1, tz=UTC)", "import hashlib", "moment.astimezone(UTC)", "entry.id"],
)
def test_a_pure_line_is_let_be(line: str) -> None:
    assert impurities(ast.parse(line)) == []
