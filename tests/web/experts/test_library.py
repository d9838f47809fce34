# SPDX-License-Identifier: EUPL-1.2
"""The library is found by words, in whatever language and spelling; nothing is ranked, and what fits nothing says so."""

from __future__ import annotations

import pytest

from amana.phrases import tell
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

TITLE = "Fouille des bagages à l’entrée"


@pytest.fixture(scope="module")
def note(house: House) -> str:
    """A note in French with its Arabic translation."""
    said = {"action": "good_practice.publish", "to": [RABAT], "title": TITLE, "text": "Deux files séparées.", "language": "fr"}
    made = house.act(PARIS, "chef", {**said, "unit": "desk", "coded": {"area": "public_order", "language": "fr"}})
    arabic = {"action": "good_practice.translation", "dossier": made.dossier.hex(), "title": "تفتيش الأمتعة", "text": "صفان منفصلان."}
    house.act(RABAT, "chef", {**arabic, "language": "ar", "coded": {"language": "ar"}})
    return str(made.dossier.hex())


@pytest.mark.parametrize(
    ("asked", "held"),
    [("", True), ("bagage", True), ("BAGAGES entree", True), ("السيارات", False), ("أمتعة", True), ("الامتعه", True), ("chiens", False)],
)
def test_words_find_a_note_in_any_of_its_languages(house: House, note: str, asked: str, held: bool) -> None:
    for code in (PARIS, RABAT):
        page = house.client("chef", code).get("/fr/practices/", {"q": asked}).content.decode()
        assert (f"/practices/{note}/" in page) is held
        assert (str(tell("fr", "No note fits.")) in page) is not held
