# SPDX-License-Identifier: EUPL-1.2
"""A joint operation against a drugs network, with an amendment and an outage in its middle; then one in preparation."""

from __future__ import annotations

from amana.demo.papers import Paper, load_papers
from amana.demo.scene import Scene
from amana.protocol.identifiers import AgencyCode, DossierId

RABAT, PARIS = "ma.dgsn", "fr.dgpn"
PREPARED = (
    (RABAT, "liaison", "objective"),
    (PARIS, "liaison", "objective_fr"),
    (PARIS, "liaison", "concept"),
    (RABAT, "liaison", "concept_ar"),
    (PARIS, "liaison", "evidence"),
    (PARIS, "liaison", "media"),
    (RABAT, "liaison", "contact_rabat"),
    (PARIS, "liaison", "contact_paris"),
    (PARIS, "liaison", "contact_evidence"),
    (RABAT, "liaison", "warrants"),
    (PARIS, "liaison", "dogs"),
    (RABAT, "liaison", "scales"),
    (PARIS, "liaison", "warrants_done"),
    (RABAT, "liaison", "dogs_done"),
    (PARIS, "liaison", "sketch"),
)
COUNTED = (
    (RABAT, "liaison", "resin"),
    (PARIS, "liaison", "phones"),
    (PARIS, "liaison", "sample_sent"),
    (RABAT, "liaison", "sample_here"),
    (RABAT, "liaison", "sample_seen"),
    (RABAT, "liaison", "court"),
    (PARIS, "chef", "court_yes"),
    (RABAT, "liaison", "result_resin"),
    (PARIS, "liaison", "result_resin_again"),
    (RABAT, "liaison", "result_three"),
    (PARIS, "liaison", "result_two"),
    (PARIS, "liaison", "result_phones"),
    (RABAT, "liaison", "result_money"),
    (PARIS, "liaison", "result_cash"),
    (RABAT, "liaison", "scales_done"),
    (RABAT, "liaison", "close_log"),
    (RABAT, "chef", "close"),
    (RABAT, "chef", "evaluation_rabat"),
    (PARIS, "chef", "evaluation_paris"),
    (PARIS, "liaison", "lesson"),
)
ACTION_DAYS, ACCOUNTS_DAYS, ORDERS_DAYS = 9, 3, 6  # from now


def play(scene: Scene) -> None:
    """Proposed, planned, approved by hash, compared, carried out, counted, evaluated."""
    papers = load_papers("operation")
    operation = scene.act(RABAT, "liaison", "proposal", papers["proposal"]).dossier
    _acts(scene, papers, PREPARED)
    _both(scene, papers, "liaison", "agree")
    scene.refused(RABAT, "chef", papers["start"], "operation_not_prepared")
    for name in ("approve", "basis"):
        _both(scene, papers, "chef", name)
    _compare(scene, papers)
    _both(scene, papers, "chef", "ready")
    scene.act(RABAT, "chef", "start", papers["start"])
    scene.expect("stage", "action", scene.show(PARIS, "liaison", operation)["stage"])
    _action(scene, papers, operation)
    scene.act(RABAT, "chef", "stop", papers["stop"])
    _acts(scene, papers, COUNTED)
    for code in (RABAT, PARIS):
        scene.expect("stage", "evaluated", scene.show(code, "chef", operation)["stage"])
    shown = scene.show(PARIS, "liaison", operation)
    scene.expect("state", scene.show(RABAT, "liaison", operation)["state"], shown["state"])
    scene.tell(
        "A joint operation against the drugs network: Rabat leads, both write the plan, each approves it by its hash, and the node "
        "refuses to begin before every party has. Before the day the two nodes compare, blinded, where their other operations are, and "
        "learn of two hours in one place and of nothing else. In the middle of the action the plan is amended and a node goes down; "
        "nothing is lost. Both report the same seizure, and it counts once: {entries} entries, the same state on both sides.",
        entries=len(shown["entries"]),
    )
    _next(scene, papers)


