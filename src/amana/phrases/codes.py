# SPDX-License-Identifier: EUPL-1.2
"""Every code that the product can raise, read from its own syntax: for the check that each has its sentence.

`raised` finds the calls of `Refusal`, `OperatorFault` and `PeerFault` and follows their first argument to the words
it can stand for: literals, enum members, either branch, a table's values, local names, parameters by the function's
callers. What it cannot follow it reports, so that no code slips by. `written` finds the whole sentences that callers
of `tell` and `tell_count`, and the tags `say`, `words` and `say_count` of templates, write themselves. Used by the
checks only, never by a running node.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FAMILIES = ("Refusal", "OperatorFault", "PeerFault")
PASSED_ON = frozenset({"code", "reason", "family"})  # attributes that hold a code made elsewhere, where it was seen
TELLING = {"tell": 1, "warn": 1, "tell_count": 2}  # functions that take whole sentences, and how many
TAGS = {"say": 1, "words": 1, "say_count": 2}  # the same in templates of pages
TEMPLATES = frozenset({".html", ".txt"})
TAG = re.compile(r"\{%\s*(?P<tag>say|words|say_count)\s+(?P<said>(?:(?:\"[^\"]*\"|'[^']*')\s*){0,2})")
LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
DEEPEST = 8
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One place that raises: its family, the codes it can give, the facts that go with them."""

    family: str
    codes: frozenset[str]
    facts: frozenset[str]
    open_facts: bool  # further facts are handed on
    where: str
    unfollowed: str = ""  # the expression that could not be followed


