# SPDX-License-Identifier: EUPL-1.2
"""`amana sweep`: destroy what is due to be erased, now or as of a day; a running node does so by itself every hour."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import answering, reply_to
from amana.phrases import day, tell_count


@answering()
def sweep(
    directory: Directory,
    at: Annotated[str, typer.Option("--at", metavar="DAY", help="As if it were this day, such as 2026-12-31; else now.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how much is due.")] = False,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Erase what is due: bodies and attachments go, headers and proofs stay.

    A running node does this by itself every hour.
    """
    from amana.cli.asking import quiet_logs
    from amana.compose.calling import call_node
    from amana.compose.config import load_config
    from amana.node.actions.form import parse_day
    from amana.protocol.identifiers import DossierId, Millis
    from amana.web.forgetting import forget_copies

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    moment = parse_day(at, what="at") if at else 0
    answer = call_node(directory, "sweep", {"at": moment, "dry_run": dry_run})
    past = [DossierId(bytes.fromhex(one)) for one in answer.pop("past")]
    if not dry_run:
        database = directory / load_config(directory).pages_database
        answer["erased"] += forget_copies(database, Millis(moment or time.time_ns() // 1_000_000), past)
    if dry_run:
        due = tell_count(
            reply.language, "{count} content is due to be erased.", "{count} contents are due to be erased.", count=answer["erased"]
        )
        reply.say(due)
    else:
        reply.say(tell_count(reply.language, "{count} content was erased.", "{count} contents were erased.", count=answer["erased"]))
    if answer["next_due"]:
        reply.tell("The next one is due on {day}.", day=day(reply.language, answer["next_due"]))
    reply.finish(answer)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sweep", epilog=example("amana sweep ~/node", "amana sweep ~/node --at 2026-12-31 --dry-run"))(sweep)
