# SPDX-License-Identifier: EUPL-1.2
"""`amana bench pages`: the pages of one real node on a played demonstration's data, by HTTP over loopback.

The node is a process of its own (`amana run`) on a copy of the directory; an officer's post is entered as the
demonstration lets one, and each page is asked for again and again over a connection kept alive, in each language.
In the same run the limit: the same bytes as a static file and from an empty Django view (`pages_limit`).
docs/decisions/0006-pages-latency.md has the figures and what was mended by them.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import OK
from pathlib import Path
from typing import Any

import msgspec

from amana.bench.browsing import Browser, Weight, weigh
from amana.bench.pages_limit import measure_pages_limit
from amana.bench.processes import free_port
from amana.compose.config import CONFIG_NAME, load_config
from amana.storage.lockfile import hold_directory

ROUNDS = 60
WARM = 8
LANGUAGES = ("ar", "fr", "en")
GOAL_P95_MS = 100.0
GOAL_FIRST_PAGE_BYTES = 100_000
WANTED = "+212"  # a search that finds something in every language
FRAGMENT = {"HX-Request": "true"}
LISTS = {"dossier": "dossiers", "meeting": "meetings", "communique": "communiques", "assessment": "assessments"}  # a page, its list
READY = b'"ready": true'  # in the one line that `amana run --json` says
NOT_COPIED = shutil.ignore_patterns("control.sock", "node.lock")
UTIME, STIME = 11, 12  # of what follows the name in /proc/…/stat (proc_pid_stat(5))
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one page took."""

    waited: Sequence[float]  # seconds of each round, as the browser waits
    cpu: float  # seconds of the node's processor time a round: what a busy machine changes least


def run_pages_bench(directory: Path, *, officer: str, run_node: Sequence[str], progress: Progress, rounds: int = ROUNDS) -> dict[str, Any]:
    """The figures as one JSON object; `directory` is a node's, of a demonstration that was played and has stopped.

    `run_node` is the command that runs a node, to which its directory is added. Raises OperatorFault `node_running`.
    """
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as name, stopped(directory.parent):
        scratch = Path(name)
        copy, port = copy_node(directory, scratch), free_port()
        progress("pages", 0)
        with serving(copy, port, run_node) as pid, Browser(port) as browser:
            browser.get(f"/en/demonstration/{officer}/")
            with Browser(port, dict(browser.cookies)) as fresh:
                weights = {language: weigh(fresh, f"/{language}/inbox/") for language in LANGUAGES}
            pages = measure(browser, pid, rounds, progress)
            sample = browser.open("/fr/inbox/").body
        progress("limit", 0)
        limit = measure_pages_limit(scratch, body=sample, rounds=rounds, warm=WARM)
    return _answer(pages, weights, limit, rounds, len(sample))


@contextmanager
def stopped(home: Path) -> Iterator[None]:
    """Hold every node of the demonstration: a copy beside a running node would sign a second history.

    Raises OperatorFault `node_running`.
    """
    with ExitStack() as holding:
        for directory in sorted(home.iterdir()):
            if (directory / CONFIG_NAME).is_file():
                holding.enter_context(hold_directory(directory))
        yield


def copy_node(directory: Path, scratch: Path) -> Path:
    """A copy of the node's directory; what was played stays as it is."""
    return Path(shutil.copytree(directory, scratch / "node", ignore=NOT_COPIED))


