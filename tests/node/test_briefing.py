# SPDX-License-Identifier: EUPL-1.2
"""The briefing file before a meeting: what is in it, what another compartment keeps out of it, and that it never leaves."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.plain import from_plain
from amana.node.access import add_officer, open_scope
from amana.node.briefs import MOST_LINES, Brief
from amana.node.local import BriefingKept, OfficerAdded
from amana.node.queries.briefing import draw_briefing, printed_brief, show_briefing
from amana.node.queries.dossiers import show_dossier
from amana.node.rebuilding import rebuild
from amana.node.retention import erase_bodies
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, LEVALLOIS, PARIS, RABAT, agree, ask, federation, say
from tests.node.journals import dump
from tests.node.test_meetings import HEAD, act, at, convene, decide

NEEDLE = "PRIVATEBRIEFING7"
SECRET = "TERROFILE9"
TERRO, BOTH = "terro", "both"


@pytest.fixture
def made() -> Federation:
    """Two agencies with an agreement; Rabat has a second compartment and a supervisor who sees both."""
    made = federation(RABAT, PARIS)
    for code in (RABAT, PARIS):
        add_officer(made[code].node, OfficerAdded(name="", role="supervisor", units=("desk",), account=HEAD, language="fr"))
    for account, units in ((TERRO, ("terrorism",)), (BOTH, ("desk", "terrorism"))):
        add_officer(made[RABAT].node, OfficerAdded(name="", role="supervisor", units=units, account=account, language="fr"))
    agree(made, RABAT, PARIS)
    return made


def drawn(made: Federation, meeting: DossierId, account: str = HEAD, code: str = RABAT, **more: Any) -> dict[str, list[dict[str, Any]]]:
    shown = draw_briefing(*at(made, code, account), meeting, **more)
    return {section["code"]: section.get("lines", []) for section in shown["brief"]["sections"]}


def texts(lines: list[dict[str, Any]]) -> list[str]:
    return [line.get("text", "") for line in lines]


def keep(made: Federation, meeting: DossierId, account: str = HEAD, *, own: str = "", units: tuple[str, ...] | None = None) -> None:
    """Keep the file as drawn, with words of one's own among the points."""
    brief = draw_briefing(*at(made, RABAT, account), meeting)["brief"]
    sections = [section | ({"text": own, "language": "fr"} if section["code"] == "points" and own else {}) for section in brief["sections"]]
    given = brief | {"sections": sections} | ({} if units is None else {"units": list(units)})
    made.act(RABAT, account, {"action": "brief", "dossier": meeting.hex(), "detail": given})


def hidden(made: Federation) -> DossierId:
    """A request of Rabat that lies with another compartment."""
    dossier = ask(made, RABAT, PARIS, title=SECRET)
    made.act(RABAT, BOTH, {"action": "assign", "dossier": dossier.hex(), "unit": "terrorism"})
    made.settle()
    return dossier


