# SPDX-License-Identifier: EUPL-1.2
"""Everything that officers write in the scenario is invented, says so in its language, and cannot be taken for real."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

import pytest

from amana.demo.chapters import CHAPTERS
from amana.demo.papers import INVENTED, WRITTEN_TOGETHER, load_papers, with_ids
from amana.node.actions.form import parse_action

COUNTED = "games"  # its days are drawn from a seed and written by rule, not on papers
WRITTEN = [*(chapter for chapter, _ in CHAPTERS if chapter != COUNTED), "live"]
PAPERS = [(chapter, name, paper) for chapter in WRITTEN for name, paper in load_papers(chapter).items()]
FICTION = re.compile(r"\+33(63998\d{4}|19900\d{4})")  # numbers that the French regulator keeps for works of fiction
DOCUMENTATION = [ipaddress.ip_network(network) for network in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]  # RFC 5737


def items(type: str) -> Iterator[Any]:
    """The values of all items of a type."""
    for _, _, paper in PAPERS:
        yield from (item["value"] for item in paper.get("items", ()) if item["type"] == type)


def leaves(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(("chapter", "name", "paper"), PAPERS, ids=[f"{chapter}/{name}" for chapter, name, _ in PAPERS])
def test_a_paper_is_a_valid_action_that_says_it_is_invented(chapter: str, name: str, paper: Any) -> None:
    entries = {f"{at}/{one}": "00" * 32 for at, one, _ in PAPERS}
    form = parse_action(with_ids(paper, entries, chapter))
    if _together(paper):
        assert INVENTED[form.language] not in form.text  # it goes to paper word by word; what opened its dossier says so
        assert any(line in _opening(chapter, paper)["text"] for line in INVENTED.values())
    elif form.text:
        assert INVENTED[form.language] in form.text.splitlines()[0]
        assert len(form.text.splitlines()) > 1


def test_officers_write_arabic_and_french_and_hand_on_a_message_in_english() -> None:
    written = [paper["language"] for _, _, paper in PAPERS if "text" in paper and not _together(paper)]
    assert set(written) == {"ar", "fr", "en"}
    assert written.count("en") == 1
    arabic = [paper["text"] for _, _, paper in PAPERS if paper.get("language") == "ar" and "text" in paper]
    assert all(re.search(r"[\u0600-\u06ff]{3}", text) for text in arabic)


def test_phone_numbers_are_kept_for_fiction() -> None:
    numbers = [value["number"].replace(" ", "") for value in items("phone")]
    assert numbers
    assert [number for number in numbers if not FICTION.fullmatch(number)] == []


def test_plates_cannot_exist() -> None:
    plates = [value["plate"] for value in items("vehicle")]
    assert plates
    assert [plate for plate in plates if not re.search("[IOU]", plate)] == []  # letters that French plates do not use


def test_network_observables_are_reserved_for_documentation() -> None:
    observables = list(items("cyber_observable"))
    assert observables
    for value in observables:
        if value["kind"] == "ipv4":
            assert any(ipaddress.ip_address(value["value"]) in network for network in DOCUMENTATION)
        else:
            assert value["value"].endswith(".example")  # RFC 2606


def test_people_and_places_are_marked_as_invented() -> None:
    for type in ("person", "place", "vessel", "organisation", "account", "document"):
        for value in items(type):
            assert re.search(r"invent|fictif|fictive|مختلق", " ".join(leaves(value)).lower()), value


def test_nothing_of_the_terrorism_file_stands_in_another_chapter() -> None:
    own = {leaf for item in _items_of("terrorism") for leaf in leaves(item["value"]) if len(leaf) >= 6}
    elsewhere = " ".join(leaf for chapter, _, paper in PAPERS if chapter != "terrorism" for leaf in leaves(paper))
    shared = {leaf for leaf in own if leaf in elsewhere}
    assert shared <= {"virtual_asset"}


def test_a_communique_is_written_in_three_languages() -> None:
    clauses = [paper["language"] for chapter, _, paper in PAPERS if chapter == "working_visit" and paper["action"] == "communique.clause"]
    assert {language: clauses.count(language) for language in ("ar", "en")} == {"ar": 6, "en": 6}
    assert clauses.count("fr") == 6 + 3  # one clause was worded by both at once, and then by one of them for both


def _together(paper: Any) -> bool:
    """Whether the paper is a version of a text that several agencies write."""
    return paper["action"] in WRITTEN_TOGETHER


def _opening(chapter: str, paper: Any) -> Any:
    """The paper that opened the dossier of this one."""
    at, _, name = paper["dossier"].removeprefix("@").rpartition("/")
    return load_papers(at or chapter)[name]


def _items_of(chapter: str) -> list[Any]:
    return [item for at, _, paper in PAPERS if at == chapter for item in paper.get("items", ())]
