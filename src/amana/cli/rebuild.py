# SPDX-License-Identifier: EUPL-1.2
"""`amana rebuild`: make everything that is derived again from entries, logs and the node's own log."""

from __future__ import annotations

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import answering, reply_to
from amana.cli.working import working
from amana.phrases import tell_count


@answering()
def rebuild(directory: Directory, lang: Language = None, as_json: AsJson = False) -> None:
    """Make what is derived again from the entries.

    Loses nothing and changes nothing that was signed. Needed after an upgrade that says so, or where `amana verify` says so. The
    node must not run.
    """
    from amana.compose.checking import rebuild_directory

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    with working(shown=not as_json) as progress:
        answer = rebuild_directory(directory, progress)
    reply.tell(
        "Made again: {dossiers}, {logs}.",
        dossiers=tell_count(reply.language, "{count} dossier", "{count} dossiers", count=answer["dossiers"]),
        logs=tell_count(reply.language, "{count} log", "{count} logs", count=answer["logs"]),
    )
    reply.finish(answer)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rebuild", epilog=example("amana rebuild ~/node"))(rebuild)
