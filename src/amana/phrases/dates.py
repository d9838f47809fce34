# SPDX-License-Identifier: EUPL-1.2
"""Days, hours and spans of time as an official writes them; digits are 0-9 in every language, months as in Morocco.

Times are UTC milliseconds; the zone in which they are shown is the caller's, who knows where the reader sits.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from amana.phrases.bidi import Words
from amana.phrases.catalogue import ENGLISH, tell, tell_count

NO_BREAK = "\u00a0"
MONTHS = {
    "ar": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
Zone = tzinfo | None  # None: the zone of this machine, with its own rule for every date
LAST_SHOWN = 253_402_128_000_000  # 30 December 9999: what lies beyond is shown as that, in every zone
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def _at(millis: int, zone: Zone) -> datetime:
    """A partner may date its entries at the end of time; no calendar of ours goes further than LAST_SHOWN."""
    return datetime.fromtimestamp(min(millis, LAST_SHOWN) / 1000, tz=UTC).astimezone(zone)


def day(language: str, millis: int, zone: Zone = UTC) -> Words:
    """The date: 21 December 2023, 1er mai 2001, 21 دجنبر 2023."""
    at = _at(millis, zone)
    months = MONTHS.get(language, MONTHS[ENGLISH])
    number = "1er" if language == "fr" and at.day == 1 else str(at.day)
    return Words(NO_BREAK.join((number, months[at.month - 1], str(at.year))))


def hour(millis: int, zone: Zone = UTC) -> str:
    """The hour of the day: 09:12."""
    return _at(millis, zone).strftime("%H:%M")


def moment(language: str, millis: int, zone: Zone = UTC) -> Words:
    """Date and hour."""
    return tell(language, "{day}, {hour}", day=day(language, millis, zone), hour=Words(hour(millis, zone)))


def span(language: str, millis: int) -> Words:
    """A span of time by its two largest units: days and hours, hours and minutes, or minutes."""
    days, rest = divmod(abs(millis), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // MINUTE
    parts = []
    if days:
        parts.append(tell_count(language, "{count} day", "{count} days", count=days))
    if hours:
        parts.append(tell_count(language, "{count} hour", "{count} hours", count=hours))
    if minutes and not days:
        parts.append(tell_count(language, "{count} minute", "{count} minutes", count=minutes))
    if not parts:
        return tell(language, "less than a minute")
    return parts[0] if len(parts) == 1 else tell(language, "{first} and {second}", first=parts[0], second=parts[1])


def zone_name(zone: Zone, millis: int) -> str:
    """The zone as a difference to UTC: UTC, UTC+01:00."""
    offset = _at(millis, zone).strftime("%z")
    return "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:5]}"
