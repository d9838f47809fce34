# SPDX-License-Identifier: EUPL-1.2
"""Rabat, 12 December 2023: a visit by the hour, points in the language in which they were said, three decisions by hash."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene

RABAT, PARIS = "ma.dgsn", "fr.dgpn"
EXPERTS_DAYS = 20  # from now, until the experts are to have met


def play(scene: Scene) -> None:
    """Programme, agenda, minutes, decisions; both approve the same hash, and the owners say how far they are."""
    papers = load_papers("rabat")
    visit = scene.act(RABAT, "liaison", "visit", papers["visit"])
    for name in ("delegation_rabat", "welcome", "talks_part", "lunch", "laboratory", "talks", "agenda_areas"):
        scene.act(RABAT, "liaison", name, papers[name])
    for name in ("delegation_paris", "agree_areas", "agenda_games"):
        scene.act(PARIS, "liaison", name, papers[name])
    scene.act(RABAT, "liaison", "agree_games", papers["agree_games"])
    for by, name in (
        (RABAT, "point_areas"),
        (PARIS, "point_areas_fr"),
        (PARIS, "point_games"),
        (RABAT, "point_games_ar"),
        (PARIS, "contacts"),
        (RABAT, "contacts_ar"),
        (PARIS, "arrangement"),
        (RABAT, "arrangement_ar"),
    ):
        scene.act(by, "liaison", name, papers[name])
    scene.act(RABAT, "liaison", "experts", papers["experts"], due=scene.days_from_now(EXPERTS_DAYS))
    scene.act(PARIS, "liaison", "experts_fr", papers["experts_fr"])
    scene.act(RABAT, "chef", "approve of Rabat", papers["approve"])
    scene.act(PARIS, "chef", "approve of Paris", papers["approve"])
    for by, name in ((PARIS, "contacts_done"), (PARIS, "arrangement_done"), (RABAT, "experts_begun")):
        scene.act(by, "liaison", name, papers[name])
    shown = {code: scene.show(code, "chef", visit.dossier) for code in (RABAT, PARIS)}
    scene.expect("state", shown[RABAT]["state"], shown[PARIS]["state"])
    scene.expect("stage", "minuted", shown[RABAT]["stage"])
    scene.tell(
        "The visit has a dossier of its own: the programme by the hour, the delegations by post, an agenda to which both sides "
        "put their points. Each point of the minutes stands in the language in which it was said, with its translation beside "
        "it. Three decisions name an owner, a field and a date; they are in force from the moment at which both sides approve "
        "the minutes by one and the same hash, {hash}…. Two are done by now, one is open.",
        hash=shown[RABAT]["state"]["text"]["texts"][0]["hash"][:12],
    )
