# SPDX-License-Identifier: EUPL-1.2
"""A node's directory against other accounts of the machine, interruptions, and its own `amana init`."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from amana.compose import creating
from amana.compose.calling import call_node
from amana.compose.config import load_config
from amana.compose.creating import Wanted, create_node
from amana.compose.opening import open_node
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode
from amana.storage.keyfile import read_key_file
from tests.processes.nodes import CHEAP

NAMES = {"ar": "أ", "fr": "a", "en": "a"}


def wanted() -> Wanted:
    return Wanted(code=AgencyCode("ma.dgsn"), names=NAMES, port=18_000, addresses=(), cost=CHEAP)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_every_file_of_a_node_is_its_owners_alone_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        create_node(tmp_path / "node", wanted())
        call_node(tmp_path / "node", "officer_add", {"account": "amal", "name": "A", "role": "desk", "units": ["desk"], "language": "fr"})
        with open_node(tmp_path / "node"):
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "node").iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "node").stat().st_mode) == 0o700
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_a_stolen_database_or_backup_holds_no_secret_key(tmp_path: Path) -> None:
    """Neither a seed nor any part of one stands in a file that a backup holds, nor anywhere in the clear."""
    create_node(tmp_path / "node", wanted())
    passphrase = (tmp_path / "node" / "passphrase").read_bytes()
    seeds = {**read_key_file(tmp_path / "node" / "node.key", passphrase), **read_key_file(tmp_path / "node" / "identity.key", passphrase)}
    assert {"head", "receipt", "request", "identity"} < seeds.keys()
    for path in (tmp_path / "node").iterdir():
        content = path.read_bytes()
        for seed in seeds.values():
            assert not any(part in content for part in (seed, seed[:32], seed[32:64], seed.hex().encode())), path.name
        assert passphrase not in content or path.name == "passphrase", path.name


def test_an_interrupted_init_leaves_nothing_that_looks_like_a_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As kill -9 would, after the keys are written and before the card is: then init makes another one."""
    (tmp_path / "killed.new").mkdir()
    for name in ("passphrase", "node.key", "identity.key.new"):
        (tmp_path / "killed.new" / name).write_bytes(b"secret")
    with pytest.raises(OperatorFault, match="no_node_here"):
        load_config(tmp_path / "killed")
    create_node(tmp_path / "killed", wanted())
    assert not (tmp_path / "killed.new").exists()


def test_a_failed_init_leaves_nothing_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OperatorFault("disk_full")

    monkeypatch.setattr(creating, "first_card", fail)
    with pytest.raises(OperatorFault, match="disk_full"):
        create_node(tmp_path / "node", wanted())
    assert list(tmp_path.iterdir()) == []


def a_directory(path: Path) -> None:
    path.mkdir()
    (path / "thesis.txt").write_text("years of work")


def a_file(path: Path) -> None:
    path.write_text("years of work")


def a_link(path: Path) -> None:
    a_directory(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("lay", [a_directory, a_file, a_link])
def test_init_removes_nothing_but_what_an_init_left(lay: Callable[[Path], None], tmp_path: Path) -> None:
    lay(tmp_path / "node.new")
    with pytest.raises(OperatorFault, match="directory_in_use"):
        create_node(tmp_path / "node", wanted())
    assert any("years of work" in path.read_text() for path in tmp_path.rglob("*") if path.is_file())
