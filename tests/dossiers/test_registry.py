# SPDX-License-Identifier: EUPL-1.2
"""The registry: every entry type declares how it is treated, and has an example that works."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amana.dossiers.kind import EntryType, Personal
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import KINDS, coded_of, complete, default_marking, entry_type, find_entry_type, kind_named
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.items import item_from_plain
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from amana.protocol.marking import HandlingCode, LegalBasis, Level, Marking, Purpose
from tests.dossiers.agreement.stories import CONDITIONS
from tests.dossiers.agreement.stories import proposed as agreement
from tests.dossiers.communique.stories import approved, written
from tests.dossiers.eventful import EVENTFUL, eventful
from tests.dossiers.information_request.stories import after, asked, delivered, noticed
from tests.dossiers.joint_operation.stories import OPENERS
from tests.dossiers.joint_operation.stories import setting as operation
from tests.dossiers.meeting.stories import minuted
from tests.dossiers.shared.test_items import Marks
from tests.dossiers.telling import DGPN, DGSN, Telling, entry
from tests.dossiers.threat_assessment.stories import setting as assessment

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "actions"
DECLARED = [(kind, declared) for kind in KINDS.values() for declared in kind.entry_types.values()]
NAMES = [f"{kind.name}.{declared.name}" for kind, declared in DECLARED]


@pytest.mark.parametrize(("kind", "declared"), DECLARED, ids=NAMES)
def test_every_entry_type_declares_its_treatment(kind: Any, declared: EntryType) -> None:
    assert kind.entry_types[declared.name] is declared
    assert declared.phrase == f"{kind.name}.{declared.name}"
    assert declared.default_marking.codes
    assert 365 <= declared.retention <= 30 * 366
    assert isinstance(declared.personal, Personal)
    assert not (declared.opens and declared.aside)
    assert not (declared.automatic and (declared.starts_clock or declared.needs_basis))
    assert declared.needs_basis or declared.personal is not Personal.BODY_DOES


def test_no_two_entry_types_of_a_kind_share_their_coded_values() -> None:
    for kind in KINDS.values():
        shapes = [declared.coded for declared in kind.entry_types.values()]
        assert len(set(shapes)) == len(shapes)


def test_there_is_one_example_for_each_entry_type_and_no_other() -> None:
    assert {path.name for path in EXAMPLES.glob("*.json")} == {f"{name}.json" for name in NAMES}
    assert {declared.example for _, declared in DECLARED} == {f"{name}.json" for name in NAMES}


def example(name: str) -> dict[str, Any]:
    found = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def resolved(value: Any) -> Any:
    """Labels ("@answer") as ids."""
    match value:
        case str() if value.startswith("@"):
            return entry(len(value)).hex()
        case dict():
            return {name: resolved(inner) for name, inner in value.items()}
        case list():
            return [resolved(inner) for inner in value]
        case _:
            return value


def communique(type: str) -> tuple[Telling | None, AgencyCode]:
    """A communiqué in which the example of an entry type makes sense, and who says it."""
    if type == "draft":
        return None, DGSN
    told = approved() if type in ("withdraw_approval", "release") else written()
    return told, DGSN if type == "clause" else DGPN


def meeting(type: str) -> tuple[Telling | None, AgencyCode]:
    """A meeting in which the example of an entry type makes sense, and who says it."""
    if type == "convene":
        return None, DGSN
    told = minuted()
    if type == "withdraw_approval":
        assert told.say(DGPN, "approve") is None
    return told, DGPN if type in ("agree", "object", "withdraw_approval", "decision") else DGSN


def of_an_event(kind: str) -> Callable[[str], tuple[Telling | None, AgencyCode]]:
    """A dossier of a major event, or of experts, in which the example of an entry type makes sense, and who says it."""

    def told(type: str) -> tuple[Telling | None, AgencyCode]:
        return eventful(kind, type)

    return told


def of_an_operation(kind: str) -> Callable[[str], tuple[Telling | None, AgencyCode]]:
    """A dossier of a joint operation in which the example of an entry type makes sense, and who says it."""

    def told(type: str) -> tuple[Telling | None, AgencyCode]:
        return operation(kind, type)

    return told


JOINT: dict[str, Callable[[str], tuple[Telling | None, AgencyCode]]] = {
    "communique": communique,
    "meeting": meeting,
    "threat_assessment": assessment,
    **{kind: of_an_event(kind) for kind in EVENTFUL},
    **{kind: of_an_operation(kind) for kind in OPENERS},
}


def setting(name: str) -> tuple[Telling | None, AgencyCode]:
    """A dossier in which the example makes sense, and who says it."""
    kind, _, type = name.partition(".")
    if name == "partnership.resume":
        partners = Telling("partnership")
        partners.say(DGSN, "suspend", {"code": "breach"})
        return partners, DGSN
    if kind == "partnership" or (kind in ("agreement", "information_request") and type in ("propose", "request", "notice")):
        return None, DGSN
    if kind in JOINT:
        return JOINT[kind](type)
    if kind == "agreement":
        told = agreement()
        if type == "resume":
            told.say(DGPN, "suspend", {"code": "breach"})
        return told, DGSN if type == "withdraw_consent" else DGPN
    if type in ("rate", "update", "cancel"):
        return noticed(), DGPN if type == "rate" else DGSN
    told = delivered(asked())
    match type:
        case "unpause":
            after(told, (DGPN, "pause", {"code": "judicial_authorisation"}))
        case "close" | "reopen" | "permission_request":
            after(told, (DGPN, "answer"))
        case "recall_answer":
            after(told, (DGPN, "answer"))
            after(told, (DGPN, "recall_request", {"entry": told.last, "code": "incorrect"}))
        case "permission_grant" | "permission_refuse":
            after(told, (DGPN, "answer"))
            wanted = {"entry": told.last, "reuse": "onward_sharing", "agencies": ["es.cnp"], "originator": "fr.dgpn"}
            after(told, (DGSN, "permission_request", wanted))
        case "clarify":
            after(told, (DGPN, "ask_back"))
        case _:
            pass
    asker = ("clarify", "reminder", "withdraw", "close", "reopen", "supplement", "recall_answer", "permission_request")
    return told, DGSN if type in asker else DGPN


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_completed_and_understood(name: str) -> None:
    given = example(name)
    kind, _, type = name.partition(".")
    declared = entry_type(kind, type)
    assert given["action"] == name
    assert bool(given.get("dossier")) == (not declared.opens and kind != "partnership")
    told, author = setting(name)
    state = told.state if told is not None else None
    coded = resolved(given["coded"])
    if type in ("permission_grant", "permission_refuse"):
        assert told is not None
        coded = {**coded, "request": told.last}
    conditions = from_plain(CONDITIONS, Conditions)
    value = coded_of(kind, type, complete(kind, type, coded, author=author, state=state, agreement=conditions))
    assert value.__class__ is declared.coded
    for item in given.get("items", []):
        assert item_from_plain(item["type"], item["value"], Marks(grade=item.get("grade", ""))).type == item["type"]
    if "detail" in given:
        assert declared.detail is not None
        from_plain(given["detail"], declared.detail)
    if "marking" in given:
        Purpose(given["marking"]["purpose"])


@pytest.mark.parametrize("name", NAMES)
def test_persons_in_examples_are_marked_as_invented(name: str) -> None:
    for item in example(name).get("items", []):
        assert re.search("invent|مختلق", item["value"]["remarks"])


@pytest.mark.parametrize("ask", [lambda: kind_named("poetry"), lambda: entry_type("poetry", "ode"), lambda: entry_type("agreement", "ode")])
def test_what_is_not_registered_does_not_exist(ask: Any) -> None:
    with pytest.raises(Refusal) as refused:
        ask()
    assert refused.value.code in ("unknown_kind", "unknown_type")
    assert find_entry_type("agreement", "ode") is find_entry_type("poetry", "ode") is None


OPENING = Marking(
    basis=LegalBasis(article="4", agreement=b"\x01" * 32),
    codes=(HandlingCode.H3,),
    level=Level.CONFIDENTIAL,
    purpose=Purpose.HUMANITARIAN,
    national="Confidentiel (exemple)",
)


def test_a_marking_starts_from_type_dossier_and_agreement_and_never_below_them() -> None:
    conditions = from_plain(CONDITIONS, Conditions)
    marking = default_marking("information_request", "request", opening=OPENING, agreement=conditions, made_at=Millis(0))
    assert marking.codes == (HandlingCode.H0, HandlingCode.H2, HandlingCode.H3)
    assert (marking.level, marking.purpose, marking.basis) == (Level.CONFIDENTIAL, Purpose.HUMANITARIAN, OPENING.basis)
    assert (marking.national, marking.erase_on) == ("Confidentiel (exemple)", 3 * 365 * 86_400_000)


def test_without_a_dossier_the_agreements_level_counts() -> None:
    conditions = from_plain(CONDITIONS, Conditions)
    marking = default_marking("information_request", "request", opening=None, agreement=conditions, made_at=Millis(0))
    assert (marking.level, marking.basis, marking.national) == (Level.RESTRICTED, None, "")
