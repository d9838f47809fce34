# SPDX-License-Identifier: EUPL-1.2
"""The stage of the scenario: officers act through their node's control socket, the nodes exchange, the story is told.

Promise: after each act everything has arrived, by the nodes' own receipts, before the story goes on; whatever the
scenario expects and does not come is an OperatorFault `demo_differs`, never passed over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amana.compose.calling import call_node
from amana.demo.papers import Paper, with_ids
from amana.demo.processes import NodeProcess, stop_all
from amana.demo.watching import Journals
from amana.node.rebuilding import Progress
from amana.phrases import Words, error_sentence, label, moment
from amana.phrases.catalogue import ENGLISH, Fact, catalogue, filled
from amana.phrases.telling import REFERENCE
from amana.protocol.errors import AmanaError, OperatorFault, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

DAY = 24 * 3_600_000
TOGETHER = 200  # acts in one write
SHOWN = 3  # of many ids, in an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What an act made."""

    entry: EntryId
    dossier: DossierId
    warnings: tuple[Mapping[str, Any], ...]


class Scene:
    """The running agencies and what was written so far."""

    def __init__(
        self, directories: Mapping[AgencyCode, Path], *, language: str, say: Callable[[str], None], progress: Progress, closing: ExitStack
    ) -> None:
        self.directories = directories
        self.language = language
        self.chapter = ""
        self.running: dict[AgencyCode, NodeProcess] = {}
        closing.callback(lambda: stop_all(self.running.values()))
        self.journals = closing.enter_context(Journals(directories))
        self.say = say
        self._progress = progress
        self._entries: dict[str, str] = {}  # "chapter/name" of a paper: the id of its entry, hex
        self.dossiers: dict[str, str] = {}  # of those papers that opened one: its id, hex
        self._acts = 0
        self.secret: tuple[str, DossierId] | None = None  # (a holder, the dossier) that fr.dgpn and ma.dgsn may not see
        self.control: tuple[str, DossierId] | None = None  # one that both may see

    def call(self, at: str, verb: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Have a node do something, through its control socket."""
        return call_node(self.directories[AgencyCode(at)], verb, arguments)

    def start(self, *codes: str) -> None:
        """Start these nodes and wait until they answer."""
        for code in codes:
            self.running[AgencyCode(code)] = NodeProcess(self.directories[AgencyCode(code)])
        for code in codes:
            self.running[AgencyCode(code)].await_running()
            self.journals.reopen(AgencyCode(code))

    def stop(self, code: str) -> None:
        """Stop a node."""
        self.running.pop(AgencyCode(code)).stop()

    def act(self, at: str, by: str, name: str, paper: Paper, **coded: Any) -> Acted:
        """One act of one officer; afterwards "@name" stands for its entry. `coded` adds to the paper's coded values."""
        done = self._act(at, by, paper, coded)
        entry = done.get("entry", "")
        if entry:
            self._entries[f"{self.chapter}/{name}"] = entry
        if entry and entry == done.get("dossier"):
            self.dossiers[f"{self.chapter}/{name}"] = entry
        self.settle()
        return Acted(
            entry=EntryId(bytes.fromhex(entry)),
            dossier=DossierId(bytes.fromhex(done.get("dossier", ""))),
            warnings=tuple(done.get("warnings", ())),
        )

    def many(self, at: str, by: str, acts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Many acts of one officer in writes of a few hundred; what each made. Nobody waits for the partners here."""
        done: list[dict[str, Any]] = []
        for first in range(0, len(acts), TOGETHER):
            part = [dict(one) for one in acts[first : first + TOGETHER]]
            done += self.call(at, "act_many", {"officer": by, "actions": part})["done"]
        self._acts += len(acts)
        self._progress("acts", self._acts)
        return done

    def draft(self, at: str, by: str, paper: Paper, **coded: Any) -> None:
        """What is kept and not sent: it waits for its author, or for a second person."""
        done = self._act(at, by, paper, coded)
        self.expect("kept as a draft", True, bool(done.get("draft")))

    def refused(self, at: str, by: str, paper: Paper, code: str, **coded: Any) -> Refusal:
        """An act that must be refused with this code."""
        try:
            self._act(at, by, paper, coded)
        except Refusal as refusal:
            self.expect("refusal", code, refusal.code)
            return refusal
        raise OperatorFault("demo_differs", what="refusal", expected=code, got="accepted")

    def assign(self, at: str, dossier: DossierId, *, unit: str, officer: str, by: str = "chef") -> None:
        """Give a dossier to a unit and its desk."""
        self._act(at, by, {"action": "assign", "dossier": dossier.hex(), "unit": unit, "officer": officer}, {})

    def note(self, at: str, by: str, paper: Paper) -> None:
        """An internal note."""
        self._act(at, by, paper, {})

    def settle(self) -> None:
        """Return once everything has arrived at the nodes that run."""
        self.journals.settle(self.running)

    def dossier(self, name: str) -> DossierId:
        """The dossier that the paper "chapter/name" opened."""
        return DossierId(bytes.fromhex(self._entries[name]))

    def show(self, at: str, by: str, dossier: DossierId) -> dict[str, Any]:
        """A dossier as an officer sees it."""
        return self.call(at, "show", {"officer": by, "dossier": dossier.hex()})

    def expect(self, what: str, expected: object, got: object) -> None:
        """Raise OperatorFault `demo_differs` where the nodes did otherwise than the scenario says."""
        if expected != got:
            raise OperatorFault("demo_differs", what=what, expected=_written(expected), got=_written(got))

    def tell(self, sentence: str, /, **facts: Fact) -> None:
        """A paragraph of the story: `sentence` is its English wording, written out where it is called."""
        self.say("")
        self.say(filled(self.language, catalogue(self.language).gettext(sentence), facts))

    def now(self) -> Millis:
        """The hour, as the nodes on this machine have it."""
        return Millis(int(time.time() * 1000))

    def days_from_now(self, days: int) -> int:
        """A date for the coded values."""
        return self.now() + days * DAY

    def label(self, vocabulary: str, code: str) -> Words:
        """A coded value in the reader's language."""
        return label(self.language, vocabulary, code)

    def labels(self, vocabulary: str, codes: Iterable[str]) -> Words:
        """Several coded values in a row."""
        return Words(("؛ " if self.language == "ar" else "; ").join(self.label(vocabulary, code) for code in codes))

    def sentence(self, error: AmanaError) -> Words:
        """What a refusal tells the officer."""
        return error_sentence(self.language, error)

    def moment(self, millis: int) -> Words:
        """A date and hour."""
        return moment(self.language, millis)

    def seconds(self, seconds: float) -> str:
        """A number of seconds with one decimal."""
        written = f"{seconds:.1f}"
        return written if self.language == ENGLISH else written.replace(".", ",")

    def _act(self, at: str, by: str, paper: Paper, coded: Mapping[str, Any]) -> dict[str, Any]:
        given = with_ids(dict(paper), self._entries, self.chapter)
        if coded:
            given["coded"] = {**given.get("coded", {}), **coded}
        done = self.call(at, "act", {"officer": by, "action": given})
        self._acts += 1
        self._progress("acts", self._acts)
        return done


def _written(value: object) -> str:
    """A value as a person can read it: bytes in hex, and of many the number and the first."""
    match value:
        case bytes():
            return value.hex()[:REFERENCE]
        case dict():
            return "; ".join(f"{key}: {_written(inner)}" for key, inner in value.items())
        case [bytes(), *_] | [[*_], *_]:
            return " ".join([f"{len(value)}:", *map(_written, value[:SHOWN]), *(["…"] if len(value) > SHOWN else [])])
        case []:
            return "0"
        case _:
            return str(value)
