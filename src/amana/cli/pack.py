# SPDX-License-Identifier: EUPL-1.2
"""`amana pack`: a case made into one file for the next host, an inspector or the agency's files; one brought in to be read.

What the file says is checked by `amana verify FILE`, without a node.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from amana.cli.asking import ask_node
from amana.cli.options import AsJson, Directory, Language, Officer, example
from amana.cli.replying import Reply, answering, reply_to
from amana.phrases import cleaned, label, moment, tell_count


class PackAct(StrEnum):
    """What can be done with packs."""

    MAKE = "make"
    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


@answering()
def pack(
    directory: Directory,
    act: Annotated[PackAct, typer.Argument(metavar="ACTION", help="make, add, list or remove.", show_default=False)],
    officer: Officer,
    case: Annotated[str, typer.Option("--case", metavar="D", help="For make: the case’s reference, whole.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="CODE", help="For make: the agency that it is for; else for your own files.")] = "",
    persons: Annotated[bool, typer.Option("--persons", help="For make: with what may speak of persons; else that stays.")] = False,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="For make and add: the pack’s file.", show_default=False)
    ] = None,
    number: Annotated[str, typer.Option("--pack", metavar="P", help="For remove: the pack’s reference, whole.")] = "",
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Make a case into one file with all its proofs, or bring such a file in to be read.

    Only what its originators allow goes in, and nothing that may speak of persons unless you ask for it. A supervisor makes it.
    """
    reply = reply_to(lang, as_json=as_json)
    arguments: dict[str, Any] = {"officer": officer}
    match act:
        case PackAct.MAKE:
            given = {"case": _needed(cleaned(case).strip(), "--case"), "to": to, "persons": persons, "file": _file(file)}
            answer = ask_node(directory, "pack_make", arguments | given)
            _tell_made(reply, answer)
        case PackAct.ADD:
            answer = ask_node(directory, "pack_add", arguments | {"file": _file(file)})
            tell_pack(reply, answer)
        case PackAct.LIST:
            answer = ask_node(directory, "pack_list", arguments)
            _list(reply, answer)
        case _:
            answer = ask_node(directory, "pack_remove", arguments | {"pack": _needed(cleaned(number).strip(), "--pack")})
            reply.tell("The pack is removed; nothing of it is kept here.")
    reply.finish(answer)


def _needed(value: str, option: str) -> str:
    if not value:
        raise typer.BadParameter("needed for this", param_hint=option)
    return value


def _file(file: Path | None) -> str:
    return _needed(str(file.absolute()) if file is not None else "", "--file")


def _tell_made(reply: Reply, answer: Mapping[str, Any]) -> None:
    entries = tell_count(reply.language, "{count} entry", "{count} entries", count=answer["entries"])
    reply.tell("Written: {file}, {entries}, {size} bytes.", file=answer["file"], entries=entries, size=answer["bytes"])
    for name in ("kept_dossiers", "kept_entries", "kept_bodies"):
        _tell_kept(reply, name, answer[name])


def tell_pack(reply: Reply, answer: Mapping[str, Any]) -> None:
    """What a verified pack is and what it proves."""
    entries = tell_count(reply.language, "{count} entry", "{count} entries", count=answer["entries"])
    reply.tell(
        "The pack is whole: {kind}, {entries}, made by {agency} on {at}.",
        kind=label(reply.language, "kind", answer["kind"]),
        entries=entries,
        agency=answer["by"],
        at=moment(reply.language, answer["made_at"], reply.zone),
    )
    reply.say(
        tell_count(
            reply.language,
            "Proved: {count} entry stands in its author’s log under a head that its receiver has cosigned.",
            "Proved: {count} entries stand in their authors’ logs under heads that their receivers have cosigned.",
            count=answer["cosigned"],
        )
    )
    if alone := answer["entries"] - answer["cosigned"]:
        reply.say(
            tell_count(
                reply.language,
                "By the maker’s word alone: {count} entry that nobody has receipted.",
                "By the maker’s word alone: {count} entries that nobody has receipted.",
                count=alone,
            )
        )
    for name in ("left_out", "kept_bodies"):
        _tell_kept(reply, name, answer[name])
    reply.tell("The agencies stand by these identity keys. Compare each number with one that you trust:")
    for agency in answer["agencies"]:
        reply.say(f"  {agency['code']}  {agency['safety_number']}")


def _tell_kept(reply: Reply, name: str, kept: Mapping[str, int]) -> None:
    """What is not in the pack, by reason."""
    for reason, count in kept.items():
        why = label(reply.language, "pack_reason", reason)
        match name:
            case "kept_dossiers":
                said = tell_count(reply.language, "{count} dossier stays: {why}.", "{count} dossiers stay: {why}.", count=count, why=why)
            case "kept_bodies":
                said = tell_count(
                    reply.language, "{count} text is not in it: {why}.", "{count} texts are not in it: {why}.", count=count, why=why
                )
            case _:
                said = tell_count(
                    reply.language, "{count} entry is not in it: {why}.", "{count} entries are not in it: {why}.", count=count, why=why
                )
        reply.say(said)


def _list(reply: Reply, answer: Mapping[str, Any]) -> None:
    for one in answer["packs"]:
        reply.tell(
            "{pack}: {kind}, made by {agency} on {at}",
            pack=one["pack"],
            kind=label(reply.language, "kind", one["kind"]),
            agency=one["by"],
            at=moment(reply.language, one["made_at"], reply.zone),
        )
    if not answer["packs"]:
        reply.tell("No pack was brought in yet.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = (
        "amana pack ~/node make --officer chef --case 3f09…c2 --to ma.dgsn --file games.pack",
        "amana pack ~/node add --officer chef --file games.pack",
        "amana verify games.pack",
    )
    app.command("pack", epilog=example(*lines))(pack)
