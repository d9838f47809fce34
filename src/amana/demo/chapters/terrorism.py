# SPDX-License-Identifier: EUPL-1.2
"""A terrorism file between ma.dgst and fr.dgsi alone; the two others ask for it by its number and learn nothing."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId

OUTSIDE = ("ma.dgsn", "fr.dgpn")
NOWHERE = DossierId(bytes(32))  # the number of no dossier


def play(scene: Scene) -> None:
    """Two agencies exchange; for the two others the file does not exist."""
    papers = load_papers("terrorism")
    request = scene.act("ma.dgst", "terro", "request", papers["request"])
    scene.assign("fr.dgsi", request.dossier, unit="terrorism", officer="terro")
    for by, name in (("fr.dgsi", "acknowledge"), ("fr.dgsi", "part"), ("fr.dgsi", "answer"), ("ma.dgst", "close")):
        scene.act(by, "terro", name, papers[name])
    closed = {code: scene.show(code, "terro", request.dossier) for code in ("ma.dgst", "fr.dgsi")}
    scene.expect("state", closed["ma.dgst"]["state"], closed["fr.dgsi"]["state"])
    scene.expect("stage", "closed", closed["fr.dgsi"]["stage"])
    outsiders = [(code, account) for code in OUTSIDE for account in ("liaison", "chef")]
    for code, account in [*outsiders, ("fr.dgsi", "liaison")]:
        scene.expect("access", _told(scene, code, account, NOWHERE), _told(scene, code, account, request.dossier))
    scene.secret, scene.control = ("ma.dgst", request.dossier), ("ma.dgsn", scene.dossier("drugs/request"))
    scene.tell(
        "One file is for two agencies only. ma.dgst asks fr.dgsi about a person back from a conflict zone and his money; it is "
        "answered and closed after {entries} entries. Then officers of fr.dgpn, and of ma.dgsn in the same house in Rabat, ask "
        "their nodes for this file by its very reference, {attempts} times in all, and so does a colleague at fr.dgsi whose "
        "desk it is not. Each is told what is said of a file that does not exist: “{answer}”",
        entries=len(closed["fr.dgsi"]["entries"]),
        attempts=len(outsiders),
        answer=scene.sentence(Refusal("not_found")),
    )


def _told(scene: Scene, code: str, account: str, dossier: DossierId) -> tuple[str, dict[str, str | int]]:
    """What an officer is told who asks for a dossier; it must be a refusal."""
    try:
        scene.show(code, account, dossier)
    except Refusal as refusal:
        return refusal.code, dict(refusal.facts)
    return "", {}
