# SPDX-License-Identifier: EUPL-1.2
"""`amana demo`: four nodes on this machine play the scenario through the real exchange and tell it as a story."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Language, example
from amana.cli.replying import WRONG, answering, reply_to
from amana.cli.working import working


@answering()
def demo(
    headless: Annotated[bool, typer.Option("--headless", help="Stop the nodes once the story is played.")] = False,
    directory: Annotated[
        Path | None, typer.Option("--dir", metavar="D", help="Keep the nodes' directories here; else they are removed.", show_default=False)
    ] = None,
    ports: Annotated[str | None, typer.Option(metavar="A,B,C,D", help="Their four ports; else free ones.", show_default=False)] = None,
    start_port: Annotated[int | None, typer.Option(metavar="P", help="The start page’s port; else a free one.", show_default=False)] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Play the story of four agencies, invented data.

    Four nodes on this machine ask, answer, refuse, lose a machine and prove it all. Without --headless the nodes stay up until
    Ctrl+C, to be looked at in a browser, from the start page, or with the other commands.
    """
    from amana.demo.play import play_demo

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)

    def say(line: str) -> None:
        typer.echo(line, err=as_json)
        (sys.stderr if as_json else sys.stdout).flush()

    def played(result: Mapping[str, Any]) -> None:
        if as_json:
            typer.echo(json.dumps(result, ensure_ascii=False))
            sys.stdout.flush()

    with working(shown=not as_json) as progress:
        result = play_demo(
            directory=directory,
            ports=_ports(ports),
            start_port=start_port,
            headless=headless,
            language=reply.language,
            say=say,
            progress=progress,
            played=played,
        )
    if not (result["verified"] and not result["leaks"] and result["leak_control"] and not result["unreceipted"]):
        raise typer.Exit(WRONG)


def _ports(given: str | None) -> tuple[int, ...] | None:
    if given is None:
        return None
    try:
        return tuple(int(port) for port in given.split(","))
    except ValueError as error:
        raise typer.BadParameter("numbers with commas between them, such as 8441,8442,8443,8444", param_hint="--ports") from error


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", epilog=example("amana demo", "amana demo --headless --dir /tmp/story --json"))(demo)
