# SPDX-License-Identifier: EUPL-1.2
"""A migrant-smuggling network: a request in Arabic, its translation, a pause for a judge, a reminder, the answer."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene


def play(scene: Scene) -> None:
    """Rabat asks in Arabic, Paris has it translated, waits for a judge and answers."""
    papers = load_papers("smuggling")
    request = scene.act("ma.dgsn", "liaison", "request", papers["request"])
    for by, name in (("fr.dgpn", "acknowledge"), ("fr.dgpn", "translation_request"), ("ma.dgsn", "translation")):
        scene.act(by, "liaison", name, papers[name])
    before = scene.show("fr.dgpn", "liaison", request.dossier)
    for by, name in (("fr.dgpn", "pause"), ("ma.dgsn", "reminder"), ("fr.dgpn", "unpause")):
        scene.act(by, "liaison", name, papers[name])
    after = scene.show("ma.dgsn", "liaison", request.dossier)
    scene.act("fr.dgpn", "liaison", "answer", papers["answer"])
    scene.act("ma.dgsn", "liaison", "close", papers["close"])
    closed = scene.show("fr.dgpn", "liaison", request.dossier)
    scene.expect("translations owed", (), tuple(closed["state"].get("translations", ())))
    scene.expect("stage", "closed", closed["stage"])
    scene.tell(
        "A network that smuggles migrants, asked about in Arabic. fr.dgpn asks for a translation and gets a working one, bound "
        "to the original by its hash. The identity behind a telephone number needs a judge’s leave: fr.dgpn pauses the clock, "
        "ma.dgsn reminds it, leave is given, and the deadline has moved by exactly the time that the clock stood, "
        "{milliseconds} ms. The answer follows and the dossier is closed with {entries} entries.",
        milliseconds=after["state"]["slots"][0]["due"] - before["state"]["slots"][0]["due"],
        entries=len(closed["entries"]),
    )