class TestDrawing:
    def test_who_owes_what_is_told_by_whose_turn_it_is(self, made: Federation) -> None:
        ours, theirs = ask(made, RABAT, PARIS, title="Ligne téléphonique"), ask(made, PARIS, RABAT, title="Camion")
        visit = convene(made, RABAT, PARIS)
        for code, awaited, owed in ((RABAT, ours, theirs), (PARIS, theirs, ours)):
            sections = drawn(made, visit, code=code)
            assert [line["dossier"] for line in sections["owed_by_partners"]] == [awaited.hex()]
            assert [line["dossier"] for line in sections["owed_by_us"]] == [owed.hex()]
            assert sections["owed_by_us"][0]["agency"] == code

    def test_what_is_overdue_comes_first_and_is_a_point(self, made: Federation) -> None:
        late = ask(made, RABAT, PARIS, title="En retard")
        made.settle()
        made.advance(400 * DAY)
        ask(made, RABAT, PARIS, title="À temps")
        visit = convene(made, RABAT, PARIS)
        sections = drawn(made, visit)
        assert texts(sections["owed_by_partners"]) == ["En retard", "À temps"]
        assert [line.get("urgent", False) for line in sections["owed_by_partners"]] == [True, False]
        assert next((line["code"], line["dossier"]) for line in sections["points"]) == ("overdue", late.hex())

    def test_open_decisions_come_with_their_owner_and_last_word(self, made: Federation) -> None:
        first = convene(made, RABAT, PARIS, starts=DAY)
        decision = decide(made, first, PARIS, RABAT, PARIS)
        act(made, PARIS, "progress", first, text="Magistrat saisi.", coded={"of": decision.hex(), "state": "in_progress"})
        made.advance(5 * DAY)
        second = convene(made, PARIS, RABAT)
        sections = drawn(made, second)
        (line,) = sections["decisions"]
        assert (line["code"], line["agency"], line["state"], line["last"]) == ("decision", PARIS, "in_progress", "Magistrat saisi.")
        assert [one["code"] for one in sections["points"]] == ["carried"]
        act(made, PARIS, "progress", first, coded={"of": decision.hex(), "state": "done"})
        made.settle()
        assert drawn(made, second)["decisions"] == []

    def test_figures_count_what_was_asked_either_way(self, made: Federation) -> None:
        for _ in range(2):
            answered = ask(made, RABAT, PARIS)
            made.settle()
            say(made, PARIS, "information_request.answer", answered, text="Voilà.")
        ask(made, PARIS, RABAT)
        visit = convene(made, RABAT, PARIS)
        sections = drawn(made, visit)
        out = {line["code"]: line for line in sections["figures_out"]}
        assert (out["asked"]["value"], out["answered"]["value"], out["median"]["state"]) == (2, 2, "few")
        assert {line["code"]: line.get("value", 0) for line in sections["figures_in"]}["open"] == 1

    def test_figures_begin_at_the_last_meeting_where_that_is_asked(self, made: Federation) -> None:
        ask(made, RABAT, PARIS)
        made.settle()
        convene(made, RABAT, PARIS, starts=DAY)
        made.advance(5 * DAY)
        ask(made, RABAT, PARIS)
        visit = convene(made, RABAT, PARIS)
        for since_previous, count in ((False, 2), (True, 1)):
            assert drawn(made, visit, since_previous=since_previous)["figures_out"][0]["value"] == count

    def test_an_unread_point_of_the_agenda_is_proposed(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        act(made, PARIS, "agenda_point", visit, title="Bilan", coded={"language": "fr", "area": "drugs", "lead": RABAT})
        made.settle()
        assert [(one["code"], one["text"]) for one in drawn(made, visit)["points"]] == [("agenda", "Bilan")]
        act(made, RABAT, "agree", visit, coded={"versions": [drawn(made, visit)["points"][0]["entry"]]})
        assert drawn(made, visit)["points"] == []

    def test_no_section_is_longer_than_a_file_may_be(self, made: Federation) -> None:
        for number in range(MOST_LINES + 3):
            ask(made, RABAT, PARIS, title=f"Demande {number}")
        visit = convene(made, RABAT, PARIS)
        section = next(one for one in draw_briefing(*at(made, RABAT), visit)["brief"]["sections"] if one["code"] == "owed_by_partners")
        assert (len(section["lines"]), section["more"]) == (MOST_LINES, 3)
        keep(made, visit)

    @pytest.mark.parametrize("account", [TERRO, ADMINISTRATOR])
    def test_a_meeting_of_another_unit_is_like_none(self, made: Federation, account: str) -> None:
        visit = convene(made, RABAT, PARIS)
        for query in (draw_briefing, show_briefing):
            with pytest.raises(Refusal) as caught:
                query(*at(made, RABAT, account), visit)
            assert caught.value.code == "not_found"

    def test_a_dossier_of_another_kind_has_no_file(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        with pytest.raises(Refusal) as caught:
            draw_briefing(*at(made, RABAT), dossier)
        assert caught.value.code == "not_found"
        with pytest.raises(Refusal):
            made.act(
                RABAT,
                HEAD,
                {"action": "brief", "dossier": dossier.hex(), "detail": {"since": 1, "units": ["desk"], "drawn_at": 1, "sections": []}},
            )


class TestCompartments:
    def test_another_compartment_shows_in_no_line_and_no_figure(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        before = drawn(made, visit)
        secret = hidden(made)
        assert drawn(made, visit) == before
        seen = drawn(made, visit, BOTH)
        assert secret.hex() in {line["dossier"] for line in seen["owed_by_partners"]}
        assert seen["figures_out"] != before["figures_out"]

    def test_a_file_that_holds_it_is_read_by_nobody_else(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        keep(made, visit, HEAD, own="commun")
        hidden(made)
        keep(made, visit, BOTH, own=NEEDLE)
        assert NEEDLE in str(show_briefing(*at(made, RABAT, BOTH), visit))
        shown = show_briefing(*at(made, RABAT, HEAD), visit)
        assert (shown["author"], NEEDLE in str(shown), SECRET in str(shown)) == (HEAD, False, False)

    def test_its_author_cannot_open_it_to_others_by_what_he_says(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        hidden(made)
        keep(made, visit, BOTH, units=("desk",))
        assert show_briefing(*at(made, RABAT, HEAD), visit)["brief"] is None

    def test_a_line_whose_dossier_went_to_another_unit_goes_with_it(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS, title=SECRET)
        visit = convene(made, RABAT, PARIS)
        keep(made, visit)
        assert SECRET in str(show_briefing(*at(made, RABAT), visit))
        made.act(RABAT, BOTH, {"action": "assign", "dossier": dossier.hex(), "unit": "terrorism"})
        assert SECRET not in str(show_briefing(*at(made, RABAT), visit))

    def test_words_of_what_one_may_not_see_are_not_kept(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        secret = hidden(made)
        line = {"code": "owed", "dossier": secret.hex(), "text": "deviné"}
        given = {"since": 1, "units": ["desk"], "drawn_at": 1, "sections": [{"code": "points", "lines": [line]}]}
        with pytest.raises(Refusal) as caught:
            made.act(RABAT, HEAD, {"action": "brief", "dossier": visit.hex(), "detail": given})
        assert caught.value.code == "not_found"


class TestKeeping:
    def test_it_is_found_again_and_made_again_by_a_rebuild(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        keep(made, visit, own="Remercier.")
        shown = show_briefing(*at(made, RABAT), visit)
        assert (shown["author"], "Remercier." in str(shown["brief"])) == (HEAD, True)
        node = made[RABAT].node
        assert made[RABAT].verify().first_failure is None
        before = node.journal.read(lambda reading: reading.records("briefing"))
        node.journal.write(lambda writing: rebuild(writing, node.code))
        assert node.journal.read(lambda reading: reading.records("briefing")) == before
        assert made[RABAT].verify().first_failure is None

    def test_a_changed_record_is_found(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        keep(made, visit)
        node = made[RABAT].node
        (row,) = node.journal.read(lambda reading: reading.records("briefing"))
        node.journal.write(lambda writing: writing.store_records([row._replace(value=row.value + b"x")]))
        assert made[RABAT].verify().first_failure is not None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"sections": [{"code": "points", "text": "x" * 20_001}]},
            {"sections": [{"code": "points", "lines": [{"code": "owed", "text": "x" * 4_001}]}]},
            {"sections": [{"code": "points", "lines": [{"code": "owed"}] * (MOST_LINES + 1)}]},
            {"sections": [{"code": "points"}] * 13},
            {"sections": [{"code": "Points!"}]},
            {"sections": [{"code": "points", "lines": [{"code": "owed", "value": -1}]}]},
            {"units": ["a b"]},
            {"since": "yesterday"},
        ],
    )
    def test_what_could_not_be_read_again_is_not_kept(self, made: Federation, wrong: dict[str, Any]) -> None:
        visit = convene(made, RABAT, PARIS)
        given = {"since": 1, "units": ["desk"], "drawn_at": 1, "sections": []} | wrong
        with pytest.raises(Refusal) as caught:
            made.act(RABAT, HEAD, {"action": "brief", "dossier": visit.hex(), "detail": given})
        assert caught.value.code == "bad_values"

    def test_a_body_that_is_destroyed_takes_its_words_out_of_every_file(self, made: Federation) -> None:
        dossier = ask(made, PARIS, RABAT, title=SECRET)
        made.settle()
        visit = convene(made, RABAT, PARIS)
        for account in (HEAD, BOTH):
            keep(made, visit, account, own="à garder")
            keep(made, visit, account, own="à garder encore")
        node = made[RABAT].node
        row = node.journal.read(lambda reading: reading.entry(EntryId(dossier)))
        assert row is not None
        node.journal.write(lambda writing: erase_bodies(writing, node, HEAD, [row], "recalled"))
        contents = [row.content for row in dump(made[RABAT].journal)["local"].values() if row.type == "briefing_kept"]
        assert contents.count(None) == 4
        assert all(SECRET.encode() not in content for content in contents if content is not None)
        for account in (HEAD, BOTH):
            shown = show_briefing(*at(made, RABAT, account), visit)
            assert ("à garder encore" in str(shown), SECRET in str(shown)) == (True, False)
        assert made[RABAT].verify().first_failure is None

    def test_a_file_that_is_kept_holds_what_its_event_holds(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        keep(made, visit, own="Remercier.")
        (row,) = made[RABAT].node.journal.read(lambda reading: reading.local_of(visit, "briefing_kept"))
        assert row.content is not None
        brief = parse(row.content, BriefingKept).brief
        assert from_plain(show_briefing(*at(made, RABAT), visit)["brief"], Brief) == brief


def test_nothing_of_it_leaves_the_node(made: Federation) -> None:
    """What the officer wrote is in no partner's journal, in no entry, no dossier as shown, whatever happens afterwards."""
    visit = convene(made, RABAT, PARIS)
    keep(made, visit, own=NEEDLE)
    act(made, RABAT, "agenda_point", visit, title="Bilan", coded={"language": "fr", "area": "drugs", "lead": RABAT})
    act(
        made,
        RABAT,
        "reschedule",
        visit,
        coded={"starts": made[RABAT].node.clock.now() + 20 * DAY, "ends": made[RABAT].node.clock.now() + 21 * DAY},
    )
    made.settle()
    node, scope = at(made, RABAT)
    printed_brief(node, scope, visit, from_plain(show_briefing(node, scope, visit)["brief"], Brief))
    made.settle()
    assert NEEDLE.encode() not in repr(dump(made[PARIS].journal)).encode()
    assert {table for table, rows in dump(made[RABAT].journal).items() if NEEDLE in repr(rows)} == {"local", "records"}
    assert NEEDLE not in str(show_dossier(node, scope, visit))


def test_what_was_left_out_or_may_not_be_printed_stays_off_the_paper(made: Federation) -> None:
    ask(made, RABAT, PARIS, title="Libre")
    ask(made, RABAT, PARIS, title="Écartée")
    visit = convene(made, RABAT, PARIS)
    node, scope = at(made, RABAT)
    brief = draw_briefing(node, scope, visit)["brief"]
    for section in brief["sections"]:
        for line in section.get("lines", ()):
            line["off"] = line.get("text") == "Écartée"
    printed, _, withheld = printed_brief(node, scope, visit, from_plain(brief, Brief))
    shown = str(printed)
    assert ("Libre" in shown, "Écartée" in shown, withheld) == (True, False, 0)


def test_five_agencies_are_told_what_is_not_known_to_all() -> None:
    made = federation(RABAT, PARIS, LEVALLOIS)
    for code in (RABAT, PARIS, LEVALLOIS):
        add_officer(made[code].node, OfficerAdded(name="", role="supervisor", units=("desk",), account=HEAD, language="fr"))
    agree(made, RABAT, PARIS)
    ask(made, RABAT, PARIS, title="À deux")
    visit = convene(made, RABAT, PARIS, LEVALLOIS)
    (line,) = [one for one in drawn(made, visit)["owed_by_partners"] if one["text"] == "À deux"]
    assert line["unknown_to"] == [LEVALLOIS]
    assert all("unknown_to" not in one for one in drawn(made, visit)["owed_by_us"])
    assert open_scope(made[RABAT].node, DESK).account == DESK
