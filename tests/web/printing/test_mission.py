# SPDX-License-Identifier: EUPL-1.2
"""The paper of a mission: what binds it on every page, what both sides stand by, hostile words as text, an exercise named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from amana.dossiers.plain import from_plain
from amana.phrases import LANGUAGES, tell
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, Wording
from amana.web.printing.mission import Mission, Word, mission_pdf, mission_value
from tests.web.printing.paper import HOUR, MARKING, NAMES, NOW, boxes_of, pages_of, sizes_of
from tests.web.printing.test_printing import A4, HOSTILE

DAY = 24 * HOUR
COURSE = (
    Word(type="team", author="ma.dgsn", at=NOW, coded={"people": 8}),
    Word(type="report", author="ma.dgsn", at=NOW, coded={"type": "interim", "days": 96}, wording=Wording(language="ar", text="نص.")),
    Word(type="feedback", author="fr.dgpn", at=NOW, coded={"usefulness": "decisive"}),
    Word(type="follow_up", author="fr.dgpn", at=NOW, coded={"result": "in_use"}),
    Word(type="decline", author="fr.dgpn", at=NOW, coded={"code": "other"}),
    Word(type="lesson", author="ma.dgsn", at=NOW, coded={}),
)
MISSION = Mission(
    dossier="aa" * 32,
    reference="FR-DGPN/2024/AAAAAA",
    title=Wording(language="fr", text="Expertise cynotechnique"),
    objectives=Wording(language="fr", text="Reconnaissance des sites."),
    type="expertise",
    area="public_order",
    stage="judged",
    giver="ma.dgsn",
    receiver="fr.dgpn",
    event="Les Jeux",
    place="Paris",
    people=8,
    starts=NOW,
    ends=NOW + DAY,
    cost="shared",
    languages=("fr", "ar"),
    deliverables=("report",),
    agreed_by=("fr.dgpn", "ma.dgsn"),
    agreed="a41f77c29b02e51d" * 4,
    posts=("رئيس فرقة", "Maître-chien"),
    days=248,
    trained=0,
    feedback="decisive",
    follow_up="",
    follow_up_due=NOW + 183 * DAY,
    course=COURSE,
    marking=from_plain(MARKING, Marking),
)


def paper(language: str, *, demonstration: bool = True) -> Paper:
    return Paper(language=language, own="fr.dgpn", made_at=NOW, zone=UTC, names=NAMES, demonstration=demonstration, post="unit-2")


def on_paper(one: Mission, language: str) -> str:
    return "\n".join(pages_of(mission_pdf(one, paper(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_binds_it_and_who_printed_it(language: str) -> None:
    long = replace(MISSION, objectives=Wording(language="fr", text="\n\n".join(["Le service rappelle la règle. " * 30] * 20)))
    pages = pages_of(mission_pdf(long, paper(language)))
    assert len(pages) > 2
    for page in pages:
        for said in ("AAAAAA", "unit-2", "H2"):
            assert said in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_named_by_the_id_by_which_both_sides_stand(language: str) -> None:
    text = on_paper(MISSION, language)
    for said in ("a41f 77c2 9b02 e51d", "ma.dgsn", "fr.dgpn", "248", "Maître-chien", "Paris", "Les Jeux"):
        assert said in text


def test_terms_that_nobody_agreed_are_not_shown_as_agreed() -> None:
    open_one = replace(MISSION, agreed="", agreed_by=(), cost="", stage="asked")
    text = on_paper(open_one, "en")
    assert str(tell("en", "not agreed yet: this is what was asked for")) in text
    assert "agreed by" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exercise_says_so_on_every_page(language: str) -> None:
    words = str(tell(language, "exercise, nothing here is real"))
    named = mission_value(paper(language, demonstration=False).sheet(), replace(MISSION, exercise=True))["demonstration"]
    assert named.lower() == words.lower()
    assert not mission_value(paper(language, demonstration=False).sheet(), MISSION)["demonstration"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [HOSTILE, " ", "\u200b\u2066"], ids=["markup", "space", "nothing to see"])
def test_whatever_people_wrote_is_text_on_a_page(language: str, text: str) -> None:
    written = Wording(language="fr", text=text)
    hostile = replace(
        MISSION,
        title=written,
        objectives=written,
        place=text[:200],
        event=text[:200],
        posts=(text[:200],),
        course=(replace(COURSE[1], wording=written),),
    )
    made = mission_pdf(hostile, paper(language))
    assert all(abs(got - due) < 1 for size in sizes_of(made) for got, due in zip(size, A4, strict=True))
    assert all(left >= 0 and right <= A4[0] and bottom >= 0 and top <= A4[1] for left, bottom, right, top in boxes_of(made))


def test_the_same_paper_is_the_same_bytes() -> None:
    assert mission_pdf(MISSION, paper("ar")) == mission_pdf(MISSION, paper("ar"))


@pytest.mark.parametrize("coded", [{}, {"type": "unheard_of", "days": 3}])
def test_a_word_that_this_version_does_not_know_is_printed_as_it_came(coded: dict[str, object]) -> None:
    assert on_paper(replace(MISSION, course=(replace(COURSE[1], coded=coded),)), "en")
