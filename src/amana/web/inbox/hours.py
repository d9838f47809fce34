# SPDX-License-Identifier: EUPL-1.2
"""The day of the reader: when it ends where that person sits, also on the days when clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from amana.phrases.dates import LAST_SHOWN
from amana.protocol.identifiers import Millis


def local(at: Millis, zone: tzinfo | None) -> datetime:
    """This moment on the reader's clock; `zone` None is the zone of this machine."""
    return datetime.fromtimestamp(min(at, LAST_SHOWN) / 1000, tz=UTC).astimezone(zone)


def day_end(now: Millis, zone: tzinfo | None) -> Millis:
    """The first moment of the next day."""
    tomorrow = local(now, zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), tzinfo=zone)  # without a zone: this machine's, by its rule for that date
    return Millis(int(midnight.timestamp() * 1000))


def day_start(text: str, zone: tzinfo | None, *, after: int = 0) -> Millis:
    """The first moment of a day given as ISO date, `after` days later; 0 for what is no date."""
    try:
        day = datetime.fromisoformat(text).date() + timedelta(days=after)
        return Millis(max(0, int(datetime.combine(day, time(), tzinfo=zone).timestamp() * 1000)))
    except (ValueError, OverflowError, OSError):
        return Millis(0)
