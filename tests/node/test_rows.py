# SPDX-License-Identifier: EUPL-1.2
"""One line of a list: reference, direction, clock, what is expected of us, what is new to the reader."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from amana.node.queries.dossiers import list_dossiers, show_dossier
from amana.node.queries.rows import year_of
from amana.protocol.identifiers import Millis
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, ask, require_at_rest, say
from tests.node.desks import COLLEAGUE, at, desks


@pytest.fixture
def made() -> Federation:
    return desks()


def line(made: Federation, code: str, dossier: bytes, account: str = DESK) -> dict[str, object]:
    rows = list_dossiers(*at(made, code, account))["dossiers"]
    return dict(next(row for row in rows if row["dossier"] == dossier.hex()))


@pytest.mark.parametrize("moment", ["1970-01-01", "1999-12-31", "2000-02-29", "2023-12-21", "2024-02-29", "2024-12-31", "9999-12-31"])
def test_the_year_is_the_calendars(moment: str) -> None:
    day = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert year_of(Millis(int(day.timestamp() * 1000))) == day.year


@pytest.mark.parametrize("moment", [0, 2**53 - 1, 2**62])
def test_no_moment_that_a_partner_may_send_stops_a_list(moment: int) -> None:
    assert year_of(Millis(moment)) >= 1970


def test_both_sides_give_a_dossier_the_same_reference(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    references = {line(made, code, dossier)["reference"] for code in (RABAT, PARIS)}
    assert references == {f"MA-DGSN/2026/{dossier.hex()[:6].upper()}"}


def test_it_is_outgoing_for_its_author_and_incoming_for_the_other(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    ours, theirs = line(made, RABAT, dossier), line(made, PARIS, dossier)
    assert (ours["direction"], ours["partners"], theirs["direction"], theirs["partners"]) == ("out", [PARIS], "in", [RABAT])
    assert (theirs["title_language"], theirs["opening"]) == ("fr", "request")


def test_the_clock_runs_from_delivery_and_stops_with_the_answer(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    assert (line(made, RABAT, dossier)["started_at"], line(made, RABAT, dossier)["clock"]) == (0, 0)
    made.settle()
    running = line(made, PARIS, dossier)
    assert running["clock"] == 3 * DAY
    assert running["clock_due"] == running["started_at"] + 3 * DAY  # type: ignore[operator]  # numbers, as the line above shows
    say(made, PARIS, "information_request.answer", dossier, text="Rien.")
    assert line(made, PARIS, dossier)["clock"] == 0


def test_what_others_said_is_new_until_one_opens_the_dossier_and_for_each_reader(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    assert line(made, RABAT, dossier)["new"] is False, "the partner's node says delivered by itself"
    say(made, PARIS, "information_request.acknowledge", dossier)
    made.settle()
    assert line(made, RABAT, dossier)["new"] is True
    assert show_dossier(*at(made), dossier, record=False)["new"] is True
    assert show_dossier(*at(made), dossier)["new"] is True
    assert line(made, RABAT, dossier)["new"] is False
    assert line(made, RABAT, dossier, COLLEAGUE)["new"] is True
    say(made, RABAT, "information_request.supplement", dossier, text="De plus.")
    assert line(made, RABAT, dossier)["new"] is False, "one's own word is not new"
    say(made, PARIS, "information_request.progress", dossier)
    made.settle()
    assert line(made, RABAT, dossier)["new"] is True


def test_what_one_has_seen_is_made_again_by_a_rebuild(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    say(made, PARIS, "information_request.acknowledge", dossier)
    made.settle()
    show_dossier(*at(made), dossier)
    require_at_rest(made)
    assert line(made, RABAT, dossier)["new"] is False


def test_the_last_word_is_a_persons(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    last = line(made, RABAT, dossier)["last"]
    assert isinstance(last, dict)
    assert (last["type"], last["author"]) == ("request", RABAT)
