# SPDX-License-Identifier: EUPL-1.2
"""Cybercrime is not among the thirteen fields: refused with what is missing, then an arrangement, then sent."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene


def play(scene: Scene) -> None:
    """Paris cannot ask; both adopt a supplementary arrangement (invented) live; the same request leaves."""
    papers = load_papers("cyber")
    refusal = scene.refused("fr.dgpn", "liaison", papers["request"], "area_not_covered")
    scene.tell(
        "Cybercrime is not among the thirteen fields. When fr.dgpn tries to send a request on a phishing campaign, its own "
        "node refuses, keeps nothing, and says what is missing: “{why}”",
        why=scene.sentence(refusal),
    )
    arrangement = scene.act("fr.dgpn", "chef", "arrangement", papers["arrangement"])
    scene.act("ma.dgsn", "chef", "consent", papers["consent"])
    request = scene.act("fr.dgpn", "liaison", "request", papers["request"])
    shown = scene.show("ma.dgsn", "liaison", request.dossier)
    basis = shown["entries"][0]["marking"]["basis"]
    scene.expect("basis", arrangement.dossier.hex(), basis["agreement"])
    for by, name in (("ma.dgsn", "acknowledge"), ("ma.dgsn", "answer"), ("fr.dgpn", "close")):
        scene.act(by, "liaison", name, papers[name])
    closed = scene.show("fr.dgpn", "liaison", request.dossier)
    scene.expect("stage", "closed", closed["stage"])
    scene.tell(
        "So the two sides adopt a supplementary arrangement, invented for this demonstration: fr.dgpn proposes, ma.dgsn "
        "consents to its hash. The same request now leaves and cites article {article} of the arrangement; it is answered and "
        "closed after {entries} entries.",
        article=basis["article"],
        entries=len(closed["entries"]),
    )
