# SPDX-License-Identifier: EUPL-1.2
"""The whole story stands in Arabic, French and English."""

from __future__ import annotations

import pytest

from amana.phrases.catalogue import catalogue, places
from tests.demo.story import STORY


def test_the_story_is_long_enough_to_be_one() -> None:
    assert len(STORY) >= 20


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_paragraph_is_worded_with_its_places(language: str) -> None:
    told = {sentence: catalogue(language).gettext(sentence) for sentence in STORY}
    assert [sentence for sentence, wording in told.items() if not wording or places(wording) != places(sentence)] == []
    assert [sentence for sentence, wording in told.items() if (wording == sentence) != (language == "en")] == []
