# SPDX-License-Identifier: EUPL-1.2
"""Sizes that keep a file livable: a module at most 400 lines, a function at most 50; passing one takes a decision record."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import all_python, parsed, short

MODULE = 400
FUNCTION = 50


def long_functions(tree: ast.AST) -> list[str]:
    """The functions in `tree` that pass the ceiling, with their length; decorators and docstring count."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    return [f"{name} has {length} lines" for name, length in lengths if length > FUNCTION]


def test_no_module_passes_its_ceiling() -> None:
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in all_python()}
    assert {path: length for path, length in lengths.items() if length > MODULE} == {}


def test_no_function_passes_its_ceiling() -> None:
    assert [f"{short(path)}: {fault}" for path in all_python() for fault in long_functions(parsed(path))] == []


@pytest.mark.parametrize(("lines", "noticed"), [(FUNCTION, False), (FUNCTION + 1, True)])
def test_the_ceiling_is_where_it_is_said_to_be(lines: int, noticed: bool) -> None:
    function = "def f():\n" + "    pass\n" * (lines - 1)
    assert bool(long_functions(ast.parse(function))) is noticed
