# SPDX-License-Identifier: EUPL-1.2
"""The `amana` command: its subcommands, and the answer to a wrong call (exit 2; as JSON too where it was asked for)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import amana
from amana.cli import (
    act,
    attachment,
    bench,
    card,
    demo,
    doctor,
    inbox,
    init,
    officer,
    pack,
    partner,
    print_,
    rebuild,
    run,
    show,
    sweep,
    sync,
    verify,
)
from amana.cli.replying import MISUSED, USAGE


class Commands(TyperGroup):
    """The group of all commands; a wrong call is answered on standard error, and as JSON where `--json` was given."""

    def main(self, args: Sequence[str] | None = None, **more: Any) -> Any:  # type: ignore[override]  # everything else is passed on by name
        given = list(sys.argv[1:] if args is None else args)
        if not more.pop("standalone_mode", True):
            return super().main(given, standalone_mode=False, **more)
        try:
            sys.exit(super().main(given, standalone_mode=False, **more) or 0)
        except USAGE as error:
            error.show()  # type: ignore[attr-defined]  # every usage error can show itself
            if "--json" in given:
                typer.echo(json.dumps({"misuse": error.format_message()}))  # type: ignore[attr-defined]  # as above
            sys.exit(MISUSED)
        except typer.Abort:
            sys.exit(MISUSED)


app = typer.Typer(
    cls=Commands,
    name="amana",
    help="Sovereign police and security services exchange sealed, signed entries; each runs its own node.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for verb in (
    init,
    officer,
    run,
    card,
    partner,
    act,
    show,
    print_,
    attachment,
    inbox,
    sync,
    verify,
    pack,
    rebuild,
    sweep,
    doctor,
    demo,
    bench,
):
    verb.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(amana.__version__)
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")] = False,
) -> None:
    """Sovereign police and security services exchange sealed, signed entries; each runs its own node."""
