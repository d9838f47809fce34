# SPDX-License-Identifier: EUPL-1.2
"""What several agencies wrote leaves on paper: communiqué, minutes, assessment and briefing file, in three languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser

import pytest

from amana.dossiers.plain import from_plain
from amana.dossiers.shared.public_text import code_of, normalised, public_text, require_same_text
from amana.phrases import LANGUAGES, tell
from amana.protocol.identifiers import AgencyCode, DossierId, Millis
from amana.protocol.marking import Marking
from amana.web.printing.assessment import Assessment, Dissent, Passage, Source, assessment_pdf, assessment_value
from amana.web.printing.briefing import Briefing, BriefingFigure, BriefingLine, BriefingSection, briefing_pdf, briefing_value
from amana.web.printing.communique import Communique, Edition, communique_pdf, communique_value
from amana.web.printing.copies import communique_html, communique_text
from amana.web.printing.joint import Approval, Paper, Wording
from amana.web.printing.minutes import DecisionLine, Delegation, Minutes, MinutesPoint, Sitting, minutes_pdf, minutes_value
from tests.web.printing.paper import HOUR, MARKING, NAMES, NOW, boxes_of, pages_of, sizes_of
from tests.web.printing.test_printing import A4, HOSTILE

CODE = "J04S-H7RT-V32E-K0YR-8"
DIGEST = "a41f77c29b02e51d" * 4
TEXTS = {
    "ar": ("بلاغ مشترك", "اتفق الطرفان على تبادل الخبرات والتجارب."),
    "fr": ("Communiqué conjoint", "Les parties sont convenues d’échanger : expertises et expériences."),
    "en": ("Joint communiqué", "The parties agreed to exchange expertise and experience."),
}
EDITIONS = tuple(
    Edition(language=language, heading=heading, paragraphs=(text,), place="Rabat", code=CODE) for language, (heading, text) in TEXTS.items()
)
RELEASED = Communique(
    editions=EDITIONS,
    parties=("ma.dgsn", "fr.dgpn"),
    names=NAMES,
    released_at=NOW,
    confirm_at="https://node.example/codes/",
    made_at=NOW + HOUR,
    zone=UTC,
    demonstration=True,
)
DRAFT = replace(RELEASED, released_at=0, embargo_until=NOW + HOUR, editions=tuple(replace(one, code="") for one in EDITIONS))


def written(language: str = "fr", text: str = "Texte.") -> Wording:
    return Wording(language=language, text=text)


def marking() -> Marking:
    return from_plain(MARKING, Marking)


def paper(language: str) -> Paper:
    return Paper(language=language, own="ma.dgsn", made_at=NOW, zone=UTC, names=NAMES, demonstration=True, post="unit-2")


def minutes(text: str = "Texte.") -> Minutes:
    point = MinutesPoint(
        number=1, wording=written(text=text), translation=written("ar", "نص."), speaker="fr.dgpn", title=written(), settled=False
    )
    return Minutes(
        dossier="aa" * 32,
        reference="MA-DGSN/2023/AAAAAA",
        titles=(written("fr", "Visite"), written("ar", "زيارة")),
        kind="visite",
        host="ma.dgsn",
        starts=NOW,
        ends=NOW + HOUR,
        areas=("drugs",),
        delegations=(Delegation(agency="ma.dgsn", posts=(written("ar", "المدير"),), interpreters=2),),
        sittings=(Sitting(starts=NOW, ends=NOW + HOUR, points=(point,)),),
        decisions=(DecisionLine(number=1, wording=written(text=text), owners=("ma.dgsn",), due=NOW, area="drugs"),),
        approvals=(Approval(agency="ma.dgsn", state="approved", digest=DIGEST, at=NOW), Approval(agency="fr.dgpn", state="not_yet")),
        digest=DIGEST,
        marking=marking(),
    )


def assessment(text: str = "Texte.") -> Assessment:
    dissent = Dissent(agency="fr.dgpn", wording=written(text=text))
    return Assessment(
        dossier="bb" * 32,
        reference="MA-DGSN/2023/AAAAAA",
        area="cybercrime",
        revision=2,
        valid_until=NOW - HOUR,
        parties=("ma.dgsn", "fr.dgpn"),
        passages=(
            Passage(part="outlook", number=2, wording=written(text=text)),
            Passage(part="situation", number=1, wording=written(text=text), likelihood="probable", confidence="haute", dissents=(dissent,)),
        ),
        sources=(Source(number=1, agency="ma.dgsn", grade="B2", wording=written(text=text), at=NOW),),
        approvals=(Approval(agency="ma.dgsn", state="approved", digest="00" * 32, at=NOW),),
        digest=DIGEST,
        marking=marking(),
    )


def briefing(text: str = "Texte.") -> Briefing:
    section = BriefingSection(
        heading="Figures",
        lines=(BriefingLine(wording=written(text=text), urgent=True),),
        figures=(BriefingFigure(name="sent", value="42"),),
    )
    return Briefing(
        dossier="aa" * 32,
        reference="MA-DGSN/2023/AAAAAA",
        titles=(written(),),
        starts=NOW,
        parties=("ma.dgsn", "fr.dgpn"),
        sections=(section, BriefingSection(heading="Open", empty="None.")),
        drawn_at=NOW,
    )


def papers(language: str, text: str) -> list[bytes]:
    given = paper(language)
    return [minutes_pdf(minutes(text), given), assessment_pdf(assessment(text), given), briefing_pdf(briefing(text), given)]


LONG = "\n\n".join(["Le service rappelle la règle. " * 30] * 20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_long_paper_says_what_binds_it(language: str) -> None:
    for kind, pdf in enumerate(papers(language, LONG)):
        pages = pages_of(pdf)
        assert len(pages) > 2
        for page in pages:
            assert "AAAAAA" in page
            assert "unit-2" in page
            assert ("ma.dgsn" if kind == 2 else "H2") in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_is_never_read_as_markup_and_stays_on_the_page(language: str) -> None:
    hostile = replace(RELEASED, editions=tuple(replace(one, heading=HOSTILE, paragraphs=(HOSTILE,)) for one in EDITIONS))
    made = [*papers(language, HOSTILE), communique_pdf(hostile, [language]), communique_pdf(hostile, ["fr", "ar"], side_by_side=True)]
    for pdf in made:
        assert all(abs(got - due) < 1 for size in sizes_of(pdf) for got, due in zip(size, A4, strict=True))
        assert all(left >= 0 and right <= A4[0] and bottom >= 0 and top <= A4[1] for left, bottom, right, top in boxes_of(pdf))


@pytest.mark.parametrize("made", [lambda: communique_pdf(RELEASED), *(lambda kind=kind: papers("ar", "x")[kind] for kind in range(3))])
def test_the_same_paper_is_the_same_bytes(made: Callable[[], bytes]) -> None:
    assert made() == made()


@pytest.mark.parametrize(
    ("languages", "beside", "pages"), [(["ar"], False, 1), (["fr", "ar"], True, 1), ([], False, 3), (["fr", "en"], False, 2)]
)
def test_a_communique_has_its_code_on_the_page_of_each_language(languages: list[str], beside: bool, pages: int) -> None:
    made = pages_of(communique_pdf(RELEASED, languages, side_by_side=beside))
    assert len(made) == pages
    assert all(CODE in page for page in made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_until_when_it_waits_on_every_page_and_has_no_code(language: str) -> None:
    long = replace(DRAFT, editions=tuple(replace(one, paragraphs=(LONG,)) for one in DRAFT.editions))
    pages = pages_of(communique_pdf(long, [language]))
    assert len(pages) > 2
    for page in pages:
        assert "10:12" in page
        assert CODE not in page
    assert "10:12" in communique_text(DRAFT, [language])
    assert "verify" not in communique_text(DRAFT, [language])


def test_without_a_word_on_the_embargo_a_draft_is_still_a_draft() -> None:
    waiting = replace(DRAFT, embargo_until=0)
    assert tell("fr", "Draft, not released: not to be published") in communique_text(waiting, ["fr"])
    assert tell("fr", "Draft, not released: not to be published") in communique_html(waiting, ["fr"])


def test_invented_data_is_named_in_each_form_and_only_where_it_is_invented() -> None:
    said = "Démonstration, données fictives"
    for demonstration in (True, False):
        given = replace(RELEASED, demonstration=demonstration)
        (edition,) = communique_value(given, [EDITIONS[1]])["editions"]
        assert {said in communique_text(given), said in communique_html(given), edition["demonstration"] == said} == {demonstration}


@pytest.mark.parametrize("edition", EDITIONS, ids=LANGUAGES)
def test_a_copy_of_the_text_keeps_its_code(edition: Edition) -> None:
    public = public_text(
        dossier=DossierId(bytes(32)),
        language=edition.language,
        heading=edition.heading,
        paragraphs=edition.paragraphs,
        parties=[AgencyCode(code) for code in RELEASED.parties],
        released_at=Millis(NOW),
    )
    for form in (communique_text(RELEASED, [edition.language]), _read(communique_html(RELEASED, [edition.language]))):
        lines = [line for line in form.split("\n") if normalised(line) in (normalised(edition.heading), normalised(edition.paragraphs[0]))]
        require_same_text(public, "\n".join(lines))
    assert len(code_of(public)) == len(CODE)


class _Reader(HTMLParser):
    """The text of a page by blocks, its tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.shown = True
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.shown = tag not in ("title", "style")

    def handle_data(self, data: str) -> None:
        self.text += data if self.shown else ""

    def handle_endtag(self, tag: str) -> None:
        self.text += "\n" if tag in ("p", "h1", "h2", "li") else ""


