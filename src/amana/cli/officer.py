# SPDX-License-Identifier: EUPL-1.2
"""`amana officer`: the local accounts of a node: who they are, in which units they work, how they come to sign in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from amana.cli.asking import ask_node
from amana.cli.options import AsJson, Directory, Lang, Language, example
from amana.cli.replying import Reply, answering, reply_to
from amana.node.access import Role
from amana.phrases import label

EXAMPLES = (
    "amana officer ~/node add --account amal --name 'A. B.' --unit drugs",
    "amana officer ~/node invite amal",
    "amana officer ~/node list",
)
DESK_UNIT = "desk"  # where arriving dossiers belong until somebody assigns them


class OfficerAct(StrEnum):
    """What can be done with accounts."""

    ADD = "add"
    LIST = "list"
    INVITE = "invite"
    CLOSE = "close"


@answering()
def officer(
    directory: Directory,
    act: Annotated[OfficerAct, typer.Argument(metavar="ACTION", help="add, list, invite or close.", show_default=False)],
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
    """Add a local account, list them all, invite one to sign in at the pages, close one.

    Adding an account again changes it. An invitation's code is shown once, to be handed over in person; what the account
    signed in by before is void then. Names stay on this node.
    """
    reply = reply_to(lang, as_json=as_json)
    if act is OfficerAct.LIST:
        _list(reply, directory)
        return
    chosen = account or positional
    if not chosen or (account and positional and account != positional):
        raise typer.BadParameter("one account is needed", param_hint="--account")
    if act is not OfficerAct.ADD:
        _change_sign_in(reply, directory, act, chosen)
        return
    units = sorted(set(unit or ([] if role is Role.ADMINISTRATOR else [DESK_UNIT])))
    given = {"account": chosen, "name": name or chosen, "role": role.value, "units": units, "language": language.value}
    answer = ask_node(directory, "officer_add", given)
    reply.tell("The account {account} is there, as {role}.", account=chosen, role=label(reply.language, "role", role))
    reply.finish(answer)


def _list(reply: Reply, directory: Path) -> None:
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


def _change_sign_in(reply: Reply, directory: Path, act: OfficerAct, account: str) -> None:
    """Invite or close: the node keeps that it happened, the pages' own database how the account signs in."""
    from amana.compose.config import load_config
    from amana.web.serving import configure_pages

    configure_pages(directory.absolute(), load_config(directory))  # first: Django is set up once in a process
    from amana.web.sign_in import accounts

    answer = ask_node(directory, f"officer_{act.value}", {"account": account})
    if act is OfficerAct.CLOSE:
        accounts.close_account(account)
        reply.tell("The account {account} is closed: nobody works by it until it is invited again.", account=account)
        reply.finish(answer)
        return
    code = accounts.invite(account)
    reply.tell("Invitation for {account}, good once and for three days; hand it over in person: {code}", account=account, code=code)
    reply.finish(answer | {"invitation": code})


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("officer", epilog=example(*EXAMPLES))(officer)
