# SPDX-License-Identifier: EUPL-1.2
"""Attacks on the address of a feed: guessed, bent, asked by other methods, asked without end, looked for in logs."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from amana.web.calendar import views
from amana.web.calendar.pacing import MOST, MOST_FEEDS, Pace
from amana.web.calendar.subscribing import make_feed
from amana.web.logs import route_logs
from amana.web.models import Account, CalendarFeed
from tests.compose.pairs import RABAT
from tests.web.calendar.visits import receive
from tests.web.conftest import House, browser


@pytest.fixture
def secret(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The secret of an officer's feed."""
    house.at(RABAT)
    monkeypatch.setattr(views, "PACE", Pace())
    house.client("liaison")
    yield make_feed("liaison")
    house.at(RABAT)
    CalendarFeed.objects.all().delete()


def ask(path: str, method: str = "GET", **headers: str) -> Any:
    """An answer to somebody without a session."""
    return browser().generic(method, path, headers=headers)


def address(secret: str) -> str:
    """The feed's."""
    return f"/fr/calendar/{secret}.ics"


BENT: dict[str, Callable[[str], str]] = {
    "a letter less": lambda secret: secret[:-1],
    "a letter more": lambda secret: secret + "A",
    "another letter": lambda secret: ("B" if secret[0] == "A" else "A") + secret[1:],
    "the other case": lambda secret: secret.swapcase(),
    "a space": lambda secret: secret + "%20",
    "a line": lambda secret: secret + "%0a",
    "nothing of a string": lambda secret: secret + "%00",
    "a folder": lambda secret: f"x/../{secret}",
    "a wildcard": lambda secret: "%25" * 43,
    "the hash": lambda secret: CalendarFeed.objects.get().hashed,
    "the account": lambda secret: "liaison",
    "nothing": lambda secret: "",
    "no letters": lambda secret: "%ff%fe" * 20,
    "very long": lambda secret: "A" * 60_000,
    "other digits": lambda secret: secret[:-1] + "%D9%A3",
}


@pytest.mark.parametrize("bent", list(BENT))
def test_an_address_that_is_not_the_one_is_not_found(secret: str, bent: str) -> None:
    assert ask(address(secret)).status_code == 200
    answer = ask(address(BENT[bent](secret)))
    assert answer.status_code == 404
    assert b"BEGIN:VCALENDAR" not in answer.content


def test_wrong_revoked_and_closed_look_alike(house: House, secret: str) -> None:
    def shown(asked: str) -> tuple[int, str, dict[str, str]]:
        answer = ask(address(asked))
        page = re.sub(r'"X-CSRFToken": "\w+"', "", answer.content.decode().replace(asked, ""))
        return answer.status_code, page, dict(answer.headers)

    closed = Account.objects.get(account="liaison")
    closed.is_active = False
    closed.save()
    while_closed = shown(secret)
    Account.objects.filter(account="liaison").update(is_active=True)
    CalendarFeed.objects.all().delete()
    revoked = shown(secret)
    assert while_closed == revoked == shown("A" * 43)
    assert revoked[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "REPORT"])
def test_other_methods_reach_no_feed_and_do_not_tell_whether_there_is_one(secret: str, method: str) -> None:
    true, false = ask(address(secret), method), ask(address("A" * 43), method)
    assert (true.status_code, true.content) == (false.status_code, false.content)
    assert true.status_code in (403, 405)


def test_a_head_is_a_get_without_its_body(secret: str) -> None:
    assert [ask(address(one), "HEAD").status_code for one in (secret, "A" * 43)] == [200, 404]
    assert ask(address(secret), "HEAD").content == b""


def test_a_feed_gives_no_session_and_no_cookie(house: House, secret: str) -> None:
    answer = ask(address(secret))
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    client = browser()
    client.get(address(secret))
    assert client.get("/fr/inbox/").status_code == 302


def test_who_asks_without_end_waits_and_others_do_not(house: House, secret: str) -> None:
    answers = [ask(address(secret)) for _ in range(MOST + 2)]
    assert [answer.status_code for answer in answers] == [200] * MOST + [429] * 2
    assert 0 < int(answers[-1]["Retry-After"]) <= 3601
    assert "no-store" in answers[-1]["Cache-Control"]
    house.client("chef")
    assert ask(address(make_feed("chef"))).status_code == 200


def test_the_pace_remembers_a_limited_number_of_feeds_and_forgets_with_time() -> None:
    pace = Pace(most=2, within=10.0)
    assert [pace.wait(1, now) for now in (0.0, 1.0, 2.0, 10.5, 10.6)] == [0, 0, 9, 0, 1]
    for feed in range(MOST_FEEDS + 10):
        pace.wait(feed + 2, 11.0)
    assert len(pace._asked) == MOST_FEEDS


def test_the_secret_is_in_no_log_line(
    house: House, secret: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not where it is right, wrong, asked by another method, or where the page fails."""
    route_logs()
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        with capture_logs() as lines:
            for method in ("GET", "HEAD", "POST", "TRACE"):
                ask(address(secret), method)
                ask(address("zqx" + secret[3:]), method)
            monkeypatch.setattr(views, "calendar_of", _fails)
            client = browser(raise_request_exception=False)
            assert client.get(address(secret)).status_code == 500
    finally:
        logging.getLogger().setLevel(logging.WARNING)
    assert len(lines) > 4
    said = "".join(map(str, lines)) + "".join(capsys.readouterr())
    assert [word for word in (secret, secret[3:], "calendar/") if word in said] == []


def _fails(*_given: object, **_named: object) -> None:
    raise ValueError("zqx")


def test_what_a_partner_writes_is_one_value_in_a_calendar(house: House, secret: str) -> None:
    held = Account.objects.get(account="liaison")
    held.preferences = {"calendar_titles": True, "calendar_places": True}
    held.save()
    starts = house.rabat.node.clock.now() + 30 * 86_400_000
    bent = "x\r\nATTENDEE:mailto:zqx@elsewhere.example\nEND:VEVENT\nBEGIN:VALARM\nATTACH:https://elsewhere.example/"
    house.act(
        "fr.dgpn",
        "chef",
        {
            "action": "meeting.convene",
            "to": [RABAT],
            "unit": "desk",
            "title": bent,
            "language": "fr",
            "coded": {"form": "meeting", "level": "expert", "starts": starts, "ends": starts},
            "detail": {"place": bent},
        },
    )
    answer = ask(address(secret))
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert any("zqx" in line for line in lines)
    assert [line for line in lines if line.startswith(("ATTENDEE", "ATTACH", "BEGIN:VALARM"))] == []
    held.preferences = {}
    held.save()


def test_a_feed_is_bounded(house: House, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(house, days=10)
    monkeypatch.setattr(views, "MOST_EVENTS", 3)
    assert ask(address(secret)).content.count(b"BEGIN:VEVENT") == 3
