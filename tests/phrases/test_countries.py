# SPDX-License-Identifier: EUPL-1.2
"""Countries have a name in each language, no two the same one."""

from __future__ import annotations

import re

import pytest

from amana.dossiers.shared.proposals.nations import NATION_OF
from amana.phrases.catalogue import LANGUAGES
from amana.phrases.labels.countries import COUNTRY
from amana.phrases.telling import label


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_country_has_a_name_of_its_own(language: str) -> None:
    names = {label(language, "country", code) for code in COUNTRY}
    assert len(names) == len(COUNTRY) == 195


def test_codes_have_two_letters() -> None:
    assert [code for code in COUNTRY if re.fullmatch(r"[A-Z]{2}", code) is None] == []


def test_what_a_proposal_can_say_has_a_name() -> None:
    assert set(NATION_OF.values()) - set(COUNTRY) == set()
