# SPDX-License-Identifier: EUPL-1.2
"""Rabat, 14 and 15 December 2023: two working sessions of three services, and a communiqué in three languages.

Both sides edit the French of one clause at the same time: both versions stand until one joins them. Each language is
approved by its hash by each side, and nothing is public before the hour that both have set.
"""

from __future__ import annotations

from amana.demo.papers import Paper, load_papers
from amana.demo.scene import Acted, Scene
from amana.dossiers.communique.state import CommuniqueState, released
from amana.dossiers.shared.public_text import code_of
from amana.node.ports import Reading
from amana.node.queries.published import public_text_of
from amana.node.queries.rows import state_of
from amana.protocol.identifiers import AgencyCode

DGST, DGSI, DGSN = "ma.dgst", "fr.dgsi", "ma.dgsn"
PLAN_DAYS, CHANNEL_DAYS = 9, 45  # from now
LANGUAGES = ("ar", "fr", "en")
FRENCH = "fr"
CLAUSES = ("c0", "c1", "c2", "c3", "c4", "c5")


def play(scene: Scene) -> None:
    """The visit, its two sessions, what was agreed, the communiqué."""
    papers = load_papers("working_visit")
    _sessions(scene, papers)
    communique = _communique(scene, papers)
    shown = {code: scene.show(code, "chef", communique.dossier) for code in (DGST, DGSI)}
    scene.expect("state", shown[DGST]["state"], shown[DGSI]["state"])
    scene.expect("stage", "release_said", shown[DGST]["stage"])
    scene.tell(
        "The communiqué is written clause by clause in Arabic, French and English. At one clause both sides change the French at "
        "the same moment: both versions stand side by side on both nodes, until one of them writes a third that joins them. "
        "Then each side approves each language by its hash, and the text is released: no earlier than Friday 15 December at "
        "18:00, as both had agreed. Whoever has it on paper can have its code confirmed offline; of the French text it is {code}.",
        code=_code(scene, communique),
    )


def _code(scene: Scene, communique: Acted) -> str:
    """The code of the French text, as it stands at the foot of every copy."""

    def ask(reading: Reading) -> str:
        row = reading.dossier(communique.dossier)
        state = state_of(row) if row is not None else None
        if not isinstance(state, CommuniqueState):
            return ""
        public = next((one for one in released(state, scene.now()) if one.language == FRENCH), None)
        text = public_text_of(reading, communique.dossier, state, public) if public is not None else None
        return code_of(text) if text is not None else ""

    code = scene.journals.read(AgencyCode(DGSI), ask)
    scene.expect("code of the communiqué", True, bool(code))
    return code


def _sessions(scene: Scene, papers: dict[str, Paper]) -> None:
    visit = scene.act(DGST, "liaison", "visit", papers["visit"])
    for name in ("delegation_rabat", "arrival", "first_part", "lunch", "second_part", "departure", "first", "second", "agenda_evaluation"):
        scene.act(DGST, "liaison", name, papers[name])
    scene.act(DGSI, "liaison", "delegation_paris", papers["delegation_paris"])
    scene.act(DGSI, "liaison", "agenda_coordination", papers["agenda_coordination"])
    for code in (DGST, DGSI, DGSN):
        scene.act(code, "liaison", f"agree of {code}", papers["agree"])
    scene.act(DGST, "liaison", "point_evaluation", papers["point_evaluation"])
    scene.act(DGSI, "liaison", "point_evaluation_fr", papers["point_evaluation_fr"])
    scene.act(DGST, "liaison", "expertise", papers["expertise"], due=scene.days_from_now(PLAN_DAYS))
    scene.act(DGSI, "liaison", "expertise_fr", papers["expertise_fr"])
    scene.act(DGSI, "liaison", "point_coordination", papers["point_coordination"])
    scene.act(DGST, "liaison", "point_coordination_ar", papers["point_coordination_ar"])
    scene.act(DGSI, "liaison", "channel", papers["channel"], due=scene.days_from_now(CHANNEL_DAYS))
    scene.act(DGST, "liaison", "channel_ar", papers["channel_ar"])
    for name in ("approve_first", "approve_second"):
        for code in (DGST, DGSI, DGSN):
            scene.act(code, "chef", f"{name} of {code}", papers[name])
    scene.act(DGST, "liaison", "expertise_begun", papers["expertise_begun"])
    shown = {code: scene.show(code, "chef", visit.dossier) for code in (DGST, DGSI, DGSN)}
    scene.expect("state", [shown[DGST]["state"]] * 2, [shown[DGSI]["state"], shown[DGSN]["state"]])
    scene.expect("stage", "minuted", shown[DGSI]["stage"])
    scene.tell(
        "Thursday 14 December at noon and Friday 15 in the morning: two working sessions of three services. The agenda is built by "
        "all of them, the minutes are approved by all three by the same hash, session by session, and each decision is in its "
        "owner’s inbox from then on.",
    )


def _communique(scene: Scene, papers: dict[str, Paper]) -> Acted:
    communique = scene.act(DGST, "liaison", "communique", papers["communique"])
    for name in CLAUSES:
        scene.act(DGST, "liaison", f"{name}_ar", papers[f"{name}_ar"])
        for language in ("fr", "en"):
            scene.act(DGSI, "liaison", f"{name}_{language}", papers[f"{name}_{language}"])
    scene.act(DGSI, "liaison", "c3_fr_paris", papers["c3_fr_paris"])
    scene.act(DGST, "liaison", "c3_fr_rabat", papers["c3_fr_rabat"])
    scene.act(DGSI, "liaison", "c3_fr_joined", papers["c3_fr_joined"])
    for code in (DGST, DGSI):
        scene.act(code, "liaison", f"agree of {code}", papers["agree_all"])
        for language in LANGUAGES:
            scene.act(code, "chef", f"approve_{language} of {code}", papers[f"approve_{language}"])
    scene.act(DGST, "chef", "release", papers["release"])
    return communique
