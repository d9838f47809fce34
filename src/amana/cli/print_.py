# SPDX-License-Identifier: EUPL-1.2
"""`amana print`: a dossier, or one entry as a letter, as PDF with its handling conditions on every page.

What the marking forbids is refused with whom to ask. That it was printed is kept in the node's own log before the file
is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amana.cli.asking import ask_node
from amana.cli.files import write_bytes
from amana.cli.options import AsJson, Directory, Language, Officer, example
from amana.cli.replying import answering, reply_to
from amana.phrases import Words, cleaned, isolated, label
from amana.protocol.errors import Refusal

if TYPE_CHECKING:
    from amana.compose.config import NodeConfig

LONGEST_NUMBER = 4  # digits; what is longer is the start of an id


@answering()
def print_(
    directory: Directory,
    officer: Officer,
    dossier: Annotated[str, typer.Option("--dossier", metavar="D", help="Its reference.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the PDF is written.", show_default=False)],
    entry: Annotated[
        str | None,
        typer.Option("--entry", metavar="E", help="Only this entry, as a letter: its number, or the start of its id.", show_default=False),
    ] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Print a dossier, or one entry of it as a letter.

    Writes a PDF in the language asked for, marked on every page. Internal notes are never printed.
    """
    from amana.compose.config import load_config
    from amana.compose.ports import SystemClock
    from amana.web.printing import dossier_pdf, letter_pdf, require_printable

    reply = reply_to(lang, as_json=as_json)
    config = load_config(directory)
    shown = ask_node(directory, "show", {"officer": officer, "dossier": cleaned(dossier).strip()})
    chosen = None if entry is None else entry_named(shown, cleaned(entry).strip())
    now = SystemClock().now()
    require_printable(shown, now=now, entries=None if chosen is None else {chosen})
    count = len(shown["entries"]) if chosen is None else 1
    printed = ask_node(directory, "printed", {"officer": officer, "dossier": shown["dossier"], "count": count})
    partners = ask_node(directory, "partner_list", {})["partners"]
    given: dict[str, Any] = {
        "language": reply.language,
        "zone": config.zone or reply.zone,
        "names": {shown["agency"]: printed["names"], **{one["code"]: one["names"] for one in partners}},
        "demonstration": config.demonstration,
        "made_at": now,
        "post": post_of(reply.language, printed, config),
    }
    shown = {**shown, "unit": config.unit_name(reply.language, shown.get("unit", ""))}
    pdf = dossier_pdf(shown, **given) if chosen is None else letter_pdf(shown, chosen, **given)
    write_bytes(out, pdf)
    reply.tell("The PDF is in {file}.", file=str(out))
    reply.finish({"file": str(out), "dossier": shown["dossier"], "entry": chosen or "", "size": len(pdf)})


def entry_named(shown: Mapping[str, Any], given: str) -> str:
    """The id of the entry with this number, or whose id begins so. Raises Refusal `not_found`."""
    by_number = given.isascii() and given.isdecimal() and len(given) <= LONGEST_NUMBER
    found = [
        one["id"]
        for place, one in enumerate(shown["entries"], 1)
        if (by_number and int(given) == (one.get("number") or place)) or (not by_number and given and one["id"].startswith(given))
    ]
    if len(found) != 1:
        raise Refusal("not_found")
    return str(found[0])


def post_of(language: str, printed: Mapping[str, Any], config: NodeConfig) -> Words:
    """The post that prints: role and units, never a name or an account."""
    comma = "، " if language == "ar" else ", "
    units = [isolated(language, config.unit_name(language, unit)) for unit in printed["units"]]
    return Words(comma.join([label(language, "role", printed["role"]), *units]))


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = (
        "amana print ~/node --officer amal --dossier 3f09…c2 --out dossier.pdf",
        "amana print ~/node --officer amal --dossier 3f09…c2 --entry 1 --lang fr --out lettre.pdf",
    )
    app.command("print", epilog=example(*lines))(print_)