def _parsed(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def _read(page: str) -> str:
    return _parsed(page).text


def test_the_page_needs_nothing_from_anywhere_and_says_language_and_direction() -> None:
    reader = _parsed(communique_html(RELEASED))
    names = [name for name, _ in reader.tags]
    assert not {"script", "link", "img", "iframe", "form", "a"} & set(names)
    assert not any(attribute in ("src", "href", "style") or attribute.startswith("on") for _, given in reader.tags for attribute in given)
    assert [(given["lang"], given["dir"]) for name, given in reader.tags if name == "article"] == [
        ("ar", "rtl"),
        ("fr", "ltr"),
        ("en", "ltr"),
    ]
    assert (names.count("main"), names.count("h1"), names.count("title")) == (1, 3, 1)
    assert not re.search(r"url\(|@import", communique_html(RELEASED))


def test_what_a_person_wrote_is_text_on_the_page() -> None:
    evil = "</title></p><script>alert(1)</script><img src=x onerror=alert(1)> & \"'"
    given = replace(
        RELEASED,
        editions=(replace(EDITIONS[1], heading=evil, place=evil, code=evil, paragraphs=(evil, "\u202eturned\u202c")),),
        names={"ma.dgsn": {"fr": evil}},
        confirm_at=evil,
    )
    page = communique_html(given)
    assert not {"script", "img"} & {name for name, _ in _parsed(page).tags}
    assert "alert(1)" in _read(page)
    assert "\u202e" not in page
    assert "\u202e" not in communique_text(given)


def test_a_line_of_arabic_that_begins_with_another_script_is_still_read_from_the_right() -> None:
    given = replace(RELEASED, editions=(replace(EDITIONS[0], paragraphs=("INTERPOL منظمة دولية",)),))
    assert "\u200fINTERPOL" in communique_text(given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_say_who_has_not_approved_this_text(language: str) -> None:
    def standing(*states: tuple[str, str]) -> str:
        approvals = tuple(Approval(agency="ma.dgsn", state=state, digest=digest) for state, digest in states)
        return str(minutes_value(paper(language).sheet(), replace(minutes(), approvals=approvals))["standing"])

    whole = tell(language, "Approved by every party.")
    assert standing(("approved", DIGEST), ("approved", DIGEST)) == whole
    assert standing(("approved", DIGEST), ("left", "")) == whole
    assert standing(("approved", DIGEST), ("approved", "00" * 32)) != whole
    assert standing(("approved", DIGEST), ("not_yet", "")) != whole
    assert standing(("left", "")) != whole


def test_the_approval_of_an_earlier_text_is_not_shown_as_one_of_this() -> None:
    row = assessment_value(paper("en").sheet(), assessment())["approvals"]["rows"][0]
    assert (row["state"], row["holds"]) == ("approved an earlier text", False)


def test_parts_are_read_in_their_order_with_measures_dissent_and_the_end_of_validity() -> None:
    value = assessment_value(paper("en").sheet(), assessment())
    assert [part["name"] for part in value["parts"]] == ["Situation", "Outlook"]
    first = value["parts"][0]["passages"][0]
    assert (first["likelihood"], first["confidence"]) == ("probable", "haute")
    assert "fr.dgpn" in first["dissents"][0]["name"]
    assert "no longer valid" in value["facts"][1][1]


def test_a_briefing_file_carries_no_marking_but_whose_it_is() -> None:
    value = briefing_value(paper("en").sheet(), briefing())
    assert value["marking"]["level"] == "Private to ma.dgsn, never leaves it"
    assert [section["empty"] for section in value["sections"]] == ["", "None."]
