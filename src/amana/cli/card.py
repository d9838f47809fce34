# SPDX-License-Identifier: EUPL-1.2
"""`amana card`: this agency's signed card for a partner, and the safety number to read aloud; or a renewed card."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import typer

from amana.cli.asking import ask_node, quiet_logs
from amana.cli.files import armoured, read_names, write_text
from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import answering, reply_to


@answering()
def card(
    directory: Directory,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the card here instead of showing it.", show_default=False)] = None,
    renew: Annotated[bool, typer.Option("--renew", help="Sign a new card first; needs identity.key, and the node must not run.")] = False,
    address: Annotated[list[str] | None, typer.Option(metavar="URL", help="With --renew: other addresses.", show_default=False)] = None,
    names_file: Annotated[Path | None, typer.Option(metavar="F", help="With --renew: other names.", show_default=False)] = None,
    new_run: Annotated[bool, typer.Option("--new-run", help="With --renew: end logs that nobody can confirm, after a loss.")] = False,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show this agency's card and safety number.

    The card goes to the partner by any channel; the safety number is read aloud to them on a call that both trust.
    """
    reply = reply_to(lang, as_json=as_json)
    if (address or names_file or new_run) and not renew:
        raise typer.BadParameter("only together with --renew", param_hint="--address, --names-file, --new-run")
    if renew:
        from amana.compose.renewing import Renewal, renew_card

        quiet_logs()
        names = read_names(names_file) if names_file else None
        named = {"ar": names.ar, "fr": names.fr, "en": names.en} if names else {}
        renew_card(directory, Renewal(addresses=tuple(address or ()), names=named, new_run=new_run))
    answer = ask_node(directory, "card", {})
    armour = armoured(base64.b64decode(answer["card"]))
    if out is not None:
        write_text(out, armour)
        reply.tell(
            "Card number {number} of {code} is in {file}. Give it to the partner by any channel.",
            file=str(out),
            number=answer["number"],
            code=answer["code"],
        )
    else:
        reply.say(armour)
    reply.tell(
        "Safety number of {code}. Read it aloud to the partner, on a call that you both trust; never send it with the card:",
        code=answer["code"],
    )
    reply.say(f"\n    {answer['safety_number']}\n")
    reply.finish(answer | ({"file": str(out)} if out else {}))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("card", epilog=example("amana card ~/node --out dgsn.card"))(card)
