# SPDX-License-Identifier: EUPL-1.2
"""The fence remembers every signed head, survives a torn write, and stops the node at any other damage."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from amana.node.ports import Fence
from amana.protocol.checkpoint import Origin
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import Digest
from amana.storage import fence as fence_module
from amana.storage.fence import COMPACT_ABOVE, FileFence, create_fence, read_levels
from amana.storage.memory.fence import MemoryFence
from tests.storage.rows import FROM_PARIS, TO_PARIS, digest

ROOT = Path(__file__).parents[2]


def root(number: int) -> Digest:
    return Digest(digest("root", number))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    created = tmp_path / "fence"
    create_fence(created)
    return created


@pytest.fixture(params=["memory", "file"])
def fence(request: pytest.FixtureRequest, path: Path) -> Iterator[Fence]:
    with FileFence(path) as opened:
        yield MemoryFence() if request.param == "memory" else opened


def levels_in(path: Path) -> dict[Origin, tuple[int, Digest]]:
    with FileFence(path) as opened:
        return dict(opened.levels())


def test_each_log_has_its_own_level(fence: Fence) -> None:
    assert fence.levels() == {}
    fence.advance(TO_PARIS, 3, root(3))
    fence.advance(FROM_PARIS, 1, root(1))
    fence.advance(TO_PARIS, 3, root(3))
    fence.advance(TO_PARIS, 8, root(8))
    assert fence.levels() == {TO_PARIS: (8, root(8)), FROM_PARIS: (1, root(1))}


@pytest.mark.parametrize(("size", "number", "code"), [(2, 2, "fence_backwards"), (3, 9, "fence_second_root")])
def test_a_log_never_goes_back_and_has_one_root_per_size(fence: Fence, size: int, number: int, code: str) -> None:
    fence.advance(TO_PARIS, 3, root(3))
    with pytest.raises(OperatorFault, match=code):
        fence.advance(TO_PARIS, size, root(number))
    assert fence.levels() == {TO_PARIS: (3, root(3))}


def test_levels_are_there_after_opening_again(path: Path) -> None:
    with FileFence(path) as opened:
        opened.advance(TO_PARIS, 3, root(3))
        opened.advance(FROM_PARIS, 1, root(1))
        opened.advance(TO_PARIS, 4, root(4))
    assert levels_in(path) == {TO_PARIS: (4, root(4)), FROM_PARIS: (1, root(1))}
    assert path.stat().st_mode & 0o777 == 0o600


def three_lines(path: Path) -> list[bytes]:
    with FileFence(path) as opened:
        for size in (1, 2, 3):
            opened.advance(TO_PARIS, size, root(size))
    return path.read_bytes().splitlines(keepends=True)


def test_a_last_line_torn_anywhere_was_never_answered_for(path: Path) -> None:
    lines = three_lines(path)
    for length in range(len(lines[2])):
        path.write_bytes(lines[0] + lines[1] + lines[2][:length])
        assert read_levels(path) == {TO_PARIS: (2, root(2))}
        assert path.stat().st_size == len(lines[0] + lines[1]) + length
        with FileFence(path) as opened:
            assert opened.levels() == {TO_PARIS: (2, root(2))}
            opened.advance(TO_PARIS, 7, root(7))
        assert levels_in(path) == {TO_PARIS: (7, root(7))}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_changed_byte_in_a_whole_line_stops_the_node(path: Path, number: int) -> None:
    lines = three_lines(path)
    for at in range(len(lines[number - 1])):
        changed = bytearray(lines[number - 1])
        changed[at] ^= 1
        path.write_bytes(b"".join([*lines[: number - 1], bytes(changed), *lines[number:]]))
        for look in (FileFence, read_levels):
            with pytest.raises(OperatorFault, match="fence_damaged") as caught:
                look(path)
            assert caught.value.facts["line"] == number


@pytest.mark.parametrize(
    ("order", "code"), [((0, 2, 1), "fence_backwards"), ((0, 0, 1, 2), None), ((2,), None), ((0, 1, 2, 0), "fence_backwards")]
)
def test_lines_in_another_order_are_noticed(path: Path, order: tuple[int, ...], code: str | None) -> None:
    lines = three_lines(path)
    path.write_bytes(b"".join(lines[number] for number in order))
    if code is None:
        assert levels_in(path) == {TO_PARIS: (3, root(3))}
    else:
        with pytest.raises(OperatorFault, match=code):
            FileFence(path)


@pytest.mark.parametrize("extra", [0, 1])
def test_a_long_file_is_made_short_when_it_is_opened(path: Path, extra: int) -> None:
    lines = [fence_module._line(TO_PARIS, size, root(0)) for size in range(1, COMPACT_ABOVE + extra)]
    path.write_bytes(b"".join(lines) + fence_module._line(FROM_PARIS, 2, root(2)) + b"torn")
    with FileFence(path) as opened:
        opened.advance(FROM_PARIS, 3, root(3))
    assert len(path.read_bytes().splitlines()) == (3 if extra else COMPACT_ABOVE + 1)
    assert levels_in(path) == {TO_PARIS: (COMPACT_ABOVE + extra - 1, root(0)), FROM_PARIS: (3, root(3))}
    assert [file.name for file in path.parent.iterdir()] == ["fence"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_fence_is_not_made_by_opening_it(tmp_path: Path) -> None:
    for look in (FileFence, read_levels):
        with pytest.raises(OperatorFault, match="fence_missing"):
            look(tmp_path / "fence")
    assert list(tmp_path.iterdir()) == []


def test_a_fence_is_not_created_over_another(path: Path) -> None:
    with pytest.raises(OperatorFault, match="fence_exists"):
        create_fence(path)


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "fence_unwritable")])
def test_a_level_that_is_not_on_disk_is_not_reached(path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    with FileFence(path) as opened:
        opened.advance(TO_PARIS, 1, root(1))

        def refuse(descriptor: int) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patched:
            patched.setattr(os, "fdatasync", refuse)
            with pytest.raises(OperatorFault, match=code):
                opened.advance(TO_PARIS, 2, root(2))
        assert opened.levels() == {TO_PARIS: (1, root(1))}
        opened.advance(TO_PARIS, 3, root(3))
    assert levels_in(path) == {TO_PARIS: (3, root(3))}
    assert len(path.read_bytes().splitlines()) == 2


WRITER = """
import sys
from pathlib import Path
from amana.storage.fence import FileFence
from tests.storage.rows import TO_PARIS, digest
fence = FileFence(Path(sys.argv[1]))
for size in range(1, 100000):
    fence.advance(TO_PARIS, size, digest("root", size))
    print(size, flush=True)
"""


@pytest.mark.processes
def test_a_killed_process_leaves_every_level_it_reached(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        reached = [int(writer.stdout.readline()) for _ in range(200)]
        writer.send_signal(signal.SIGKILL)
        reached += [int(line) for line in writer.stdout.readlines() if line.endswith("\n")]
    with FileFence(path) as opened:
        size, held = opened.levels()[TO_PARIS]
    assert reached[-1] <= size <= reached[-1] + 1
    assert held == root(size)
