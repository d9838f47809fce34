# SPDX-License-Identifier: EUPL-1.2
"""Points of operations as tokens: the same thing written in two ways is one token, near places and hours meet, far ones do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.plain import from_plain
from amana.dossiers.shared.points import DEGREE_METRES, MAX_RADIUS, Point, tokens_of, values_of
from amana.protocol.errors import Refusal

HOUR = 3_600_000
START = 1_709_600_400_000 // HOUR * HOUR


def point(kind: str = "place_and_time", **said: Any) -> Point:
    place = {"latitude": 3_578_000, "longitude": -581_000, "starts": START, "ends": START + HOUR} if kind == "place_and_time" else {}
    return from_plain({"kind": kind, **place, **said}, Point)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (point("phone", value="+33 6 00 00 00 22"), point("phone", value="0033600000022")),
        (point("phone", value="+212 600-000-111"), point("phone", value="٠٦٠٠٠٠٠١١١")),
        (point("vehicle", value="AB-123-CD", country="FR"), point("vehicle", value="ab 123 cd", country="FR")),
        (point("document", value="X 12.34", country="MA"), point("document", value="x1234", country="MA")),
        (point("account", value="MA64 0110 0000"), point("account", value="ma6401100000")),
        (point(label="one"), point(label="another")),
    ],
)
def test_one_thing_written_in_two_ways_is_one_token(one: Point, other: Point) -> None:
    assert tokens_of([one]).keys() == tokens_of([other]).keys()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (point("vehicle", value="AB123CD", country="FR"), point("vehicle", value="AB123CD", country="ES")),
        (point("document", value="X1234", country="MA"), point("account", value="X1234")),
        (point(), point(starts=START + HOUR, ends=START + 2 * HOUR)),
        (point(), point(latitude=3_590_000)),
    ],
)
def test_two_things_are_two_tokens(one: Point, other: Point) -> None:
    assert not tokens_of([one]).keys() & tokens_of([other]).keys()


@given(
    st.integers(-6_000_000, 6_000_000),
    st.integers(-17_000_000, 17_000_000),
    st.integers(0, MAX_RADIUS),
    st.floats(-1, 1),
)
def test_circles_of_which_one_holds_the_others_middle_meet(latitude: int, longitude: int, radius: int, aside: float) -> None:
    """Northward, where a degree has one length everywhere."""
    near = int(aside * max(0, radius - 2) * 100_000 / DEGREE_METRES)
    one, other = point(latitude=latitude, longitude=longitude, radius=radius), point(latitude=latitude + near, longitude=longitude)
    assert values_of(one) & values_of(other)


def test_each_token_names_its_points() -> None:
    points = [point("phone", value="+33600000022"), point("phone", value="0033600000022"), point()]
    assert sorted(tokens_of(points).values()) == [(0, 1), (2,)]


@pytest.mark.parametrize(
    "wrong",
    [
        point("phone", value="12"),
        point("vehicle"),
        point("document"),
        point("account"),
        point(ends=START),
        point(ends=START + 73 * HOUR),
        point(starts=0),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_place(wrong: Point) -> None:
    with pytest.raises(Refusal) as refused:
        tokens_of([point(), wrong])
    assert (refused.value.code, refused.value.facts) == ("bad_point", {"number": 2})
