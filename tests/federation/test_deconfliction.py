# SPDX-License-Identifier: EUPL-1.2
"""Two nodes compare what their operations touch: both learn what both hold, and the transcript shows nothing else of either.

The transcript is everything that a node holds of the other's words in the dossier, headers and bodies. What it cannot show by
itself, that blinded elements are uniform, is the standard's claim (tests/protocol/test_comparison.py has its vectors).
"""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.deconfliction.entries import Announce, Ask, Reply
from amana.dossiers.fold import parse_coded
from amana.dossiers.kind import Coded
from amana.dossiers.shared.points import Point, tokens_of
from amana.node.comparing import load_fixed, load_found
from amana.node.local_operations import ComparisonFound
from amana.node.ports import Reading
from amana.node.sweeping import sweep
from amana.protocol.canonical import parse
from amana.protocol.comparison import Answer, Comparison, Question, announce, require_announced
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, TERMS, federation

HOUR = 3_600_000
SECRET_PHONE = "+212600000111"
SHARED = {"kind": "phone", "value": "+33 6 00 00 00 22", "label": "B-7"}


def place(made: Federation, **more: Any) -> dict[str, Any]:
    starts = made.timeline.now // HOUR * HOUR + 30 * HOUR
    return {"kind": "place_and_time", "latitude": 3_578_000, "longitude": -581_000, "starts": starts, "ends": starts + 2 * HOUR, **more}


def begun(*codes: str) -> tuple[Federation, str, str]:
    """An operation between two, and its deconfliction, that nobody has announced in."""
    made = federation(*codes or (RABAT, PARIS))
    terms = {
        **TERMS,
        "forms": ["information", "joint_operation"],
        "articles": [{"number": "1", "areas": ["drugs"], "forms": ["joint_operation"]}],
    }
    agreed = made.act(RABAT, DESK, {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "coded": terms})
    made.settle()
    assert agreed.dossier is not None
    made.act(PARIS, DESK, {"action": "agreement.consent", "dossier": agreed.dossier.hex(), "coded": {}})
    made.settle()
    now = made.timeline.now
    coded = {"area": "drugs", "starts": now + DAY, "ends": now + 2 * DAY}
    operation = made.act(RABAT, DESK, {"action": "joint_operation.propose", "to": [PARIS], "title": "Détroit", "coded": coded})
    made.settle()
    assert operation.dossier is not None
    opened = made.act(
        RABAT, DESK, {"action": "deconfliction.begin", "to": [PARIS], "title": "Avant", "coded": {"operation": operation.dossier.hex()}}
    )
    made.settle()
    assert opened.dossier is not None
    return made, operation.dossier.hex(), opened.dossier.hex()


def note(made: Federation, code: str, operation: str, *points: dict[str, Any]) -> None:
    made.act(code, DESK, {"action": "annex", "dossier": operation, "detail": {"points": list(points)}})


def found(made: Federation, code: str, dossier: str, round: int = 1) -> ComparisonFound | None:
    return made[code].node.journal.read(lambda reading: load_found(reading, DossierId(bytes.fromhex(dossier)), round))


def compared() -> tuple[Federation, str, str]:
    made, operation, dossier = begun()
    note(made, RABAT, operation, {"kind": "phone", "value": SECRET_PHONE, "label": "A-1"}, SHARED, place(made, radius=500, label="quai"))
    note(made, PARIS, operation, {**SHARED, "value": "0033600000022", "label": "P-9"}, place(made, label="hangar"))
    for code in (RABAT, PARIS):
        made.act(code, DESK, {"action": "deconflict", "dossier": dossier})
        made.settle()
    return made, operation, dossier


def held_of(made: Federation, code: str, dossier: str) -> list[tuple[str, str, bytes, bytes]]:
    """Author, type, header and body of all that a node holds of the dossier."""

    def ask(reading: Reading) -> list[tuple[str, str, bytes, bytes]]:
        rows = reading.entries([row.id for row in reading.dossier_entries(DossierId(bytes.fromhex(dossier)))])
        return [(row.author, row.type, row.header, row.body) for row in rows.values()]

    return made[code].node.journal.read(ask)


