# SPDX-License-Identifier: EUPL-1.2
"""Moroccan expertise for the Games, from the directory to the lesson; then a course that waits for an answer."""

from __future__ import annotations

from amana.demo.papers import load_papers
from amana.demo.scene import Scene

RABAT, PARIS = "ma.dgsn", "fr.dgpn"
COURSE_DAYS = 40  # from now


def play(scene: Scene) -> None:
    """Asked, agreed by the id of the terms, carried out, judged; what was learnt goes into the library."""
    papers = load_papers("expertise")
    for by, account, name in (
        (RABAT, "liaison", "line"),
        (PARIS, "liaison", "line_paris"),
        (PARIS, "liaison", "mission"),
        (RABAT, "liaison", "terms"),
        (PARIS, "chef", "accept"),
        (RABAT, "liaison", "team"),
        (RABAT, "liaison", "start"),
        (RABAT, "liaison", "report"),
        (RABAT, "liaison", "complete"),
        (PARIS, "liaison", "feedback"),
        (RABAT, "liaison", "practice"),
        (PARIS, "liaison", "practice_fr"),
        (PARIS, "liaison", "used"),
        (RABAT, "liaison", "lesson"),
    ):
        scene.act(by, account, name, papers[name])
    starts = scene.days_from_now(COURSE_DAYS)
    scene.act(RABAT, "liaison", "training", papers["training"], starts=starts, ends=scene.days_from_now(COURSE_DAYS + 5))
    scene.tell(
        "Moroccan expertise for the Games was the first file on the table. Rabat publishes what it can give; Paris asks; both stand by "
        "the same terms; the mission is carried out, judged and followed up, and what was learnt stands in a library that both read."
    )
