# SPDX-License-Identifier: EUPL-1.2
"""A confirmed partner that signs, seals and orders everything as it should, and says whatever it likes in it.

Nothing but a receipt comes of it: no error leaves the endpoint, every page opens afterwards, the node verifies and
rebuilds to the same rows, and what it exchanges with a third agency goes on. Each case is a seed and can be played again.
"""

from __future__ import annotations

import contextlib
import unicodedata
from datetime import UTC
from pathlib import Path

import pytest

from amana.cli.pages.dossiers import dossier_lines, inbox_lines
from amana.dossiers.shared.public_text import parse_code
from amana.node.access import open_scope
from amana.node.ports import Writing
from amana.node.queries.assessments import list_assessments, show_assessment
from amana.node.queries.briefing import draw_briefing
from amana.node.queries.calendar import calendar_of
from amana.node.queries.communiques import list_communiques, show_communique
from amana.node.queries.decisions import Asked, list_decisions
from amana.node.queries.dossiers import list_dossiers
from amana.node.queries.inbox import list_inbox
from amana.node.queries.meetings import list_meetings, show_meeting
from amana.node.queries.published import find_code
from amana.node.rebuilding import rebuild
from amana.node.verifying import verify_node
from amana.node.verifying_derived import copy_facts
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.errors import Refusal
from amana.protocol.sync import Notice
from amana.simulation.agency import DESK
from amana.storage.memory.journal import MemoryJournal
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import create_database
from tests.attacks.inventing import Inventor
from tests.federation.acts import PARIS, TEMARA, agree, ask, shown
from tests.node.hostile import Forge, forge

STEPS = 10


def say_everything(f: Forge, seed: int) -> None:
    inventor = Inventor(f, seed)
    for number in range(STEPS):
        f.made.advance(1000)
        slots = inventor.slots(inventor.rng.choice([1, 2, 5, 12]))
        assert f.send(*slots) is Notice.NONE, (number, f.quarantined())


def read_every_page(f: Forge) -> None:
    """Every page that an officer may open, in each language; nothing on it commands a terminal."""
    scope = open_scope(f.victim.node, DESK)
    inbox, now = list_inbox(f.victim.node, scope), f.victim.clock.now()
    for language in ("ar", "fr", "en"):
        lines = list(inbox_lines(language, inbox, UTC))
        for row in f.victim.journal.read(lambda reading: reading.dossiers()):
            if row.kind != PARTNERSHIP:
                lines += dossier_lines(language, shown(f.made, PARIS, row.id), now, UTC)
        assert lines
        assert not {character for line in lines for character in line if unicodedata.category(character) == "Cc"} - set("\n\t")


@pytest.mark.parametrize("seed", range(24))
def test_whatever_a_confirmed_partner_says_is_receipted_and_breaks_nothing(seed: int) -> None:
    f = forge()
    say_everything(f, seed)
    scope = open_scope(f.victim.node, DESK)
    list_inbox(f.victim.node, scope)
    list_dossiers(f.victim.node, scope)
    for row in f.victim.journal.read(lambda reading: reading.dossiers()):
        if row.kind != PARTNERSHIP:
            shown(f.made, PARIS, row.id)
    read_every_page(f)
    assert f.health()["quarantined"] == 0
    found = f.victim.verify()
    assert found.first_failure is None
    f.victim.rebuild()
    again = f.victim.verify()
    assert again.first_failure is None
    assert (again.logs, again.entries, again.dossiers) == (found.logs, found.entries, found.dossiers)


def on_file(f: Forge, path: Path) -> OrmJournal:
    """Let the victim go on over a database file that holds what its memory held."""
    create_database(path)
    journal, facts = OrmJournal(path), f.victim.journal.copy()

    def fill(writing: Writing) -> None:
        facts.read(lambda reading: copy_facts(reading, writing))
        rebuild(writing, f.victim.code)

    journal.write(fill)
    f.victim.journal = journal  # type: ignore[assignment]  # the same port
    f.victim.start()
    return journal


@pytest.mark.parametrize("seed", range(300, 304))
def test_the_same_over_a_database_file(seed: int, tmp_path: Path) -> None:
    f = forge()
    with on_file(f, tmp_path / "node.db") as journal:
        say_everything(f, seed)
        assert verify_node(journal, f.victim.fence, MemoryJournal(), f.victim.code).first_failure is None
        journal.write(lambda writing: rebuild(writing, f.victim.code))
        assert verify_node(journal, f.victim.fence, MemoryJournal(), f.victim.code).first_failure is None


@pytest.mark.parametrize("seed", range(100, 106))
def test_whatever_a_confirmed_partner_says_the_others_go_on(seed: int) -> None:
    """An agreement between the two others alone, a request under it, its answer, all receipted."""
    f = forge()
    agreement = agree(f.made, PARIS, TEMARA)
    say_everything(f, seed)
    dossier = ask(f.made, PARIS, TEMARA, marking={"agreement": agreement.hex()})
    for _ in range(4):
        f.made.exchange(PARIS, TEMARA)
        f.made.exchange(TEMARA, PARIS)
    f.made.act(TEMARA, DESK, {"action": "information_request.answer", "dossier": dossier.hex(), "text": "Voilà."})
    for _ in range(4):
        f.made.exchange(TEMARA, PARIS)
        f.made.exchange(PARIS, TEMARA)
    assert shown(f.made, PARIS, dossier)["stage"] == "answered"


@pytest.mark.parametrize("seed", range(200, 204))
def test_an_officer_is_refused_with_a_reason_or_served_in_every_dossier(seed: int) -> None:
    f = forge()
    say_everything(f, seed)
    for row in f.victim.journal.read(lambda reading: reading.dossiers()):
        for action in ("information_request.acknowledge", "information_request.answer", "agreement.consent", "agreement.suspend", "note"):
            more = {"coded": {"code": "other"}} if action.endswith("suspend") else {"text": "Vu."}
            with contextlib.suppress(Refusal):
                f.made.act(PARIS, DESK, {"action": action, "dossier": row.id.hex(), **more})
    assert f.victim.verify().ok


@pytest.mark.parametrize("seed", range(400, 408))
def test_whatever_a_confirmed_partner_says_what_is_written_together_is_shown(seed: int) -> None:
    """Lists and pages of meetings, communiqués and assessments, decisions, briefing and calendar open afterwards."""
    f = forge()
    say_everything(f, seed)
    node, scope = f.victim.node, open_scope(f.victim.node, DESK)
    list_meetings(node, scope)
    list_communiques(node, scope)
    list_assessments(node, scope)
    list_decisions(node, scope, Asked())
    calendar_of(node, scope)
    shows = {"meeting": (show_meeting, draw_briefing), "communique": (show_communique,), "threat_assessment": (show_assessment,)}
    for row in f.victim.journal.read(lambda reading: reading.dossiers()):
        for show in shows.get(row.kind, ()):
            with contextlib.suppress(Refusal):  # an opening that was refused is no meeting
                show(node, scope, row.id)
    with pytest.raises(Refusal, match="unknown_public_code"):
        find_code(node, scope, parse_code("J04S-H7RT-V32E-K0YR-8"))
