# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments as officers read them, on five nodes; what an agenda should take up, and what is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import Scope, open_scope
from amana.node.context import Node
from amana.node.queries.assessments import assessments_for_agenda, list_assessments, show_assessment
from amana.node.queries.dossiers import list_dossiers
from amana.node.retention import erase_bodies
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId, Millis
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, LEVALLOIS, PARIS, RABAT, TEMARA, allied, say

ALL = (RABAT, PARIS, TEMARA, LEVALLOIS)
SITUATION = {"part": "situation", "language": "fr"}
JUDGEMENT = {"part": "judgement", "language": "fr", "likelihood": "likely", "confidence": "moderate"}


def at(made: Federation, code: str, account: str = DESK) -> tuple[Node, Scope]:
    node = made[code].node
    return node, open_scope(node, account)


def begin(made: Federation, author: str, *others: str, area: str = "drugs") -> DossierId:
    action = {"action": "threat_assessment.begin", "to": sorted(others), "title": "Menace", "language": "fr", "coded": {"area": area}}
    done = made.act(author, DESK, action)
    made.settle()
    assert done.dossier is not None
    return done.dossier


def word(made: Federation, code: str, type: str, dossier: DossierId, **more: Any) -> str:
    said = say(made, code, f"threat_assessment.{type}", dossier, **more)
    made.settle()
    return said.hex()


def approve(made: Federation, dossier: DossierId, *codes: str, days: int = 180) -> None:
    """All of these approve the text as it stands."""
    until = made[codes[0]].node.clock.now() + days * DAY
    for code in codes:
        word(made, code, "approve", dossier, **({"coded": {"valid_until": until}} if code == codes[0] else {}))


def written() -> tuple[Federation, DossierId, dict[str, str]]:
    """A situation and a judgement, a translation, a source, and a dissent of Levallois from the judgement."""
    made = allied(*ALL)
    dossier = begin(made, RABAT, PARIS, TEMARA, LEVALLOIS)
    said = {
        "judgement": word(made, PARIS, "passage", dossier, text="La hausse est probable.", coded=JUDGEMENT),
        "situation": word(made, RABAT, "passage", dossier, text="Les saisies augmentent.", coded=SITUATION),
    }
    said["translation"] = word(
        made, RABAT, "translation", dossier, text="من المحتمل أن يستمر الارتفاع.", coded={"version": said["judgement"], "language": "ar"}
    )
    said["source"] = word(made, PARIS, "source", dossier, text="Synthèse portuaire.", coded={"type": "police_report", "grade": "B2"})
    coded = {"clause": said["judgement"], "dissent": True, "likelihood": "unlikely", "confidence": "low"}
    said["dissent"] = word(made, LEVALLOIS, "passage", dossier, text="Nous n’en sommes pas sûrs.", coded=coded)
    for code in ALL:
        if code != RABAT:
            word(made, code, "agree", dossier)
    word(made, RABAT, "agree", dossier)
    return made, dossier, said


def test_an_assessment_is_read_by_part_with_its_dissent_and_sources() -> None:
    made, dossier, said = written()
    shown = show_assessment(*at(made, TEMARA), dossier)
    passages = {part["part"]: part["passages"] for part in shown["parts"]}
    assert list(passages) == ["situation", "judgement", "outlook", "recommendation"]
    assert [[one["number"] for one in held] for held in passages.values()] == [[1], [2], [], []]
    judgement = passages["judgement"][0]
    version = judgement["versions"][0]
    assert (judgement["state"], version["text"], version["likelihood"], version["confidence"]) == (
        "agreed",
        "La hausse est probable.",
        "likely",
        "moderate",
    )
    assert [(one["language"], one["text"]) for one in version["translations"]] == [("ar", "من المحتمل أن يستمر الارتفاع.")]
    assert [(one["id"], one["author"], one["likelihood"], one["whole"]) for one in judgement["dissents"]] == [
        (said["dissent"], LEVALLOIS, "unlikely", False)
    ]
    assert [(one["grade"], one["type"], one["text"], one["ours"]) for one in shown["sources"]] == [
        ("B2", "police_report", "Synthèse portuaire.", False)
    ]
    assert (shown["agreed"], shown["draft"]["ready"], shown["draft"]["next"], shown["whole_dissents"]) == (True, True, 1, [])
    assert (shown["tasks"], shown["dissenting"]) == (["approve"], [LEVALLOIS])


def test_approvals_by_hash_make_a_revision_and_each_revision_says_what_it_changed() -> None:
    made, dossier, said = written()
    approve(made, dossier, RABAT, PARIS, TEMARA)
    waiting = show_assessment(*at(made, LEVALLOIS), dossier)
    assert (waiting["validity"], waiting["to_approve"]) == ("drafting", [waiting["revisions"][0]["hash"]])
    assert waiting["revisions"][0]["awaited"] == [LEVALLOIS]
    word(made, LEVALLOIS, "approve", dossier)
    first = show_assessment(*at(made, LEVALLOIS), dossier)
    assert (first["validity"], first["revision"], first["stage"]) == ("valid", 1, "in_force")
    word(
        made,
        PARIS,
        "passage",
        dossier,
        text="La hausse est très probable.",
        coded={"clause": said["judgement"], "likelihood": "very_likely"},
    )
    draft = show_assessment(*at(made, RABAT), dossier)
    assert (draft["stage"], draft["draft"]["approved"], draft["to_answer"]) == (
        "revised",
        False,
        [draft["parts"][1]["passages"][0]["versions"][0]["id"]],
    )
    assert draft["parts"][1]["passages"][0]["versions"][0]["before"] == "La hausse est probable."
    assert [one["language"] for one in draft["parts"][1]["passages"][0]["outdated"]] == ["ar"]
    approve(made, dossier, *ALL)
    newest = show_assessment(*at(made, TEMARA), dossier)["revisions"][0]
    assert (newest["revision"], newest["in_force"], newest["now"]) == (2, True, True)
    assert [(one["before"], one["after"], one["likelihood_before"], one["likelihood_after"]) for one in newest["changes"]] == [
        ("La hausse est probable.", "La hausse est très probable.", "likely", "very_likely")
    ]


