# SPDX-License-Identifier: EUPL-1.2
"""`amana sync`: exchange with partners now, until nothing is left to say; also where the node does not run."""

from __future__ import annotations

from typing import Annotated

import typer

from amana.cli.asking import ask_node
from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import DONE, WRONG, answering, reply_to


@answering()
def sync(
    directory: Directory,
    partner: Annotated[str | None, typer.Option(metavar="CODE", help="Only with this partner.", show_default=False)] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Exchange with partners now.

    Goes on until nothing is left to say, also where the node does not run. Exit code 1 where a partner did not answer.
    """
    reply = reply_to(lang, as_json=as_json)
    answer = ask_node(directory, "sync", {"partner": partner or ""})
    for held in answer["partners"]:
        if held["answered"]:
            reply.tell("{code} answered: nothing is left to send.", code=held["code"])
        else:
            reply.tell("{code} did not answer. What waits is sent by itself when it is back.", code=held["code"])
    if not answer["partners"]:
        reply.tell("There is no confirmed partner to exchange with.")
    reply.finish(answer, code=DONE if answer["ok"] else WRONG)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sync", epilog=example("amana sync ~/node", "amana sync ~/node --partner fr.dgpn"))(sync)
