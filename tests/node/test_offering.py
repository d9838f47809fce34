# SPDX-License-Identifier: EUPL-1.2
"""Which acts a page offers: exactly those that the rules then take, at every stage, for every role."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.registry import KINDS
from amana.dossiers.sample import sample_values
from amana.node.actions.administer import set_suspended
from amana.node.queries.offering import actions_for
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, ask, say
from tests.node.desks import SEES_NOTHING, at, desks

Offered = dict[str, dict[str, Any]]


@pytest.fixture
def made() -> Federation:
    return desks()


def offered(made: Federation, code: str, dossier: DossierId) -> tuple[Offered, Offered]:
    """What is offered and what is not, by type."""
    shown = actions_for(*at(made, code), dossier)
    possible = {one["type"]: one for group in ("primary", "secondary") for one in shown[group]}
    return possible, {one["type"]: one for one in shown["unavailable"]}


def primary(made: Federation, code: str, dossier: DossierId) -> list[str]:
    return [one["type"] for one in actions_for(*at(made, code), dossier)["primary"]]


NAMES_AN_ENTRY = frozenset({"permission_request", "translation", "translation_request"})
STAGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (PARIS, "acknowledge", {}),
    (PARIS, "ask_back", {"text": "?"}),
    (RABAT, "clarify", {"text": "!"}),
    (PARIS, "pause", {"coded": {"code": "judicial_authorisation"}}),
    (PARIS, "unpause", {}),
    (PARIS, "part_answer", {"text": "a"}),
    (PARIS, "answer", {"text": "b"}),
    (RABAT, "close", {}),
    (RABAT, "reopen", {"text": "?"}),
    (RABAT, "withdraw", {"coded": {"code": "no_longer_needed"}}),
)


def test_at_every_stage_what_is_offered_is_taken_and_the_rest_is_refused_for_the_reason_given() -> None:
    for steps in range(len(STAGES) + 1):
        made = desks()
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        for who, said, more in STAGES[:steps]:
            say(made, who, f"information_request.{said}", dossier, **more)
            made.settle()
        for code in (RABAT, PARIS):
            _try_all(made, code, dossier)


def _try_all(made: Federation, code: str, dossier: DossierId) -> None:
    possible, impossible = offered(made, code, dossier)
    types = {name for name, declared in KINDS["information_request"].entry_types.items() if not declared.opens and not declared.automatic}
    assert possible.keys() | impossible.keys() == types
    assert not possible.keys() & impossible.keys()
    backup = made.checkpoint(code)
    for name in sorted(types):
        if name in NAMES_AN_ENTRY and name in impossible:
            continue  # there is nothing that it could speak of yet, which no rule can see
        taken = _taken(made, code, dossier, name, possible.get(name, {}).get("choices", {}))
        expected = "" if name in possible else impossible[name]["code"]
        assert (code, name, taken) == (code, name, expected)
        made.restore(code, backup)


def _taken(made: Federation, code: str, dossier: DossierId, name: str, choices: dict[str, list[str]]) -> str:
    """The reason why the act is refused; empty where it is taken."""
    declared = KINDS["information_request"].entry_types[name]
    coded = sample_values(declared.coded, later=made.timeline.now + DAY)
    for field in ("question", "answer", "recall", "request", "feedback", "outcome"):
        coded.pop(field, None)
    if "entry" in coded:
        held = choices.get("entry") or [dossier.hex()]
        coded["entry"] = held[0]
    if "originator" in coded:
        coded["originator"] = RABAT if code == PARIS else PARIS
    try:
        say(made, code, f"information_request.{name}", dossier, coded=coded, text="x")
    except Refusal as refusal:
        return str(refusal.code)
    return ""


def test_what_is_expected_comes_first(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    assert primary(made, PARIS, dossier)[0] == "acknowledge"
    say(made, PARIS, "information_request.acknowledge", dossier)
    assert primary(made, PARIS, dossier) == ["answer", "part_answer", "ask_back"]
    say(made, PARIS, "information_request.answer", dossier, text="a")
    made.settle()
    assert primary(made, RABAT, dossier) == ["close", "reopen"]


def test_several_questions_are_a_choice(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    questions = {say(made, PARIS, "information_request.ask_back", dossier, text="?").hex() for _ in range(2)}
    made.settle()
    possible, _ = offered(made, RABAT, dossier)
    assert set(possible["clarify"]["choices"]["question"]) == questions


def test_what_the_other_side_alone_says_is_never_ours(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    _, impossible = offered(made, RABAT, dossier)
    assert (impossible["answer"]["ever"], impossible["close"]["ever"]) == (False, True)


def test_a_suspended_partner_and_a_suspended_agreement_are_the_reason(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    set_suspended(made[RABAT].node, AgencyCode(PARIS), suspended=True)
    possible, impossible = offered(made, RABAT, dossier)
    assert (impossible["reminder"]["code"], impossible["reminder"]["facts"]) == ("partner_suspended", {"partner": PARIS})
    assert "recall_request" in possible, "a recall reaches a suspended partner too"


def test_an_ended_agreement_is_the_reason_for_content_alone(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    agreement = next(row for row in made[RABAT].journal.read(lambda reading: reading.dossiers(kind="agreement")))
    say(made, RABAT, "agreement.end", agreement.id, coded={"code": "denounced"})
    made.settle()
    possible, impossible = offered(made, PARIS, dossier)
    assert impossible["answer"]["code"] == "agreement_ended"
    assert "refuse" in possible


def test_four_eyes_are_said() -> None:
    made = desks(four_eyes=["information_request.supplement"])
    dossier = ask(made, RABAT, PARIS)
    possible, _ = offered(made, RABAT, dossier)
    assert (possible["supplement"]["four_eyes"], possible["reminder"]["four_eyes"]) == (True, False)


@pytest.mark.parametrize("account", SEES_NOTHING)
def test_in_a_dossier_one_may_not_see_there_is_no_act(made: Federation, account: str) -> None:
    dossier = ask(made, RABAT, PARIS)
    with pytest.raises(Refusal, match="not_found"):
        actions_for(*at(made, RABAT, account), dossier)


def test_offering_keeps_nothing(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    before = made[RABAT].journal.read(lambda reading: (reading.local_head(), reading.dossier(dossier)))
    actions_for(*at(made), dossier)
    assert made[RABAT].journal.read(lambda reading: (reading.local_head(), reading.dossier(dossier))) == before