@contextmanager
def serving(directory: Path, port: int, run_node: Sequence[str]) -> Iterator[int]:
    """The node of this directory with its pages on this port, until the end of the block; its process id."""
    config = directory / CONFIG_NAME
    text = re.sub(r"(?m)^(port|demonstration) = .*\n", "", config.read_text(encoding="utf-8"))
    config.write_text(f"port = {port}\ndemonstration = true\n{text}", encoding="utf-8")
    load_config(directory)
    with subprocess.Popen([*run_node, str(directory)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        try:
            line = process.stdout.readline() if process.stdout else b""
            if READY not in line:
                raise RuntimeError("the node did not start")
            yield process.pid
        finally:
            process.terminate()


def measure(browser: Browser, pid: int, rounds: int, progress: Progress) -> dict[str, dict[str, Taken]]:
    """What each page in each language takes."""
    longest = {name: found for name, listed in LISTS.items() if (found := _longest(browser, listed))}
    if "dossier" not in longest:
        raise RuntimeError("no dossier is shown to this officer")
    measured: dict[str, dict[str, Taken]] = {}
    for language in LANGUAGES:
        for name, (address, headers) in _addresses(language, longest).items():
            progress(f"{name} {language}", rounds)
            for _ in range(WARM):
                browser.open(address, **headers)
            before = cpu_seconds(pid)
            waited = [browser.open(address, **headers).seconds for _ in range(rounds)]
            measured.setdefault(name, {})[language] = Taken(waited=waited, cpu=(cpu_seconds(pid) - before) / rounds)
    return measured


def cpu_seconds(pid: int) -> float:
    """Processor time of a process of this machine so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[UTIME]) + int(fields[STIME])) / os.sysconf("SC_CLK_TCK")


def _addresses(language: str, longest: Mapping[str, str]) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    return {
        "inbox": (f"/{language}/inbox/", {}),
        "inbox_refresh": (f"/{language}/inbox/lines/?view=mine", FRAGMENT),
        **{name: (f"/{language}/{LISTS[name]}/{dossier}/", {}) for name, dossier in longest.items()},
        "decisions": (f"/{language}/decisions/", {}),
        "register": (f"/{language}/dossiers/", {}),
        "search": (f"/{language}/search/?q={WANTED.replace('+', '%2B')}", {}),
        "compose": (f"/{language}/write/information_request/request/", {}),
    }


def _longest(browser: Browser, listed: str) -> str:
    """Of the dossiers in a list the one whose page is largest; empty where there is none."""
    found: set[str] = set(re.findall(rf'href="/\w\w/{listed}/([0-9a-f]{{64}})/"', browser.open(f"/en/{listed}/").text))
    shown = {dossier: browser.get(f"/en/{listed}/{dossier}/") for dossier in found}
    pages = {dossier: len(answer.body) for dossier, answer in shown.items() if answer.status == OK}  # some lead to a page of their own
    return max(sorted(pages), key=lambda dossier: pages[dossier], default="")


def _answer(
    pages: Mapping[str, Mapping[str, Taken]],
    weights: Mapping[str, Weight],
    limit: Mapping[str, Sequence[float]],
    rounds: int,
    sample: int,
) -> dict[str, Any]:
    """Milliseconds and bytes, beside the goals and the limit."""
    shown = {
        name: {language: _spread(taken.waited) | {"cpu_ms": round(taken.cpu * 1000, 1)} for language, taken in by.items()}
        for name, by in pages.items()
    }
    slowest = max(spread["p95_ms"] for by in shown.values() for spread in by.values())
    heaviest = max(weight.without_fonts for weight in weights.values())
    inbox = statistics.median(pages["inbox"]["fr"].waited)
    bare = {name: _spread(taken) for name, taken in limit.items()}
    return {
        "rounds": rounds,
        "pages": shown,
        "first_page_bytes": {
            language: msgspec.to_builtins(weight) | {"without_fonts": weight.without_fonts} for language, weight in weights.items()
        },
        "slowest_p95_ms": slowest,
        "heaviest_first_page_bytes": heaviest,
        "goals": {
            "p95_ms": {"goal": GOAL_P95_MS, "reached": slowest < GOAL_P95_MS},
            "first_page_bytes": {"goal": GOAL_FIRST_PAGE_BYTES, "reached": heaviest < GOAL_FIRST_PAGE_BYTES},
        },
        "limit": {"bytes": sample, **bare},
        "ratio_to_static": round(inbox / statistics.median(limit["static"]), 1),
        "ratio_to_view": round(inbox / statistics.median(limit["view"]), 1),
    }


def _spread(taken: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return {"p50_ms": round(statistics.median(taken) * 1000, 2), "p95_ms": round(cuts[18] * 1000, 2), "max_ms": round(max(taken) * 1000, 2)}
