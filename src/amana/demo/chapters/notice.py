# SPDX-License-Identifier: EUPL-1.2
"""A notice of a way of working, what it was worth, and one wrong detail recalled, corrected and answered for."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene

VALID_DAYS = 180


def play(scene: Scene) -> None:
    """Paris tells without being asked, and takes one detail back."""
    papers = load_papers("notice")
    notice = scene.act("fr.dgpn", "stups", "notice", papers["notice"], expires=scene.days_from_now(VALID_DAYS))
    scene.assign("ma.dgsn", notice.dossier, unit="drugs", officer="stups")
    for by, name in (("ma.dgsn", "acknowledge"), ("fr.dgpn", "supplement"), ("ma.dgsn", "rate"), ("fr.dgpn", "recall")):
        scene.act(by, "stups", name, papers[name])
    for by, name in (("fr.dgpn", "correction"), ("ma.dgsn", "recall_answer")):
        scene.act(by, "stups", name, papers[name])
    shown = scene.show("fr.dgpn", "stups", notice.dossier)
    answers = shown["state"]["recalls"][0]["answers"]
    scene.expect("recall answered by", ["ma.dgsn"], [answer["agency"] for answer in answers])
    scene.tell(
        "Not everything is a question. fr.dgpn tells ma.dgsn of a way of hiding tablets, in a notice valid for {days} days; "
        "ma.dgsn takes note and says what it was worth: {usefulness}. One detail was wrong, a telephone number: fr.dgpn "
        "recalls it and sends the right one. The answer of ma.dgsn is a signed declaration: “{declaration}”. It is a "
        "declaration and no proof, and is never shown as more.",
        days=VALID_DAYS,
        usefulness=scene.label("usefulness", shown["state"]["slots"][0]["usefulness"]),
        declaration=scene.label("recall_answer", answers[0]["code"]),
    )
