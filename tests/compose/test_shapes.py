# SPDX-License-Identifier: EUPL-1.2
"""A running node has completed every type before its second thread, because msgspec does that without a lock.

In an interpreter of its own, since whatever ran here before has completed some of them. When this control fails because
msgspec completes its types at once, or safely, `amana.compose.shapes` can go.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import gc, json, msgspec
from pathlib import Path
import amana.compose.running
from amana.compose.opening import open_node
from amana.compose.shapes import defined_shapes
from amana.protocol.errors import OperatorFault

def incomplete():
    shapes = defined_shapes(msgspec.Struct)
    return [s.__qualname__ for s in shapes if not any(type(r).__name__ == "StructInfo" for r in gc.get_referents(s))]

before = incomplete()
try:
    with open_node(Path("nothing is here")):
        pass
except OperatorFault:  # no_node_here: it comes later
    print(json.dumps([before, incomplete()]))
"""


def test_opening_a_node_leaves_no_type_to_be_completed_by_threads() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, cwd=ROOT / "src", check=True)
    before, after = json.loads(done.stdout)
    assert {"Header", "Body", "Offer", "ActionForm"} <= set(before)
    assert after == []
