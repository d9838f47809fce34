# SPDX-License-Identifier: EUPL-1.2
"""What the played demonstration left, judged from its files alone by means that the demonstration does not use."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from amana.compose.checking import verify_directory
from amana.compose.config import load_config
from amana.compose.control import find_running
from amana.compose.opening import load_passphrase
from amana.demo.proving import alter, copy_node
from amana.protocol.entry import parse_header
from amana.storage.keyfile import read_key_file
from amana.storage.lockfile import hold_directory
from tests.demo.conftest import Played
from tests.demo.story import STORY

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400)]

CODES = ("ma.dgsn", "ma.dgst", "fr.dgpn", "fr.dgsi")
BUDGET_SECONDS = 120  # the whole of `make demo`, on two cores
HANDLE = re.compile("[0-9a-f]{32}")
SCENARIO = {
    "agencies": 4,
    "agreements": 3,
    "requests": 14,
    "notices": 3,
    "meetings": 4,
    "communiques": 2,
    "threat_assessments": 2,
    "missions": 2,
    "operations": 2,
    "events": 2,
    "deployments": 20,
    "incidents": 52,
    "answered": 6,
    "entries": 3416,
    "receipts": 9678,
}


def rows(home: Path, code: str, question: str, *given: object) -> list[tuple[Any, ...]]:
    """The answer of a node's database, read without the product."""
    with closing(sqlite3.connect(f"file:{home / code / 'node.db'}?mode=ro", uri=True)) as raw:
        return raw.execute(question, given).fetchall()


