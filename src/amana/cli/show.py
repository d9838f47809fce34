# SPDX-License-Identifier: EUPL-1.2
"""`amana show`: a dossier whole, or all dossiers that an officer may see, as text or JSON. The consultation is recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from amana.cli.asking import ask_node
from amana.cli.options import AsJson, Directory, Language, Officer, example
from amana.cli.pages.dossiers import dossier_lines, list_lines
from amana.cli.pages.page import Page
from amana.cli.replying import answering, reply_to
from amana.compose.ports import SystemClock
from amana.phrases import cleaned


@answering()
def show(
    directory: Directory,
    officer: Officer,
    dossier: Annotated[
        str | None, typer.Argument(metavar="DOSSIER", help="Its reference; without one, all are listed.", show_default=False)
    ] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show one dossier, or list all of them.

    Shows what officer H may see. The consultation is recorded in the node's own log.
    """
    reply = reply_to(lang, as_json=as_json)
    answer = ask_node(directory, "show", {"officer": officer, "dossier": cleaned(dossier or "").strip()})
    now = SystemClock().now()
    if dossier:
        lines = dossier_lines(reply.language, answer, now, reply.zone)
    else:
        page = Page(language=reply.language, own=answer["agency"], now=now, zone=reply.zone)
        lines = list_lines(page, answer["dossiers"])
        if not answer["dossiers"]:
            reply.tell("There are no dossiers yet.")
    for line in () if as_json else lines:
        reply.say(line)
    reply.finish(answer)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show", epilog=example("amana show ~/node --officer amal", "amana show ~/node 3f09…c2 --officer amal --lang ar"))(show)
