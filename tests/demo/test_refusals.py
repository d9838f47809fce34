# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration does not begin, and what it leaves behind when it is ended from outside: nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from amana.compose.control import find_running
from amana.demo.agencies import AGENCIES
from amana.demo.play import play_demo
from amana.demo.processes import free_ports
from amana.demo.proving import alter
from amana.protocol.errors import OperatorFault
from amana.storage.lockfile import hold_directory

PLAY = (
    "import sys; from pathlib import Path; from amana.demo.play import play_demo; "
    "play_demo(directory=Path(sys.argv[1]), ports=None, headless=True, language='en', say=print)"
)

BACKGROUND = 'trap "" INT; exec "$0" "$@"'  # as a shell starts what it puts in the background: with SIGINT ignored


def begin(directory: Path | None, ports: Sequence[int] | None) -> str:
    """The code with which the demonstration does not begin."""
    with pytest.raises(OperatorFault) as caught:
        play_demo(directory=directory, ports=ports, headless=True, language="en", say=lambda line: None)
    return caught.value.code


def test_a_directory_in_use_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("mine")
    assert begin(tmp_path, None) == "directory_in_use"
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("mine")
    assert begin(tmp_path / "letter", None) == "directory_in_use"


@pytest.mark.parametrize("ports", [(), (8441,), (8441, 8442, 8443, 8443), (8441, 8442, 8443, 8444, 8445)])
def test_four_different_ports_are_needed(ports: tuple[int, ...], tmp_path: Path) -> None:
    assert begin(tmp_path / "demo", ports) == "demo_ports"


def test_free_ports_differ() -> None:
    assert len(set(free_ports(4))) == 4


def test_a_byte_that_is_not_there_cannot_be_changed(tmp_path: Path) -> None:
    (tmp_path / "node.db").write_bytes(b"nothing of it")
    with pytest.raises(OperatorFault, match="demo_differs"):
        alter(tmp_path / "node.db")


@pytest.mark.processes
@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_node_outlives_a_demonstration_that_is_ended(how: signal.Signals, tmp_path: Path) -> None:
    home = tmp_path / "demo"
    directories = [home / agency.code for agency in AGENCIES]
    command = ["sh", "-c", BACKGROUND, sys.executable, "-c", PLAY, str(home)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as playing:
        await_that(lambda: all(find_running(directory) for directory in directories))
        playing.send_signal(how)
        playing.wait()
    assert playing.returncode != 0
    for directory in directories:
        await_that(partial(is_free, directory))
        assert find_running(directory) is None


def is_free(directory: Path) -> bool:
    """Whether no process holds the node directory."""
    try:
        with hold_directory(directory):
            return True
    except OperatorFault:
        return False


def await_that(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Ask until it is so."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.05)
