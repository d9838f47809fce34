# SPDX-License-Identifier: EUPL-1.2
"""Events as iCalendar (RFC 5545): an invitation, a cancellation (RFC 5546) or the calendar that a feed publishes.

Pure: what is written depends on the arguments alone. Whatever the events hold, the answer can be read: text is cleaned,
one line and bounded, times end where calendars do, an end before its beginning is none. An agency is no mailbox: its
address is of a scheme that nothing can be sent to, and no calendar server is to answer in an officer's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from amana.dossiers.dated import DatedKind
from amana.phrases import label, on_one_line
from amana.phrases.bidi import cleaned
from amana.phrases.dates import LAST_SHOWN

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

PRODUCT = "-//Amana//Amana//EN"
LONGEST_LINE, LONGEST_TEXT = 300, 2000  # characters of a title or place, and of a description
REFRESH = timedelta(hours=1)


class Method(StrEnum):
    """What the file asks of the application that opens it."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event, in the reader's words; times in UTC milliseconds."""

    uid: str  # the id of the entry that made it, hex: the same on every node
    kind: DatedKind
    starts: int
    ends: int = 0  # 0: no end is known; a due date is a whole day
    summary: str
    description: str = ""
    place: str = ""
    organiser: str = ""  # the code of the agency that receives
    attendees: tuple[str, ...] = ()  # the codes of the others
    sequence: int = 0  # rises with every change
    cancelled: bool = False
    url: str = ""
    changed_at: int


def decide_method(events: Sequence[CalendarEvent]) -> Method:
    """One event alone is an invitation or its cancellation; an invitation may hold no second (RFC 5546, 3.2.2)."""
    if len(events) != 1:
        return Method.PUBLISH
    return Method.CANCEL if events[0].cancelled else Method.REQUEST


def calendar_bytes(events: Sequence[CalendarEvent], *, language: str, name: str, method: Method, zone: tzinfo | None, now: int) -> bytes:
    """The calendar. `zone`: where the reader sits, for the day of a due date; `now`: when an invitation was made.

    A published calendar holds no `now`: the same events are the same bytes.
    """
    from icalendar import Calendar  # half a second: only who asks for a calendar waits for it

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if method is Method.PUBLISH:
        _named(calendar, name, language)
    for event in events:
        stamp = event.changed_at if method is Method.PUBLISH else now
        calendar.add_component(_component(event, language=language, method=method, zone=zone, stamp=stamp))
    if not events:
        calendar.add_component(_universal_time())
    return bytes(calendar.to_ical())


def _named(calendar: Calendar, name: str, language: str) -> None:
    """The calendar's own name, in the property of RFC 7986 and in the one that applications read, and how often to ask."""
    from icalendar import vText  # said, since these two would not be escaped without

    shown = _line(name)
    calendar.add("name", vText(shown), parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", vText(shown))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")


def _universal_time() -> Timezone:
    """A calendar holds at least one component (RFC 5545, 3.6); of nothing to come this is all there is to say."""
    from icalendar import Timezone, TimezoneStandard

    made, standard = Timezone(), TimezoneStandard()
    made.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a local time by definition (RFC 5545, 3.6.5)
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    made.add_component(standard)
    return made


def _component(event: CalendarEvent, *, language: str, method: Method, zone: tzinfo | None, stamp: int) -> Event:
    from icalendar import Event

    said = {"LANGUAGE": language}
    made = Event()
    made.add("uid", f"{event.uid}@amana")
    made.add("dtstamp", _at(stamp))
    made.add("last-modified", _at(event.changed_at))
    made.add("sequence", event.sequence)
    _times(made, event, zone)
    made.add("summary", _line(event.summary), parameters=said)
    if event.description:
        made.add("description", cleaned(event.description)[:LONGEST_TEXT], parameters=said)
    if event.place:
        made.add("location", _line(event.place), parameters=said)
    made.add("categories", [_line(label(language, "dated_kind", event.kind.value))], parameters=said)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("class", "CONFIDENTIAL")
    if event.url:
        made.add("url", event.url)
    _agencies(made, event, method)
    return made


def _times(made: Event, event: CalendarEvent, zone: tzinfo | None) -> None:
    if event.kind is DatedKind.DUE:
        day = _day(event.starts, zone)
        made.add("dtstart", day)
        made.add("dtend", day + timedelta(days=1))
        made.add("transp", "TRANSPARENT")  # a due date keeps nobody busy
        return
    starts, ends = _at(event.starts), _at(event.ends)
    made.add("dtstart", starts)
    if ends > starts:
        made.add("dtend", ends)
    made.add("transp", "TRANSPARENT" if event.kind is DatedKind.VISIT else "OPAQUE")  # its sessions and items do


def _agencies(made: Event, event: CalendarEvent, method: Method) -> None:
    """Who receives and who comes; a published event names nobody to be asked (RFC 5546, 3.2.1)."""
    if event.organiser:
        made.add("organizer", _address(event.organiser, {}))
    if method is not Method.PUBLISH:
        for code in event.attendees:
            made.add("attendee", _address(code, {"CUTYPE": "GROUP", "RSVP": "FALSE", "PARTSTAT": "NEEDS-ACTION"}))


def _address(code: str, more: dict[str, str]) -> Any:
    from icalendar import vCalAddress

    address = vCalAddress(f"invalid:{code}")
    address.params.update({"CN": code.upper().replace(".", "-"), "SCHEDULE-AGENT": "NONE", **more})
    return address


def _at(millis: int) -> datetime:
    """A moment to the second, as calendars have it; what lies beyond them is at their end."""
    return datetime.fromtimestamp(min(max(millis, 0), LAST_SHOWN) // 1000, tz=UTC)


def _day(millis: int, zone: tzinfo | None) -> date:
    return _at(millis).astimezone(zone).date()


def _line(text: str) -> str:
    return on_one_line(text)[:LONGEST_LINE]