def stored(directory: Path) -> Iterator[bytes]:
    """Every file, every cell, and the opened key files of a node."""
    yield from (path.read_bytes() for path in directory.rglob("*") if path.is_file())
    with closing(sqlite3.connect(directory / "node.db")) as raw:
        for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in raw.execute(f"SELECT * FROM {table}"):  # noqa: S608 - a name out of the database itself
                yield from (cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
    passphrase = load_passphrase(directory, load_config(directory))
    for name in ("node.key", "identity.key"):
        yield from read_key_file(directory / name, passphrase).values()


def finds(directory: Path, needles: list[str]) -> set[str]:
    """The needles that a node holds, as text or as bytes."""
    forms = {needle: {needle.encode(), needle.encode("utf-16-le"), needle.encode().hex().encode()} for needle in needles}
    for needle in needles:
        try:
            forms[needle].add(bytes.fromhex(needle))
        except ValueError:
            continue
    return {needle for place in stored(directory) for needle in needles if any(form in place for form in forms[needle])}


def test_the_scenario_is_played_whole(played: Played) -> None:
    assert {name: played.result[name] for name in SCENARIO} == SCENARIO
    assert (played.result["unreceipted"], played.result["verified"], played.result["leaks"]) == (0, True, 0)
    assert played.result["leak_control"] > 0
    assert 0 < played.result["seconds"] < BUDGET_SECONDS


def test_its_figures_are_those_of_the_databases(played: Played) -> None:
    home, entries, deliveries = played.home, {}, 0
    for code in CODES:
        for id, author, header in rows(home, code, "SELECT id, author, header FROM entry"):
            entries[id] = parse_header(header)
            deliveries += len(entries[id].audience) if author == code else 0
    receipted = [rows(home, code, "SELECT sum(receipted) FROM log WHERE outgoing")[0][0] for code in CODES]
    assert played.result["entries"] == len(entries)
    assert played.result["receipts"] == deliveries == sum(receipted)
    assert [rows(home, code, "SELECT count(*) FROM queue")[0][0] for code in CODES] == [0] * len(CODES)
    openings = [f"{header.kind}.{header.type}" for header in entries.values() if not header.dossier and header.kind != "partnership"]
    counted = {
        "agreement.propose": "agreements",
        "information_request.request": "requests",
        "information_request.notice": "notices",
        "meeting.convene": "meetings",
        "communique.draft": "communiques",
        "threat_assessment.begin": "threat_assessments",
        "major_event.announce": "events",
        "event_incident.report": "incidents",
    }
    assert {name: openings.count(type) for type, name in counted.items()} == {name: SCENARIO[name] for name in counted.values()}


def test_the_nodes_are_named_with_their_directories_addresses_and_accounts(played: Played) -> None:
    nodes = played.result["nodes"]
    assert [node["code"] for node in nodes] == list(CODES)
    assert [Path(node["dir"]) for node in nodes] == [played.home / code for code in CODES]
    assert all(node["url"].startswith("http://127.0.0.1:") for node in nodes)
    for node in nodes:
        accounts = rows(played.home, node["code"], "SELECT key FROM record WHERE kind = 'officer'")
        assert sorted(node["accounts"]) == sorted(key.decode() for (key,) in accounts)


def test_nothing_runs_any_more(played: Played) -> None:
    for code in CODES:
        assert find_running(played.home / code) is None
        with hold_directory(played.home / code):  # raises where a process holds it
            continue


@pytest.mark.parametrize("code", CODES)
def test_every_directory_verifies(played: Played, code: str) -> None:
    found = verify_directory(played.home / code)
    assert found["ok"], found["first_failure"]
    assert found["keys"] == "opened_with_identity"


def test_secrets_are_readable_by_their_owner_alone(played: Played) -> None:
    modes = {code: {path.name: path.stat().st_mode & 0o077 for path in (played.home / code).iterdir()} for code in CODES}
    for code in CODES:
        assert {name: mode for name, mode in modes[code].items() if mode and name != "run.log"} == {}
    passphrases = {(played.home / code / "passphrase").read_bytes() for code in CODES}
    assert len(passphrases) == len(CODES)


def test_the_terrorism_file_is_nowhere_at_the_two_others(played: Played) -> None:
    needles = json.loads((played.home / "needles.json").read_text(encoding="utf-8"))
    for outsider in ("fr.dgpn", "ma.dgsn"):
        assert finds(played.home / outsider, needles["secret"]) == set()
        assert finds(played.home / outsider, needles["control"]) >= {needle for needle in needles["control"] if len(needle) == 64}
    for party in ("ma.dgst", "fr.dgsi"):
        assert finds(played.home / party, needles["secret"]) == set(needles["secret"])


def test_the_needles_hold_every_entry_title_item_and_handle_of_the_terrorism_file(played: Played) -> None:
    secret = set(json.loads((played.home / "needles.json").read_text(encoding="utf-8"))["secret"])
    (dossier,) = rows(played.home, "ma.dgst", "SELECT id FROM dossier WHERE area = 'terrorism' AND kind = 'information_request'")[0]
    ids = rows(played.home, "ma.dgst", "SELECT lower(hex(id)) FROM entry WHERE dossier = ?", dossier)
    assert {id for (id,) in ids} <= secret
    assert len(ids) == 6
    assert "معطيات حول شخص عائد من بؤرة توتر وتمويل مشتبه فيه" in secret
    assert {"Hamza BOUSELMANE-INVENTÉ", "+33639987731", "fictif1qz7731xkw0000invente0000", "3 impasse des Chimères"} <= secret
    handles = rows(played.home, "ma.dgst", "SELECT content FROM local WHERE type = 'handle_made' AND dossier = ?", dossier)
    assert handles
    assert all(any(bytes.fromhex(needle) in content for needle in secret if HANDLE.fullmatch(needle)) for (content,) in handles)


def test_a_changed_byte_in_a_copy_is_named(played: Played, tmp_path: Path) -> None:
    copy_node(played.home / "ma.dgsn", tmp_path / "ma.dgsn")
    assert verify_directory(tmp_path / "ma.dgsn")["ok"]
    alter(tmp_path / "ma.dgsn" / "node.db")
    failure = verify_directory(tmp_path / "ma.dgsn")["first_failure"]
    assert failure["what"] == "entry_body"


def test_the_story_is_told_in_the_readers_language(played: Played) -> None:
    text = "\n".join(played.story)
    for words in ("Démonstration, données fictives", "accord du 30 mai 2000", "13 domaines", "cybercriminalité", str(played.home)):
        assert words in text
    assert "{" not in text
    assert [sentence for sentence in STORY if sentence.partition("{")[0][:40] in text] == []  # no paragraph fell back to English
