# SPDX-License-Identifier: EUPL-1.2
"""What queries give becomes lines: clocks, turns, refusals and markings in words; nothing of a partner's harms a screen."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from amana.cli.pages.dossiers import dossier_lines, inbox_lines
from amana.cli.pages.page import Page
from amana.cli.pages.rows import clock, row_lines

HOUR = 3_600_000
NOW = 1_703_149_920_000  # 21 December 2023, 09:12 UTC
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
REQUEST_ID, ANSWER_ID, FOREIGN_ID = "aa" * 32, "bb" * 32, "cc" * 32
MARKING = {"codes": ["H0", "H2"], "level": 1, "purpose": "investigation", "basis": {"article": "4", "agreement": "dd" * 32}}
ROW: dict[str, Any] = {
    "dossier": REQUEST_ID,
    "kind": "information_request",
    "title": "Fourgon",
    "stage": "partly_answered",
    "area": "drugs",
    "urgency": "urgent",
    "turn": ["fr.dgpn"],
    "due": NOW + 65 * HOUR,
    "closed": False,
    "parties": ["fr.dgpn", "ma.dgsn"],
    "unit": "desk",
    "officer": "amal",
}


def entry(id: str, author: str, type: str, **more: Any) -> dict[str, Any]:
    """An entry as `show` gives it."""
    return {
        "id": id,
        "author": author,
        "kind": "information_request",
        "type": type,
        "made_at": NOW,
        "arrived_at": NOW,
        "understood": True,
        "automatic": False,
        "aside": False,
        "audience": ["fr.dgpn"],
        "coded": {},
        "marking": MARKING,
        "refused": "",
        "disposition": "",
        "waiting": False,
        "void": "",
        "readable": True,
        "language": "fr",
        **more,
    }


def shown(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A dossier as `show` gives it."""
    return ROW | {"agency": "ma.dgsn", "state": {}, "entries": list(entries), "notes": [], **more}


def told(language: str, *entries: dict[str, Any], **more: Any) -> list[str]:
    """Its lines, without invisible marks."""
    lines = dossier_lines(language, shown(*entries, **more), NOW, UTC)
    return [line.translate(ISOLATES).replace("\u00a0", " ").strip() for line in lines]


@pytest.mark.parametrize(
    ("language", "due", "said"),
    [
        ("en", NOW + 65 * HOUR, "2 days and 17 hours left, until 24 December 2023, 02:12"),
        ("en", NOW - 2 * HOUR, "▲ overdue by 2 hours, since 21 December 2023, 07:12"),
        ("fr", NOW + HOUR, "1 heure avant l’échéance du 21 décembre 2023, 10:12"),
        ("ar", NOW - 2 * HOUR, "▲ خارج الأجل بمدة ساعتين، منذ 21 دجنبر 2023، الساعة 07:12"),
    ],
)
def test_a_clock_says_what_is_left(language: str, due: int, said: str) -> None:
    page = Page(language=language, own="ma.dgsn", now=NOW, zone=UTC)
    assert clock(page, due).translate(ISOLATES).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "turn of fr.dgpn"),
        ({"turn": ["ma.dgsn"]}, "◆ our turn"),
        ({"turn": []}, "partly answered · 2 days"),
        ({"stage": "closed", "closed": True, "turn": []}, "closed"),
        ({"title": ""}, "(no title)"),
        ({"urgency": ""}, "notice · with fr.dgpn"),
        ({"kind": "dance", "stage": "not_understood"}, "not understood by this version"),
    ],
)
def test_a_row_says_where_a_dossier_stands(change: dict[str, Any], said: str) -> None:
    page = Page(language="en", own="ma.dgsn", now=NOW, zone=UTC)
    assert said in "\n".join(row_lines(page, ROW | change))


def test_coded_values_are_read_in_the_readers_language() -> None:
    coded = {
        "area": "drugs",
        "types": ["phone_check", "vehicle_check"],
        "clock": 8 * HOUR,
        "direct": True,
        "counts": [{"type": "phone", "count": 2}],
    }
    lines = told("fr", entry(REQUEST_ID, "ma.dgsn", "request", coded=coded))
    assert "objet de la demande : vérification de numéro de téléphone, vérification de véhicule" in lines
    assert "délai de réponse : 8 heures" in lines
    assert "directement accessible : oui" in lines
    assert "éléments : 2 × téléphone" in lines


def test_entries_of_the_dossier_are_named_by_their_number() -> None:
    lines = told("en", entry(REQUEST_ID, "fr.dgpn", "request"), entry(ANSWER_ID, "ma.dgsn", "delivered", coded={"entries": [REQUEST_ID]}))
    assert "entries: entry 1" in lines


