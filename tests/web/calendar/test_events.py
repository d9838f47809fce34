# SPDX-License-Identifier: EUPL-1.2
"""What is written is read back, field by field, by a parser of other authors; and it is as RFC 5545 and 5546 want it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]  # it has no types
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.dated import DatedKind
from amana.web.calendar.events import LONGEST_LINE, CalendarEvent, Method, calendar_bytes, decide_method

RABAT = ZoneInfo("Africa/Casablanca")
NOW = 1_702_800_000_000  # 17 December 2023, 08:00 UTC
STARTS, ENDS = 1_702_544_400_000, 1_702_551_600_000  # 14 December 2023, 09:00 to 11:00 UTC
ARABIC = "جلسة عمل بين الأمن الوطني والشرطة الوطنية حول مكافحة الاتجار غير المشروع في المخدرات، والهجرة؛ والجريمة السيبرانية"
FRENCH = "Séance de travail : stupéfiants, filières d’immigration ; cybercriminalité « à l’échelle des deux rives » \\ suite"
WORDS = {"ar": ARABIC, "fr": FRENCH, "en": "Working session: drugs, migrant smuggling; cybercrime, with the host's remarks \\n kept"}
SESSION = CalendarEvent(
    uid="ab" * 32,
    kind=DatedKind.SESSION,
    starts=STARTS,
    ends=ENDS,
    summary="Session",
    description="Reference: MA-DGSN/2023/0417AB\nLevel: working group",
    place="Rabat, salle 2; 1er étage",
    organiser="ma.dgsn",
    attendees=("fr.dgpn", "es.cnp"),
    sequence=3,
    url="https://desk.example.org/fr/dossiers/" + "ab" * 32 + "/",
    changed_at=NOW - 60_000,
)
DUE = replace(
    SESSION, uid="cd" * 32, kind=DatedKind.DUE, starts=1_702_594_800_000, ends=0, attendees=(), organiser=""
)  # 23:00 UTC: the 15th in Rabat


def write(*events: CalendarEvent, method: Method = Method.PUBLISH, language: str = "fr", name: str = "Amana") -> bytes:
    """The calendar of these events."""
    return calendar_bytes(events, language=language, name=name, method=method, zone=RABAT, now=NOW)


def read(written: bytes) -> Any:
    """The calendar as another parser reads it."""
    return vobject.readOne(written.decode())


def values(component: Any, name: str) -> list[str]:
    """Every value of one property."""
    return [str(line.value) for line in component.contents.get(name, [])]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("method", list(Method), ids=lambda method: method.value)
def test_another_parser_reads_every_field(language: str, method: Method) -> None:
    words = WORDS[language]
    event = replace(SESSION, summary=words, place=words, description=f"{words}\n{words}", cancelled=method is Method.CANCEL)
    calendar = read(write(event, method=method, language=language, name=words))
    seen = calendar.vevent
    assert (calendar.version.value, calendar.method.value, calendar.prodid.value) == ("2.0", method.value, "-//Amana//Amana//EN")
    assert (seen.summary.value, seen.location.value, seen.description.value) == (words, words, f"{words}\n{words}")
    assert {line.params["LANGUAGE"][0] for line in (seen.summary, seen.location, seen.description, seen.categories)} == {language}
    assert (seen.dtstart.value, seen.dtend.value) == (datetime(2023, 12, 14, 9, tzinfo=UTC), datetime(2023, 12, 14, 11, tzinfo=UTC))
    assert (seen.uid.value, seen.sequence.value, seen.url.value) == (f"{'ab' * 32}@amana", "3", SESSION.url)
    assert (seen.status.value, seen.transp.value) == ("CANCELLED" if event.cancelled else "CONFIRMED", "OPAQUE")
    assert values(seen, "class") == ["CONFIDENTIAL"]
    assert values(seen, "organizer") == ["invalid:ma.dgsn"]
    assert values(seen, "attendee") == ([] if method is Method.PUBLISH else ["invalid:fr.dgpn", "invalid:es.cnp"])
    assert values(calendar, "x-wr-calname") == ([words] if method is Method.PUBLISH else [])


def test_categories_are_in_the_readers_language() -> None:
    shown = {language: read(write(SESSION, language=language)).vevent.categories.value for language in ("ar", "fr", "en")}
    assert shown == {"ar": ["جلسة"], "fr": ["séance"], "en": ["session"]}


def test_what_is_due_is_a_day_where_the_reader_sits_and_keeps_nobody_busy() -> None:
    seen = read(write(DUE)).vevent
    assert (seen.dtstart.value, seen.dtend.value, seen.transp.value) == (date(2023, 12, 15), date(2023, 12, 16), "TRANSPARENT")
    assert b"DTSTART;VALUE=DATE:20231215\r\n" in write(DUE)


def test_nothing_can_be_sent_to_an_agency_and_no_server_answers_for_it() -> None:
    seen = read(write(SESSION, method=Method.REQUEST)).vevent
    agencies = [seen.organizer, *seen.contents["attendee"]]
    assert [line.params["CN"][0] for line in agencies] == ["MA-DGSN", "FR-DGPN", "ES-CNP"]
    assert {line.params["SCHEDULE-AGENT"][0] for line in agencies} == {"NONE"}
    assert b"mailto" not in write(SESSION, method=Method.REQUEST).lower()


@pytest.mark.parametrize(
    ("events", "method"),
    [
        ((SESSION,), Method.REQUEST),
        ((replace(SESSION, cancelled=True),), Method.CANCEL),
        ((SESSION, DUE), Method.PUBLISH),
        ((), Method.PUBLISH),
    ],
    ids=["one", "one that is cancelled", "two", "none"],
)
def test_one_event_alone_is_an_invitation(events: tuple[CalendarEvent, ...], method: Method) -> None:
    assert decide_method(events) is method


def test_a_calendar_of_nothing_is_one_all_the_same() -> None:
    calendar = read(write())
    assert "vevent" not in calendar.contents
    assert [str(zone.tzid.value) for zone in calendar.contents["vtimezone"]] == ["UTC"]


def test_the_same_events_are_the_same_bytes_whenever_they_are_published() -> None:
    later = calendar_bytes((SESSION,), language="fr", name="Amana", method=Method.PUBLISH, zone=RABAT, now=NOW + 999_000)
    assert write(SESSION) == later
    assert write(replace(SESSION, sequence=4)) != later


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("shift", range(6))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(language: str, shift: int) -> None:
    written = write(replace(SESSION, summary="x" * shift + WORDS[language], description=WORDS[language] * 8), language=language)
    lines = written.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]  # each is whole letters
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert len([line for line in lines if line.startswith(b" ")]) > 5


HOSTILE = (
    "x\r\nATTENDEE:mailto:a@elsewhere.example",
    "x\nEND:VEVENT\nBEGIN:VALARM",
    "a;b,c:d\\",
    '"quoted" ^n ^',
    "\u202eturned\u2066 \x00\x07 \x1b[31m",
    "x" * 100_000,
    "",
)


@pytest.mark.parametrize("words", HOSTILE, ids=["line", "end", "escapes", "quotes", "marks", "long", "nothing"])
def test_what_somebody_wrote_makes_no_line_of_its_own(words: str) -> None:
    event = replace(SESSION, summary=words, description=words, place=words, attendees=())
    seen = read(write(event, method=Method.REQUEST)).vevent
    assert set(seen.contents) <= set(read(write(replace(SESSION, attendees=()))).vevent.contents)
    assert "attendee" not in seen.contents
    assert len(seen.summary.value) <= LONGEST_LINE
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", seen.summary.value + values(seen, "description")[0] if words else "")


@pytest.mark.parametrize(("starts", "ends"), [(0, 0), (STARTS, STARTS), (STARTS, STARTS - 1), (2**53 - 1, 2**53 - 1), (0, 2**53 - 1)])
def test_times_of_a_partner_end_where_calendars_do(starts: int, ends: int) -> None:
    for kind in DatedKind:
        seen = read(write(replace(SESSION, kind=kind, starts=starts, ends=ends, changed_at=2**53 - 1))).vevent
        assert 1970 <= seen.dtstart.value.year <= 9999
        assert "dtend" not in seen.contents or seen.dtend.value > seen.dtstart.value


@given(
    words=st.text(max_size=400),
    starts=st.integers(0, 2**53 - 1),
    ends=st.integers(0, 2**53 - 1),
    language=st.sampled_from(("ar", "fr", "en")),
)
def test_whatever_is_written_is_read_back(words: str, starts: int, ends: int, language: str) -> None:
    event = replace(SESSION, summary=words, description=words, place=words, starts=starts, ends=ends)
    written = write(event, DUE, language=language, name=words)
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert [seen.uid.value for seen in read(written).contents["vevent"]] == [f"{'ab' * 32}@amana", f"{'cd' * 32}@amana"]
