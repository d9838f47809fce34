# SPDX-License-Identifier: EUPL-1.2
"""A node that is not set up as it must be does not run: one fault says what is wrong, nothing is changed, and once it is
mended the node runs as before.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from amana.compose.calling import call_node
from amana.compose.opening import open_node
from amana.protocol.errors import OperatorFault
from amana.storage.lockfile import NAME
from tests.processes.nodes import PARIS, RABAT, RealNode, copy_agencies
from tests.processes.pairs import Agreed, Pair

Spoil = Callable[[Path], object]


@pytest.fixture
def directory(agreed: Agreed, tmp_path: Path) -> Path:
    return copy_agencies(agreed.root, tmp_path / "agencies") / RABAT


def configure(**lines: str) -> Spoil:
    """Set keys in node.toml, as written there."""

    def spoil(directory: Path) -> None:
        path = directory / "node.toml"
        text = path.read_text()
        for key, value in lines.items():
            text = f"{key} = {value}\n" + re.sub(rf"(?m)^{key} = .*\n", "", text)  # before the first table
        path.write_text(text)

    return spoil


def put(name: str, content: bytes) -> Spoil:
    """Other content in a file."""
    return lambda directory: (directory / name).write_bytes(content)


def take(name: str) -> Spoil:
    """A file is gone."""
    return lambda directory: (directory / name).unlink()


def allow(name: str, mode: int) -> Spoil:
    """Other permissions."""
    return lambda directory: (directory / name).chmod(mode)


def borrow(name: str) -> Spoil:
    """The same file of the other agency."""
    return lambda directory: shutil.copy2(directory.parent / PARIS / name, directory / name)


def tell_database(sql: str) -> Spoil:
    """Change the database."""

    def spoil(directory: Path) -> None:
        with closing(sqlite3.connect(directory / "node.db", isolation_level=None)) as raw:
            raw.execute(sql)

    return spoil


def both(*spoils: Spoil) -> Spoil:
    """One after the other."""
    return lambda directory: [spoil(directory) for spoil in spoils]


SPOILT: dict[str, tuple[Spoil, str, dict[str, object]]] = {
    "nothing there": (shutil.rmtree, "no_node_here", {}),
    "no configuration": (take("node.toml"), "no_node_here", {}),
    "no toml": (put("node.toml", b"port = \n"), "bad_config", {}),
    "no text": (put("node.toml", b"code = '\xff'\n"), "bad_config", {"why": "UnicodeDecodeError"}),
    "unknown key": (configure(colour='"red"'), "bad_config", {}),
    "missing key": (put("node.toml", b"port = 7700\n"), "bad_config", {}),
    "bad code": (configure(code='"MA.DGSN"'), "bad_config", {}),
    "port too high": (configure(port="70000"), "bad_config", {}),
    "port a text": (configure(port='"7700"'), "bad_config", {}),
    "unknown limit": (configure(limit='"cosmic"'), "bad_config", {"key": "limit"}),
    "no unit": (configure(desk_unit='"Bureau 1"'), "bad_config", {}),
    "no list": (configure(four_eyes='"information_request.request"'), "bad_config", {}),
    "no quarantine": (configure(quarantine_per_hour="0"), "bad_config", {}),
    "wrong passphrase": (put("passphrase", b"another"), "wrong_passphrase_or_damaged_key_file", {"file": "node.key"}),
    "no passphrase file": (take("passphrase"), "no_passphrase", {"file": "passphrase"}),
    "no passphrase named": (configure(key_passphrase_file='""'), "no_passphrase", {"file": ""}),
    "empty passphrase": (put("passphrase", b"\n"), "no_passphrase", {}),
    "open passphrase": (allow("passphrase", 0o640), "passphrase_file_too_open", {"mode": "0640"}),
    "open key file": (allow("node.key", 0o604), "key_file_too_open", {"file": "node.key", "mode": "0604"}),
    "no key file": (take("node.key"), "key_file_missing", {"file": "node.key"}),
    "empty key file": (put("node.key", b""), "wrong_passphrase_or_damaged_key_file", {}),
    "foreign key file": (borrow("node.key"), "wrong_passphrase_or_damaged_key_file", {}),
    "foreign keys": (both(borrow("node.key"), borrow("passphrase")), "card_of_other_keys", {}),
    "no database": (take("node.db"), "database_missing", {"file": "node.db"}),
    "no SQLite": (put("node.db", b"not a database" * 1000), "database_damaged", {}),
    "foreign database": (borrow("node.db"), "card_of_other_keys", {}),
    "newer schema": (
        tell_database("INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_later', '2030-01-01')"),
        "schema_newer",
        {"found": "9999_later"},
    ),
    "older schema": (tell_database("DELETE FROM django_migrations WHERE app = 'journal'"), "schema_older", {"found": "none"}),
    "no card": (tell_database("DELETE FROM record WHERE kind = 'own_card'"), "no_card", {}),
    "no fence": (take("fence"), "fence_missing", {}),
    "damaged fence": (put("fence", b"ma.dgsn/amana/fr.dgpn/1 7 00\n"), "fence_damaged", {"line": 1}),
}


def contents(directory: Path) -> dict[str, bytes]:
    """A digest of every file, but for the lock's."""
    if not directory.exists():
        return {}
    return {path.name: hashlib.sha256(path.read_bytes()).digest() for path in directory.iterdir() if path.name != NAME}


