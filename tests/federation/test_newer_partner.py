# SPDX-License-Identifier: EUPL-1.2
"""Kinds and types that this version does not know: kept, receipted, shown as not understood, read after an upgrade."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import pytest

from amana.dossiers import registry
from amana.dossiers.registry import AnyKind
from amana.node.access import open_scope
from amana.node.automatic import post_owed
from amana.node.queries.dossiers import show_dossier
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, allied, ask, require_at_rest, say, shown, types_of


@contextmanager
def version_with(kinds: Mapping[str, AnyKind]) -> Iterator[None]:
    """Run this process as a version that knows these kinds alone."""
    known = registry.KINDS
    loaded: list[Any] = [module for name, module in sys.modules.items() if name.startswith("amana.")]
    places = [module for module in loaded if getattr(module, "KINDS", None) is known]
    try:
        for place in places:
            place.KINDS = MappingProxyType(dict(kinds))
        yield
    finally:
        for place in places:
            place.KINDS = known


def without_type(name: str) -> dict[str, AnyKind]:
    """All kinds, but requests without one entry type."""
    older = registry.KINDS["information_request"].__class__()
    older.entry_types = {key: declared for key, declared in older.entry_types.items() if key != name}
    return {**registry.KINDS, "information_request": older}


def without_requests() -> dict[str, AnyKind]:
    return {name: kind for name, kind in registry.KINDS.items() if name != "information_request"}


def said_by_a_newer_version() -> tuple[Federation, DossierId]:
    """Rabat has asked and given more; Paris has received nothing yet."""
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    say(made, RABAT, "information_request.supplement", dossier, text="De plus.")
    return made, dossier


@pytest.mark.parametrize(
    ("older", "outcomes"), [(without_requests, ["unknown_kind"] * 2), (lambda: without_type("supplement"), ["", "unknown_type"])]
)
def test_what_is_not_understood_is_kept_and_read_after_an_upgrade(older: Callable[[], Mapping[str, AnyKind]], outcomes: list[str]) -> None:
    made, dossier = said_by_a_newer_version()
    with version_with(older()):
        made.exchange(RABAT, PARIS)
        page = show_dossier(made[PARIS].node, open_scope(made[PARIS].node, DESK), dossier)
        told = [entry for entry in page["entries"] if entry["author"] == RABAT]
        assert [entry["refused"] for entry in told] == outcomes
        assert [entry["understood"] for entry in told] == [outcome == "" for outcome in outcomes]
        assert all(entry["readable"] for entry in told)
        assert made[PARIS].verify().ok
    made[PARIS].rebuild()
    entries = [entry for entry in shown(made, PARIS, dossier)["entries"] if entry["author"] == RABAT]
    assert [(entry["type"], entry["refused"], entry["understood"]) for entry in entries] == [
        ("request", "", True),
        ("supplement", "", True),
    ]
    made[PARIS].journal.write(lambda writing: post_owed(writing, made[PARIS].node))
    made.settle()
    assert types_of(made, RABAT, dossier) == ["request", "supplement", "delivered"]
    require_at_rest(made)


def test_the_receipt_does_not_depend_on_what_is_understood() -> None:
    made, _ = said_by_a_newer_version()
    with version_with(without_requests()):
        made.exchange(RABAT, PARIS)
    logs = made[RABAT].journal.read(lambda reading: reading.logs())
    assert all(log.receipted == log.size for log in logs)
