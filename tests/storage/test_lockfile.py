# SPDX-License-Identifier: EUPL-1.2
"""A node directory has one holder at a time, who is named to the next, and none once it has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amana.protocol.errors import OperatorFault
from amana.storage.lockfile import hold_directory

HOLDER = """
import sys, time
from pathlib import Path
from amana.storage.lockfile import hold_directory
with hold_directory(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    with hold_directory(tmp_path):
        for _ in range(2):
            with pytest.raises(OperatorFault, match="node_running") as caught, hold_directory(tmp_path):
                pass
            assert caught.value.facts == {"pid": os.getpid()}
    with hold_directory(tmp_path):
        assert (tmp_path / "node.lock").read_text() == f"{os.getpid()}\n"


def test_a_holder_that_fails_lets_go(tmp_path: Path) -> None:
    with pytest.raises(KeyError), hold_directory(tmp_path):
        raise KeyError
    with hold_directory(tmp_path):
        pass


@pytest.mark.processes
def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(OperatorFault, match="node_running") as caught, hold_directory(tmp_path):
            pass
        assert caught.value.facts == {"pid": holder.pid}
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        with hold_directory(tmp_path):
            pass


def test_there_is_nothing_to_hold_without_a_directory(tmp_path: Path) -> None:
    with pytest.raises(OperatorFault, match="directory_missing"), hold_directory(tmp_path / "gone"):
        pass


def test_a_disk_without_room_for_the_holders_number_is_held_all_the_same(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from amana.storage.lockfile import hold_directory\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "with hold_directory(Path(sys.argv[1])):\n"
        "    try:\n"
        "        hold_directory(Path(sys.argv[1])).__enter__()\n"
        "    except Exception as error:\n"
        "        print(error.code, error.facts['pid'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "node_running 0\n"
