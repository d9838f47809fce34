# SPDX-License-Identifier: EUPL-1.2
"""Units are shown by their names in the reader's language, by their codes where they have none."""

from __future__ import annotations

import csv
import io

import pytest

from amana.web.units import unit_and_code, unit_name
from tests.web.conftest import House

NAMES = {"ar": "مصلحة مكافحة المخدرات", "fr": "Unité stupéfiants", "en": "The &quot;drugs&quot; unit"}


@pytest.mark.parametrize(
    ("language", "code", "name", "both"),
    [
        ("fr", "drugs", "Unité stupéfiants", "Unité stupéfiants (drugs)"),
        ("en", "drugs", 'The "drugs" unit', 'The "drugs" unit (drugs)'),
        ("fr", "desk", "desk", "desk"),
        ("ar", "desk", "\u2066desk\u2069", "\u2066desk\u2069"),
    ],
)
def test_a_unit_has_its_name_or_its_code(house: House, language: str, code: str, name: str, both: str) -> None:
    assert (unit_name(language, code), unit_and_code(language, code)) == (name, both)


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("page", ["dossiers/{drugs}/", "dossiers/{drugs}/assign/", "incoming/", "accounts/", "accounts/stups/"])
def test_pages_name_units(house: House, language: str, page: str) -> None:
    client = house.client("admin" if page.startswith("accounts") else "chef")
    shown = client.get(f"/{language}/{page.format(drugs=house.drugs.hex())}").content.decode()
    assert NAMES[language] in shown


def test_a_dossier_of_a_unit_says_it_once(house: House) -> None:
    shown = house.client("chef").get(f"/fr/dossiers/{house.drugs.hex()}/").content.decode()
    assert "Confié à : <bdi>Stupéfiants</bdi>, Unité stupéfiants" in shown


def test_the_exported_register_names_units(house: House) -> None:
    client = house.client("chef")
    text = client.post("/fr/registers/outgoing/export/", follow=True).content.decode("utf-8-sig")
    units = {row["Unité"] for row in csv.DictReader(io.StringIO(text)) if row["Unité"]}
    assert "Unité stupéfiants" in units
