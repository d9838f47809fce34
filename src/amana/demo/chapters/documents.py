# SPDX-License-Identifier: EUPL-1.2
"""Forged documents: a refusal with its code, a correction, the question put again, an answer in another language."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene


def play(scene: Scene) -> None:
    """Paris asks, Rabat refuses, Paris corrects itself, Rabat answers."""
    papers = load_papers("documents")
    request = scene.act("fr.dgpn", "liaison", "request", papers["request"])
    scene.act("ma.dgsn", "liaison", "refusal", papers["refusal"])
    refused = scene.show("fr.dgpn", "liaison", request.dossier)
    scene.expect("stage", "refused", refused["stage"])
    for name in ("correction", "reopen"):
        scene.act("fr.dgpn", "liaison", name, papers[name])
    scene.act("ma.dgsn", "liaison", "answer", papers["answer"])
    scene.act("fr.dgpn", "liaison", "close", papers["close"])
    closed = scene.show("fr.dgpn", "liaison", request.dossier)
    slot = closed["state"]["slots"][0]
    scene.expect("rounds", ("closed", 1), (closed["stage"], slot["round"]))
    scene.tell(
        "The other way round, fr.dgpn asks ma.dgsn about two identity cards. ma.dgsn refuses with a reason chosen from a list, "
        "“{reason}”, which each side reads in its own language. Paris finds its own slip, corrects it and asks Rabat to look "
        "again; the answer comes in Arabic: one card reported lost, the other forged. Of {entries} entries none was "
        "overwritten: the refusal stays beside the answer.",
        reason=scene.label("refusal", refused["state"]["slots"][0]["refusal"]),
        entries=len(closed["entries"]),
    )
