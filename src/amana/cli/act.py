# SPDX-License-Identifier: EUPL-1.2
"""`amana act`: one action of one officer from a file; the answer is JSON in any case, the words go to standard error."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amana.cli.asking import ask_node
from amana.cli.files import read_json
from amana.cli.options import AsJson, Directory, Language, Officer, example
from amana.cli.replying import answering, reply_to
from amana.phrases import About, sentence


@answering(always=True)
def act(
    directory: Directory,
    officer: Officer,
    file: Annotated[Path, typer.Option(metavar="ACTION.json", help="The action as JSON; - reads standard input.", show_default=False)],
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Do what an action file says, as one officer.

    Sends an entry, or notes, assigns, releases or discards; examples/actions shows every action. The answer is JSON:
    {"entry", "dossier"}, or {"refused", "facts", "sentence"} with exit code 1.
    """
    reply = reply_to(lang, as_json=as_json)
    answer = ask_node(directory, "act", {"officer": officer, "action": read_json(file)})
    if not as_json:
        for warning in answer.get("warnings", ()):
            typer.echo(sentence(reply.language, warning["code"], {}, About.WARNING), err=True)
    reply.finish(answer, always=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("act", epilog=example("amana act ~/node --officer amal --file request.json"))(act)
