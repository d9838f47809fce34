# SPDX-License-Identifier: EUPL-1.2
"""Fields for forms are read from the declared types, and what a form sends becomes the plain values that an action takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.agreement.entries import Consent, Propose
from amana.dossiers.event_day.entries import Line
from amana.dossiers.information_request.entries import Answer, Close, PermissionRequest, Progress, Request
from amana.dossiers.major_event.entries import Venue
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.filling import Filled, plain_from_fields
from amana.dossiers.shared.forms import Field, describe_fields
from amana.dossiers.shared.items import ITEM_TYPES, CyberObservable, Document, Event, Person, Place, Vessel
from amana.dossiers.shared.vocabulary import DAY, HOUR, Area, RequestType
from amana.protocol.canonical import Canonical
from amana.protocol.marking import Level

EXAMPLES = Path("examples/actions")
SHAPES = [*ITEM_TYPES.values(), *(declared.coded for kind in KINDS.values() for declared in kind.entry_types.values())]


def field(shape: type[Canonical], name: str) -> Field:
    return next(one for one in describe_fields(shape) if one.name == name)


def filled(shape: type[Canonical], **given: str | list[str]) -> Filled:
    submitted = {name.replace("__", "."): [said] if isinstance(said, str) else said for name, said in given.items()}
    return plain_from_fields(describe_fields(shape), submitted)


def faults(said: Filled) -> dict[str, str]:
    return {fault.field: fault.refusal.code for fault in said.faults}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__module__.rpartition(".")[0][6:] + shape.__name__)
def test_every_type_of_item_and_entry_is_described(shape: type[Canonical]) -> None:
    assert [one.name for one in describe_fields(shape)] == list(shape.__struct_encode_fields__)


def test_a_type_that_no_form_can_ask_for_is_noticed() -> None:
    class Odd(Canonical, frozen=True, kw_only=True):
        share: float

    with pytest.raises(TypeError, match="FloatType"):
        describe_fields(Odd)


@pytest.mark.parametrize(
    ("shape", "name", "kind", "required", "many"),
    [
        (Person, "names", "text", True, 20),
        (Person, "aliases", "text", False, 20),
        (Person, "born", "part_date", False, 0),
        (Person, "nationalities", "country", False, 8),
        (Person, "remarks", "long_text", False, 0),
        (Person, "sex", "choice", False, 0),
        (Document, "kind", "choice", True, 0),
        (Document, "number", "text", True, 0),
        (Place, "latitude", "degrees", False, 0),
        (Venue, "latitude", "degrees", True, 0),
        (Line, "number", "number", False, 0),
        (Event, "begins", "moment", False, 0),
        (CyberObservable, "value", "text", True, 0),
        (Request, "area", "choice", True, 0),
        (Request, "types", "choice", True, 12),
        (Request, "clock", "span", True, 0),
        (Request, "direct", "flag", False, 0),
        (Request, "about", "reference", False, 0),
        (Request, "informed", "agency", False, 64),
        (Request, "languages", "language", False, 8),
        (Consent, "hash", "fingerprint", True, 0),
        (Consent, "text", "reference", True, 0),
        (Propose, "version", "number", True, 0),
        (Propose, "articles", "part", True, 100),
        (Propose, "conditions", "part", True, 0),
    ],
)
def test_a_field_says_what_it_asks_for(shape: type[Canonical], name: str, kind: str, required: bool, many: int) -> None:
    found = field(shape, name)
    assert (found.kind, found.required, found.many) == (kind, required, many)


def test_choices_are_those_of_the_declared_list() -> None:
    assert field(Request, "area").choices == tuple(Area)
    assert field(Request, "types").enum is RequestType
    assert field(Document, "kind").choices[:2] == ("passport", "identity_card")
    assert field(Person, "sex").choices == ("F", "M", "X")
    conditions = {one.name: one for one in field(Propose, "conditions").parts}
    assert conditions["level"].choices == tuple(str(int(level)) for level in Level)
    assert [one.name for one in conditions["clocks"].parts] == ["other", "urgent", "urgent_direct"]


def test_bounds_are_those_of_the_declared_type() -> None:
    assert field(Document, "number").max_length == 200
    assert field(Vessel, "imo").pattern == r"^([0-9]{7})?\Z"
    assert (field(Place, "latitude").least, field(Place, "latitude").most) == (-90_000_000, 90_000_000)


@pytest.mark.parametrize(
    ("shape", "given", "plain"),
    [
        (
            Person,
            {"names": ["Karim FICTIF\nكريم المختلق", " "], "born": "12/03/1986", "nationalities": ["ma", "FR"], "sex": "M", "remarks": ""},
            {"names": ["Karim FICTIF", "كريم المختلق"], "born": "1986-03-12", "nationalities": ["MA", "FR"], "sex": "M"},
        ),
        (Person, {"names": ["A"], "born": "٠٣/١٩٨٦"}, {"names": ["A"], "born": "1986-03"}),
        (
            Place,
            {"city": "Tanger", "latitude": "35,78", "longitude": "-5.81"},
            {"city": "Tanger", "latitude": 35_780_000, "longitude": -5_810_000},
        ),
        (Event, {"name": "X", "begins": "2024-07-26"}, {"name": "X", "begins": 1_721_952_000_000}),
        (Progress, {"expected": "2024-07-26T09:30"}, {"expected": 1_721_986_200_000}),
        (Progress, {"expected": ""}, {}),
        (Answer, {"outcome": "provided"}, {"outcome": "provided"}),
        (
            Request,
            {"area": "drugs", "types": ["identification", "phone_check"], "urgency": "urgent", "direct": "on", "clock": "8h"},
            {"area": "drugs", "types": ["identification", "phone_check"], "urgency": "urgent", "direct": True, "clock": 8 * HOUR},
        ),
    ],
)
def test_what_a_form_sends_becomes_plain_values(shape: type[Canonical], given: dict[str, Any], plain: dict[str, Any]) -> None:
    said = filled(shape, **given)
    assert (said.plain, faults(said)) == (plain, {})
    assert from_plain(said.plain, shape) is not None


@pytest.mark.parametrize(
    ("shape", "given", "wrong"),
    [
        (Person, {}, {"names": "field_needed"}),
        (Person, {"names": [" \u200f"]}, {"names": "field_needed"}),
        (Person, {"names": ["x" * 201], "born": "1986-13"}, {"names": "field_too_long", "born": "field_bad_date"}),
        (Person, {"names": ["A"], "born": "30/02/1986"}, {"born": "field_bad_date"}),
        (Person, {"names": ["A"], "nationalities": ["Maroc"]}, {"nationalities": "field_bad_country"}),
        (Person, {"names": [str(number) for number in range(21)]}, {"names": "field_too_many"}),
        (Person, {"names": ["A"], "sex": "Z"}, {"sex": "field_not_in_list"}),
        (Document, {"kind": "licence", "number": ""}, {"kind": "field_not_in_list", "number": "field_needed"}),
        (Vessel, {"imo": "12"}, {"imo": "field_bad_form"}),
        (Place, {"latitude": "91"}, {"latitude": "field_bad_number"}),
        (Place, {"latitude": "nan"}, {"latitude": "field_bad_number"}),
        (Event, {"name": "A", "begins": "tomorrow"}, {"begins": "field_bad_date"}),
        (Event, {"name": "A", "begins": "1969-01-01"}, {"begins": "field_bad_date"}),
        (
            PermissionRequest,
            {"entry": "ab", "reuse": "court", "originator": "MA DGSN"},
            {"entry": "field_bad_reference", "originator": "field_not_in_list"},
        ),
        (
            Request,
            {"area": "drugs", "types": ["x"], "urgency": "urgent", "clock": "soon"},
            {"types": "field_not_in_list", "clock": "field_bad_span"},
        ),
        (Request, {"area": "drugs", "types": ["recall"], "urgency": "urgent", "clock": "0m"}, {"clock": "field_bad_span"}),
    ],
)
def test_each_field_has_its_own_refusal(shape: type[Canonical], given: dict[str, Any], wrong: dict[str, str]) -> None:
    assert faults(filled(shape, **given)) == wrong


def test_what_the_node_fills_in_may_stay_empty() -> None:
    given = {"area": ["drugs"], "types": ["information"]}
    said = plain_from_fields(describe_fields(Request), given, filled_in=("clock", "urgency"))
    assert faults(said) == {}
    assert faults(plain_from_fields(describe_fields(Request), given)) == {"clock": "field_needed", "urgency": "field_needed"}


def test_parts_and_lists_of_parts_are_read_by_their_names() -> None:
    answer = "ab" * 32
    said = filled(
        Close,
        feedback__0__answer=answer,
        feedback__0__respondent="fr.dgpn",
        feedback__0__usefulness="useful",
        feedback__7__answer="",
        feedback__2__respondent="fr.dgsi",
    )
    assert said.plain["feedback"][0] == {"answer": answer, "respondent": "fr.dgpn", "usefulness": "useful"}
    assert faults(said) == {"feedback.2.answer": "field_needed", "feedback.2.usefulness": "field_needed"}


def test_a_moment_is_in_the_zone_that_is_asked_for() -> None:
    zone = timezone(timedelta(hours=1))
    said = plain_from_fields(describe_fields(Progress), {"expected": ["2024-07-26"]}, zone=zone)
    assert said.plain == {"expected": 1_721_952_000_000 - HOUR}
    assert DAY % HOUR == 0


def as_submitted(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Plain values as a form would send them."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from as_submitted(inner, f"{name}.{key}" if name else key)
        case list() if value and isinstance(value[0], dict):
            for place, inner in enumerate(value):
                yield from as_submitted(inner, f"{name}.{place}")
        case list():
            yield from ((name, str(inner)) for inner in value)
        case _:
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


EXAMPLE_ITEMS = [
    (item["type"], item["value"])
    for path in sorted(EXAMPLES.glob("*.json"))
    for item in json.loads(path.read_text(encoding="utf-8")).get("items", ())
]


@pytest.mark.parametrize(("item_type", "value"), EXAMPLE_ITEMS)
def test_the_items_of_the_examples_come_through_a_form_unchanged(item_type: str, value: dict[str, Any]) -> None:
    timed = {"begins", "ends", "seen", "latitude", "longitude"} & set(value)
    submitted: dict[str, list[str]] = {}
    for name, text in as_submitted(value, ""):
        submitted.setdefault(name, []).append(text)
    said = plain_from_fields(describe_fields(ITEM_TYPES[item_type]), submitted)
    if not timed:
        assert (said.plain, faults(said)) == (value, {})


def test_there_are_items_in_the_examples() -> None:
    assert EXAMPLE_ITEMS


@pytest.mark.parametrize("shape", [Person, Place, Event, Request, Propose, Close])
@given(data=st.data())
def test_no_submission_upsets_it(shape: type[Canonical], data: st.DataObject) -> None:
    names = [one.name for one in describe_fields(shape)] + ["articles.0.number", "conditions.clocks.urgent", "feedback.1.answer"]
    values = st.lists(st.text(max_size=20) | st.sampled_from(["1e999999", "²", "9" * 19, "2024-01-01", "8h", "on", "\ud800"]), max_size=3)
    said = plain_from_fields(describe_fields(shape), data.draw(st.dictionaries(st.sampled_from(names), values)))
    assert isinstance(said.plain, dict)
