# SPDX-License-Identifier: EUPL-1.2
"""Sizes are told in the unit that people use, with the decimal sign of their language."""

from __future__ import annotations

import pytest

from amana.phrases import file_size


@pytest.mark.parametrize(
    ("language", "size", "told"),
    [
        ("en", 1023, "1023 bytes"),
        ("fr", 1024, "1 ko"),
        ("en", 83_860_000_000, "78.1 GB"),
        ("fr", 83_860_000_000, "78,1 Go"),
        ("fr", 1_600_000, "1,5 Mo"),
        ("ar", 1_600_000, "\u20661,5\u2069 ميغابايت"),
    ],
)
def test_a_size_in_words(language: str, size: int, told: str) -> None:
    assert file_size(language, size).replace("\u00a0", " ") == told
