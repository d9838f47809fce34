# SPDX-License-Identifier: EUPL-1.2
"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

ENDING = "Exit codes: 0 done, 1 refused or found wrong, 2 the command was wrong."


class Lang(StrEnum):
    """The languages that people read."""

    AR = "ar"
    FR = "fr"
    EN = "en"


Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The node's directory, as `amana init` made it.", show_default=False)]
Officer = Annotated[str, typer.Option("--officer", metavar="H", help="The local account of the person at work.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object on the last line of standard output.")]
Language = Annotated[
    Lang | None,
    typer.Option("--lang", help="Language of what is shown; else that of the machine's locale, else English.", show_default=False),
]


def example(*lines: str) -> str:
    """The end of a command's help: how it is typed, kept line by line, and what its exit codes mean."""
    return "\b\n" + "\n".join(["Example:", *(f"  {line}" for line in lines), "", ENDING])
