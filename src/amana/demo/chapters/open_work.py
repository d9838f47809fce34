# SPDX-License-Identifier: EUPL-1.2
"""What the play leaves open at every agency, so that whoever opens a desk afterwards finds a day's work on it.

No time is forged: what is overdue became so by a clock of one minute, which two agencies agreed for vehicles that
stand at a barrier.
"""

from __future__ import annotations

from amana.demo.drawing import road_check, transport_document
from amana.demo.papers import Paper, load_papers
from amana.demo.scene import Scene

RABAT, PARIS = "ma.dgsn", "fr.dgpn"
EXPECTED_DAYS = 2
VALID_DAYS = 90


def play(scene: Scene) -> None:
    """Requests in every state, files, notes, drafts and questions that wait for somebody."""
    papers = load_papers("open_work")
    _barrier(scene, papers)
    _lorry(scene, papers)
    _questions(scene, papers)
    _drafts(scene, papers)
    _two_others(scene, papers)
    scene.settle()
    inboxes = {str(code): scene.call(code, "inbox", {"officer": "chef"}) for code in scene.directories}
    waiting = {code: len(inbox["to_do"]) for code, inbox in inboxes.items()}
    scene.expect("work everywhere", [], [code for code, count in waiting.items() if not count])
    scene.expect("drafts to release", [RABAT, PARIS, "fr.dgsi"], [code for code, inbox in inboxes.items() if inbox["drafts"]])
    scene.tell(
        "The story ends where a day’s work begins: {waiting} dossiers wait for somebody at one of the four agencies. One request "
        "was asked in Arabic and stands beside its French translation, with two files; others are due today, or overdue by a "
        "clock of one minute; questions, drafts before their release and leave to go to court wait for an answer.",
        waiting=sum(waiting.values()),
    )


def _barrier(scene: Scene, papers: dict[str, Paper]) -> None:
    """First, so that its minute has passed when somebody looks."""
    scene.act(PARIS, "chef", "arrangement", papers["arrangement"])
    scene.act(RABAT, "chef", "consent", papers["consent"])
    scene.act(PARIS, "liaison", "barrier_paris", papers["barrier_paris"])
    scene.act(RABAT, "liaison", "barrier_rabat", papers["barrier_rabat"])


def _lorry(scene: Scene, papers: dict[str, Paper]) -> None:
    """Three languages and two files in one dossier."""
    lorry = scene.act(RABAT, "stups", "lorry", papers["lorry"])
    scene.assign(PARIS, lorry.dossier, unit="drugs", officer="stups")
    for name in ("lorry_in_french", "lorry_taken", "lorry_question"):
        scene.act(PARIS, "stups", name, papers[name])
    scene.note(PARIS, "stups", papers["lorry_note"])
    scene.act(RABAT, "stups", "lorry_precision", {**papers["lorry_precision"], "attachments": [transport_document()]})
    scene.act(PARIS, "stups", "precision_in_french", papers["precision_in_french"])
    scene.act(PARIS, "stups", "lorry_part", {**papers["lorry_part"], "attachments": [road_check()]})
    scene.act(PARIS, "stups", "lorry_message", papers["lorry_message"])
    scene.act(RABAT, "stups", "part_in_arabic", papers["part_in_arabic"])
    scene.note(RABAT, "stups", papers["lorry_rabat_note"])


def _questions(scene: Scene, papers: dict[str, Paper]) -> None:
    """Due today on both sides, a question asked back, leave asked for, a reminder."""
    line = scene.act(PARIS, "stups", "line", papers["line"])
    scene.assign(RABAT, line.dossier, unit="drugs", officer="stups")
    scene.note(RABAT, "stups", papers["line_note"])
    scene.act(RABAT, "liaison", "berth", papers["berth"])
    traveller = scene.act(PARIS, "liaison", "traveller", papers["traveller"])
    scene.assign(RABAT, traveller.dossier, unit="desk", officer="liaison")
    for name in ("traveller_taken", "traveller_question"):
        scene.act(RABAT, "liaison", name, papers[name])
    scene.act(RABAT, "stups", "court", papers["court"])
    scene.act(RABAT, "liaison", "barrier_reminder", papers["barrier_reminder"])


def _drafts(scene: Scene, papers: dict[str, Paper]) -> None:
    """A notice and a refusal that a second person has to release, and a request that is not finished."""
    carrier = scene.act(RABAT, "stups", "carrier", papers["carrier"])
    scene.assign(PARIS, carrier.dossier, unit="drugs", officer="stups")
    scene.act(PARIS, "stups", "carrier_taken", papers["carrier_taken"])
    scene.draft(PARIS, "stups", papers["carrier_refusal"])
    scene.draft(RABAT, "stups", papers["warning"], expires=scene.days_from_now(VALID_DAYS))
    scene.draft(PARIS, "liaison", papers["unfinished"])


def _two_others(scene: Scene, papers: dict[str, Paper]) -> None:
    """Work of the two services that the terrorism file concerns; another matter."""
    parcel = scene.act("ma.dgst", "terro", "parcel", papers["parcel"])
    scene.assign("fr.dgsi", parcel.dossier, unit="terrorism", officer="terro")
    scene.act("fr.dgsi", "terro", "parcel_taken", papers["parcel_taken"])
    scene.act("fr.dgsi", "terro", "parcel_progress", papers["parcel_progress"], expected=scene.days_from_now(EXPECTED_DAYS))
    scene.act("fr.dgsi", "terro", "alert", papers["alert"], expires=scene.days_from_now(VALID_DAYS))
    scene.draft("fr.dgsi", "terro", papers["parcel_back"])
