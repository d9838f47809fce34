# SPDX-License-Identifier: EUPL-1.2
"""What the buttons of the start page do: one act at a time, in a thread of its own, told as it goes and when it is over.

A machine is stopped and started as a process, never pretended. The byte is changed in a copy of a node's directory, which
goes with the demonstration. An act that fails says why; nothing of it ends the demonstration.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from amana.compose.checking import verify_directory
from amana.compose.config import load_config
from amana.demo.papers import load_papers
from amana.demo.proving import alter, copy_node, put_back
from amana.demo.scene import Scene
from amana.protocol.errors import AmanaError
from amana.protocol.identifiers import AgencyCode

RABAT, PARIS = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")
LOOK_SECONDS = 8.0  # between the click and the request that leaves, to open the partner's inbox meanwhile
STOP, RETURN, SEND, CHANGE, RESTORE = ACTS = ("stop", "return", "send", "change", "restore")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One act: what, whether it goes on, and what came of it."""

    what: str
    over: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    failed: AmanaError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyNow:
    """One agency as it stands."""

    code: AgencyCode
    up: bool
    waiting: int  # entries that the others hold for it


class Backstage:
    """The running demonstration, in the hands of whoever looks at the start page."""

    def __init__(self, scene: Scene, closing: ExitStack) -> None:
        self._scene = scene
        self._papers = list(load_papers("live").values())
        self._sent = 0
        self._copy: Path | None = None
        self._home = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="amana-altered-", ignore_cleanup_errors=True)))
        self._guard = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self.altered = False
        self.doing: Doing | None = None
        closing.callback(self.close)

    def begin(self, what: str) -> None:
        """Begin an act, where none goes on and it has a sense now; else nothing is done, and the page shows why."""
        with self._guard:
            busy = self.doing is not None and not self.doing.over
            if busy or self._closing.is_set() or what not in self.possible():
                return
            self.doing = Doing(what=what)
            self._thread = threading.Thread(target=self._run, args=(what,), name=f"backstage {what}")
            self._thread.start()

    def possible(self) -> frozenset[str]:
        """The acts that have a sense as things stand."""
        machine = STOP if self._is_up(PARIS) else RETURN
        return frozenset({machine, RESTORE if self.altered else CHANGE, *([SEND] if self._is_up(RABAT) else [])})

    def agencies(self) -> list[AgencyNow]:
        """Every agency, and what waits for it at the others."""
        codes = list(self._scene.directories)
        waiting = {code: sum(len(self._scene.journals.waiting(other, code)) for other in codes if other != code) for code in codes}
        return [AgencyNow(code=code, up=self._is_up(code), waiting=waiting[code]) for code in codes]

    def close(self) -> None:
        """Wait for the act that goes on; none begins any more."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _is_up(self, code: AgencyCode) -> bool:  # a figure of the page, nothing is guarded by it
        process = self._scene.running.get(code)
        return process is not None and not process.ended

    def _run(self, what: str) -> None:
        acts: Mapping[str, Callable[[], Mapping[str, Any]]] = {
            STOP: self._stop,
            RETURN: self._return,
            SEND: self._send,
            CHANGE: self._change,
            RESTORE: self._restore,
        }
        begun = Doing(what=what)
        try:
            self.doing = replace(begun, over=True, facts=acts[what]())
        except AmanaError as error:
            self.doing = replace(begun, over=True, failed=error)
        finally:
            if self.doing is None or not self.doing.over:  # whatever else happened: the buttons work again
                self.doing = None

    def _stop(self) -> Mapping[str, Any]:
        self._scene.stop(PARIS)
        return {}

    def _return(self) -> Mapping[str, Any]:
        """The machine comes back, and with it everything that waited, in order."""
        held = {code: self._scene.journals.waiting(code, PARIS) for code in self._scene.directories if code != PARIS}
        since = time.monotonic()
        if (ended := self._scene.running.pop(PARIS, None)) is not None:
            ended.stop()
        self._scene.start(PARIS)
        self._scene.settle()
        seconds = time.monotonic() - since
        for entries in held.values():
            self._scene.expect("arrived in order", entries, self._scene.journals.arrivals(PARIS, entries))
        return {"count": sum(len(entries) for entries in held.values()), "seconds": round(seconds, 1)}

    def _send(self) -> Mapping[str, Any]:
        """Rabat asks urgently; after a moment, so that one can be looking when it arrives."""
        if self._is_up(PARIS):
            self._closing.wait(LOOK_SECONDS)
        paper = self._papers[self._sent % len(self._papers)]
        self._sent += 1
        self._scene.chapter = "live"
        made = self._scene.act(RABAT, "stups", f"urgent {self._sent}", paper)
        waiting = made.entry in self._scene.journals.waiting(RABAT, PARIS)
        return {"dossier": made.dossier.hex(), "title": paper["title"], "language": paper["language"], "waiting": waiting}

    def _change(self) -> Mapping[str, Any]:
        """One byte of a copy is changed, and verification names it."""
        if self._copy is None:
            copy = self._home / RABAT
            copy_node(self._scene.directories[RABAT], copy)
            self._copy = copy
        alter(self._copy / load_config(self._copy).database)
        self.altered = True
        failure = verify_directory(self._copy)["first_failure"]
        self._scene.expect("changed byte noticed", True, failure is not None)
        return {"finding": failure["what"], "entry": str(failure["where"]).rpartition(" ")[2]}

    def _restore(self) -> Mapping[str, Any]:
        """The byte is put back, and everything is proved again."""
        assert self._copy is not None  # noqa: S101 - `possible` allows this only after a change; told to the type checker
        put_back(self._copy / load_config(self._copy).database)
        self.altered = False
        found = verify_directory(self._copy)
        self._scene.expect("verified", None, found["first_failure"])
        return {"entries": found["entries"], "logs": found["logs"]}