def refusal(directory: Path) -> OperatorFault:
    """Why the node cannot be opened."""
    with pytest.raises(OperatorFault) as raised, open_node(directory):
        pass
    return raised.value


@pytest.mark.parametrize("case", SPOILT)
def test_a_node_that_is_not_set_up_does_not_run_and_runs_once_it_is(directory: Path, case: str, tmp_path: Path) -> None:
    spoil, code, facts = SPOILT[case]
    whole = shutil.copytree(directory, tmp_path / "whole")
    spoil(directory)
    before = contents(directory)
    for _ in range(2):  # the first attempt leaves no lock behind
        fault = refusal(directory)
        assert (fault.code, {name: fault.facts.get(name) for name in facts}) == (code, facts)
    with pytest.raises(OperatorFault, match=code):
        call_node(directory, "doctor", {})
    assert contents(directory) == before

    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(whole, directory)
    assert call_node(directory, "doctor", {})["agency"] == RABAT


def test_an_unknown_key_is_named(directory: Path) -> None:
    configure(colour='"red"')(directory)
    assert "colour" in str(refusal(directory).facts["why"])


def test_one_byte_changed_anywhere_in_a_key_file_is_one_and_the_same_fault(directory: Path) -> None:
    path = directory / "node.key"
    sound = path.read_bytes()
    chance = random.Random(2)
    for place in [0, 1, len(sound) - 1, *chance.sample(range(len(sound)), 30)]:
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << chance.randrange(8)]) + sound[place + 1 :])
        assert refusal(directory).code == "wrong_passphrase_or_damaged_key_file", place
    path.write_bytes(sound)
    assert call_node(directory, "doctor", {})["agency"] == RABAT


def test_the_service_manager_hands_the_passphrase_over(directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (directory / "passphrase").rename(tmp_path / "amana-passphrase")
    configure(key_passphrase_file='""')(directory)
    assert refusal(directory).code == "no_passphrase"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert call_node(directory, "doctor", {})["agency"] == RABAT


@pytest.mark.processes
def test_a_process_whose_port_is_taken_says_so_and_ends(pair: Pair) -> None:
    port = int(pair.rabat.ask_offline("card")["addresses"][0].rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        pair.rabat.start(ready=False)
        assert pair.rabat.refusal() == (2, "port_in_use", {"port": port})
    pair.rabat.start()
    assert pair.rabat.stop() == 0


@pytest.mark.processes
@pytest.mark.parametrize(
    ("spoil", "code", "fact"),
    [
        (configure(listen='"203.0.113.7"'), "bad_config", ("key", "listen")),  # RFC 5737: nobody's
        (configure(listen='"no such name"'), "bad_config", ("key", "listen")),
        (put("passphrase", b"another"), "wrong_passphrase_or_damaged_key_file", ("file", "node.key")),
        (SPOILT["newer schema"][0], "schema_newer", ("found", "9999_later")),
    ],
    ids=["foreign address", "no address", "wrong passphrase", "newer schema"],
)
def test_a_process_that_cannot_run_says_why_and_ends(pair: Pair, spoil: Spoil, code: str, fact: tuple[str, Any]) -> None:
    spoil(pair.rabat.directory)
    node: RealNode = pair.rabat
    node.start(ready=False)
    ended, told, facts = node.refusal()
    assert (ended, told, facts.get(fact[0])) == (2, code, fact[1])
    assert "Traceback" not in node.log()
