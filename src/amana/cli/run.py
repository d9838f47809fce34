# SPDX-License-Identifier: EUPL-1.2
"""`amana run`: the node itself, until it is stopped; one ready line on standard output, log lines on standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import typer

from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import Reply, answering, reply_to

if TYPE_CHECKING:
    from amana.compose.opening import OpenNode


@answering()
def run(directory: Directory, lang: Language = None, as_json: AsJson = False) -> None:
    """Run the node until Ctrl+C or SIGTERM.

    It answers partners, sends what waits for them by itself, and serves the other commands meanwhile.
    """
    from amana.compose.logs import configure_logs
    from amana.compose.running import run_node
    from amana.web.serving import make_pages

    reply = reply_to(lang, as_json=as_json)
    configure_logs(verbose=True, as_json=as_json or not sys.stderr.isatty())
    run_node(directory.absolute(), on_ready=lambda opened: _tell_ready(reply, opened), make_pages=make_pages)


def _tell_ready(reply: Reply, opened: OpenNode) -> None:
    """The one line by which whoever started the node knows that it is up."""
    code, config = opened.node.code, opened.config
    host = f"[{config.listen}]" if ":" in config.listen else config.listen
    url = next(iter(opened.node.card.card.addresses), f"http://{host}:{config.port}")
    if reply.as_json:
        typer.echo(json.dumps({"ready": True, "code": code, "url": url, "pid": os.getpid()}))
    else:
        reply.tell("{code} is ready at {url} (process {pid}). Ctrl+C stops it.", code=code, url=url, pid=os.getpid())
    sys.stdout.flush()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", epilog=example("amana run ~/node"))(run)
