# SPDX-License-Identifier: EUPL-1.2
"""The return visit to Paris: what was left open in Rabat is on its agenda; then the joint committee that is to come."""

from __future__ import annotations

from amana.demo.papers import Paper, load_papers
from amana.demo.scene import Scene

RABAT, PARIS, DGST, DGSI = "ma.dgsn", "fr.dgpn", "ma.dgst", "fr.dgsi"
HOUR = 3_600_000
HANDOVER_DAYS, CARDS_DAYS, COMMITTEE_DAYS, ROOM_DAYS = 30, 3, 12, 5  # from now


def play(scene: Scene) -> None:
    """The open decision is carried over, reported done, new ones are taken; the committee of the four is being prepared."""
    papers = load_papers("paris")
    visit = scene.act(PARIS, "liaison", "visit", papers["visit"])
    for name in ("delegation_paris", "welcome", "talks_part", "centre", "talks", "carried"):
        scene.act(PARIS, "liaison", name, papers[name])
    for name in ("delegation_rabat", "agenda_half_year"):
        scene.act(RABAT, "liaison", name, papers[name])
    for code in (RABAT, PARIS):
        scene.act(code, "liaison", f"agree of {code}", papers["agree"])
    for by, name in ((RABAT, "point_carried"), (PARIS, "point_carried_fr"), (RABAT, "experts_done")):
        scene.act(by, "liaison", name, papers[name])
    scene.act(PARIS, "liaison", "handover", papers["handover"], due=scene.days_from_now(HANDOVER_DAYS))
    scene.act(RABAT, "liaison", "handover_ar", papers["handover_ar"])
    scene.act(RABAT, "liaison", "cards", papers["cards"], due=scene.days_from_now(CARDS_DAYS))
    scene.act(PARIS, "liaison", "cards_fr", papers["cards_fr"])
    for code in (RABAT, PARIS):
        scene.act(code, "chef", f"approve of {code}", papers["approve"])
    shown = scene.show(RABAT, "chef", visit.dossier)
    scene.expect("stage", "minuted", shown["stage"])
    scene.tell(
        "The return visit to Paris begins where Rabat ended: the decision that was still open stands on the agenda by itself, is "
        "reported done by its owner, and two new ones are taken. One page lists everything that was decided since the agreement "
        "began, with its state today.",
    )
    _committee(scene, load_papers("committee"))


def _committee(scene: Scene, papers: dict[str, Paper]) -> None:
    """Not held yet: points agreed, waiting and objected to; a draft communiqué in which much is open."""
    begins = scene.days_from_now(COMMITTEE_DAYS) // (24 * HOUR) * 24 * HOUR + 9 * HOUR
    hours = {"starts": begins, "ends": begins + 4 * HOUR}
    scene.act(PARIS, "liaison", "meeting", papers["meeting"], **hours)
    scene.act(PARIS, "liaison", "session", papers["session"], **hours)
    scene.act(PARIS, "liaison", "room", papers["room"], due=scene.days_from_now(ROOM_DAYS))
    scene.act(PARIS, "liaison", "delegation_paris", papers["delegation_paris"])
    scene.act(PARIS, "liaison", "balance", papers["balance"])
    scene.act(RABAT, "liaison", "cyber", papers["cyber"])
    for code in (RABAT, DGST, DGSI):
        scene.act(code, "liaison", f"agree of {code}", papers["agree"])
    scene.act(DGST, "liaison", "terrorism", papers["terrorism"])
    scene.act(DGSI, "liaison", "object", papers["object"])
    scene.act(PARIS, "liaison", "communique", papers["communique"], embargo=begins + 9 * HOUR)
    for by, name in (
        (PARIS, "h_fr"),
        (RABAT, "h_ar"),
        (PARIS, "k1_fr"),
        (RABAT, "k1_ar"),
        (PARIS, "k2_fr"),
        (DGSI, "k2_fr_two"),
        (RABAT, "k2_ar"),
    ):
        scene.act(by, "liaison", name, papers[name])
    for code in (RABAT, PARIS):
        scene.act(code, "liaison", f"agree_text of {code}", papers["agree_text"])
    scene.tell(
        "In {days} days the joint committee of the agreement meets. The four build its agenda; a draft communiqué is open, with a "
        "clause that waits for an answer and an English text that nobody has written yet.",
        days=COMMITTEE_DAYS,
    )
