# SPDX-License-Identifier: EUPL-1.2
"""The search for needles at one node, in a process of its own beside the running node.

A process that opens a database's file and closes it again gives up every lock that SQLite holds on that file for it.
The demonstration reads the journals all the time; were it to read the bare files too, a node that stops would think
itself alone and remove the log that the demonstration still reads from. `python -m amana.demo.searching DIR` takes
{name: needles} in JSON from its standard input and writes {name: finds} to its standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from amana.demo.needles import count_finds
from amana.protocol.errors import OperatorFault

MODULE = "amana.demo.searching"


def search_node(directory: Path, needles: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How often each set of needles is found at the node of this directory. Raises OperatorFault `demo_differs`."""
    searched = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", MODULE, str(directory)],
        input=json.dumps(needles).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an error's own text may hold content
        process_group=0,  # Ctrl+C reaches the demonstration, which ends this
        check=False,
    )
    if searched.returncode != 0:
        raise OperatorFault("demo_differs", what=f"search at {directory.name}", expected="0", got=str(searched.returncode))
    return {str(name): int(finds) for name, finds in json.loads(searched.stdout).items()}


if __name__ == "__main__":
    wanted = json.load(sys.stdin.buffer)
    json.dump({name: count_finds(Path(sys.argv[1]), needles) for name, needles in wanted.items()}, sys.stdout)
