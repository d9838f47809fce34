# SPDX-License-Identifier: EUPL-1.2
"""The proofs of one dossier: what is counted, what waits, what a changed byte does, and what others may not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amana.node.ports import EntryRow, Writing
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.proof import verify_dossier
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from amana.storage.memory.journal import MemoryJournal
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say
from tests.node.desks import SEES_NOTHING, at, desks


def exchanged() -> tuple[Federation, DossierId]:
    made = desks()
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    say(made, PARIS, "information_request.answer", dossier, text="Rien.")
    made.settle()
    return made, dossier


def test_everything_stands_and_is_counted() -> None:
    made, dossier = exchanged()
    proof = verify_dossier(*at(made), dossier)
    assert (proof["ok"], proof["first_failure"]) == (True, None)
    assert (proof["entries"], proof["heads"], proof["receipts"], proof["pending"], proof["erased"]) == (3, 3, 3, 0, 0)
    assert [(line["number"], line["author"], line["receipt"]) for line in proof["lines"]] == [
        (1, RABAT, "yes"),
        (2, PARIS, "yes"),
        (3, PARIS, "yes"),
    ]
    assert all(line["position"] < line["head_size"] for line in proof["lines"])


def test_what_is_not_sent_yet_waits_for_its_receipt() -> None:
    made = desks()
    dossier = ask(made, RABAT, PARIS)
    proof = verify_dossier(*at(made), dossier)
    assert (proof["ok"], proof["pending"]) == (True, 1)
    assert (proof["lines"][0]["receipt"], proof["lines"][0]["position"]) == ("pending", None)


def test_with_two_partners_the_entry_stands_in_both_logs() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    dossier = ask(made, RABAT, PARIS, TEMARA)
    made.settle()
    line = verify_dossier(*at(made), dossier)["lines"][0]
    assert {(log["partner"], log["receipt"]) for log in line["logs"]} == {(PARIS, "yes"), (TEMARA, "yes")}


def test_an_erased_body_leaves_every_proof() -> None:
    made = desks()
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    say(made, RABAT, "information_request.recall_request", dossier, coded={"entry": dossier.hex(), "code": "incorrect"})
    made.settle()
    say(made, PARIS, "information_request.recall_answer", dossier, coded={"code": "erased"})
    made.settle()
    proof = verify_dossier(*at(made, PARIS), dossier)
    assert (proof["ok"], proof["erased"], proof["lines"][0]["erased"]) == (True, 1, True)


def test_after_a_new_card_the_old_heads_still_hold() -> None:
    made, dossier = exchanged()
    made[RABAT].renew_card()
    say(made, RABAT, "information_request.close", dossier)
    made.settle()
    assert verify_dossier(*at(made), dossier)["ok"]
    assert verify_dossier(*at(made, PARIS), dossier)["ok"]


def _entry(journal: MemoryJournal, dossier: DossierId, change: Callable[[EntryRow], EntryRow]) -> None:
    def write(writing: Writing) -> None:
        row = writing.entry(dossier)  # type: ignore[arg-type]  # a dossier's id is its opening's
        assert row is not None
        writing.replace_entries([change(row)])

    journal.write(write)


def _head(journal: MemoryJournal) -> None:
    """A byte of every signed head of the log to Paris."""
    for steps in journal._tables.steps.values():
        for size, step in list(steps.items()):
            steps[size] = step._replace(head=step.head[:-9] + bytes([step.head[-9] ^ 1]) + step.head[-8:])


def _receipt(journal: MemoryJournal) -> None:
    for steps in journal._tables.steps.values():
        for size, step in list(steps.items()):
            steps[size] = step._replace(receipt=step.receipt[:-9] + bytes([step.receipt[-9] ^ 1]) + step.receipt[-8:])


def _positions(journal: MemoryJournal) -> None:
    """Two entries of another order in every log."""
    for held in journal._tables.positions.values():
        if len(held) > 1:
            held[0], held[1] = held[1], held[0]


CHANGES: dict[str, tuple[Callable[[MemoryJournal, DossierId], Any], set[str]]] = {
    "a byte of a header": (
        lambda journal, dossier: _entry(journal, dossier, lambda row: row._replace(header=row.header[:-1] + b"\x01")),
        {"entry_header"},
    ),
    "a byte of a body": (
        lambda journal, dossier: _entry(journal, dossier, lambda row: row._replace(body=row.body[:-1] + bytes([row.body[-1] ^ 1]))),
        {"entry_body"},
    ),
    "an author": (lambda journal, dossier: _entry(journal, dossier, lambda row: row._replace(author=PARIS)), {"entry_columns"}),  # type: ignore[arg-type]  # a plain code
    "an outcome": (lambda journal, dossier: _entry(journal, dossier, lambda row: row._replace(outcome="closed")), {"entry_state"}),
    "a byte of a head": (lambda journal, _: _head(journal), {"head"}),
    "a byte of a receipt": (lambda journal, _: _receipt(journal), {"receipt"}),
    "an order of positions": (lambda journal, _: _positions(journal), {"head_root", "entry_missing"}),
}


@pytest.mark.parametrize(("change", "named"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_named_and_kept(change: Callable[[MemoryJournal, DossierId], Any], named: set[str]) -> None:
    made, dossier = exchanged()
    change(made[RABAT].journal, dossier)
    proof = verify_dossier(*at(made), dossier)
    assert proof["ok"] is False
    assert proof["first_failure"]["what"] in named
    kept = show_dossier(*at(made), dossier)["verified"] if "header" not in str(named) else None
    assert kept is None or (kept["ok"], kept["failure"]) == (False, proof["first_failure"]["what"])


def test_that_it_was_verified_is_shown_and_made_again_by_a_rebuild() -> None:
    made, dossier = exchanged()
    assert show_dossier(*at(made), dossier)["verified"] is None
    proof = verify_dossier(*at(made), dossier)
    require_at_rest(made)
    verified = show_dossier(*at(made), dossier)["verified"]
    assert (verified["ok"], verified["at"], verified["officer"], verified["entries"]) == (True, proof["at"], DESK, 3)


@pytest.mark.parametrize("account", SEES_NOTHING)
def test_who_may_not_see_it_has_no_proof_of_it(account: str) -> None:
    made, dossier = exchanged()
    with pytest.raises(Refusal, match="not_found"):
        verify_dossier(*at(made, RABAT, account), dossier)
