# SPDX-License-Identifier: EUPL-1.2
"""Making a node: its directory, keys, database, first card. Done once, by a person; a running node never creates.

Everything is written into a directory beside the final one and moved at the end, so an interrupted `amana init`
leaves nothing that looks like a node.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from amana.compose.config import CONFIG_NAME, NodeConfig, UnitNames, config_text
from amana.compose.ports import SystemClock, SystemRandomness
from amana.dossiers.registry import KINDS
from amana.node.keys import make_identity_secret, make_working_secrets, open_identity, open_keys, sealing_pair
from amana.node.local import OwnCard
from amana.node.records import append_event
from amana.protocol.card import Card, KindRules, Names, sign_card, verify_card
from amana.protocol.entry import FORMAT
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode
from amana.protocol.marking import Level
from amana.protocol.safety_number import SafetyNumber, safety_number
from amana.storage.fence import create_fence
from amana.storage.keyfile import RECOMMENDED, Cost, write_key_file
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import create_database

PASSPHRASE_NAME = "passphrase"  # noqa: S105 - the name of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new node: its signed card, and the number to read aloud to partners."""

    directory: Path
    card: bytes
    safety_number: SafetyNumber
    passphrase_file: str  # relative to the directory; empty where the service manager hands it over


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a new node is to be."""

    code: AgencyCode
    names: Mapping[str, str]  # ar, fr, en
    port: int
    addresses: tuple[str, ...]
    limit: Level = Level.RESTRICTED
    passphrase: bytes = b""  # empty: one is made and kept in a file of the directory
    passphrase_file: str = ""  # where `passphrase` was read from and the node shall read it again; absolute
    cost: Cost = RECOMMENDED  # of opening the key files
    four_eyes: tuple[str, ...] = ()  # entry types that a second person releases
    time_zone: str = ""  # where its readers sit; empty: this machine's
    demonstration: bool = False  # everything there will be invented
    unit_names: Mapping[str, UnitNames] = field(default_factory=dict)  # by code


def create_node(directory: Path, wanted: Wanted) -> Created:
    """Make a node. Raises OperatorFault `directory_in_use`, `bad_names`; nothing is left behind then."""
    if directory.exists() and any(directory.iterdir()):
        raise OperatorFault("directory_in_use", path=str(directory))
    making = directory.with_name(directory.name + ".new")
    _clear_leftover(making)
    directory.parent.mkdir(parents=True, exist_ok=True)
    making.mkdir(mode=0o700)
    try:
        created = _fill(making, directory, wanted)
        if directory.exists():
            directory.rmdir()
        making.rename(directory)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return created


def _clear_leftover(making: Path) -> None:
    """Remove what an interrupted `amana init` left there, and nothing else. Raises OperatorFault `directory_in_use`."""
    if not making.is_symlink() and not making.exists():
        return
    config = NodeConfig(code=AgencyCode("x"), port=1)
    names = {CONFIG_NAME, PASSPHRASE_NAME, config.working_keys, config.identity_key, config.fence, config.database}
    names |= {f"{name}.new" for name in names} | {f"{config.database}-wal", f"{config.database}-shm"}
    if making.is_symlink() or not making.is_dir() or any(held.name not in names for held in making.iterdir()):
        raise OperatorFault("directory_in_use", path=str(making))
    shutil.rmtree(making)


def _fill(making: Path, final: Path, wanted: Wanted) -> Created:
    randomness = SystemRandomness()
    passphrase, passphrase_file = wanted.passphrase, wanted.passphrase_file
    if not passphrase:
        passphrase, passphrase_file = randomness.token(32).hex().encode(), PASSPHRASE_NAME
        _write_secret(making / PASSPHRASE_NAME, passphrase)
    working, identity = make_working_secrets(randomness), make_identity_secret(randomness)
    config = NodeConfig(code=wanted.code, port=wanted.port)
    for name, secrets in ((config.working_keys, working), (config.identity_key, identity)):
        write_key_file(
            making / name,
            passphrase,
            secrets,
            salt=randomness.token(16),
            nonce=randomness.token(12),
            cost=wanted.cost,
        )
    text = config_text(
        wanted.code,
        wanted.port,
        limit=wanted.limit,
        passphrase_file=passphrase_file,
        four_eyes=wanted.four_eyes,
        time_zone=wanted.time_zone,
        demonstration=wanted.demonstration,
        unit_names=wanted.unit_names,
    )
    (making / CONFIG_NAME).write_text(text, encoding="utf-8")
    (making / CONFIG_NAME).chmod(0o600)
    signed = first_card(wanted, working, identity)
    create_fence(making / config.fence)
    create_database(making / config.database)
    journal = OrmJournal(making / config.database)
    try:
        journal.write(lambda writing: append_event(writing, OwnCard(card=signed), at=SystemClock().now()))
    finally:
        journal.close()
    number = safety_number(wanted.code, open_identity(identity).public)
    return Created(directory=final, card=signed, safety_number=number, passphrase_file=passphrase_file)


def first_card(wanted: Wanted, working: Mapping[str, bytes], identity: Mapping[str, bytes]) -> bytes:
    """The signed card number 1 of a new agency."""
    keys, signer = open_keys(working), open_identity(identity)
    missing = [language for language in ("ar", "fr", "en") if not wanted.names.get(language, "").strip()]
    if missing:
        raise OperatorFault("bad_names", missing=" ".join(missing))
    card = Card(
        run=1,
        code=wanted.code,
        head=keys.head.public,
        limit=wanted.limit,
        names=Names(ar=wanted.names["ar"], en=wanted.names["en"], fr=wanted.names["fr"]),
        rules=spoken_rules(),
        number=1,
        formats=(FORMAT,),
        receipt=keys.receipt.public,
        request=keys.request.public,
        sealing=sealing_pair(working).public,
        identity=signer.public,
        addresses=wanted.addresses,
        issued_at=SystemClock().now(),
    )
    return verify_card(sign_card(signer, card), known=None).signed_bytes


def spoken_rules() -> tuple[KindRules, ...]:
    """The rules versions of every kind that an entry opens and this version can fold, for the card."""
    spoken = [(name, tuple(sorted(kind.rules - {0}))) for name, kind in sorted(KINDS.items())]
    return tuple(KindRules(kind=name, versions=versions) for name, versions in spoken if versions)


def _write_secret(path: Path, secret: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
