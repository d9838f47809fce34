# SPDX-License-Identifier: EUPL-1.2
"""Model texts: whole in three languages, offered where they fit, and what they set is what an entry takes."""

from __future__ import annotations

import re

import pytest

from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.forms import describe_fields
from amana.dossiers.shared.vocabulary import NoticeType, RefusalCode, RequestType
from amana.phrases.catalogue import LANGUAGES, catalogue
from amana.phrases.templates import BLANK, DRAFTS, NAMES, TEXTS, template_text, templates_for

REQUEST = "information_request.request"
ARABIC = re.compile(r"[\u0621-\u064a]")


def offered(entry_type: str, *types: str) -> list[str]:
    return [template.code for template in templates_for(entry_type, types, "en")]


def test_every_code_is_there_once() -> None:
    assert len({draft.code for draft in DRAFTS}) == len(DRAFTS) >= 30


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.code)
def test_a_model_sets_what_its_entry_type_takes(draft: object) -> None:
    found = next(one for one in DRAFTS if one is draft)
    declared = find_entry_type(*found.entry_type.split("."))
    assert declared is not None
    choices = {field.name: field.choices for field in describe_fields(declared.coded)}
    for name, value in found.coded.items():
        assert set([value] if isinstance(value, str) else value) <= set(choices[name])
    assert set(found.serves) <= {*RequestType, *NoticeType}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.code)
def test_a_model_is_whole_in_each_language(draft: object, language: str) -> None:
    found = next(one for one in DRAFTS if one is draft)
    text = template_text(found.code, language)
    assert text.count("\n\n") == found.text.count("\n\n")
    assert text.count(BLANK) == len(re.findall(r"{\w+}", found.text))
    assert "{" not in text
    assert bool(ARABIC.search(text)) is (language == "ar")
    assert catalogue(language).pgettext(NAMES, found.name)
    assert language == "en" or catalogue(language).pgettext(TEXTS, found.text) != found.text


def test_models_for_the_chosen_types_come_first_and_others_are_left_out() -> None:
    codes = offered(REQUEST, "vehicle_check")
    assert codes[0] == "request_vehicle_check"
    assert "request_document_check" not in codes
    assert "request_urgent" in codes
    assert set(offered(REQUEST)) == {draft.code for draft in DRAFTS if draft.entry_type == REQUEST}


def test_an_answer_by_type_comes_before_the_answer_for_all() -> None:
    assert offered("information_request.answer", "phone_check") == ["answer_identification", "answer_nothing_held"]


def test_every_refusal_code_has_its_model() -> None:
    set_codes = [draft.coded["code"] for draft in DRAFTS if draft.entry_type == "information_request.refuse"]
    assert sorted(map(str, set_codes)) == sorted(code.value for code in RefusalCode)


def test_what_is_known_is_filled_in() -> None:
    text = template_text("reminder_urgent", "fr", {"deadline": "12 mars 2024"})
    assert "avant le 12 mars 2024" in text
    assert text.count(BLANK) == 1


def test_an_unknown_code_gives_nothing() -> None:
    assert template_text("no_such_code", "fr") == ""
    assert offered("information_request.no_such_type") == []
