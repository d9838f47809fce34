# SPDX-License-Identifier: EUPL-1.2
"""`amana bench`: measure this machine with the product's own code."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Language, example
from amana.cli.replying import answering, reply_to
from amana.cli.working import working


class Bench(StrEnum):
    """The benchmarks there are."""

    EXCHANGE = "exchange"


@answering()
def bench(
    name: Annotated[
        Bench, typer.Argument(metavar="exchange", help="exchange: two nodes, 1 KiB entries, until the receipt.", show_default=False)
    ],
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Measure this machine with the product's own code.

    exchange: how fast two nodes exchange entries, all checks, folds and durable writes included.
    """
    from amana.bench.exchange import run_exchange_bench

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    assert name is Bench.EXCHANGE  # noqa: S101 - there is no other yet; told to the type checker
    with working(shown=not as_json) as progress:
        answer = run_exchange_bench(progress=progress)
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
    reply.finish(answer)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench", epilog=example("amana bench exchange --json"))(bench)
