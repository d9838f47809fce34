# SPDX-License-Identifier: EUPL-1.2
"""What is due is erased: afterwards no byte of any file of the node has it, and every proof still holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amana.compose.checking import rebuild_directory, verify_directory
from amana.compose.opening import OpenNode, open_node
from amana.compose.verbs import VERBS
from amana.node.actions.act import act
from tests.compose.pairs import PARIS, RABAT, both_open, exchange, make_partners
from tests.federation.acts import DAY

TERMS = {
    "areas": ["drugs", "public_order"],
    "forms": ["information", "event_security"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["drugs", "public_order"], "forms": ["information", "event_security"]}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": DAY // 3}},
}
NEEDLES = ("Aiguille-Titre", "Aiguille-Texte", "+33639981234", "Aiguille-Note")
KEPT = "Aiguille-Gardée"


def say(opened: OpenNode, action: str, **more: Any) -> Any:
    return act(opened.node, "desk", {"action": action, "language": "fr", **more})


def found(directory: Path, needles: tuple[str, ...] = NEEDLES) -> set[str]:
    """The needles in any byte of any file of a node."""
    held = b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())
    return {needle for needle in needles if needle.encode() in held}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Rabat and Paris under an agreement."""
    make_partners(tmp_path)
    with both_open(tmp_path) as (rabat, paris):
        agreement = say(rabat, "agreement.propose", to=[PARIS], title="Accord", coded=TERMS).dossier
        exchange(rabat, paris)
        say(paris, "agreement.consent", dossier=agreement.hex())
        exchange(rabat, paris)
    return tmp_path


def ask(rabat: OpenNode, **marking: Any) -> Any:
    phone = {"type": "phone", "value": {"number": NEEDLES[2], "remarks": "numéro inventé"}, "grade": "B2", "fact": True}
    coded = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
    done = say(
        rabat, "information_request.request", to=[PARIS], title=NEEDLES[0], text=NEEDLES[1], items=[phone], coded=coded, marking=marking
    )
    say(rabat, "note", dossier=done.dossier.hex(), text=NEEDLES[3])
    return done.dossier


def test_after_its_date_nothing_of_a_dossier_is_in_any_byte(home: Path) -> None:
    with both_open(home) as (rabat, paris):
        now = rabat.node.clock.now()
        ask(rabat, erase_on=now + DAY)
        say(
            rabat,
            "information_request.request",
            to=[PARIS],
            title=KEPT,
            coded={"area": "drugs", "types": ["information"], "urgency": "ordinary"},
        )
        exchange(rabat, paris)
        assert VERBS["sweep"](rabat, {})["erased"] == 0
        looked = VERBS["sweep"](rabat, {"at": now + 2 * DAY, "dry_run": True})
        assert (looked["erased"], looked["next_due"] > now + 2 * DAY) == (1, True)
        for opened in (rabat, paris):
            assert VERBS["sweep"](opened, {"at": now + 2 * DAY})["erased"] == 1
            assert VERBS["sweep"](opened, {"at": now + 2 * DAY})["erased"] == 0
    for code in (RABAT, PARIS):
        assert found(home / code) == set()
        assert found(home / code, (KEPT,)) == {KEPT}
        assert verify_directory(home / code)["ok"]
        rebuild_directory(home / code)
        assert verify_directory(home / code)["ok"]


