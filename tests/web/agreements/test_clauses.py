# SPDX-License-Identifier: EUPL-1.2
"""A text beside the one before it: which clause is new, changed, removed or unchanged, and which words."""

from __future__ import annotations

from typing import Any

import pytest

from amana.web.agreements.clauses import clauses_of, counted
from amana.web.agreements.road import reasons_for, road_of


def text(*clauses: tuple[str, dict[str, str]], **articles: list[str]) -> dict[str, Any]:
    """A text: clauses by number with their words by language, articles with their fields."""
    return {
        "clauses": [
            {"number": number, "texts": [{"language": code, "title": "", "text": words} for code, words in held.items()]}
            for number, held in clauses
        ],
        "articles": [
            {
                "number": number.removeprefix("a"),
                "areas": areas or ["drugs"],
                "forms": ["information"],
                "all_areas": not areas,
                "all_forms": True,
            }
            for number, areas in articles.items()
        ],
    }


BEFORE = text(("1", {"fr": "Les Parties coopèrent.", "ar": "يتعاون الطرفان."}), ("2", {"fr": "Frais."}), a1=["drugs"])
CASES: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("the same", BEFORE, {"1": "same", "2": "same"}),
    (
        "a word",
        text(("1", {"fr": "Les Parties coopèrent.", "ar": "يتعاون الأطراف."}), ("2", {"fr": "Frais."}), a1=["drugs"]),
        {"1": "changed", "2": "same"},
    ),
    (
        "a field",
        text(("1", {"fr": "Les Parties coopèrent.", "ar": "يتعاون الطرفان."}), ("2", {"fr": "Frais."}), a1=["fraud"]),
        {"1": "changed", "2": "same"},
    ),
    ("a language", text(("1", {"fr": "Les Parties coopèrent."}), ("2", {"fr": "Frais."}), a1=["drugs"]), {"1": "changed", "2": "same"}),
    ("all gone", text(a1=["drugs"]), {"1": "changed", "2": "removed"}),
    (
        "one more",
        text(
            *[("3", {"fr": "Durée."})],
            *[("1", {"fr": "Les Parties coopèrent.", "ar": "يتعاون الطرفان."}), ("2", {"fr": "Frais."})],
            a1=["drugs"],
        ),
        {"1": "same", "3": "new", "2": "same"},
    ),
]


@pytest.mark.parametrize(("after", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_clause_says_what_it_is_beside_the_text_before(after: dict[str, Any], expected: dict[str, str]) -> None:
    shown = clauses_of("fr", after, BEFORE)
    assert {one["number"]: one["state"] for one in shown} == expected
    assert sum(one["count"] for one in counted(shown)) == len(expected)


def test_the_words_that_changed_are_named_and_no_other() -> None:
    shown = clauses_of("ar", CASES[1][1], BEFORE)[0]
    assert [one["code"] for one in shown["versions"]] == ["ar", "fr"]
    kinds = {one["kind"]: one["text"].strip() for one in shown["versions"][0]["text"] if one["kind"] != "same"}
    assert kinds == {"del": "الطرفان", "ins": "الأطراف"}
    assert {one["kind"] for one in shown["versions"][1]["text"]} == {"same"}


def test_what_is_removed_stands_where_it_stood() -> None:
    before = text(("1", {"fr": "a"}), ("2", {"fr": "b"}), ("3", {"fr": "c"}))
    assert [one["number"] for one in clauses_of("fr", text(("1", {"fr": "a"}), ("3", {"fr": "c"})), before)] == ["1", "2", "3"]
    assert [one["number"] for one in clauses_of("fr", text(("3", {"fr": "c"})), before)] == ["1", "2", "3"]


def test_with_nothing_before_nothing_is_compared() -> None:
    shown = clauses_of("fr", BEFORE, None)
    assert {one["state"] for one in shown} == {""}
    assert counted(shown) == []


def test_an_article_without_wording_stands_there_and_a_missing_language_is_said() -> None:
    shown = clauses_of("fr", text(("1", {"ar": "نص"}), a1=[], a2=["drugs"]), None)
    assert [(one["number"], one["worded"], one["lacking"]) for one in shown] == [("1", True, []), ("2", False, [])]
    both = clauses_of("en", BEFORE, None)
    assert [(one["number"], one["lacking"]) for one in both] == [("1", []), ("2", ["ar"])]


def test_a_language_that_the_pages_do_not_speak_is_shown_last() -> None:
    shown = clauses_of("fr", text(("1", {"es": "Las Partes.", "ar": "نص"})), None)
    assert [one["code"] for one in shown[0]["versions"]] == ["ar", "es"]


def told(*consents: tuple[str, str, int], since: int = 0, in_force_on: int = 0) -> tuple[dict[str, Any], dict[str, Any]]:
    """A page’s query and its text."""
    made = {
        "author": "ma.dgsn",
        "entry": "aa",
        "hash": "0123456789abcdef",
        "consents": [{"agency": agency, "state": state, "since": at} for agency, state, at in consents],
        "in_force_since": since,
        "in_force_on": in_force_on,
    }
    said = [
        {"text_of": "aa", "agency": agency, "at": 7, "text": "Trop large.", "language": "fr"}
        for agency, state, _ in consents
        if state == "declined"
    ]
    return {"history": [{"entry": "aa", "made_at": 5}], "now": 100, "reasons": said}, made


@pytest.mark.parametrize(
    ("consents", "more", "steps"),
    [
        ([("fr.dgpn", "waiting", 0)], {}, [("proposed", 5), ("waiting", 0), ("ahead", 0)]),
        ([("fr.dgpn", "waiting", 0)], {"in_force_on": 50}, [("proposed", 5), ("waiting", 0), ("ahead", 0)]),
        ([("fr.dgpn", "consented", 9)], {"since": 9}, [("proposed", 5), ("consented", 9), ("in_force", 9)]),
        ([("fr.dgpn", "consented", 9)], {"since": 200}, [("proposed", 5), ("consented", 9), ("ahead", 200)]),
        ([("fr.dgpn", "declined", 0)], {}, [("proposed", 5), ("declined", 7), ("ahead", 0)]),
        ([("ma.dgsn", "declined", 0)], {}, [("proposed", 5), ("declined", 7), ("ahead", 0)]),
    ],
)
def test_the_road_of_a_text_to_force(consents: list[tuple[str, str, int]], more: dict[str, int], steps: list[tuple[str, int]]) -> None:
    shown, made = told(("ma.dgsn", "consented", 5), *consents, **more) if consents[0][0] != "ma.dgsn" else told(*consents, **more)
    assert [(one["step"], one["at"]) for one in road_of(shown, made)] == steps
    assert [one["text"] for one in reasons_for(shown, made)] == (["Trop large."] if "declined" in [one[1] for one in consents] else [])
