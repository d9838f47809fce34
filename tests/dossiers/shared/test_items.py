# SPDX-License-Identifier: EUPL-1.2
"""Typed items: what fits, when two are likely the same. Every person, number and plate here is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from amana.dossiers.shared.items import ITEM_TYPES, count_items, duplicate_keys, item_from_plain, parse_item, phone_number, squeezed
from amana.protocol.entry import Item
from amana.protocol.errors import Refusal


@dataclass(frozen=True)
class Marks:
    fact: bool = False
    grade: str = ""
    minor: bool = False
    category: str = "none"


def item(type: str, marks: Marks = Marks(), **value: Any) -> Item:
    return item_from_plain(type, value, marks)


SAME = [
    ("phone", {"number": "+212 6 61-23-45-67"}, {"number": "0661234567"}),
    ("phone", {"number": "00212661234567"}, {"number": "٠٦٦١٢٣٤٥٦٧"}),
    ("phone", {"imei": "49 015420 323751 8"}, {"imei": "490154203237518"}),
    ("vehicle", {"plate": "12345|أ|6", "country": "MA"}, {"plate": "12345 - أ - 6", "country": "MA"}),
    ("vehicle", {"plate": "AA-123-AA", "country": "FR"}, {"plate": "aa 123 aa", "country": "FR", "make": "invented"}),
    ("vehicle", {"chassis": "VF1 0000"}, {"chassis": "vf10000", "plate": "AA-123-AA"}),
    (
        "document",
        {"kind": "passport", "number": "12ab 34567", "issued_by": "FR"},
        {"kind": "other", "number": "12AB34567", "issued_by": "FR"},
    ),
    ("person", {"names": ["Félix Inventé"], "born": "1980-02-01"}, {"names": ["INVENTE Felix"], "born": "1980"}),
    ("person", {"names": ["X"], "aliases": ["مختلق اسم"], "born": "1980"}, {"names": ["اسم مختلق"], "born": "1980-05"}),
    ("account", {"kind": "bank", "number": "FR76 3000"}, {"kind": "bank", "number": "fr763000"}),
    ("cyber_observable", {"kind": "domain", "value": "Panel.example"}, {"kind": "domain", "value": "panel.example"}),
    ("vessel", {"imo": "0000001", "name": "A"}, {"imo": "0000001", "name": "B"}),
    ("organisation", {"name": "Société Inventée", "country": "FR"}, {"name": "SOCIETE INVENTEE", "country": "FR"}),
    (
        "place",
        {"street": "1, rue Inventée", "city": "Sète", "country": "FR"},
        {"street": "1 rue inventee", "city": "SETE", "country": "FR"},
    ),
    ("event", {"name": "Match", "begins": 5}, {"name": "match", "begins": 5}),
]
OTHER = [
    ("phone", {"number": "0661234567"}, {"number": "0661234568"}),
    ("vehicle", {"plate": "12345|أ|6", "country": "MA"}, {"plate": "12345|ب|6", "country": "MA"}),
    ("document", {"kind": "passport", "number": "1", "issued_by": "FR"}, {"kind": "passport", "number": "1", "issued_by": "MA"}),
    ("person", {"names": ["Félix Inventé"], "born": "1980"}, {"names": ["Félix Inventé"], "born": "1981"}),
    ("person", {"names": ["Félix Inventé"]}, {"names": ["Félix Inventé"]}),
    ("event", {"name": "Match"}, {"name": "Match"}),
    ("cyber_observable", {"kind": "url", "value": "http://a.example/A"}, {"kind": "url", "value": "http://a.example/a"}),
]


@pytest.mark.parametrize(("type", "one", "other"), SAME)
def test_what_likely_is_the_same_shares_a_key(type: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert set(duplicate_keys(item(type, **one))) & set(duplicate_keys(item(type, **other)))


@pytest.mark.parametrize(("type", "one", "other"), OTHER)
def test_what_is_not_the_same_or_not_identified_shares_none(type: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not set(duplicate_keys(item(type, **one))) & set(duplicate_keys(item(type, **other)))


def test_every_item_type_is_compared_somewhere_here() -> None:
    assert {type for type, _, _ in SAME} == set(ITEM_TYPES)


def test_an_item_that_this_version_does_not_know_has_no_keys() -> None:
    unknown = Item(type="hologram", value=b"\xa0")
    assert (duplicate_keys(unknown), parse_item("hologram", b"\xa0")) == ((), None)
    assert duplicate_keys(Item(type="phone", value=b"\xff")) == ()


@pytest.mark.parametrize(
    ("type", "value", "marks", "expected"),
    [
        ("phone", {"number": "0661234567"}, Marks(grade="B2", fact=True), ""),
        ("hologram", {}, Marks(), "unknown_item_type"),
        ("phone", {"colour": "red"}, Marks(), "bad_values"),
        ("person", {"names": []}, Marks(), "bad_values"),
        ("person", {"names": ["X"], "born": "yesterday"}, Marks(), "bad_values"),
        ("vessel", {"imo": "12"}, Marks(), "bad_values"),
        ("phone", {}, Marks(grade="Z9"), "bad_item"),
        ("phone", {}, Marks(category="enemy"), "bad_item"),
    ],
)
def test_an_item_fits_its_type_or_is_refused(type: str, value: dict[str, Any], marks: Marks, expected: str) -> None:
    if not expected:
        made = item(type, marks, **value)
        assert (made.grade, made.fact) == (marks.grade, marks.fact)
        return
    with pytest.raises(Refusal) as refused:
        item(type, marks, **value)
    assert refused.value.code == expected


def test_items_are_counted_by_type() -> None:
    items = [item("phone"), item("vehicle"), item("phone")]
    assert count_items(items) == [{"type": "phone", "count": 2}, {"type": "vehicle", "count": 1}]


@pytest.mark.parametrize(
    ("written", "number"),
    [("+212 (0) 661-23", "+21266123"), ("0033 1 23", "+33123"), ("06 12", "0612"), ("۰۶ ١٢", "0612"), ("", "")],
)
def test_a_phone_number_has_one_form(written: str, number: str) -> None:
    assert phone_number(written) == number


def test_numbers_are_compared_without_separators_and_invisible_marks() -> None:
    assert squeezed("\u200fab-12 \u2066٣٤\u2069/c") == "AB1234C"
