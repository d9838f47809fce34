# SPDX-License-Identifier: EUPL-1.2
"""What a query gives becomes a page, whatever partners sent: unknown types, huge texts, turned directions, 300 entries."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

import pytest

from amana.web.dossiers.acts import acts_of
from amana.web.dossiers.entries import anchor
from amana.web.dossiers.items import LONG, item_card
from amana.web.dossiers.loading import arrivals_since, mark_of
from amana.web.dossiers.plates import plate_cells
from amana.web.dossiers.reader import Reader
from amana.web.dossiers.showing import numbers_of, page_of, proof_of

HOUR = 3_600_000
NOW = 1_703_149_920_000  # 21 December 2023, 09:12 UTC
OVERRIDES = "\u202e\u202d\u2066\u2067\u2068\u202a\u202b"
MARKING = {"codes": ["H0", "H2"], "level": 1, "purpose": "investigation", "erase_on": NOW + 900 * HOUR}
CLOCK = {
    "agency": "ma.dgsn",
    "stage": "acknowledged",
    "started_at": NOW - 6 * HOUR,
    "due": NOW + 66 * HOUR,
    "total": 72 * HOUR,
    "paused_at": 0,
    "acknowledged_at": NOW - 5 * HOUR,
    "expected": 0,
    "settled_at": 0,
    "on_time": None,
    "reminders": 0,
    "questions": 0,
    "withdrawn": False,
    "usefulness": "",
    "overdue": False,
}


def id_of(place: int) -> str:
    """The id of the entry in this place."""
    return f"{place:064x}"


def entry(place: int, type: str = "supplement", **more: Any) -> dict[str, Any]:
    """An entry as `show_dossier` gives it."""
    return {
        "id": id_of(place),
        "number": place,
        "author": "fr.dgpn",
        "direction": "in",
        "arrived_at": NOW + place,
        "order": NOW + place,
        "made_at": NOW + place,
        "kind": "information_request",
        "type": type,
        "understood": True,
        "automatic": False,
        "aside": False,
        "audience": ["ma.dgsn"],
        "coded": {},
        "marking": MARKING,
        "refused": "",
        "disposition": "",
        "waiting": False,
        "void": "",
        "readable": True,
        "title": "",
        "text": "Texte.",
        "language": "fr",
        "items": [],
        "officer": "",
        "handle": "8CDE",
        "attachments": [],
        "translates": "",
        "translations": [],
        "corrects": "",
        "corrected_by": [],
        "recalled": None,
        "question": None,
        **more,
    }


def dossier(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A dossier as `show_dossier` gives it."""
    return {
        "agency": "ma.dgsn",
        "dossier": id_of(1),
        "reference": "FR-DGPN/2023/000001",
        "kind": "information_request",
        "opening": "request",
        "title": "Fourgon",
        "title_language": "fr",
        "stage": "acknowledged",
        "area": "drugs",
        "urgency": "urgent",
        "direction": "in",
        "closed": False,
        "task": "answer",
        "unit": "drugs",
        "officer": "stups",
        "new": False,
        "turn_of": {"ours": True, "partners": [], "late": []},
        "state": {"clock": 72 * HOUR},
        "entries": list(entries),
        "entries_placed": len(entries),
        "notes": [],
        "clocks": [CLOCK],
        "seen_by": {"fr.dgpn": len(entries), "ma.dgsn": len(entries)},
        "agreement": None,
        "refusals": [],
        "verified": None,
        **more,
    }


OFFERED: dict[str, Any] = {"primary": [], "secondary": [], "unavailable": [], "local": []}


def page(shown: dict[str, Any], language: str = "fr", offered: dict[str, Any] = OFFERED) -> dict[str, Any]:
    """The page of a dossier."""
    reader = Reader(language=language, own="ma.dgsn", now=NOW, account="stups", zone=UTC, numbers=numbers_of(shown))
    return page_of(reader, shown, offered)


def everything(value: Any) -> str:
    """All text in a value."""
    match value:
        case dict():
            return " ".join(everything(held) for held in value.values())
        case list():
            return " ".join(everything(held) for held in value)
        case _:
            return str(value)


