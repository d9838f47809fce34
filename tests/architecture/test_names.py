# SPDX-License-Identifier: EUPL-1.2
"""Names in the agencies' words: nothing is called after its shape, and what guards something never answers yes or no."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import ROOT, all_python, parsed, short, sources

SHAPES = frozenset("obj objs manager managers util utils helper helpers misc stuff".split())
EMPTY_VERBS = frozenset(["process", "do"])
ALONE = frozenset(["data", "info", "process"])  # `handle` is a word of the protocol: the officer, known to one agency only
GUARDS = re.compile(r"_*(verify|require|parse|open|admit)_")
Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def words(name: str) -> list[str]:
    """The words of a snake_case or CamelCase name, in lower case."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def is_empty(name: str) -> bool:
    """Whether `name` says nothing about what it names."""
    parts = words(name)
    return bool(SHAPES & set(parts)) or (len(parts) == 1 and parts[0] in ALONE) or (len(parts) > 1 and parts[0] in EMPTY_VERBS)


def test_modules_are_named_for_what_they_serve() -> None:
    assert [short(path) for path in all_python() if any(is_empty(part) for part in path.relative_to(ROOT).with_suffix("").parts)] == []


def test_classes_and_functions_are_named_for_what_they_serve() -> None:
    named = [(path, node) for path in sources() for node in ast.walk(parsed(path)) if isinstance(node, Named)]
    assert [f"{short(path)}:{node.lineno} {node.name}" for path, node in named if is_empty(node.name)] == []


def test_nothing_that_guards_returns_a_bool() -> None:
    functions = [
        (path, node) for path in sources() for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    guards = [(path, node) for path, node in functions if GUARDS.match(node.name) and node.returns is not None]
    assert guards
    assert [
        f"{short(path)}:{node.lineno} {node.name}" for path, node in guards if node.returns and ast.unparse(node.returns) == "bool"
    ] == []


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("data", True),
        ("KeyManager", True),
        ("test_utils", True),
        ("process_entry", True),
        ("do_sync", True),
        ("erase_personal_data", False),
        ("handle_of", False),
        ("verify_head", False),
        ("Header", False),
    ],
)
def test_an_empty_name_is_noticed(name: str, empty: bool) -> None:
    assert is_empty(name) is empty