def test_what_speaks_of_persons_in_an_event_goes_by_its_date_and_its_figures_stay(home: Path) -> None:
    with both_open(home) as (rabat, paris):
        now = rabat.node.clock.now()
        announced = {"starts": now - DAY, "ends": now, "erase_on": now + DAY}
        event = say(rabat, "major_event.announce", to=[PARIS], title="Événement", coded=announced).dossier
        day = say(rabat, "event_day.open", title="Journée", coded={"event": event.hex(), "day": now // DAY * DAY}).dossier
        exchange(rabat, paris)
        line = {"at": now, "category": "apprehension", "number": 2}
        say(paris, "event_day.line", dossier=day.hex(), text=NEEDLES[1], coded=line)
        incident = {"event": event.hex(), "at": now, "type": "theft", "urgency": "future", "severity": "minor", "certainty": "observed"}
        say(rabat, "event_incident.report", title=NEEDLES[0], coded=incident)
        exchange(rabat, paris)
        asked = {"officer": "desk", "event": event.hex(), "starts": now - DAY, "ends": now + DAY}
        before = VERBS["situation"](rabat, asked)["figures"]
        assert (before["apprehensions"], before["incidents"]) == (2, 1)
        for opened in (rabat, paris):
            assert VERBS["sweep"](opened, {"at": now + 2 * DAY})["erased"] == 2
        assert VERBS["situation"](rabat, asked)["figures"] == before
    for code in (RABAT, PARIS):
        assert found(home / code) == set()
        assert found(home / code, ("Événement",)) == {"Événement"}
        assert verify_directory(home / code)["ok"]


def test_the_draft_from_which_an_entry_was_sent_goes_with_it(home: Path) -> None:
    with both_open(home) as (rabat, paris):
        now = rabat.node.clock.now()
        coded = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
        given = {"to": [PARIS], "title": NEEDLES[0], "coded": coded, "marking": {"erase_on": now + DAY}, "keep": True}
        draft = say(rabat, "information_request.request", **given).draft
        say(rabat, "release", draft=draft.hex())
        exchange(rabat, paris)
        assert found(home / RABAT) == {NEEDLES[0]}
        VERBS["sweep"](rabat, {"at": now + 2 * DAY})
    assert found(home / RABAT) == set()
    rebuild_directory(home / RABAT)
    assert verify_directory(home / RABAT)["ok"]


def test_of_many_dossiers_no_word_that_anybody_left_is_in_any_byte(home: Path) -> None:
    """Pages of the database fill, split and are moved: what lay in them is gone with what was in its place."""
    coded = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
    with both_open(home) as (rabat, paris):
        now = rabat.node.clock.now()
        for number in range(60):
            phone = {"type": "phone", "value": {"number": NEEDLES[2], "remarks": "x" * (number * 7)}, "grade": "B2", "fact": True}
            given = {"to": [PARIS], "coded": coded, "marking": {"erase_on": now + DAY}}
            text = NEEDLES[1] + "y" * (number * 41 % 2500)
            done = say(rabat, "information_request.request", title=NEEDLES[0], text=text, items=[phone], **given)
            for _ in range(2):
                say(rabat, "note", dossier=done.dossier.hex(), text=NEEDLES[3] + "z" * (number * 53 % 2100))
            draft = say(rabat, "information_request.request", title=NEEDLES[0], text="w" * (number * 29 % 2000), keep=True, **given).draft
            if number % 3 == 0:
                say(rabat, "release", draft=draft.hex())
            elif number % 3 == 1:
                say(rabat, "discard", draft=draft.hex())
        exchange(rabat, paris)
        assert found(home / RABAT) == set(NEEDLES)
        for opened in (rabat, paris):
            VERBS["sweep"](opened, {"at": now + 2 * DAY})
    for code in (RABAT, PARIS):
        assert found(home / code) == set()
        rebuild_directory(home / code)
        assert verify_directory(home / code)["ok"]
        assert found(home / code) == set()


def test_a_note_that_was_written_after_everything_went_goes_with_the_next_sweep(home: Path) -> None:
    with open_node(home / RABAT) as rabat:
        now = rabat.node.clock.now()
        dossier = ask(rabat, erase_on=now + DAY)
        VERBS["sweep"](rabat, {"at": now + 2 * DAY})
        say(rabat, "note", dossier=dossier.hex(), text=NEEDLES[3])
        VERBS["sweep"](rabat, {"at": now + 2 * DAY})
    assert found(home / RABAT) == set()
    assert verify_directory(home / RABAT)["ok"]


def test_a_draft_that_was_never_sent_goes_with_its_event_or_after_ninety_days(home: Path) -> None:
    with open_node(home / RABAT) as rabat:
        now = rabat.node.clock.now()
        announced = {"starts": now - DAY, "ends": now, "erase_on": now + DAY}
        event = say(rabat, "major_event.announce", to=[PARIS], title="Événement", coded=announced).dossier
        incident = {"event": event.hex(), "at": now, "type": "theft", "urgency": "future", "severity": "minor", "certainty": "observed"}
        say(rabat, "event_incident.report", title=NEEDLES[0], coded=incident, keep=True)
        coded = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
        say(rabat, "information_request.request", to=[PARIS], title=KEPT, coded=coded, keep=True)
        VERBS["sweep"](rabat, {"at": now + 2 * DAY})
        assert found(home / RABAT, (NEEDLES[0], KEPT)) == {KEPT}
        VERBS["sweep"](rabat, {"at": now + 91 * DAY})
        assert found(home / RABAT, (NEEDLES[0], KEPT)) == set()
    assert verify_directory(home / RABAT)["ok"]


def test_what_is_retained_for_proceedings_stays(home: Path) -> None:
    with both_open(home) as (rabat, paris):
        now = rabat.node.clock.now()
        dossier = ask(rabat, erase_on=now + DAY)
        exchange(rabat, paris)
        recall = say(
            rabat, "information_request.recall_request", dossier=dossier.hex(), coded={"entry": dossier.hex(), "code": "incorrect"}
        )
        exchange(rabat, paris)
        answer = {"recall": recall.entry.hex(), "code": "retained_for_proceedings"}
        say(paris, "information_request.recall_answer", dossier=dossier.hex(), coded=answer)
        VERBS["sweep"](paris, {"at": now + 2 * DAY})
    assert NEEDLES[1] in found(home / PARIS)
    with open_node(home / PARIS) as paris:
        assert paris.node.code == PARIS
