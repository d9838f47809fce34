# SPDX-License-Identifier: EUPL-1.2
"""Where a text departs from the glossary is marked, in the place where it stands; a good text stays unmarked."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import pairwise, permutations
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.phrases import LANGUAGES
from amana.phrases.terms import NOTES, departures, missing_terms

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
TERMS = tomllib.loads(files("amana.phrases").joinpath("terms.toml").read_text(encoding="utf-8"))

GOOD: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "clauses.toml").read_text(encoding="utf-8"))["clause"]


@pytest.mark.parametrize("clause", GOOD, ids=range(len(GOOD)))
def test_a_good_clause_is_not_marked_and_matches_its_versions(clause: dict[str, str]) -> None:
    for language, text in clause.items():
        assert departures(language, text) == ()
    for source, target in permutations(clause, 2):
        assert missing_terms(source, clause[source], target, clause[target]) == ()


@pytest.mark.parametrize(
    ("language", "text", "found", "expected", "note"),
    [
        ("ar", "آليات التنسيق التشغيلي بين الجهازين", "التنسيق التشغيلي", "التنسيق العملياتي", "communique"),
        ("ar", "وبالتنسيق التشغيلي", "وبالتنسيق التشغيلي", "التنسيق العملياتي", "communique"),
        ("ar", "تعزيزا للتنسيقِ التَّشغيليّ.", "للتنسيقِ التَّشغيليّ", "التنسيق العملياتي", "communique"),
        ("ar", "خطر الجريمة الإلكترونية", "الجريمة الإلكترونية", "الجريمة السيبرانية", "communique"),
        ("ar", "والجرائم الالكترونيــة،", "والجرائم الالكترونيــة", "الجريمة السيبرانية", "communique"),
        ("ar", "تبييض الأموال", "تبييض الأموال", "غسل الأموال", "law"),
        ("ar", "لغسيل الأموال", "لغسيل الأموال", "غسل الأموال", "law"),
        ("ar", "صدر بيان مشترك", "بيان مشترك", "بلاغ مشترك", "usage"),
        ("ar", "ورد في البيان أن", "البيان", "البلاغ", "usage"),
        ("ar", "تبادل البيانات", "البيانات", "معطيات", "usage"),
        ("ar", "حماية البيانات الشخصية", "البيانات الشخصية", "معطيات ذات طابع شخصي", "law"),
        ("ar", "في مجال التدريب", "التدريب", "تكوين", "usage"),
        ("ar", "على أساس المعاملة بالمثل", "المعاملة بالمثل", "توازن التبادل", "tone"),
        ("ar", "المساعدة الفنية", "المساعدة الفنية", "المساعدة التقنية", "communique"),
        ("ar", "يوم 15 ديسمبر 2023", "ديسمبر", "دجنبر", "usage"),
        ("ar", "يوم ١٥ دجنبر", "١٥", "15", "usage"),
        ("ar", "المشتبه به", "المشتبه به", "مشتبه فيه", "usage"),
        (
            "fr",
            "la coopération d’intelligence et de sécurité",
            "coopération d’intelligence",
            "coopération en matière de renseignement",
            "sense",
        ),
        ("fr", "La Coopération d'intelligence", "Coopération d'intelligence", "coopération en matière de renseignement", "sense"),
        ("fr", "COOPERATION SECURITAIRE", "COOPERATION SECURITAIRE", "coopération en matière de sécurité", "tone"),
        ("fr", "le blanchiment\nd’argent", "blanchiment\nd’argent", "blanchiment de capitaux", "law"),
        ("fr", "les meilleures pratiques", "meilleures pratiques", "bonnes pratiques", "usage"),
        ("fr", "la règle du tiers", "règle du tiers", "règle du tiers service", "usage"),
        ("fr", "deux arrestations", "arrestations", "interpellation", "usage"),
        ("fr", "procès-verbal de la réunion", "procès-verbal de la réunion", "compte rendu", "sense"),
        ("en", "illegal immigration", "illegal immigration", "irregular immigration", "usage"),
        ("en", "to mutual benefit", "mutual benefit", "shared benefit", "communique"),
        ("en", "Cyber-crimes", "Cyber-crimes", "cybercrime", "usage"),
    ],
)
def test_a_wording_that_departs_is_marked_where_it_stands(language: str, text: str, found: str, expected: str, note: str) -> None:
    (one,) = departures(language, text)
    assert (one.found, one.expected, one.note) == (found, expected, note)
    assert text[one.start : one.end] == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "لبيان أسباب القرار"),  # in order to set out
        ("ar", "تبيان الوقائع"),
        ("ar", "في أقرب الآجال وفي القريب العاجل"),
        ("ar", "فرقة الكلاب المدربة على كشف المتفجرات"),
        ("ar", "المعاملة وفق القانون"),
        ("ar", "تنسيق المواقف"),
        ("ar", "قاعدة الطرف الثالث"),
        ("ar", "عملية مراقبة التراب الوطني"),
        ("ar", "حفل اختتام الدورة"),
        ("fr", "la règle du tiers service"),
        ("fr", "intelligence artificielle et coopération"),
        ("fr", "un mandat d’arrêt"),
        ("fr", "l’Agence France-Presse"),
        ("fr", "le procès-verbal d’audition"),
        ("fr", "la dernière session du comité"),
        ("fr", "des avenantes"),
        ("en", "the benefit of mutual learning"),
        ("en", "a statement of the witness"),
        ("de", "Der Text ist in keiner der drei Sprachen."),
    ],
)
def test_another_word_or_the_right_one_is_not_marked(language: str, text: str) -> None:
    assert departures(language, text) == ()


@pytest.mark.parametrize(
    ("source", "said", "target", "text", "expected"),
    [
        ("ar", "في إطار الثقة المتبادلة", "fr", "dans un esprit d’amitié", ["confiance mutuelle"]),
        ("ar", "وبالتنسيق العملياتي", "en", "and by practical means", ["operational coordination"]),
        ("fr", "l’assistance technique et la menace terroriste", "ar", "المساعدة والتهديد الإرهابي", ["المساعدة التقنية"]),
        ("en", "working visits", "fr", "des visites", ["visite de travail"]),
        ("en", "on cybercrime", "ar", "الجريمة الإلكترونية", []),  # it is marked there already
        ("en", "the terrorist threat", "fr", "la menace que fait peser le terrorisme", []),
        ("en", "anything", "de", "etwas", []),
        ("fr", "la réunion", "en", "", []),
    ],
)
def test_a_term_without_its_counterpart_is_told(source: str, said: str, target: str, text: str, expected: list[str]) -> None:
    assert [one.expected for one in missing_terms(source, said, target, text)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_found_where_it_is_used_and_is_no_departure(language: str) -> None:
    for term, row in TERMS.items():
        for wording in (row[language]["says"], *row[language].get("also", ())):
            said = wording.replace("|", " ").replace("…", "the")
            assert not [one for one in departures(language, said) if one.term == term], said
        if row.get("paired"):
            assert [one.term for one in missing_terms(language, row[language]["says"], language, "")].count(term) == 1


def test_the_table_is_written_as_its_head_says() -> None:
    known = {"says", "also", "taken", *NOTES}
    for term, row in TERMS.items():
        assert set(row) - {"paired"} == set(LANGUAGES), term
        assert all(set(row[language]) <= known for language in LANGUAGES), term


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_table_says_is_the_glossarys_word(language: str) -> None:
    glossary = GLOSSARY.read_text(encoding="utf-8").casefold()
    says = [row[language]["says"] for term, row in TERMS.items() if term != "month"]  # one name stands for twelve
    missing = [one for one in says if one.removeprefix("ال").casefold() not in glossary]
    assert missing == []


@given(st.sampled_from(LANGUAGES), st.text())
def test_marks_lie_within_the_text_in_order_and_apart(language: str, text: str) -> None:
    text = f"{text} تبييض الأموال\u0301 arrestation\u200f illegal immigration"
    marked = departures(language, text)
    assert marked
    for before, after in pairwise(marked):
        assert before.start < before.end <= after.start
    for one in marked:
        assert text[one.start : one.end] == one.found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_text_is_read_at_once(language: str) -> None:
    started = perf_counter()
    departures(language, "coopération cooperation تعاون exchange تبادل " * 1500)
    assert perf_counter() - started < 10