def test_both_learn_what_both_hold_and_of_which_own_points() -> None:
    made, _, dossier = compared()
    for code, points in ((RABAT, (1, 2)), (PARIS, (0, 1))):
        outcome = found(made, code, dossier)
        assert outcome is not None
        assert (outcome.fault, outcome.points) == ("", points)
        assert outcome.count == 3  # the number, and two hours in one square
    assert made.converged().ok
    assert made[RABAT].verify().first_failure is None


def test_the_transcript_holds_counts_commitments_and_uniform_elements_and_no_byte_of_a_point() -> None:
    made, _, dossier = compared()
    transcript = held_of(made, PARIS, dossier)
    of_rabat = [one for one in transcript if one[0] == RABAT]
    assert sorted(one[1] for one in of_rabat) == ["announce", "ask", "begin", "reply"]
    fixed = made[RABAT].node.journal.read(lambda reading: load_fixed(reading, DossierId(bytes.fromhex(dossier)), 1))
    assert fixed is not None
    tokens = tokens_of(fixed.points)
    both = set(tokens) & set(tokens_of(_points(made, PARIS, dossier)))
    for _, _, header, body in transcript:
        for secret in (*tokens, fixed.asks, fixed.answers, SECRET_PHONE[1:].encode(), b"A-1", b"quai"):
            assert secret not in header + body
    shapes: dict[str, type[Coded]] = {"announce": Announce, "ask": Ask, "reply": Reply}
    for author, type, header, body in transcript:
        if type not in shapes:
            continue
        said = parse_coded(parse_header(header).coded, shapes[type])
        assert said is not None
        detail = parse_body(body).detail
        count = len(tokens) if author == RABAT else len(tokens_of(_points(made, PARIS, dossier)))
        other = len(tokens_of(_points(made, PARIS, dossier))) if author == RABAT else len(tokens)
        match type:
            case "announce":
                assert detail == b""
            case "ask":
                assert len(parse(detail, Question).elements) == count
            case _:
                answered = parse(detail, Answer)
                assert (len(answered.index), len(answered.evaluated)) == (count, other)
    assert len(both) == 3


def _points(made: Federation, code: str, dossier: str) -> tuple[Point, ...]:
    fixed = made[code].node.journal.read(lambda reading: load_fixed(reading, DossierId(bytes.fromhex(dossier)), 1))
    assert fixed is not None
    return fixed.points


def test_two_sets_of_as_many_tokens_leave_the_other_side_the_same_sizes_whatever_is_in_them() -> None:
    """What Paris holds of Rabat has the same shape for two sets of the same count with nothing in common with its own."""
    shapes = []
    for value in ("+212600000111", "+34 600 00 00 99"):
        made, operation, dossier = begun()
        note(made, RABAT, operation, {"kind": "phone", "value": value})
        note(made, PARIS, operation, {"kind": "vehicle", "value": "AB-123-CD", "country": "FR"})
        for code in (RABAT, PARIS):
            made.act(code, DESK, {"action": "deconflict", "dossier": dossier})
            made.settle()
        outcome = found(made, PARIS, dossier)
        assert outcome is not None
        assert (outcome.count, outcome.fault) == (0, "")
        shapes.append(sorted((author, type, len(parse_body(body).detail)) for author, type, _, body in held_of(made, PARIS, dossier)))
    assert shapes[0] == shapes[1]


def test_nobody_asks_before_both_have_announced_and_nothing_is_sent_without_an_officer() -> None:
    made, operation, dossier = begun()
    note(made, RABAT, operation, SHARED)
    made.act(RABAT, DESK, {"action": "deconflict", "dossier": dossier})
    made.settle()
    assert [one[1] for one in held_of(made, PARIS, dossier) if one[1] in ("ask", "reply")] == []
    with pytest.raises(Refusal, match="comparison_nothing"):
        made.act(PARIS, DESK, {"action": "deconflict", "dossier": dossier})


def test_a_node_that_stopped_between_question_and_answer_says_so_and_another_round_is_compared() -> None:
    made, operation, dossier = begun()
    for code in (RABAT, PARIS):
        note(made, code, operation, SHARED)
    made.act(RABAT, DESK, {"action": "deconflict", "dossier": dossier})
    made.settle()
    made.act(PARIS, DESK, {"action": "deconflict", "dossier": dossier})
    made.crash(PARIS)
    made.settle()
    outcome = found(made, PARIS, dossier)
    assert outcome is not None
    assert outcome.fault == "comparison_lost"
    for code in (PARIS, RABAT):
        made.act(code, DESK, {"action": "deconflict", "dossier": dossier})
        made.settle()
    for code in (PARIS, RABAT):
        second = found(made, code, dossier, 2)
        assert second is not None
        assert (second.count, second.fault) == (1, "")


