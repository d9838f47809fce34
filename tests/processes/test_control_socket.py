# SPDX-License-Identifier: EUPL-1.2
"""The control socket is its owner's alone, survives whatever is sent to it, and is found however long the path."""

from __future__ import annotations

import json
import os
import socket
import stat
from pathlib import Path
from typing import Any

import pytest

from amana.compose.control import MAX_LINE, SOCKET_NAME, find_running
from amana.protocol.errors import OperatorFault, Refusal
from tests.processes.nodes import PARIS, RABAT, RealNode, create_agencies, real_nodes, wait_for
from tests.processes.pairs import Agreed, Pair

pytestmark = pytest.mark.processes


@pytest.fixture
def running(pair: Pair) -> RealNode:
    pair.rabat.start()
    return pair.rabat


def connect(node: RealNode) -> socket.socket:
    """A client that says what it likes."""
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(10)
    client.connect(str(find_running(node.directory)))
    return client


def answer_to(node: RealNode, line: bytes) -> dict[str, Any]:
    """The node's answer to a line."""
    with connect(node) as client:
        client.sendall(line)
        with client.makefile("rb") as answers:
            return dict(json.loads(answers.readline()))


def test_the_socket_and_its_directory_are_the_owners_alone(running: RealNode) -> None:
    path = running.directory / SOCKET_NAME
    assert stat.S_ISSOCK(path.stat().st_mode)
    assert [stat.S_IMODE(held.stat().st_mode) for held in (path, running.directory)] == [0o600, 0o700]


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"garbage\n",
        b"\xff\xfe\x00\n",
        b"[]\n",
        b'{"verb": "doctor"}\n',
        b'{"verb": 7, "arguments": {}}\n',
        b'{"verb": "doctor", "arguments": []}\n',
        b'{"verb": "doctor", "arguments": {}\n',
        b'{"verb": "doctor", "arguments": {"a":' + b"[" * 100_000 + b"\n",
        b"x" * (MAX_LINE + 2) + b"\n",
    ],
    ids=["empty", "garbage", "bytes", "list", "no arguments", "verb", "arguments", "cut", "deep", "too long"],
)
def test_a_line_that_says_nothing_is_answered_and_changes_nothing(running: RealNode, line: bytes) -> None:
    try:
        assert answer_to(running, line) == {"family": "operator", "code": "control_line", "facts": {}}
    except ConnectionError:  # it was cut off while it was still sending
        assert len(line) > MAX_LINE
    assert running.ask("doctor")["agency"] == RABAT


def test_an_unknown_verb_is_refused(running: RealNode) -> None:
    with pytest.raises(Refusal, match="unknown_action"):
        running.ask("explode")


def test_arguments_of_another_shape_are_told_by_kind_and_place_and_the_node_goes_on(running: RealNode) -> None:
    with pytest.raises(OperatorFault, match="unexpected") as told:
        running.ask("act_many", officer="amal", actions=7)
    assert told.value.facts["kind"] == "TypeError"
    assert "Karim" not in running.log()
    with pytest.raises(OperatorFault, match="unexpected"):
        running.ask("officer_add", name="Karim")
    assert "Karim" not in running.log()
    assert running.ask("doctor")["agency"] == RABAT


def test_clients_that_leave_or_say_nothing_hinder_nobody(running: RealNode) -> None:
    silent = [connect(running) for _ in range(20)]
    for spoken in (b"", b"{", b'{"verb": "doctor", "arguments": {}}\n'):
        with connect(running) as client:
            client.sendall(spoken)
    assert running.ask("doctor")["agency"] == RABAT
    assert running.stop() == 0
    for client in silent:
        client.close()


def test_a_directory_with_a_path_longer_than_a_socket_may_have(tmp_path: Path, agreed: Agreed) -> None:
    deep = tmp_path.joinpath(*["directory-with-a-long-name"] * 6)
    deep.mkdir(parents=True)
    create_agencies(deep, [RABAT])
    assert len(os.fsencode(deep / RABAT / SOCKET_NAME)) > 108
    with real_nodes(deep, [RABAT]) as (node,):
        node.start()
        aside = (node.directory / SOCKET_NAME).readlink()
        assert [stat.S_IMODE(path.stat().st_mode) for path in (aside, aside.parent)] == [0o600, 0o700]
        node.kill()
        node.start()
        assert node.ask("doctor")["agency"] == RABAT
        assert not aside.parent.exists()
        aside = (node.directory / SOCKET_NAME).readlink()
        assert node.stop() == 0
        assert not aside.parent.exists()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deep working directory, so that a short relative path means a long absolute one."""
    deep = tmp_path.joinpath(*["directory-with-a-long-name"] * 6)
    deep.mkdir(parents=True)
    create_agencies(deep, [PARIS])
    monkeypatch.chdir(deep)
    return deep


def test_a_node_started_by_a_relative_path_is_found_by_any_path(elsewhere: Path, tmp_path: Path) -> None:
    (tmp_path / "short").symlink_to(elsewhere / PARIS)
    with real_nodes(Path(), [PARIS]) as (node,):
        node.start()
        for path in (Path(PARIS), elsewhere / PARIS, tmp_path / "short"):
            found = wait_for(lambda path=path: find_running(path), what=f"the node by {path}")  # type: ignore[misc]  # a default binds the loop's value
            assert len(os.fsencode(found)) <= 108
