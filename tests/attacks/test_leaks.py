# SPDX-License-Identifier: EUPL-1.2
"""Where content could leak beside the wire: log lines, faults, quarantine, files after an erasure, other dossiers' tables."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from amana.protocol.canonical import encode
from amana.protocol.entry import Body, body_commitment
from amana.protocol.envelope import Slot
from amana.protocol.errors import AmanaError
from tests.attacks.inventing import Inventor
from tests.node.hostile import forge
from tests.node.journals import dump
from tests.processes.nodes import OFFICER, wait_for
from tests.processes.pairs import Pair, agreed, pair

__all__ = ["agreed", "pair"]  # fixtures

ROOT = Path(__file__).parents[2] / "src" / "amana"
NEEDLE = "KARIMBENALI1979"
TOLD = {"agency", "check", "code", "error", "kind", "limit", "partner", "port", "size", "status", "task", "where"}  # codes and counts


def logging_calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        found += [(f"{path.relative_to(ROOT)}:{call.lineno}", call) for call in calls if ast.unparse(call.func).startswith("LOG.")]
    return found


def test_log_lines_hold_a_fixed_text_and_codes_and_counts() -> None:
    calls = logging_calls()
    assert len(calls) > 5
    for where, call in calls:
        assert all(isinstance(argument, ast.Constant) for argument in call.args), where
        names = {keyword.arg for keyword in call.keywords} - {None}
        assert names <= TOLD, where
        spread = [ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg is None]
        assert all(value == "fault.facts" for value in spread), where


@pytest.mark.parametrize("seed", range(6))
def test_no_fault_holds_what_an_entry_says(seed: int) -> None:
    """Entries full of a name; whatever is wrong with them, neither the administrator's page nor a fault repeats it."""
    f = forge()
    inventor = Inventor(f, seed)
    told: list[str] = []
    for number in range(40):
        f.made.advance(50)
        slot = named(inventor.slot())
        step = f.step([slot])
        wire = f.request(f.offer(f.parcel(slot, step=step[:-1] if number % 4 == 0 else step)))
        try:
            f.victim.exchange.answer(wire if number % 4 else wire.replace(b"ma.dgsn", b"ma.dgsm"))
        except AmanaError as fault:
            told.append(str(fault))
    assert NEEDLE not in " ".join(told)
    assert NEEDLE not in str(f.health())
    kept = [row.content for row in dump(f.victim.journal)["local"].values() if row.type == "quarantined"]
    assert kept
    assert all(NEEDLE.encode() not in content for content in kept)


def named(slot: Slot) -> Slot:
    """The slot with a body that is full of a name; the header commits to it."""
    body = encode(Body(text=NEEDLE * 9, title=NEEDLE, nonce=bytes(16), language="fr"))
    found = body_commitment(slot.body_bytes) if slot.body_bytes else b""
    return Slot(header_bytes=slot.header_bytes.replace(found, body_commitment(body)), body_bytes=body) if found else slot


def test_a_sealed_sample_in_quarantine_can_be_opened_by_nobody_without_the_key() -> None:
    f = forge()
    slot = named(f.entry())
    parcel = f.parcel(slot, step=f.step([slot], keys=f.villain.keys.request))
    f.victim.exchange.answer(f.request(f.offer(parcel)))
    assert f.quarantined() == ["key_id"]
    assert NEEDLE.encode() not in repr(dump(f.victim.journal)["local"]).encode()


@pytest.mark.processes
def test_a_body_that_one_of_several_acts_erases_is_in_no_file(pair: Pair) -> None:
    pair.start()
    dossier = pair.dossier
    told = pair.rabat.act("information_request.supplement", dossier, text=NEEDLE, language="fr")["entry"]
    wait_for(lambda: NEEDLE in str(pair.paris.ask("show", officer=OFFICER, dossier=dossier)), what="the text")
    pair.rabat.act("information_request.recall_request", dossier, coded={"entry": told, "code": "incorrect"})
    recalled = wait_for(lambda: recall_in(pair, dossier), what="the recall")
    answer = {"action": "information_request.recall_answer", "dossier": dossier, "coded": {"recall": recalled, "code": "erased"}}
    note = {"action": "note", "dossier": dossier, "text": "Effacé."}
    done = pair.paris.ask("act_many", officer=OFFICER, actions=[answer, note])["done"]
    assert done[0]["erased"] == [told]
    for path in pair.paris.directory.rglob("*"):
        if path.is_file():
            assert NEEDLE.encode() not in path.read_bytes(), path.name


def recall_in(pair: Pair, dossier: str) -> str | None:
    entries = pair.paris.ask("show", officer=OFFICER, dossier=dossier)["entries"]
    return next((entry["id"] for entry in entries if entry["type"] == "recall_request"), None)