@pytest.mark.parametrize(
    ("plate", "cells"),
    [
        ("48213 ب 6", ["48213", "ب", "6"]),
        ("48213-ب-6", ["48213", "ب", "6"]),
        ("48213|ب|6", ["48213", "ب", "6"]),
        ("6 ب 48213", ["48213", "ب", "6"]),  # typed in the order in which a right-to-left line shows it
        ("٤٨٢١٣ ب ٦", ["48213", "ب", "6"]),
        ("12 أ 34", ["12", "أ", "34"]),
        ("48213 ب 678", ["48213 ب 678"]),  # no prefecture has three digits
        ("OI-417-UO", ["OI-417-UO"]),
        ("", [""]),
        ("\u202e6 ب 48213\u202c", ["48213", "ب", "6"]),
    ],
)
def test_a_plate_has_the_cells_of_the_real_one(plate: str, cells: list[str]) -> None:
    assert [cell["text"] for cell in plate_cells(plate)] == cells


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize(
    ("more", "reads"),
    [
        ({"text": f"a{OVERRIDES}b"}, "ab"),
        ({"title": f"x{OVERRIDES}y"}, "xy"),
        ({"text": "<script>alert(1)</script>"}, "<script>alert(1)</script>"),  # text; the template escapes it
        ({"void": "erased", "text": "", "readable": True}, ""),
        ({"readable": False, "text": ""}, ""),
        ({"understood": False, "kind": "information_request", "type": "song"}, "song"),
        ({"coded": {"nobody_knows": [1, {"a": b"b"}]}}, ""),
        ({"language": "xx"}, ""),
        ({"marking": {}}, ""),
        ({"marking": {"codes": ["H9"], "level": 77, "tlp": "blue", "national": f"a{OVERRIDES}b", "purpose": "fun"}}, "H9"),
        ({"waiting": True, "number": 0}, ""),
        ({"refused": "not_after"}, ""),
        ({"disposition": "no_such_code", "refused": "no_such_code"}, "no_such_code"),
        ({"aside": True, "audience": ["ma.dgsn"]}, "ma.dgsn"),
        ({"recalled": {"by": id_of(9), "code": "x", "at": NOW, "answers": [{"agency": "ma.dgsn", "code": "y", "at": NOW}]}}, ""),
        ({"corrected_by": [id_of(77)], "corrects": id_of(78)}, ""),
        ({"question": {"state": "clarified", "by": [id_of(99)]}}, ""),
        ({"made_at": 2**52, "arrived_at": 2**52}, "9999"),
    ],
    ids=str,
)
def test_whatever_came_is_shown(language: str, more: dict[str, Any], reads: str) -> None:
    shown = everything(page(dossier(entry(1), entry(2, **more)), language)["thread"][1])
    assert reads in shown
    assert not re.search("[\u202a-\u202e]", shown)


def test_what_was_set_aside_unread_is_a_line() -> None:
    bare = {
        "id": id_of(2),
        "author": "fr.dgpn",
        "arrived_at": NOW,
        "direction": "in",
        "disposition": "fork",
        "refused": "fork",
        "number": 2,
    }
    line = page(dossier(entry(1), bare))["thread"][1]
    assert line["set_aside"]
    assert line["remarks"]


@pytest.mark.parametrize(
    "item",
    [
        {"type": "dragon", "value": {}, "understood": False},
        {"type": "dragon", "value": {"wings": 2}, "understood": True},
        {"type": "person", "value": {"names": [f"a{OVERRIDES}b"] * 20, "aliases": ["ب"] * 20}, "understood": True},
        {"type": "vehicle", "value": {"plate": OVERRIDES}, "understood": True},
        {"type": "phone", "value": {}, "understood": True},
        {"type": "cyber_observable", "value": {"kind": "url", "value": "javascript:alert(1)//" + "x" * 1900}, "understood": True},
        {"type": "place", "value": {"latitude": -1, "longitude": 0, "country": "ZZ"}, "understood": True},
    ],
    ids=str,
)
def test_an_item_of_any_sort_is_a_card(item: dict[str, Any]) -> None:
    reader = Reader(language="ar", own="ma.dgsn", now=NOW)
    card = item_card(reader, {"fact": False, "grade": "Z9", "category": "other", "minor": True, **item})
    assert card["understood"] == (item["understood"] and item["type"] != "dragon")
    assert not re.search("[\u202a-\u202e]", everything(card))
    assert "href" not in everything(card)


@pytest.mark.parametrize("born", ["1985-03-12", "1985-03", "1985"])
def test_a_date_of_birth_is_never_broken(born: str) -> None:
    item = {
        "type": "person",
        "value": {"names": ["Rachid"], "born": born},
        "understood": True,
        "fact": True,
        "grade": "",
        "category": "none",
    }
    card = item_card(Reader(language="fr", own="ma.dgsn", now=NOW), item | {"minor": False})
    assert card["particulars"][0]["value"] == f'<bdi class="x" dir="ltr">{born}</bdi>'


def test_names_keep_their_scripts() -> None:
    item = {"type": "person", "value": {"names": ["رشيد", "Rachid"]}, "understood": True, "fact": True, "grade": "", "category": "none"}
    card = item_card(Reader(language="fr", own="ma.dgsn", now=NOW), item | {"minor": False})
    assert [(name["dir"], name["language"]) for name in card["lead"]] == [("rtl", "ar"), ("ltr", "")]


