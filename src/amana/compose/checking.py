# SPDX-License-Identifier: EUPL-1.2
"""Looking after a node directory: verify, rebuild, doctor. Verification works beside a running node and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from amana.compose.calling import call_node
from amana.compose.config import NodeConfig, load_config
from amana.compose.control import find_running
from amana.compose.opening import load_passphrase
from amana.node.keys import open_identity, open_keys
from amana.node.ports import Reading
from amana.node.rebuilding import Progress, no_progress, rebuild
from amana.node.records import read_card
from amana.node.verifying import Failure, verify_node
from amana.protocol.card import Card
from amana.protocol.checkpoint import Origin
from amana.protocol.errors import AmanaError, OperatorFault
from amana.protocol.identifiers import Digest
from amana.storage.fence import read_levels
from amana.storage.keyfile import read_key_file
from amana.storage.lockfile import hold_directory
from amana.storage.memory.journal import MemoryJournal
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import migrate_database, require_sound_database

COUNTED = ("logs", "entries", "dossiers", "attachments", "incomplete")
LOW_DISK = 512 * 1024 * 1024  # bytes free below which the doctor speaks up


@dataclass(frozen=True, slots=True)
class _Levels:
    """The fence as it was read once, before the database."""

    held: Mapping[Origin, tuple[int, Digest]]

    def levels(self) -> Mapping[Origin, tuple[int, Digest]]:
        """The levels."""
        return self.held


def verify_directory(directory: Path, progress: Progress = no_progress) -> dict[str, Any]:
    """Everything stored in a node directory, checked offline: `ok`, counts, and the first thing that does not hold.

    Key files are opened where the passphrase can be read; `keys` says whether they were.
    """
    config = load_config(directory)
    counts = dict.fromkeys(COUNTED, 0)
    keys = "not_opened"
    try:
        require_sound_database(directory / config.database)
        levels = _Levels(read_levels(directory / config.fence))
        with OrmJournal(directory / config.database) as journal:
            keys = _check_keys(directory, config, journal)
            findings = verify_node(journal, levels, MemoryJournal(), config.code, progress)
        counts = {name: int(getattr(findings, name)) for name in COUNTED}
        failure = findings.first_failure
    except AmanaError as error:
        facts = " ".join(f"{name}={value}" for name, value in error.facts.items())
        failure = Failure(what=error.code, where=facts or str(directory.name), expected="sound", got=error.code)
    except Exception as error:  # noqa: BLE001 - stored bytes may be anything; whatever they lead to is a finding and not the end
        failure = Failure(what="unreadable", where=str(directory.name), expected="rows that can be read", got=type(error).__name__)
    shown = asdict(failure) if failure else None
    return {"ok": failure is None, **counts, "keys": keys, "first_failure": shown}


def _check_keys(directory: Path, config: NodeConfig, journal: OrmJournal) -> str:
    """Whether the key files open and are the keys of the card. Raises OperatorFault."""
    signed = journal.read(lambda reading: reading.record("own_card", b""))
    if signed is None:
        raise OperatorFault("no_card")
    card = read_card(signed)
    try:
        passphrase = load_passphrase(directory, config)
    except OperatorFault as fault:
        if fault.code != "no_passphrase":
            raise
        return "not_opened"
    keys = open_keys(read_key_file(directory / config.working_keys, passphrase))
    if (keys.head.public, keys.receipt.public, keys.request.public) != (card.head, card.receipt, card.request):
        raise OperatorFault("card_of_other_keys")
    if (directory / config.identity_key).exists():
        return _check_identity(directory / config.identity_key, passphrase, card)
    return "opened"


def _check_identity(path: Path, passphrase: bytes, card: Card) -> str:
    identity = open_identity(read_key_file(path, passphrase))
    if identity.public != card.identity:
        raise OperatorFault("other_identity_key", agency=card.code)
    return "opened_with_identity"


def rebuild_directory(directory: Path, progress: Progress = no_progress) -> dict[str, Any]:
    """Bring the schema up to date and make every derived row again. The node must not run."""
    config = load_config(directory)
    with hold_directory(directory):
        migrate_database(directory / config.database)
        with OrmJournal(directory / config.database) as journal:
            journal.write(lambda writing: rebuild(writing, config.code, progress))

            def count(reading: Reading) -> dict[str, Any]:
                return {"ok": True, "logs": len(reading.logs()), "dossiers": len(reading.dossiers())}

            return journal.read(count)


def doctor_directory(directory: Path) -> dict[str, Any]:
    """The state of a node directory: what the node itself says, and what only its machine shows."""
    config = load_config(directory)
    running = find_running(directory) is not None
    shown: dict[str, Any] = {"running": running}
    problems: list[dict[str, str]] = []
    for check in (_health, _permissions, _disk, _identity_away):
        found, told = check(directory, config)
        shown |= told
        problems += found
    if not running:
        problems.append({"code": "not_running", "where": str(directory)})
    severe = [problem for problem in problems if problem["code"] not in ADVICE]
    return shown | {"ok": not severe, "problems": problems}


ADVICE = frozenset({"identity_key_here", "not_running", "partner_not_confirmed", "quarantine", "no_answer"})
Found = tuple[list[dict[str, str]], dict[str, Any]]


def machine_state(directory: Path, config: NodeConfig) -> Found:
    """What only the machine of a running node shows: files too open, disk, database, the identity key; problems first."""
    problems: list[dict[str, str]] = []
    shown: dict[str, Any] = {}
    for check in (_permissions, _disk, _identity_away):
        found, told = check(directory, config)
        problems += found
        shown |= told
    return problems, shown


def _health(directory: Path, config: NodeConfig) -> Found:
    try:
        health = call_node(directory, "doctor", {})
    except AmanaError as error:
        return [{"code": error.code, "where": config.code}], {"agency": config.code}
    return list(health.pop("problems")), health


_OWN = ("desk.secret",)  # what `web.serving` makes beside the pages' database: who has it signs sessions of anybody


def _permissions(directory: Path, config: NodeConfig) -> Found:
    open_ = [
        name
        for name in (
            ".",
            *_OWN,
            config.working_keys,
            config.identity_key,
            config.database,
            config.pages_database,
            config.key_passphrase_file,
        )
        if name and (directory / name).exists() and (directory / name).stat().st_mode & 0o077
    ]
    return [{"code": "file_too_open", "where": name} for name in open_], {}


def _disk(directory: Path, config: NodeConfig) -> Found:
    free = shutil.disk_usage(directory).free
    size = sum(path.stat().st_size for path in directory.iterdir() if path.name.startswith(config.database))
    problems = [{"code": "disk_low", "where": str(directory)}] if free < LOW_DISK else []
    return problems, {"disk_free": free, "database_bytes": size}


def _identity_away(directory: Path, config: NodeConfig) -> Found:
    here = (directory / config.identity_key).exists()
    return [{"code": "identity_key_here", "where": config.identity_key}] if here else [], {"identity_key_here": here}
