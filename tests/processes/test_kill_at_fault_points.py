# SPDX-License-Identifier: EUPL-1.2
"""kill -9 at every fault point of action, outbox, inbox and journal, on either side, early and late, also while recovering:
the node starts and continues, and everything said once is there once, in order, receipted, on both sides.

The points are read from the source, so a new one is tried from the day it is written.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from amana.protocol.errors import OperatorFault, Refusal
from amana.simulation.crashes import POINTS as SIMULATED
from tests.node.attachments.files import attached
from tests.processes.nodes import OFFICER, PARIS, RABAT, ROOT, RealNode, wait_for
from tests.processes.pairs import Pair
from tests.processes.truth import require_one_truth

pytestmark = pytest.mark.processes
PASSES = (1, 1, 4)  # killed at the first pass, at the first after the restart, and at the fourth after the next
EVERY_WRITE = (1, 1, 2, 3, 4, 5, 6, 7)  # acts, steps, arrivals and receipts all pass the journal's points
WORDS = {RABAT: "information_request.supplement", PARIS: "information_request.part_answer"}
TYPES = ("supplement", "part_answer")
FILE = b"Vu \xc3\xa0 Tanger.\n"


def points_in(path: Path) -> set[str]:
    """The names with which a module calls its fault point."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)]
    constants = {ast.unparse(target): ast.literal_eval(node.value) for node in assigned for target in node.targets}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("fault", "_fault"):
            (name,) = node.args
            found.add(str(constants[name.id] if isinstance(name, ast.Name) else ast.literal_eval(name)))
    return found


POINTS = sorted(set().union(*(points_in(path) for path in (ROOT / "src" / "amana").rglob("*.py"))))


def test_the_simulation_crashes_at_the_same_points() -> None:
    assert sorted(SIMULATED) == POINTS
    assert {name.partition(".")[0] for name in POINTS} >= {"act", "attachments", "inbox", "journal", "outbox"}


class Talk:
    """Officers who send each form until their node says what became of it."""

    def __init__(self, dossier: str, *, files: bool = False) -> None:
        self.dossier = dossier
        self.more: dict[str, Any] = {"attachments": [attached("note.txt", FILE)]} if files else {}  # each entry brings one
        self.said: dict[str, list[str]] = defaultdict(list)
        self._pending: dict[str, str] = {}
        self._number = count(1)

    def say(self, node: RealNode) -> None:
        """One entry; where the node dies over it, the same form is sent again next time."""
        form = self._pending.setdefault(node.code, f"form-{next(self._number):06}")
        try:
            entry = node.act(WORDS[node.code], self.dossier, text="De plus.", form=form, **self.more)["entry"]
        except Refusal as refusal:
            if refusal.code != "already_sent":
                raise
            entry = refusal.facts["entry"]
        except OperatorFault as fault:
            if fault.code != "node_went_away":
                raise
            return
        del self._pending[node.code]
        self.said[node.code].append(str(entry))

    def say_until_killed(self, victim: RealNode, other: RealNode) -> None:
        """Talk on both sides until the victim comes to its fault point."""

        def is_killed() -> bool:
            self.say(victim)
            self.say(other)
            return victim.has_ended()

        wait_for(is_killed, what=f"{victim.code} to come to the fault point")
        assert victim.was_killed()


def has_every_file(node: RealNode, dossier: str) -> bool:
    """Whether every file of a dossier is here whole."""
    entries = node.ask("show", officer=OFFICER, dossier=dossier)["entries"]
    return all(one["state"] == "here" for entry in entries for one in entry.get("attachments", ()))


@pytest.mark.parametrize("side", [RABAT, PARIS])
@pytest.mark.parametrize("point", POINTS)
def test_a_node_killed_at_a_fault_point_goes_on_where_it_was(pair: Pair, point: str, side: str) -> None:
    victim, other = (pair.rabat, pair.paris) if side == RABAT else (pair.paris, pair.rabat)
    talk = Talk(pair.dossier, files=point.startswith("attachments."))
    other.start(ready=False)
    for passes in EVERY_WRITE if point.startswith("journal.") else PASSES:
        victim.start(fault=f"{point}:{passes}", ready=False)
        wait_for(lambda: victim.has_ended() or victim.is_up(), what="the victim to come up, or to die of what waited")
        wait_for(other.is_up, what="the other side")
        talk.say_until_killed(victim, other)
    victim.start()
    for node in (victim, other, victim, other):  # the first of each may be a form that was sent before
        talk.say(node)
    pair.wait_quiet()
    for node in (victim, other):
        wait_for(lambda node=node: has_every_file(node, pair.dossier), what=f"every file at {node.code}")  # type: ignore[misc]  # a default binds the loop's value
    pair.stop()
    require_one_truth([victim, other], talk.said, TYPES)
