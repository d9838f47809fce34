# SPDX-License-Identifier: EUPL-1.2
"""From the form's fields to the action: what was said is there, what is wrong is named by its field, nothing is raised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.registry import KINDS
from amana.dossiers.shared.items import ITEM_TYPES
from amana.node.actions.form import parse_action
from amana.web.writing.reading import action_of, declared_type, item_numbers

REQUEST: dict[str, list[str]] = {
    "to": ["fr.dgpn"],
    "title": ["Camion"],
    "text": ["Qui ?\r\nQuand ?"],
    "language": ["fr"],
    "coded.area": ["drugs"],
    "coded.urgency": ["urgent"],
    "coded.types": ["identification", "vehicle_check"],
    "items.1.type": ["vehicle"],
    "items.1.value.plate": ["ZZ-417-ZZ"],
    "items.1.source": ["B"],
    "items.1.information": ["2"],
    "items.1.certainty": ["fact"],
    "items.3.type": ["person"],
    "items.3.value.names": ["Karim BENALI\nكريم بنعلي"],
    "items.3.category": ["witness"],
    "items.3.minor": ["true"],
    "marked": ["1"],
    "codes": ["H2"],
    "attachments": ["ab" * 16],
}


def test_everything_that_was_said_is_in_the_action() -> None:
    written = action_of(REQUEST, "information_request", "request")
    assert written.faults == []
    assert written.given == {
        "action": "information_request.request",
        "to": ["fr.dgpn"],
        "title": "Camion",
        "text": "Qui ?\nQuand ?",
        "language": "fr",
        "coded": {"area": "drugs", "urgency": "urgent", "types": ["identification", "vehicle_check"]},
        "items": [
            {"type": "vehicle", "value": {"plate": "ZZ-417-ZZ"}, "grade": "B2", "fact": True, "category": "none", "minor": False},
            {
                "type": "person",
                "value": {"names": ["Karim BENALI", "كريم بنعلي"]},
                "grade": "",
                "fact": False,
                "category": "witness",
                "minor": True,
            },
        ],
        "marking": {"codes": ["H0", "H2"]},
        "attachments": [{"staged": "ab" * 16}],
    }
    assert parse_action(written.given).title == "Camion"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("coded.area", [], "field_needed"),
        ("coded.area", ["poetry"], "field_not_in_list"),
        ("items.3.value.names", [], "field_needed"),
        ("items.3.value.born", ["31/02/1987"], "field_bad_date"),
        ("items.1.value.country", ["France"], "field_bad_country"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(name: str, value: list[str], code: str) -> None:
    written = action_of({**REQUEST, name: value}, "information_request", "request")
    assert [(fault.field, fault.refusal.code) for fault in written.faults] == [(name, code)]


def test_handling_codes_follow_the_dossier_until_somebody_chooses() -> None:
    fields = {name: values for name, values in REQUEST.items() if name not in ("marked", "codes")}
    assert action_of(fields, "information_request", "request").given["marking"] == {}


def test_no_handling_code_chosen_leaves_police_use() -> None:
    assert action_of({**REQUEST, "codes": []}, "information_request", "request").given["marking"] == {"codes": ["H0"]}


def test_what_nodes_say_themselves_cannot_be_written() -> None:
    assert declared_type("information_request", "delivered") is None
    assert declared_type("information_request", "no_such_type") is None


def test_feedback_names_the_answer_and_its_maker() -> None:
    fields = {f"feedback.{'ab' * 32}.fr.dgpn": ["very_useful"]}
    coded = action_of(fields, "information_request", "close", dossier="cd" * 32).given["coded"]
    assert coded["feedback"] == [{"answer": "ab" * 32, "respondent": "fr.dgpn", "usefulness": "very_useful"}]


def test_items_keep_their_numbers_when_one_is_taken_away() -> None:
    assert item_numbers({"items.2.type": ["phone"], "items.9.type": ["person"], "items.4.type": ["no_such_type"]}) == [2, 9]


NAMES = [
    *REQUEST,
    "coded.question",
    "coded.feedback",
    "detail.translator",
    "feedback.x",
    "feedback.x.y",
    "items.7.type",
    "items.7.value.number",
]
WRITABLE = [(kind.name, type) for kind in KINDS.values() for type, declared in kind.entry_types.items() if not declared.automatic]
FIELDS: Any = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.one_of(st.text(max_size=12), st.sampled_from([*ITEM_TYPES, "1", "-"])), max_size=3)
)


@given(fields=FIELDS, which=st.sampled_from(WRITABLE))
def test_no_form_raises(fields: dict[str, list[str]], which: tuple[str, str]) -> None:
    assert action_of(fields, *which).given["action"] == ".".join(which)


@pytest.mark.parametrize(("type", "field"), [("answer", "outcome"), ("refuse", "code"), ("recall_answer", "code"), ("withdraw", "code")])
def test_no_result_and_no_reason_is_chosen_for_a_person(type: str, field: str) -> None:
    faults = action_of({"text": ["…"]}, "information_request", type, dossier="cd" * 32).faults
    assert [(fault.field, fault.refusal.code) for fault in faults] == [(f"coded.{field}", "field_needed")]