@dataclass
class Module:
    """One source file, parsed, with the enclosing functions of each node."""

    path: Path
    name: str
    tree: ast.Module
    scopes: dict[ast.AST, tuple[Scope, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._enter(self.tree, ())

    def _enter(self, node: ast.AST, within: tuple[Scope, ...]) -> None:
        self.scopes[node] = within
        inner = (*within, node) if isinstance(node, Scope) else within
        for child in ast.iter_child_nodes(node):
            self._enter(child, inner)

    def assigned(self, name: str, within: ast.AST) -> list[ast.expr]:
        """What is assigned to `name` directly in a function or at the top of the module."""
        found = []
        for node in ast.walk(within):
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    found.append(value)
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                    found.append(value)
                case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                    pairs = zip(targets, values, strict=False)
                    found += [value for target, value in pairs if isinstance(target, ast.Name) and target.id == name]
                case _:
                    continue
        return found


class Sources:
    """The product's source files, and what can be asked of them."""

    def __init__(self, root: Path, enums: dict[str, dict[str, str]]) -> None:
        self._enums = enums
        self.modules = [
            Module(path, str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(root.rglob("*.py"))
        ]
        self.templates = [
            (str(path.relative_to(root)), path.read_text(encoding="utf-8"))
            for path in sorted(root.rglob("*"))
            if path.suffix in TEMPLATES and "templates" in path.parts
        ]

    @cached_property
    def _calls(self) -> dict[str, list[tuple[Module, ast.Call]]]:
        calls: dict[str, list[tuple[Module, ast.Call]]] = {}
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call) and (name := _called(node)):
                    calls.setdefault(name, []).append((module, node))
        return calls

    def raised(self) -> Iterator[Raised]:
        """Every place that makes an error of one of the families."""
        for family in FAMILIES:
            for module, call in self._calls.get(family, []):
                if not call.args:
                    continue
                codes, unfollowed = self._words(module, call, call.args[0], 0)
                yield Raised(
                    family=family,
                    codes=frozenset(codes),
                    facts=frozenset(keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "check"),
                    open_facts=any(keyword.arg is None for keyword in call.keywords),
                    where=f"{module.name}:{call.lineno}",
                    unfollowed=unfollowed,
                )

    def keyword_words(self, function: str, keyword: str) -> set[str]:
        """The literals given to `function` as `keyword`, for codes that are no error (a verification's `what`)."""
        found = set()
        for module, call in self._calls.get(function, []):
            for given in call.keywords:
                if given.arg == keyword:
                    found |= self._words(module, call, given.value, 0)[0]
        return found

    def first_words(self, function: str) -> set[str]:
        """The literals given to `function` as first argument."""
        calls = [(module, call) for module, call in self._calls.get(function, []) if call.args]
        return {word for module, call in calls for word in self._words(module, call, call.args[0], 0)[0]}

    def entry_words(self, key: str) -> set[str]:
        """The literals that dictionary displays hold under `key`, the tables of sentences apart."""
        found = set()
        for module in self.modules:
            if module.name.startswith("phrases/"):
                continue
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Dict):
                    pairs = zip(node.keys, node.values, strict=True)
                    values = [value for name, value in pairs if isinstance(name, ast.Constant) and name.value == key]
                    found |= {value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)}
        return found

    def written(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(where, the whole sentences) of each call of `tell` and `tell_count`; an empty tuple where they are no literals."""
        for function, count in TELLING.items():
            for module, call in self._calls.get(function, []):
                texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)][:count]
                yield f"{module.name}:{call.lineno}", tuple(texts) if len(texts) == count else ()
        for name, text in self.templates:
            for tag in TAG.finditer(text):
                said = LITERAL.findall(tag["said"])
                texts = [one or other for one, other in said][: TAGS[tag["tag"]]]
                yield f"{name}:{text.count(chr(10), 0, tag.start()) + 1}", tuple(texts) if len(texts) == TAGS[tag["tag"]] else ()

    def _words(self, module: Module, at: ast.AST, expression: ast.expr, depth: int) -> tuple[set[str], str]:
        """The words `expression` can be, and the text of a part that could not be followed."""
        match expression:
            case _ if depth > DEEPEST:
                return set(), ast.unparse(expression)
            case ast.Constant(value=str(word)):
                return {word}, ""
            case ast.Attribute(value=ast.Name(id=enum), attr=member) if enum in self._enums:
                return {self._enums[enum][member]}, ""
            case ast.Attribute(attr=attribute) if attribute in PASSED_ON:
                return set(), ""
            case ast.IfExp(body=one, orelse=other):
                return self._either(module, at, [one, other], depth)
            case ast.BoolOp(values=values):
                return self._either(module, at, values, depth)
            case ast.Dict(values=values):
                return self._either(module, at, values, depth)
            case ast.Subscript(value=ast.Name() as table):
                return self._words(module, at, table, depth + 1)
            case ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="get"), args=[_, *default]):
                return self._either(module, at, [table, *default], depth)
            case ast.Call(func=ast.Name(id="MappingProxyType"), args=[table]):
                return self._words(module, at, table, depth + 1)
            case ast.Name(id=name):
                return self._named(module, at, name, depth)
            case _:
                return set(), ast.unparse(expression)

    def _either(self, module: Module, at: ast.AST, expressions: list[ast.expr], depth: int) -> tuple[set[str], str]:
        found = [self._words(module, at, expression, depth + 1) for expression in expressions]
        return set().union(*(words for words, _ in found)), next((text for _, text in found if text), "")

    def _named(self, module: Module, at: ast.AST, name: str, depth: int) -> tuple[set[str], str]:
        """A name: assigned in an enclosing function, a parameter of one, or a constant of the module."""
        for scope in reversed(module.scopes[at]):
            if values := module.assigned(name, scope):
                return self._either(module, scope, values, depth)
            place = _parameter(scope, name)
            if place is not None and not isinstance(scope, ast.Lambda):
                return self._argued(scope, name, place, depth)
        for other in (module, *self.modules):
            top = ast.Module(body=[node for node in other.tree.body if isinstance(node, ast.Assign | ast.AnnAssign)], type_ignores=[])
            if (other is module or _imports(module, name)) and (values := other.assigned(name, top)):
                return self._either(other, other.tree, values, depth)
        return set(), name

    def _argued(self, scope: ast.FunctionDef | ast.AsyncFunctionDef, name: str, place: int, depth: int) -> tuple[set[str], str]:
        """What the callers of a function give for one of its parameters."""
        words: set[str] = set()
        unfollowed = ""
        for module, call in self._calls.get(scope.name, []):
            given = [keyword.value for keyword in call.keywords if keyword.arg == name] or call.args[place : place + 1]
            found, text = self._either(module, call, given, depth)
            words |= found
            unfollowed = unfollowed or text
        return words, unfollowed


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _parameter(scope: Scope, name: str) -> int | None:
    """The position of a parameter as callers count it (without self), or None where the function has none of that name."""
    names = [argument.arg for argument in [*scope.args.posonlyargs, *scope.args.args] if argument.arg not in ("self", "cls")]
    if name in names:
        return names.index(name)
    return len(names) if name in [argument.arg for argument in scope.args.kwonlyargs] else None


def _imports(module: Module, name: str) -> bool:
    imports = (node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom))
    return any(alias.name == name for node in imports for alias in node.names)