def test_two_versions_side_by_side_keep_it_from_being_approved() -> None:
    made, dossier, said = written()
    coded = {"clause": said["judgement"], "replaces": [said["judgement"]]}
    for code in (PARIS, TEMARA):
        say(made, code, "threat_assessment.passage", dossier, text=code, coded=coded)
    made.settle()
    shown = show_assessment(*at(made, RABAT), dossier)
    assert (shown["draft"]["ready"], shown["draft"]["contested"]) == (False, [said["judgement"]])
    assert {one["author"] for one in shown["parts"][1]["passages"][0]["versions"]} == {PARIS, TEMARA}
    assert show_assessment(*at(made, PARIS), dossier)["to_revise"] == [
        one["id"] for one in shown["parts"][1]["passages"][0]["versions"] if one["author"] == PARIS
    ]


# (days of validity, days that have passed, what the list says, why an agenda takes it up)
AGENDA: tuple[tuple[int, int, str, list[str]], ...] = (
    (180, 0, "valid", []),
    (60, 29, "valid", []),
    (60, 31, "expires_soon", ["expires_soon"]),
    (60, 61, "expired", ["expired"]),
)


@pytest.mark.parametrize(("days", "passed", "validity", "why"), AGENDA)
def test_an_agenda_takes_up_what_expires(days: int, passed: int, validity: str, why: list[str]) -> None:
    made, dossier, _ = written()
    approve(made, dossier, *ALL, days=days)
    made.timeline.now = Millis(made.timeline.now + passed * DAY)
    node, scope = at(made, RABAT)
    assert [one["validity"] for one in list_assessments(node, scope)["assessments"]] == [validity]
    now = node.clock.now()
    asked: dict[str, Any] = {"areas": ["drugs"], "parties": (RABAT, PARIS)}
    found = node.journal.read(lambda reading: assessments_for_agenda(reading, scope, now=now, **asked))
    assert [one["why"] for one in found] == why
    newer = node.journal.read(lambda reading: assessments_for_agenda(reading, scope, now=now, since=Millis(1), **asked))
    assert [one["why"] for one in newer] == (why or ["newer"])
    elsewhere = node.journal.read(lambda reading: assessments_for_agenda(reading, scope, ["terrorism"], now, since=Millis(1)))
    assert elsewhere == []


def test_of_four_agencies_one_leaves_and_the_others_go_on() -> None:
    made, dossier, said = written()
    word(made, LEVALLOIS, "leave", dossier)
    approve(made, dossier, RABAT, PARIS, TEMARA)
    shown = show_assessment(*at(made, RABAT), dossier)
    assert (shown["validity"], shown["dissenting"]) == ("valid", [LEVALLOIS])
    assert [one["id"] for one in shown["parts"][1]["passages"][0]["dissents"]] == [said["dissent"]]
    assert {one["agency"]: one["state"] for one in shown["revisions"][0]["parties"]}[LEVALLOIS] == "left"
    assert show_assessment(*at(made, LEVALLOIS), dossier)["validity"] == "drafting"


def test_words_that_were_erased_leave_the_passage_in_its_place() -> None:
    made, dossier, said = written()
    node, scope = at(made, RABAT)
    id = EntryId(bytes.fromhex(said["judgement"]))
    rows = node.journal.read(lambda reading: list(reading.entries([id]).values()))
    node.journal.write(lambda writing: erase_bodies(writing, node, "", rows, "erased"))
    version = show_assessment(node, scope, dossier)["parts"][1]["passages"][0]["versions"][0]
    assert (version["text"], version["void"], version["likelihood"]) == ("", "erased", "likely")


def test_a_look_is_recorded_and_what_is_not_there_is_not_found() -> None:
    made, dossier, _ = written()
    node, scope = at(made, RABAT)
    assert [one["new"] for one in list_dossiers(node, scope)["dossiers"] if one["kind"] == "threat_assessment"] == [True]
    show_assessment(node, scope, dossier)
    assert [one["new"] for one in list_dossiers(node, scope)["dossiers"] if one["kind"] == "threat_assessment"] == [False]
    agreement = node.journal.read(lambda reading: next(row.id for row in reading.dossiers(kind="agreement")))
    for account, asked in ((DESK, DossierId(b"\x00" * 32)), (DESK, agreement), (ADMINISTRATOR, dossier)):
        with pytest.raises(Refusal) as refused:
            show_assessment(*at(made, RABAT, account), asked)
        assert refused.value.code == "not_found"