def test_three_hundred_entries_and_a_huge_text() -> None:
    entries = [entry(place, text="م" * 190_000 if place == 7 else "Texte.", language="ar") for place in range(1, 301)]
    thread = page(dossier(*entries))["thread"]
    assert [line["number"] for line in thread] == list(range(1, 301))
    assert thread[6]["text"]["long"]
    assert not thread[5]["text"]["long"]
    assert len(thread[6]["text"]["text"]) > LONG


def test_a_translation_stands_beside_its_original_and_not_twice() -> None:
    said = {"translates": id_of(1), "coded": {"entry": id_of(1), "kind": "working", "language": "ar"}}
    thread = page(dossier(entry(1), entry(2, "translation", text="نص", language="ar", **said)), "ar")["thread"]
    assert thread[0]["translation"]["text"]["text"] == "نص"
    assert (thread[1]["text"], thread[1]["beside"]) == (None, 1)


@pytest.mark.parametrize(("language", "chosen"), [("fr", "deux"), ("en", "two"), ("ar", "two")])
def test_the_translation_in_the_readers_language_comes_first(language: str, chosen: str) -> None:
    texts = [("fr", "un"), ("fr", "deux"), ("en", "two")]
    made = [
        entry(place, "translation", text=text, language=code, translates=id_of(1), coded={"entry": id_of(1), "kind": "working"})
        for place, (code, text) in enumerate(texts, 2)
    ]
    thread = page(dossier(entry(1, language="ar", text="اثنان"), *made), language)["thread"]
    assert thread[0]["translation"]["text"]["text"] == chosen
    assert sum(1 for line in thread if line["beside"]) == 1


def test_a_note_stands_where_its_hour_puts_it_and_takes_no_number() -> None:
    note = {"at": NOW + 1, "author": "stups", "text": "Ne pas appeler.", "language": "fr"}
    thread = page(dossier(entry(1), entry(2), notes=[note]))["thread"]
    assert [(line["way"], line["number"]) for line in thread] == [("in", 1), ("private", 0), ("in", 2)]


def test_a_new_day_is_said_once() -> None:
    later: dict[str, Any] = {"made_at": NOW + 24 * HOUR, "order": NOW + 24 * HOUR}
    thread = page(dossier(entry(1), entry(2), entry(3, **later), entry(4, **later)))["thread"]
    assert [bool(line["day"]) for line in thread] == [False, False, True, False]


@pytest.mark.parametrize(
    ("more", "state", "tone", "place"),
    [
        ({}, "running", "", "8%"),
        ({"due": NOW + 10 * HOUR, "started_at": NOW - 62 * HOUR}, "running", "soon", "86%"),
        ({"due": NOW - HOUR, "started_at": NOW - 73 * HOUR}, "running", "late", "100%"),
        ({"paused_at": NOW - 3 * HOUR}, "paused", "", "4%"),
        ({"due": 0, "started_at": 0, "stage": "sent"}, "not_yet", "", "0%"),
        ({"stage": "answered", "settled_at": NOW, "on_time": True}, "ended", "", "8%"),
        ({"withdrawn": True}, "ended", "", "8%"),
        ({"total": 0, "due": 2**52}, "running", "", "100%"),
    ],
)
def test_a_clock_is_drawn_as_it_stands(more: dict[str, Any], state: str, tone: str, place: str) -> None:
    (clock,) = page(dossier(entry(1), clocks=[CLOCK | more]))["clocks"]
    assert (clock["state"], clock["tone"], clock["place"]) == (state, tone, place)


@pytest.mark.parametrize(
    ("state", "reached"),
    [("waiting", []), ("sent", ["sent"]), ("delivered", ["sent", "delivered"]), ("taken", ["sent", "delivered", "taken"])],
)
def test_an_entry_of_ours_says_how_far_it_has_come(state: str, reached: list[str]) -> None:
    delivery = [{"partner": "fr.dgpn", "state": state, "position": 1, "sent_at": NOW, "delivered_at": 0, "taken_at": 0}]
    (shown,) = page(dossier(entry(1, author="ma.dgsn", direction="out", delivery=delivery)))["thread"][0]["delivery"]
    assert shown["waiting"] is (state == "waiting")
    assert [one["station"] for one in shown["stations"] if one["reached"]] == reached


def test_our_own_clock_is_first() -> None:
    clocks = [CLOCK | {"agency": "fr.dgsi", "due": NOW + HOUR}, CLOCK, CLOCK | {"agency": "fr.dgpn", "stage": "answered"}]
    assert [clock["agency"] for clock in page(dossier(entry(1), clocks=clocks))["clocks"]] == ["ma.dgsn", "fr.dgsi", "fr.dgpn"]


