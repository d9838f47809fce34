# SPDX-License-Identifier: EUPL-1.2
"""A threat assessed by two services together: likelihood and confidence in fixed words, graded sources, one dissent."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene

RABAT, PARIS = "ma.dgsn", "fr.dgpn"
VALID_DAYS = 24  # from now: soon enough to be proposed for the next agenda


def play(scene: Scene) -> None:
    """One assessment in force, with a dissenting text; one being written."""
    papers = load_papers("assessment")
    drugs = scene.act(RABAT, "liaison", "drugs", papers["drugs"])
    for by, name in (
        (RABAT, "situation"),
        (PARIS, "situation_fr"),
        (PARIS, "judgement"),
        (RABAT, "judgement_ar"),
        (PARIS, "outlook"),
        (PARIS, "report"),
        (RABAT, "partner"),
        (RABAT, "agree"),
        (PARIS, "agree"),
        (RABAT, "dissent"),
    ):
        scene.act(by, "liaison", f"{name}", papers[name])
    until = scene.days_from_now(VALID_DAYS)
    for code in (RABAT, PARIS):
        scene.act(code, "chef", f"approve of {code}", papers["approve"], valid_until=until)
    scene.act(PARIS, "liaison", "cyber", papers["cyber"])
    scene.act(PARIS, "liaison", "cyber_situation", papers["cyber_situation"])
    scene.act(RABAT, "liaison", "cyber_situation_ar", papers["cyber_situation_ar"])
    shown = {code: scene.show(code, "chef", drugs.dossier) for code in (RABAT, PARIS)}
    scene.expect("state", shown[RABAT]["state"], shown[PARIS]["state"])
    scene.expect("stage", "in_force", shown[RABAT]["stage"])
    scene.tell(
        "The two services assess a threat together, passage by passage. How likely something is and how sure they are is said in "
        "fixed words; sources are graded; Rabat does not share one judgement and says so in a text of its own, which is part of "
        "what both approve by its hash. It is valid for {days} days and is proposed for the agenda of the next meeting by itself.",
        days=VALID_DAYS,
    )
