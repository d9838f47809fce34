# SPDX-License-Identifier: EUPL-1.2
"""When a day ends is the reader's own affair, also where clocks are changed that night."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from amana.protocol.identifiers import Millis
from amana.web.inbox.hours import day_end, day_start


def at(text: str) -> Millis:
    """A moment by its ISO form, UTC."""
    return Millis(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000))


@pytest.mark.parametrize(
    ("zone", "now", "ends"),
    [
        ("Africa/Casablanca", "2023-12-21T15:40", "2023-12-21T23:00"),  # UTC+01:00
        ("Africa/Casablanca", "2023-12-21T23:30", "2023-12-22T23:00"),  # half past midnight there
        ("Europe/Paris", "2024-03-30T23:30", "2024-03-31T22:00"),  # the day that has 23 hours
        ("Europe/Paris", "2024-10-27T00:30", "2024-10-27T23:00"),  # the day that has 25
        ("UTC", "2023-12-31T23:59", "2024-01-01T00:00"),
    ],
)
def test_a_day_ends_at_the_readers_midnight(zone: str, now: str, ends: str) -> None:
    assert day_end(at(now), ZoneInfo(zone)) == at(ends)


@pytest.mark.parametrize(
    ("given", "after", "begins"),
    [("2023-12-21", 0, "2023-12-20T23:00"), ("2023-12-21", 1, "2023-12-21T23:00")],
)
def test_a_date_begins_at_the_readers_midnight(given: str, after: int, begins: str) -> None:
    assert day_start(given, ZoneInfo("Africa/Casablanca"), after=after) == at(begins)


@pytest.mark.parametrize("given", ["", "21/12/2023", "2023-13-01", "9999-12-31", "0001-01-01"])
def test_what_is_no_date_narrows_nothing(given: str) -> None:
    assert day_start(given, ZoneInfo("UTC"), after=1) == 0
