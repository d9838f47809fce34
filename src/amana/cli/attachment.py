# SPDX-License-Identifier: EUPL-1.2
"""`amana attachment`: saves one attachment of an entry to a file, verified; the consultation is recorded."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import typer

from amana.cli.asking import ask_node
from amana.cli.files import write_private
from amana.cli.options import AsJson, Directory, Language, Officer, example
from amana.cli.replying import answering, reply_to
from amana.phrases import cleaned, isolated, on_one_line


@answering()
def attachment(
    directory: Directory,
    officer: Officer,
    entry: Annotated[str, typer.Option("--entry", metavar="E", help="The entry’s reference, whole.", show_default=False)],
    place: Annotated[int, typer.Option("--place", metavar="N", min=0, max=19, help="Which one: 0 is the first.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write; it must not exist.", show_default=False)],
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Save one attachment of an entry.

    What is stored is checked against the entry before a byte is written. Opening it is recorded in the node's own log.
    """
    reply = reply_to(lang, as_json=as_json)
    answer = ask_node(directory, "attachment", {"officer": officer, "entry": cleaned(entry).strip(), "place": place})
    content = base64.b64decode(answer.pop("content"))
    write_private(out, content)
    if not answer["type_matches"]:
        reply.warn("Its content is not what its type says. Open it only where it can do no harm.")
    name = isolated(reply.language, on_one_line(answer["name"]))
    reply.tell("Saved: {name}, {type}, {size} bytes.", name=name, type=on_one_line(answer["type"]), size=len(content))
    reply.finish(answer | {"file": str(out)})


def register(app: typer.Typer) -> None:
    """Add the command."""
    epilog = example("amana attachment ~/node --officer amal --entry 3f09…c2 --place 0 --out report.pdf")
    app.command("attachment", epilog=epilog)(attachment)
