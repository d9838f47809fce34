# SPDX-License-Identifier: EUPL-1.2
"""`amana demo`: four real nodes on loopback play the scenario through the real exchange and prove it afterwards.

Promise: figures are counted from the nodes' journals; what the scenario expects and does not come ends the play with
an OperatorFault; no process and, unless a directory was named, no file outlives the play.
"""

from __future__ import annotations

import shlex
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from amana.demo.agencies import AGENCIES
from amana.demo.chapters import CHAPTERS
from amana.demo.pages import prepare_pages, start_page
from amana.demo.processes import free_ports
from amana.demo.proving import Proof, prove
from amana.demo.scene import Scene
from amana.demo.setting import introduce, make_nodes, url_of
from amana.node.rebuilding import Progress, no_progress
from amana.protocol.errors import OperatorFault

RULE = "═" * 72
COUNTED = (
    "agreements",
    "requests",
    "answered",
    "notices",
    "meetings",
    "communiques",
    "threat_assessments",
    "missions",
    "operations",
    "events",
    "deployments",
    "incidents",
    "entries",
    "receipts",
    "unreceipted",
)
Say = Callable[[str], None]
Played = Callable[[Mapping[str, Any]], None]


def _unheard(result: Mapping[str, Any]) -> None:
    """For callers that take the result as it is returned."""


def play_demo(
    *,
    directory: Path | None,
    ports: Sequence[int] | None,
    headless: bool,
    language: str,
    say: Say,
    start_port: int | None = None,
    progress: Progress = no_progress,
    played: Played = _unheard,
) -> dict[str, Any]:
    """Play the scenario; the result is also given to `played` before the nodes stay up (not `headless`) until Ctrl+C.

    While they stay up, the start page is served on `start_port`, or a free one.

    Raises OperatorFault `directory_in_use`, `demo_ports`, `port_in_use`, `demo_differs`, `demo_stalled`.
    """
    start = time.monotonic()
    with _ending_on_signals(), ExitStack() as closing:
        if directory is None:
            home = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="amana-demo-", ignore_cleanup_errors=True)))
        else:
            home = _empty(directory)
        chosen = _chosen(ports)
        guided = None if headless else (free_ports(1)[0] if start_port is None else start_port)
        if guided in chosen:
            raise OperatorFault("port_in_use", port=guided or 0)
        prepare_pages(home, language, say)
        directories = make_nodes(home, chosen, progress)
        scene = Scene(directories, language=language, say=say, progress=progress, closing=closing)
        introduce(scene, chosen)
        scene.start(*directories)
        scene.settle()
        for name, play in CHAPTERS:
            scene.chapter = name
            play(scene)
        scene.settle()
        proof = prove(scene, home, progress)
        address = "" if guided is None else closing.enter_context(start_page(scene, chosen, guided, closing))
        result = _result(scene, proof, chosen, time.monotonic() - start) | {"start": address}
        _tell_end(scene, result, kept=directory is not None, headless=headless)
        played(result)
        if not headless:
            _stay_up()
    return result


def _empty(directory: Path) -> Path:
    """The directory, which must hold nothing yet. Raises OperatorFault `directory_in_use`."""
    home = directory.absolute()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise OperatorFault("directory_in_use", path=str(home))
    home.mkdir(parents=True, exist_ok=True)
    return home


def _chosen(ports: Sequence[int] | None) -> tuple[int, ...]:
    """One port per agency. Raises OperatorFault `demo_ports`."""
    if ports is None:
        return free_ports(len(AGENCIES))
    if len(set(ports)) != len(AGENCIES) or len(ports) != len(AGENCIES):
        raise OperatorFault("demo_ports", expected=len(AGENCIES), got=len(set(ports)))
    return tuple(ports)


def _result(scene: Scene, proof: Proof, ports: Sequence[int], seconds: float) -> dict[str, Any]:
    figures = scene.journals.figures()
    return {
        "agencies": len(scene.directories),
        "agreements": figures.agreements,
        "requests": figures.requests,
        "notices": figures.notices,
        "meetings": figures.meetings,
        "communiques": figures.communiques,
        "threat_assessments": figures.threat_assessments,
        "missions": figures.missions,
        "operations": figures.operations,
        "events": figures.events,
        "deployments": figures.deployments,
        "incidents": figures.incidents,
        "answered": figures.answered,
        "entries": figures.entries,
        "receipts": figures.receipts,
        "unreceipted": figures.unreceipted,
        "verified": proof.verified,
        "leaks": proof.leaks,
        "leak_control": proof.leak_control,
        "seconds": round(seconds, 1),
        "dossiers": dict(scene.dossiers),
        "nodes": [
            {
                "code": agency.code,
                "dir": str(scene.directories[agency.code]),
                "url": url_of(port),
                "accounts": [post.account for post in agency.posts],
            }
            for agency, port in zip(AGENCIES, ports, strict=True)
        ],
    }


def _tell_end(scene: Scene, result: Mapping[str, Any], *, kept: bool, headless: bool) -> None:
    scene.tell(
        "In figures, counted in the nodes’ own logs: {agreements} agreements, {requests} requests of which {answered} were "
        "answered, {notices} notices, {meetings} visits and meetings, {communiques} communiqués, {threat_assessments} threat "
        "assessments, {missions} missions, {operations} joint operations, {events} events with {incidents} incidents and {deployments} "
        "deployments, {entries} entries, {receipts} deliveries with a receipt and {unreceipted} without, in {seconds} s.",
        **{name: result[name] for name in COUNTED},
        seconds=scene.seconds(result["seconds"]),
    )
    if headless and not kept:
        return
    if result["start"]:
        scene.say("")
        scene.say(RULE)
        scene.tell("Open the start page: four agencies, the story step by step, and buttons that stop a machine or change a byte.")
        scene.say("")
        scene.say(f"    {result['start']}/{scene.language}/")
        scene.say("")
        scene.say(RULE)
    scene.tell("See for yourself:")
    rabat, paris = result["nodes"][0]["dir"], result["nodes"][2]["dir"]
    program = shlex.quote(sys.argv[0]) if Path(sys.argv[0]).name == "amana" else "amana"
    for words in (f"inbox {rabat} --officer stups", f"show {paris} --officer stups", f"verify {rabat}"):
        command = f"{program} {words}"
        scene.say(f"  {command}")
    for node in result["nodes"]:
        scene.say(f"  {node['code']}  {node['url']}  {node['dir']}  ({', '.join(node['accounts'])})")
    if headless:
        scene.tell("The nodes are stopped; their directories stay.")
    elif kept:
        scene.tell("The nodes stay up until you press Ctrl+C; their directories stay.")
    else:
        scene.tell("The nodes stay up until you press Ctrl+C; then their directories are removed.")


def _stay_up() -> None:
    """Wait for Ctrl+C (or a SIGTERM, which is the same here)."""
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """SIGTERM ends the play as Ctrl+C does, so that nodes stop in order and nothing stays behind.

    SIGINT is taken too: a shell starts what it puts in the background with SIGINT ignored.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