@pytest.mark.parametrize(("made_up", "check"), [(b"", 0), (b"\x00" * 40, 1)])
def test_an_answer_that_fails_a_check_is_not_used_and_says_which(monkeypatch: pytest.MonkeyPatch, made_up: bytes, check: int) -> None:
    made, operation, dossier = begun()
    for code in (RABAT, PARIS):
        note(made, code, operation, SHARED)
    made.act(RABAT, DESK, {"action": "deconflict", "dossier": dossier})
    made.settle()
    if made_up:
        monkeypatch.setattr("amana.node.comparing.answer", lambda *_, **__: made_up)
    else:
        monkeypatch.setattr("amana.node.comparing.answer", _refusing)
    made.act(PARIS, DESK, {"action": "deconflict", "dossier": dossier})
    made.settle()
    outcome = found(made, RABAT, dossier)
    assert (outcome is None) == (not made_up)  # what is not answered is not found either
    assert outcome is None or (outcome.check, outcome.count, outcome.points) == (check, 0, ())
    assert made[RABAT].verify().first_failure is None


def _refusing(*_: object, **__: object) -> bytes:
    raise PeerFault("comparison_element", check=3)


def test_the_set_that_was_fixed_can_be_opened_to_an_inspector_for_a_year_and_not_after() -> None:
    made, _, dossier = compared()
    id = DossierId(bytes.fromhex(dossier))
    fixed = made[RABAT].node.journal.read(lambda reading: load_fixed(reading, id, 1))
    assert fixed is not None
    tokens = tokens_of(fixed.points)
    header = next(header for author, type, header, _ in held_of(made, PARIS, dossier) if (author, type) == (RABAT, "announce"))
    said = parse_coded(parse_header(header).coded, Announce)
    assert isinstance(said, Announce)
    comparison = Comparison(asker=AgencyCode(RABAT), round=1, dossier=EntryId(id), answerer=AgencyCode(PARIS))
    require_announced(comparison, said.asks, tokens, secret=fixed.asks)
    assert said.asks == announce(comparison, tokens, secret=fixed.asks)
    now = made[RABAT].node.clock.now()
    sweep(made[RABAT].node, now=Millis(now + 300 * DAY))
    assert made[RABAT].node.journal.read(lambda reading: load_fixed(reading, id, 1)) is not None
    sweep(made[RABAT].node, now=Millis(now + 366 * DAY))
    assert made[RABAT].node.journal.read(lambda reading: load_fixed(reading, id, 1)) is None
    local = made[RABAT].node.journal.read(lambda reading: reading.local_of(id, "comparison_fixed"))
    assert [row.content for row in local] == [None]


def test_the_annex_never_leaves_and_goes_with_the_operations_words() -> None:
    made, operation, _ = compared()
    texts = [{"part": "risks", "text": "Une équipe seulement jusqu’à midi.", "language": "fr"}]
    made.act(RABAT, DESK, {"action": "annex", "dossier": operation, "detail": {"texts": texts}})
    made.settle()
    assert not any("équipe seulement".encode() in header + body for _, _, header, body in held_of(made, PARIS, operation))
    assert made[RABAT].node.journal.read(lambda reading: reading.record("annex", bytes.fromhex(operation))) is not None
    sweep(made[RABAT].node, now=Millis(made[RABAT].node.clock.now() + 11 * 365 * DAY))
    assert made[RABAT].node.journal.read(lambda reading: reading.record("annex", bytes.fromhex(operation))) is None
    assert made[RABAT].verify().first_failure is None


@pytest.mark.parametrize("action", ["annex", "deconflict"])
def test_annex_and_comparison_are_of_their_own_dossiers(action: str) -> None:
    made, operation, compared_in = begun()
    with pytest.raises(Refusal, match="not_found"):
        made.act(RABAT, DESK, {"action": action, "dossier": operation if action == "deconflict" else compared_in})


def test_a_third_agency_learns_nothing_of_it() -> None:
    made, _, dossier = begun(RABAT, PARIS, TEMARA)
    assert made[TEMARA].node.journal.read(lambda reading: reading.dossier(DossierId(bytes.fromhex(dossier)))) is None