def test_a_marking_that_repeats_itself_is_told_once() -> None:
    lines = told("en", entry(REQUEST_ID, "fr.dgpn", "request"), entry(ANSWER_ID, "ma.dgsn", "supplement"))
    assert lines.count("H2 not passed on to a third party without the originator’s permission") == 1
    assert "marking as in entry 1" in lines
    assert "legal basis: article 4 of the agreement dddddddddddd" in lines


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"refused": "not_at_this_stage"}, "✗ refused: This cannot be said at the stage the dossier has reached."),
        ({"disposition": "no_legal_basis"}, "✗ No article of an agreement in force here allows this entry."),
        ({"disposition": "clock_differs"}, "✗ The date of the entry is more than a day away"),
        ({"waiting": True}, "The entry waits for an earlier one"),
        ({"void": "recalled"}, "content recalled by its originator"),
        ({"readable": False}, "its content cannot be read"),
        ({"understood": False, "kind": "dance"}, "not understood by this version; kept"),
        ({"aside": True, "audience": ["ma.dgst"]}, "an aside, only to ma.dgst"),
        ({"language": "ar", "text": "x"}, "written in: Arabic"),
        ({"delivery": [{"partner": "fr.dgpn", "state": "waiting", "position": None}]}, "to fr.dgpn: waiting to be sent"),
    ],
)
def test_what_became_of_an_entry_is_said(change: dict[str, Any], said: str) -> None:
    assert any(line.startswith(said) for line in told("en", entry(REQUEST_ID, "fr.dgpn", "request", **change)))


def test_an_entry_that_was_set_aside_on_arrival_shows_no_content() -> None:
    foreign = {"id": FOREIGN_ID, "author": "fr.dgpn", "arrived_at": NOW, "disposition": "foreign_author", "refused": "foreign_author"}
    lines = told("en", foreign)
    assert "1 ↓ 21 December 2023, 09:12 · fr.dgpn · set aside" in lines
    assert any(line.startswith("✗ The entry came in the log of an agency that did not make it.") for line in lines)


def item(type: str, value: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An item as `show` gives it."""
    return {"type": type, "understood": True, "value": value, "category": "none", "minor": False, "grade": "", "fact": False, **more}


def test_nothing_of_a_partners_harms_a_screen() -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202eevil\r\nsecond\u2069 line"
    person = item("person", {"names": [hostile]}, category="suspect", minor=True, grade="B2")
    written = entry(REQUEST_ID, "fr.dgpn", "request", title=hostile, text=hostile, items=[person])
    page = "\n".join(dossier_lines("ar", shown(written), NOW, UTC))
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(page)
    assert page.count("\u2066") + page.count("\u2068") == page.count("\u2069"), "what is opened is closed"
    assert "| \u2066second line\u2069" in page


def test_an_item_is_one_line_with_its_grade_in_words() -> None:
    phone = item("phone", {"number": "+212600000001"}, grade="A1", fact=True)
    lines = told("en", entry(REQUEST_ID, "fr.dgpn", "request", items=[phone, item("drone", {}, understood=False)]))
    assert "• phone: number: +212600000001 (A1: source reliable in every case; accuracy not in doubt, fact)" in lines
    assert "• drone: not understood by this version (assessment)" in lines


def test_each_agency_asked_says_where_it_stands() -> None:
    slots = [
        {"agency": "fr.dgpn", "stage": "partly_answered", "due": NOW + HOUR, "reminders": 2, "questions": [REQUEST_ID]},
        {"agency": "fr.dgsi", "stage": "refused", "refusal": "national_security"},
        {"agency": "es.cnp", "stage": "answered", "usefulness": "decisive"},
        {"agency": "pt.pj", "withdrawn": True},
    ]
    lines = told("en", state={"slots": slots})
    assert "fr.dgpn: partly answered · 1 hour left, until 21 December 2023, 10:12 · 2 reminders · 1 open question" in lines
    assert "fr.dgsi: refused with reasons · essential interests of national security" in lines
    assert "es.cnp: answered · usefulness: decisive" in lines
    assert "pt.pj: withdrawn" in lines


def test_an_internal_note_says_that_it_never_leaves() -> None:
    note = {"at": NOW, "author": "amal", "text": "Vu avec l'unité.", "language": "fr"}
    lines = told("fr", notes=[note])
    assert "Note interne de amal, 21 décembre 2023, 09:12 ; elle ne quitte jamais le service" in lines
    assert "| Vu avec l'unité." in lines


def test_an_inbox_leads_with_what_is_ours() -> None:
    inbox = {
        "agency": "ma.dgsn",
        "officer": "amal",
        "now": NOW,
        "to_do": [ROW | {"turn": ["ma.dgsn"]}],
        "waiting_for_others": [ROW],
        "drafts": [{"draft": "ee" * 16, "state": "awaiting_release", "author": "lea", "at": NOW}],
        "set_aside": [{"entry": FOREIGN_ID, "dossier": REQUEST_ID, "code": "clock_differs", "partner": "fr.dgpn", "told": True}],
    }
    page = "\n".join(inbox_lines("en", inbox, UTC)).replace("\u00a0", " ")
    assert page.index("To do today: 1") < page.index("◆ our turn") < page.index("Awaiting partners: 1") < page.index("turn of fr.dgpn")
    assert f"draft {'ee' * 16} of lea, 21 December 2023, 09:12: awaiting four-eyes release" in page
    assert "entry cccccccccccc of fr.dgpn: The date of the entry" in page