def _compare(scene: Scene, papers: dict[str, Paper]) -> None:
    """Each side's officer lets its points be compared; the overlap is said by choice, and settled."""
    scene.act(RABAT, "liaison", "annex_rabat", papers["annex_rabat"])
    scene.act(PARIS, "liaison", "annex_paris", papers["annex_paris"])
    scene.act(RABAT, "liaison", "deconfliction", papers["deconfliction"])
    _both(scene, papers, "liaison", "compare_points")
    compared = scene.show(PARIS, "liaison", scene.dossier("operation/deconfliction"))
    scene.expect("stage", "compared", compared["stage"])
    scene.act(PARIS, "chef", "talk", papers["talk"])
    scene.act(RABAT, "chef", "settle", papers["settle"])


def _action(scene: Scene, papers: dict[str, Paper], operation: DossierId) -> None:
    """The log, an amendment by both while the earlier plan governs, and a node that is down for a while."""
    scene.act(RABAT, "liaison", "log", papers["log"])
    _acts(scene, papers, ((RABAT, "liaison", "line_1"), (PARIS, "liaison", "line_2"), (RABAT, "liaison", "line_3")))
    scene.act(PARIS, "liaison", "amendment", papers["amendment"])
    scene.act(RABAT, "liaison", "agree again", papers["agree"])
    scene.act(PARIS, "chef", "approve the amendment", papers["approve"])
    scene.expect("stage", "action", scene.show(RABAT, "liaison", operation)["stage"])
    scene.act(RABAT, "chef", "approve the amendment", papers["approve"])
    scene.act(PARIS, "liaison", "line_4", papers["line_4"])
    scene.stop(PARIS)
    _acts(scene, papers, ((RABAT, "liaison", "line_5"), (RABAT, "liaison", "line_6")))
    scene.start(PARIS)
    scene.settle()
    _acts(scene, papers, ((PARIS, "liaison", "line_7"), (PARIS, "liaison", "line_8")))
    log = scene.dossier("operation/log")
    rabat, paris = ([row.id for row in scene.journals.dossier(AgencyCode(code), log)] for code in (RABAT, PARIS))
    scene.expect("log", rabat, paris)


def _next(scene: Scene, papers: dict[str, Paper]) -> None:
    """One that waits for Rabat: its basis, whom to call, a task, its word that it is ready."""
    starts = scene.days_from_now(ACTION_DAYS)
    scene.act(PARIS, "liaison", "next", papers["next"], starts=starts, ends=starts + 10 * 3_600_000)
    scene.act(PARIS, "liaison", "next_objective", papers["next_objective"])
    scene.act(RABAT, "liaison", "next_safety", papers["next_safety"])
    for code in (RABAT, PARIS):
        scene.act(code, "liaison", f"next_agree of {code}", papers["next_agree"])
        scene.act(code, "chef", f"next_approve of {code}", papers["next_approve"])
    scene.act(PARIS, "chef", "next_basis", papers["next_basis"])
    scene.act(PARIS, "liaison", "next_contact", papers["next_contact"])
    scene.act(PARIS, "liaison", "next_accounts", papers["next_accounts"], due=scene.days_from_now(ACCOUNTS_DAYS))
    scene.act(PARIS, "liaison", "next_orders", papers["next_orders"], due=scene.days_from_now(ORDERS_DAYS))
    scene.act(PARIS, "liaison", "next_work", papers["next_work"])
    scene.tell(
        "Another operation, against a fraud, is in preparation for {days} days from now: its page says what is missing, and of whom.",
        days=ACTION_DAYS,
    )


def _both(scene: Scene, papers: dict[str, Paper], account: str, name: str) -> None:
    for code in (RABAT, PARIS):
        scene.act(code, account, f"{name} of {code}", papers[name])


def _acts(scene: Scene, papers: dict[str, Paper], acts: tuple[tuple[str, str, str], ...]) -> None:
    for by, account, name in acts:
        scene.act(by, account, name, papers[name])
