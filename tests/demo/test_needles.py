# SPDX-License-Identifier: EUPL-1.2
"""The search finds a needle in whatever usual form it is stored."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.demo.needles import forms_of

NEEDLE = "Café de la Gare Imaginaire, مقهى"
BYTES = "00f1e2d3c4b5a69788796a5b4c3d2e1f"


def found(needle: str, place: bytes) -> bool:
    return any(form in place for form in forms_of(needle))


@pytest.mark.parametrize(
    "place",
    [
        NEEDLE.encode(),
        NEEDLE.encode("utf-16-le"),
        NEEDLE.encode("utf-16-be"),
        NEEDLE.encode().hex().encode(),
        NEEDLE.encode().hex().upper().encode(),
        json.dumps({"text": f"before {NEEDLE} after"}).encode(),
        json.dumps({"text": NEEDLE}, ensure_ascii=False).encode(),
    ],
)
def test_a_text_is_found(place: bytes) -> None:
    assert found(NEEDLE, b"before" + place + b"after")
    assert not found("Café de la Gare Réelle", b"before" + place + b"after")


@pytest.mark.parametrize("place", [bytes.fromhex(BYTES), BYTES.encode(), BYTES.upper().encode(), base64.b64encode(bytes.fromhex(BYTES))])
def test_bytes_are_found(place: bytes) -> None:
    assert found(BYTES, b"before" + place + b"after")


@given(before=st.binary(max_size=40), needle=st.binary(min_size=8, max_size=64), after=st.binary(max_size=40))
def test_base64_is_searched_at_every_alignment(before: bytes, needle: bytes, after: bytes) -> None:
    place = before + needle + after
    assert found(needle.hex(), base64.b64encode(place))
    assert found(needle.hex(), base64.urlsafe_b64encode(place))
