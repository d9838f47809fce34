# SPDX-License-Identifier: EUPL-1.2
"""`amana init`: make a node in a new directory, with its keys, its database and its first card."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from amana.cli.asking import quiet_logs
from amana.cli.files import read_bytes, read_names
from amana.cli.options import AsJson, Language, example
from amana.cli.replying import Reply, answering, reply_to
from amana.phrases import tell
from amana.protocol.card import AddressField
from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.identifiers import AgencyCode, parse_agency_code
from amana.protocol.marking import Level

if TYPE_CHECKING:
    from amana.compose.creating import Created, Wanted

CREDENTIAL = "amana-passphrase"  # as storage.keyfile has it; a test compares
CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"  # where a service manager hands over secrets


class Limit(StrEnum):
    """The classifications by name."""

    UNMARKED = "unmarked"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - a classification
    TOP_SECRET = "top_secret"  # noqa: S105 - a classification


@answering()
def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A directory that does not exist yet, or is empty.", show_default=False)],
    code: Annotated[str, typer.Option(metavar="CODE", help="The agency's code, such as ma.dgsn.", show_default=False)],
    names_file: Annotated[
        Path, typer.Option(metavar="F", help="JSON or TOML with the agency's name as ar, fr and en.", show_default=False)
    ],
    port: Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="The port on which the node listens.", show_default=False)],
    address: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Where partners reach it; may be given several times. [default: http://127.0.0.1:N]"),
    ] = None,
    limit: Annotated[Limit, typer.Option(help="The highest classification that the node accepts.")] = Limit.RESTRICTED,
    passphrase_file: Annotated[
        Path | None, typer.Option(metavar="F", help="Holds the passphrase of the key files; else one is made.", show_default=False)
    ] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Make a node in a new directory.

    Makes its keys, its database and its first card, and prints the safety number to read aloud to partners.
    """
    from amana.compose.creating import Wanted, create_node

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    names = read_names(names_file)
    wanted = Wanted(
        code=_code(code),
        names={"ar": names.ar, "fr": names.fr, "en": names.en},
        port=port,
        addresses=_addresses(address or [f"http://127.0.0.1:{port}"]),
        limit=Level[limit.name],
        passphrase=_passphrase(passphrase_file),
        passphrase_file=str(passphrase_file.absolute()) if passphrase_file else "",
    )
    created = create_node(directory.absolute(), wanted)
    _tell(reply, wanted, created)
    made = str(created.directory / created.passphrase_file) if created.passphrase_file else ""
    reply.finish(
        {
            "code": wanted.code,
            "directory": str(created.directory),
            "safety_number": created.safety_number,
            "addresses": list(wanted.addresses),
            "passphrase_file": made,
        }
    )


def _tell(reply: Reply, wanted: Wanted, created: Created) -> None:
    reply.tell("The node of {code} is made in {directory}.", code=wanted.code, directory=str(created.directory))
    if wanted.passphrase_file:
        reply.tell("The node reads the passphrase of its key files from {file}.", file=wanted.passphrase_file)
    elif created.passphrase_file:
        reply.tell(
            "A passphrase was made and lies in {file}. Whoever reads this file can use the node’s keys: keep it from backups, or hand the "
            "passphrase over by the service manager and remove the file.",
            file=str(created.directory / created.passphrase_file),
        )
    else:
        reply.tell(
            "The passphrase that you gave opens the key files. It is not kept here: hand it over as the credential {credential} whenever "
            "the node starts.",
            credential=CREDENTIAL,
        )
    reply.tell("The key in identity.key signs new cards only. Keep a copy in a safe place and take the file off this machine.")
    reply.tell("Safety number, to be read aloud to partners:")
    reply.say(f"\n    {created.safety_number}\n")
    reply.say(tell(reply.language, "Next: {command}", command=f"amana officer {created.directory} add --account H --name …"))


def _code(given: str) -> AgencyCode:
    try:
        return parse_agency_code(given)
    except PeerFault as fault:
        raise typer.BadParameter("small letters, digits and dots, at most 32, such as ma.dgsn", param_hint="--code") from fault


def _addresses(given: list[str]) -> tuple[str, ...]:
    try:
        addresses: tuple[str, ...] = msgspec.convert(tuple(given), tuple[AddressField, ...])
    except msgspec.ValidationError as error:
        raise typer.BadParameter("http:// or https://, a host in small letters, a port, a path", param_hint="--address") from error
    if len(set(addresses)) < len(addresses):
        raise typer.BadParameter("the same address twice", param_hint="--address")
    return addresses


def _passphrase(file: Path | None) -> bytes:
    """The passphrase given, by file or by the service manager; empty where one is to be made."""
    credential = Path(os.environ.get(CREDENTIALS_VARIABLE, "")) / CREDENTIAL
    if file is None and not (os.environ.get(CREDENTIALS_VARIABLE) and credential.exists()):
        return b""
    passphrase = read_bytes(file or credential).removesuffix(b"\n").removesuffix(b"\r")
    if not passphrase:
        raise OperatorFault("no_passphrase", credential=CREDENTIAL, file=(file or credential).name)
    return passphrase


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = (
        """echo '{"ar": "…", "fr": "…", "en": "…"}' > names.json""",
        "amana init ~/node --code ma.dgsn --names-file names.json --port 8441",
    )
    app.command("init", epilog=example(*lines))(init)
