# SPDX-License-Identifier: EUPL-1.2
"""`amana partner`: bring in a partner's card, confirm it by the safety number that was heard, suspend, resume, list."""

from __future__ import annotations

import base64
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from amana.cli.asking import ask_node
from amana.cli.files import read_card
from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import Reply, answering, reply_to
from amana.phrases import label, tell


class PartnerAct(StrEnum):
    """What can be done with partners."""

    ADD = "add"
    CONFIRM = "confirm"
    SUSPEND = "suspend"
    RESUME = "resume"
    LIST = "list"


@answering()
def partner(
    directory: Directory,
    act: Annotated[PartnerAct, typer.Argument(metavar="ACTION", help="add, confirm, suspend, resume or list.", show_default=False)],
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="The partner, for confirm, suspend and resume.", show_default=False)
    ] = None,
    card: Annotated[
        Path | None, typer.Option("--card", metavar="FILE", help="For add: the card that the partner gave.", show_default=False)
    ] = None,
    number: Annotated[
        str | None,
        typer.Option(
            "--number", metavar="NUMBER", help="For confirm: the safety number as it was heard; else it is asked for.", show_default=False
        ),
    ] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Add, confirm, suspend, resume or list partners.

    A partner is added by its card and confirmed by the safety number that it reads to you. Nothing is exchanged before.
    """
    reply = reply_to(lang, as_json=as_json)
    if act is PartnerAct.LIST:
        _list(reply, directory)
    elif act is PartnerAct.ADD:
        _add(reply, directory, card)
    elif not code:
        raise typer.BadParameter("which partner?", param_hint="CODE")
    else:
        arguments = {"code": code} | ({"number": number or _ask_number(reply, code)} if act is PartnerAct.CONFIRM else {})
        answer = ask_node(directory, f"partner_{act.value}", arguments)
        _tell_change(reply, act, code)
        reply.finish(answer)


def _add(reply: Reply, directory: Path, card: Path | None) -> None:
    if card is None:
        raise typer.BadParameter("the partner's card is needed", param_hint="--card")
    answer = ask_node(directory, "partner_add", {"card": base64.b64encode(read_card(card)).decode()})
    code = answer["code"]
    reply.tell("The card of {code} is in: {name}.", code=code, name=answer["names"][reply.language])
    if answer["status"] == "added":
        reply.tell(
            "Nothing is exchanged yet. Call the partner on a number that you know, have them read their safety number to you, and type it "
            "in: {command}",
            command=f"amana partner {directory} confirm {code}",
        )
    reply.finish(answer)


def _ask_number(reply: Reply, code: str) -> str:
    if not sys.stdin.isatty():
        raise typer.BadParameter("needed where nobody can be asked", param_hint="--number")
    asked: str = typer.prompt(tell(reply.language, "Safety number that {code} reads to you", code=code), err=True)
    return asked


def _tell_change(reply: Reply, act: PartnerAct, code: str) -> None:
    match act:
        case PartnerAct.CONFIRM:
            reply.tell("{code} is confirmed: entries can be exchanged.", code=code)
        case PartnerAct.SUSPEND:
            reply.tell("{code} is suspended: only recalls, corrections, erasures and ends pass until it is resumed.", code=code)
        case _:
            reply.tell("The exchange with {code} is resumed.", code=code)


def _list(reply: Reply, directory: Path) -> None:
    answer = ask_node(directory, "partner_list", {})
    for held in answer["partners"]:
        _tell_partner(reply, held)
    if not answer["partners"]:
        reply.tell("There are no partners yet. Ask one for its card, then: {command}", command=f"amana partner {directory} add --card FILE")
    reply.finish(answer)


def _tell_partner(reply: Reply, held: dict[str, Any]) -> None:
    status = label(reply.language, "partner_status", held["status"])
    reply.tell(
        "{code}: {name}, {status}, card {number}",
        code=held["code"],
        name=held["names"][reply.language],
        status=status,
        number=held["card_number"],
    )
    for address in held["addresses"]:
        reply.say(f"    {address}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = ("amana partner ~/node add --card dgpn.card", "amana partner ~/node confirm fr.dgpn", "amana partner ~/node list")
    app.command("partner", epilog=example(*lines))(partner)
