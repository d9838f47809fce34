# SPDX-License-Identifier: EUPL-1.2
"""`amana bench`: measure this machine with the product's own code."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Language, example
from amana.cli.replying import Reply, answering, reply_to
from amana.cli.working import Progress, working
from amana.phrases import Words, tell

RUN_NODE = (sys.executable, "-c", "from amana.cli.main import app; app()", "run", "--json")
PLAYED = "ma.dgsn"  # the agency of the demonstration whose pages are measured


class Bench(StrEnum):
    """The benchmarks there are."""

    EXCHANGE = "exchange"
    PAGES = "pages"
    EVENT = "event"


@answering()
def bench(
    name: Annotated[
        Bench,
        typer.Argument(
            metavar="exchange|pages|event",
            help="exchange: two nodes, 1 KiB entries, until the receipt. pages: the desk of a played demonstration. "
            "event: three nodes, three weeks of log, its board and reports.",
            show_default=False,
        ),
    ],
    directory: Annotated[
        Path | None,
        typer.Option("--dir", metavar="D", help="pages: where a demonstration was played; else one is played now.", show_default=False),
    ] = None,
    officer: Annotated[str, typer.Option("--officer", metavar="H", help="pages: the post at whose desk is measured.")] = "liaison",
    rounds: Annotated[int, typer.Option("--rounds", metavar="N", min=20, help="pages: how often each page is asked for.")] = 60,
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, help="event: how many days.")] = 21,
    lines: Annotated[int, typer.Option("--lines", metavar="N", min=100, help="event: how many lines a day.")] = 10_000,
    agencies: Annotated[int, typer.Option("--agencies", metavar="N", min=8, help="event: how many agencies are simulated.")] = 40,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Measure this machine with the product's own code.

    exchange: how fast two nodes exchange entries, all checks, folds and durable writes included.
    pages: how long an officer waits for each page, and how much the first one loads.
    event: how quick the board and the reports of an event are after three weeks, and whether the log costs more at their end.
    """
    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    with working(shown=not as_json) as progress:
        if name is Bench.EXCHANGE:
            from amana.bench.exchange import run_exchange_bench

            answer = run_exchange_bench(progress=progress)
        elif name is Bench.EVENT:
            from amana.bench.event import run_event_bench

            answer = run_event_bench(run_node=RUN_NODE, progress=progress, days=days, lines=lines, agencies=agencies)
        else:
            from amana.bench.pages import run_pages_bench

            with _played(directory, reply.language, progress) as home:
                answer = run_pages_bench(home / PLAYED, officer=officer, run_node=RUN_NODE, rounds=rounds, progress=progress)
    {Bench.EXCHANGE: _tell_exchange, Bench.PAGES: _tell_pages, Bench.EVENT: _tell_event}[name](reply, answer)
    reply.finish(answer)


@contextmanager
def _played(directory: Path | None, language: str, progress: Progress) -> Iterator[Path]:
    """Where a demonstration was played and has stopped; one that is played for this is removed afterwards."""
    if directory is not None:
        yield directory.absolute()
        return
    from amana.demo.play import play_demo

    with tempfile.TemporaryDirectory(prefix="amana-bench-", ignore_cleanup_errors=True) as name:
        home = Path(name) / "demo"
        play_demo(directory=home, ports=None, headless=True, language=language, say=_unheard, progress=progress)
        yield home


def _unheard(line: str) -> None:
    """The story is not what is asked for."""


def _tell_exchange(reply: Reply, answer: dict[str, Any]) -> None:
    reply.tell(
        "{speed} entries per second from the action to the stored receipt, {cpu} ms of processor time each on both nodes together.",
        speed=round(answer["entries_per_second"]),
        cpu=str(answer["cpu_ms_per_entry"]),
    )
    reply.tell(
        "At a paced 10 per second: median {p50} ms, 95 of 100 within {p95} ms.", p50=str(answer["p50_ms"]), p95=str(answer["p95_ms"])
    )
    reply.tell(
        "The bare limit of this machine, without any check, is {limit} per second; the ratio is {ratio}.",
        limit=round(answer["limit_entries_per_second"]),
        ratio=str(answer["ratio"]),
    )


def _tell_event(reply: Reply, answer: dict[str, Any]) -> None:
    reply.tell(
        "After {days} days of {lines} lines the board answers 95 of 100 requests within {board} ms, the draft of a situation report "
        "within {report} ms.",
        days=answer["days"],
        lines=answer["lines_a_day"],
        board=str(answer["board_p95_ms"]),
        report=str(answer["sitrep_ms"]),
    )
    reply.tell(
        "A line written at one node is on another’s board within {reached} ms in 95 of 100 cases; an append on the last day costs "
        "{ratio} times one on the first.",
        reached=str(answer["entry_to_board_p95_ms"]),
        ratio=str(answer["append_cost_ratio"]),
    )
    reply.tell(
        "{agencies} simulated agencies in one event hold the same state: {converged}.",
        agencies=answer["simulation"]["agencies"],
        converged=tell(reply.language, "yes") if answer["simulation"]["converged"] else tell(reply.language, "no"),
    )


def _tell_pages(reply: Reply, answer: dict[str, Any]) -> None:
    for page, by in answer["pages"].items():
        medians = {language: str(spread["p50_ms"]) for language, spread in by.items()}
        reply.tell("{page}: median {ar} ms in Arabic, {fr} ms in French, {en} ms in English.", page=_name(reply.language, page), **medians)
    goals = answer["goals"]
    reply.tell(
        "The slowest page answers 95 of 100 requests within {p95} ms; the goal is {goal} ms.",
        p95=str(answer["slowest_p95_ms"]),
        goal=round(goals["p95_ms"]["goal"]),
    )
    reply.tell(
        "The first page with everything it loads is {size} bytes compressed, fonts apart ({fonts}); the goal is {goal}.",
        size=answer["heaviest_first_page_bytes"],
        fonts=max(weight["fonts"] for weight in answer["first_page_bytes"].values()),
        goal=goals["first_page_bytes"]["goal"],
    )
    reply.tell(
        "The same bytes cost {static} ms as a static file and {view} ms from an empty view; the inbox takes {ratio} times the latter.",
        static=str(answer["limit"]["static"]["p50_ms"]),
        view=str(answer["limit"]["view"]["p50_ms"]),
        ratio=str(answer["ratio_to_view"]),
    )


def _name(language: str, page: str) -> Words:
    """What a measured page is called."""
    named = {
        "inbox": tell(language, "To do today"),
        "inbox_refresh": tell(language, "To do today, renewed by itself"),
        "dossier": tell(language, "The longest dossier"),
        "meeting": tell(language, "Visits and sessions"),
        "communique": tell(language, "Communiqués"),
        "assessment": tell(language, "Threat assessments"),
        "decisions": tell(language, "Decisions"),
        "register": tell(language, "Dossiers"),
        "search": tell(language, "Search"),
        "compose": tell(language, "New request"),
    }
    return named[page]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench", epilog=example("amana bench exchange --json", "amana bench pages --json", "amana bench event --json"))(bench)
