# SPDX-License-Identifier: EUPL-1.2
"""`amana officer`: the local accounts of a node, who they are and in which units they work."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from amana.cli.asking import ask_node
from amana.cli.options import AsJson, Directory, Lang, Language, example
from amana.cli.replying import answering, reply_to
from amana.node.access import Role
from amana.phrases import label

DESK_UNIT = "desk"  # where arriving dossiers belong until somebody assigns them


class OfficerAct(StrEnum):
    """What can be done with accounts."""

    ADD = "add"
    LIST = "list"


@answering()
def officer(
    directory: Directory,
    act: Annotated[OfficerAct, typer.Argument(metavar="ACTION", help="add or list.", show_default=False)],
    positional: Annotated[str | None, typer.Argument(metavar="H", help="The account; as --account.", show_default=False)] = None,
    account: Annotated[str | None, typer.Option(metavar="H", help="The account: small letters, digits, . _ -", show_default=False)] = None,
    name: Annotated[str, typer.Option(help="The person's name; it never leaves the node.", show_default=False)] = "",
    role: Annotated[Role, typer.Option(help="An administrator sees the machine and no content.")] = Role.DESK,
    unit: Annotated[
        list[str] | None, typer.Option(metavar="U", help="A unit of the person's; may be given several times. [default: desk]")
    ] = None,
    language: Annotated[Lang, typer.Option(help="The language that the person reads.")] = Lang.EN,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Add a local account, or list them all.

    Adding an account again changes it. Names stay on this node.
    """
    reply = reply_to(lang, as_json=as_json)
    if act is OfficerAct.LIST:
        answer = ask_node(directory, "officer_list", {})
        for held in answer["officers"]:
            role_name = label(reply.language, "role", held["role"])
            reply.tell(
                "{account}: {name}, {role}, {units}",
                account=held["account"],
                name=held["name"],
                role=role_name,
                units=", ".join(held["units"]),
            )
        if not answer["officers"]:
            reply.tell("There are no accounts yet.")
        reply.finish(answer)
        return
    chosen = account or positional
    if not chosen or (account and positional and account != positional):
        raise typer.BadParameter("one account is needed", param_hint="--account")
    units = sorted(set(unit or ([] if role is Role.ADMINISTRATOR else [DESK_UNIT])))
    given = {"account": chosen, "name": name or chosen, "role": role.value, "units": units, "language": language.value}
    answer = ask_node(directory, "officer_add", given)
    reply.tell("The account {account} is there, as {role}.", account=chosen, role=label(reply.language, "role", role))
    reply.finish(answer)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "officer", epilog=example("amana officer ~/node add --account amal --name 'A. B.' --unit drugs", "amana officer ~/node list")
    )(officer)
