# SPDX-License-Identifier: EUPL-1.2
"""What a dossier expects of each agency, through the stages of a request, a notice and an agreement."""

from __future__ import annotations

import pytest

from amana.dossiers.registry import KINDS
from amana.dossiers.tasks import SERVED_BY, Task
from amana.node.queries.rows import tasks_of
from amana.protocol.identifiers import AgencyCode
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TEMARA, TERMS, allied, ask, federation, say


def tasks(made: Federation, code: str, dossier: bytes) -> list[str]:
    """What is expected of an agency there."""
    row = made[code].journal.read(lambda reading: next(row for row in reading.dossiers() if row.id == dossier))
    return [task.value for task in tasks_of(row, AgencyCode(code))]


# (who, what, then expected of Rabat, then expected of Paris)
REQUEST: tuple[tuple[str, str, dict[str, object], list[str], list[str]], ...] = (
    (PARIS, "acknowledge", {}, [], ["answer"]),
    (PARIS, "ask_back", {"text": "?"}, ["clarify"], []),
    (RABAT, "clarify", {"text": "!"}, [], ["answer"]),
    (PARIS, "pause", {"coded": {"code": "judicial_authorisation"}}, [], ["resume"]),
    (PARIS, "unpause", {}, [], ["answer"]),
    (PARIS, "part_answer", {"text": "a"}, [], ["complete_answer"]),
    (PARIS, "answer", {"text": "b"}, ["close"], []),
    (RABAT, "close", {}, [], []),
)


def test_a_request_from_asking_to_closing() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    assert (tasks(made, RABAT, dossier), tasks(made, PARIS, dossier)) == ([], ["acknowledge"])
    for who, said, more, rabat, paris in REQUEST:
        say(made, who, f"information_request.{said}", dossier, **more)
        made.settle()
        assert (said, tasks(made, RABAT, dossier), tasks(made, PARIS, dossier)) == (said, rabat, paris)


def test_a_recall_binds_whoever_holds_the_entry_also_when_all_is_closed() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    answer = say(made, PARIS, "information_request.answer", dossier, text="a")
    made.settle()
    say(made, RABAT, "information_request.close", dossier)
    made.settle()
    say(made, PARIS, "information_request.recall_request", dossier, coded={"entry": answer.hex(), "code": "incorrect"})
    made.settle()
    assert (tasks(made, RABAT, dossier), tasks(made, PARIS, dossier)) == (["recall_answer"], [])


def test_what_is_asked_of_single_entries_is_expected_too() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    permission = {"entry": dossier.hex(), "reuse": "court", "originator": RABAT}
    say(made, PARIS, "information_request.permission_request", dossier, coded=permission)
    translation = {"entry": dossier.hex(), "kind": "working", "language": "ar"}
    say(made, PARIS, "information_request.translation_request", dossier, coded=translation)
    made.settle()
    assert tasks(made, RABAT, dossier) == ["permission_answer", "translate"]


def test_a_notice_is_to_be_read() -> None:
    made = allied(RABAT, PARIS)
    coded = {"area": "drugs", "type": "spontaneous", "expires": made.timeline.now + 10**9}
    done = made.act(RABAT, "desk", {"action": "information_request.notice", "to": [PARIS], "title": "Avis", "coded": coded})
    made.settle()
    assert done.dossier is not None
    assert (tasks(made, PARIS, done.dossier), tasks(made, RABAT, done.dossier)) == (["read"], [])
    say(made, PARIS, "information_request.acknowledge", done.dossier)
    assert tasks(made, PARIS, done.dossier) == []


@pytest.mark.parametrize(("said", "of_author", "of_other"), [("", [], ["consent"]), ("consent", [], []), ("decline", ["amend"], [])])
def test_a_proposed_text_awaits_consent(said: str, of_author: list[str], of_other: list[str]) -> None:
    made = federation(RABAT, PARIS)
    done = made.act(RABAT, "desk", {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "coded": TERMS})
    made.settle()
    assert done.dossier is not None
    if said:
        say(made, PARIS, f"agreement.{said}", done.dossier)
        made.settle()
    assert (tasks(made, RABAT, done.dossier), tasks(made, PARIS, done.dossier)) == (of_author, of_other)


def test_of_a_stranger_nothing_is_expected() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    row = made[RABAT].journal.read(lambda reading: next(row for row in reading.dossiers() if row.id == dossier))
    assert tasks_of(row, AgencyCode(TEMARA)) == ()


def test_every_task_is_served_by_entry_types_that_exist() -> None:
    known = {type for kind in KINDS.values() for type in kind.entry_types}
    assert set(SERVED_BY) == set(Task)
    assert {type for types in SERVED_BY.values() for type in types} <= known
    assert [task for task, types in SERVED_BY.items() if not types] == [Task.NONE]
