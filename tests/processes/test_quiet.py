# SPDX-License-Identifier: EUPL-1.2
"""Four agencies started at once, all talking to all: everything arrives everywhere, and then it is quiet. Nobody polls, nobody
writes, and an idle node costs next to no processor time.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.processes.nodes import LEVALLOIS, PARIS, RABAT, TEMARA, TERMS, RealNode, create_agencies, real_nodes, wait_for
from tests.processes.truth import require_one_truth

pytestmark = pytest.mark.processes
CODES = (RABAT, TEMARA, PARIS, LEVALLOIS)
IDLE = 3.0  # seconds
SHARE = 0.05  # of one processor; a loop that does not wait takes all of it
SAID = 25


def others(node: RealNode, nodes: list[RealNode]) -> list[str]:
    """The codes of all the others."""
    return sorted(other.code for other in nodes if other is not node)


def talk(nodes: list[RealNode]) -> dict[str, list[str]]:
    """Everybody proposes an agreement to all, consents to those of all, asks all, and has more to say; the supplements."""
    proposed = [
        str(node.act("agreement.propose", to=others(node, nodes), title=f"Accord de {node.code}", coded=TERMS)["dossier"]) for node in nodes
    ]
    for agreement, author in zip(proposed, nodes, strict=True):
        for node in nodes:
            if node is not author:
                wait_for(lambda node=node, agreement=agreement: agreement in node.dossiers(), what="an agreement")  # type: ignore[misc]  # bound to the loop's values
                node.act("agreement.consent", agreement)
    for node in nodes:
        wait_for(lambda node=node: all(node.dossiers().get(id) == len(nodes) for id in proposed), what="consents")  # type: ignore[misc]  # as above
    coded = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
    asked = {
        node.code: str(node.act("information_request.request", to=others(node, nodes), title="Mesure", coded=coded)["dossier"])
        for node in nodes
    }
    said: dict[str, list[str]] = {node.code: [] for node in nodes}
    for _ in range(SAID):
        for node in nodes:
            entry = node.act("information_request.supplement", asked[node.code], text="De plus.")["entry"]
            said[node.code].append(str(entry))
    return said


def written(node: RealNode) -> list[tuple[int, int]]:
    """What changes where a node writes anything."""
    files = sorted(path for path in node.directory.iterdir() if path.name.startswith(("node.db", "fence")) and path.suffix != ".db-shm")
    return [(path.stat().st_mtime_ns, path.stat().st_size) for path in files]


def test_a_federation_that_has_said_everything_is_quiet(tmp_path: Path) -> None:
    create_agencies(tmp_path, CODES)
    with real_nodes(tmp_path, CODES) as nodes:
        for node in nodes:
            node.start(ready=False)
        for node in nodes:
            wait_for(node.is_up, what=f"{node.code} to answer")
        said = talk(nodes)
        wait_for(lambda: all(node.is_quiet() for node in nodes), what="all to be quiet")
        wait_for(lambda: not any(partner["failures"] for node in nodes for partner in node.ask("doctor")["partners"]), what="all in touch")

        before = {node.code: (float(node.ask("doctor")["cpu_seconds"]), written(node)) for node in nodes}
        begun = time.monotonic()
        time.sleep(IDLE)  # what is measured is that nothing happens
        passed = time.monotonic() - begun
        for node in nodes:
            spent = float(node.ask("doctor")["cpu_seconds"]) - before[node.code][0]
            assert spent / passed < SHARE, f"{node.code}: {spent:.3f} s of processor time in {passed:.1f} s"
            assert written(node) == before[node.code][1]
        assert [node.stop() for node in nodes] == [0] * len(nodes)
        require_one_truth(nodes, said, ["supplement"])