def test_a_marking_that_not_all_entries_carry_says_which_do() -> None:
    strict = MARKING | {"codes": ["H0", "H1", "H2"]}
    marking = page(dossier(entry(1), entry(2, marking=strict)))["facts"]["marking"]
    assert [(line["value"], str(line["only"]), line["count"]) for line in marking["codes"]] == [
        ("H0", "", 2),
        ("H1", "2", 1),
        ("H2", "", 2),
    ]


@pytest.mark.parametrize(
    ("because", "possible", "asked"), [("third_party", True, True), ("third_party", False, False), ("classified", True, False)]
)
def test_permission_is_asked_for_where_that_is_the_way_out(because: str, possible: bool, asked: bool) -> None:
    refused = {"origin": "act", "code": "not_printable", "at": NOW, "entry": "", "author": "", "action": "print", "officer": "stups"}
    refused |= {"facts": {"number": 1, "because": because, "ask": "fr.dgpn"}}
    named = {"action": "information_request.permission_request", "type": "permission_request", "four_eyes": False}
    offered = OFFERED | {"secondary": [named | {"choices": {"entry": [id_of(1)]}}] if possible else []}
    (shown,) = page(dossier(entry(1), refusals=[refused]), offered=offered)["facts"]["refusals"]
    assert (shown["ask"] == id_of(1)) is asked
    assert shown["anchor"] == anchor(id_of(1))


def offered_act(type: str, **more: Any) -> dict[str, Any]:
    """An act as `actions_for` gives it."""
    return {"action": f"information_request.{type}", "type": type, "four_eyes": False, "choices": {}, **more}


def test_acts_stand_in_the_order_of_what_is_expected() -> None:
    offered = OFFERED | {
        "primary": [offered_act(type) for type in ("acknowledge", "answer", "part_answer", "ask_back")],
        "secondary": [offered_act("supplement"), offered_act("reminder")],
        "unavailable": [
            offered_act("close", code="not_the_asker", facts={}, ever=False),
            offered_act("unpause", code="not_at_this_stage", facts={}, ever=True),
            offered_act("update", code="not_the_author", facts={}, ever=True),
        ],
    }
    acts = acts_of(Reader(language="fr", own="ma.dgsn", now=NOW), offered, "acknowledge")
    assert [(act["type"], act["way"], act["key"]) for act in acts["row"]] == [
        ("acknowledge", "at_once", ""),
        ("answer", "write", "R"),
        ("part_answer", "write", ""),
        ("reminder", "dialog", "T"),
    ]
    assert [act["type"] for act in acts["more"]] == ["ask_back", "supplement"]
    assert len(acts["unavailable"]) == 1
    assert [act["first"] for act in acts["row"]] == [True, False, False, False]


def test_taking_in_hand_under_four_eyes_is_written_like_any_other() -> None:
    offered = OFFERED | {"primary": [offered_act("acknowledge", four_eyes=True)]}
    assert acts_of(Reader(language="fr", own="ma.dgsn", now=NOW), offered, "acknowledge")["row"][0]["way"] == "write"


def test_the_mark_changes_with_what_is_shown_and_not_with_who_looked() -> None:
    shown = dossier(entry(1))
    mark = mark_of(shown, OFFERED, NOW)
    assert mark == mark_of(shown | {"new": True}, OFFERED, NOW)
    assert mark != mark_of(dossier(entry(1), entry(2)), OFFERED, NOW)
    assert mark != mark_of(shown, OFFERED | {"secondary": [offered_act("supplement")]}, NOW)
    assert mark != mark_of(shown, OFFERED, NOW + 60_000)  # its clock runs


def test_arrivals_are_what_people_of_others_said_since() -> None:
    entries = [entry(1), entry(2, automatic=True), entry(3, author="ma.dgsn"), entry(4)]
    shown = dossier(*entries)
    reader = Reader(language="fr", own="ma.dgsn", now=NOW, numbers=numbers_of(shown))
    assert [one["number"] for one in arrivals_since(reader, shown, 1)] == [4]
    assert arrivals_since(reader, shown, 4) == []


@pytest.mark.parametrize("what", ["head_root", "entry_body", "no_such_check", "unreadable"])
def test_a_proof_that_fails_says_what_does_not_hold(what: str) -> None:
    line = {"number": 1, "entry": id_of(1), "type": "request", "author": "fr.dgpn", "erased": False, "receipt": "no", "logs": []}
    result = {"ok": False, "lines": [line], "first_failure": {"what": what, "where": "log", "expected": "a", "got": "b"}}
    proof = proof_of(Reader(language="fr", own="ma.dgsn", now=NOW), "information_request", result)
    assert proof["failure"]["words"]
    assert proof["lines"][0]["anchor"] == anchor(id_of(1))
