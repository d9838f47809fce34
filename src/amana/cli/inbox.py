# SPDX-License-Identifier: EUPL-1.2
"""`amana inbox`: the day of one officer by clock: what is ours to do, what waits for partners, drafts, what was set aside."""

from __future__ import annotations

import typer

from amana.cli.asking import ask_node
from amana.cli.options import AsJson, Directory, Language, Officer, example
from amana.cli.pages.dossiers import inbox_lines
from amana.cli.replying import answering, reply_to


@answering()
def inbox(directory: Directory, officer: Officer, lang: Language = None, as_json: AsJson = False) -> None:
    """Show what awaits one officer today.

    The next deadline comes first; then what waits for partners, for release, and what was set aside.
    """
    reply = reply_to(lang, as_json=as_json)
    answer = ask_node(directory, "inbox", {"officer": officer})
    for line in () if as_json else inbox_lines(reply.language, answer, reply.zone):
        reply.say(line)
    reply.finish(answer)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("inbox", epilog=example("amana inbox ~/node --officer amal"))(inbox)
