# SPDX-License-Identifier: EUPL-1.2
"""The agreement of 30 May 2000 among the four, each consenting to its hash; then the frame: Rabat, 12 December 2023."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene
from amana.dossiers.shared.vocabulary import Area

FIVE_AREAS = (Area.DRUGS, Area.IRREGULAR_IMMIGRATION, Area.TERRORISM, Area.CYBERCRIME, Area.ORGANISED_CRIME)


def play(scene: Scene) -> None:
    """Rabat proposes, the three others consent; then five areas are named."""
    papers = load_papers("agreement")
    agreement = scene.act("ma.dgsn", "chef", "agreement", papers["agreement"])
    for code in ("fr.dgpn", "ma.dgst", "fr.dgsi"):
        scene.act(code, "chef", f"consent of {code}", papers["consent"])
    shown = {str(code): scene.show(code, "liaison", agreement.dossier) for code in scene.directories}
    scene.expect("stage", {"in_force"}, {dossier["stage"] for dossier in shown.values()})
    text = shown["ma.dgsn"]["state"]["texts"][0]
    scene.tell(
        "The agreement of 30 May 2000 comes first: in force since 1 May 2001, {articles} fields, one article for each. ma.dgsn "
        "lays it before the three other services. Each of them consents to the hash of this very text, {hash}…, so that nobody "
        "can have agreed to another one. With the fourth consent it is in force on all four nodes.",
        articles=len(shown["ma.dgsn"]["entries"][0]["coded"]["articles"]),
        hash=text["hash"][:12],
    )
    scene.tell(
        "Rabat, Tuesday 12 December 2023. The head of DGSN-DGST receives the head of the French National Police. Five areas "
        "are named: {areas}. From then on requests flow; the ones that follow are played now, between the nodes on this "
        "machine.",
        areas=scene.labels("area", FIVE_AREAS),
    )
