# SPDX-License-Identifier: EUPL-1.2
"""Synthetic drugs by sea, urgent: request, assignment, question and clarification, part answer, answer, feedback."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene


def play(scene: Scene) -> None:
    """Rabat asks, Paris answers."""
    papers = load_papers("drugs")
    request = scene.act("ma.dgsn", "stups", "request", papers["request"])
    asked = scene.show("ma.dgsn", "stups", request.dossier)
    slot = asked["state"]["slots"][0]
    scene.tell(
        "ma.dgsn asks fr.dgpn, urgently, about tablets hidden in a refrigerated lorry on the line between Sète and Tangier. "
        "Before the request left, the node looked for the article that allows it and found article {article}. Paris had it "
        "{milliseconds} ms later; from that moment the agreed clock runs, and the answer is due by {due} (UTC).",
        article=asked["entries"][0]["marking"]["basis"]["article"],
        milliseconds=slot["delivered_at"] - asked["opened_at"],
        due=scene.moment(slot["due"]),
    )
    scene.assign("fr.dgpn", request.dossier, unit="drugs", officer="stups")
    scene.note("fr.dgpn", "stups", papers["note"])
    for by, name in (
        ("fr.dgpn", "acknowledge"),
        ("fr.dgpn", "question"),
        ("ma.dgsn", "precision"),
        ("fr.dgpn", "part"),
        ("fr.dgpn", "answer"),
    ):
        scene.act(by, "stups", name, papers[name])
    scene.act("ma.dgsn", "stups", "close", papers["close"])
    closed = {code: scene.show(code, "stups", request.dossier) for code in ("ma.dgsn", "fr.dgpn")}
    scene.expect("state", closed["ma.dgsn"]["state"], closed["fr.dgpn"]["state"])
    scene.expect("stage", "closed", closed["ma.dgsn"]["stage"])
    scene.expect("notes", (0, 1), tuple(len(closed[code]["notes"]) for code in ("ma.dgsn", "fr.dgpn")))
    scene.tell(
        "In Paris the international desk hands the request to the drugs unit, which keeps a note to itself that never leaves "
        "its node. It takes the request in hand, asks which of two vehicles is meant, is told, answers in part and then in "
        "full. Rabat closes the dossier and says what the answer was worth: {usefulness}. Both sides hold the same {entries} "
        "entries and the same state.",
        usefulness=scene.label("usefulness", closed["fr.dgpn"]["state"]["slots"][0]["usefulness"]),
        entries=len(closed["fr.dgpn"]["entries"]),
    )
