# SPDX-License-Identifier: EUPL-1.2
"""Files laid ready, sent with an entry, taken back, forgotten; who may open them; what a refusal leaves: nothing."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from amana.node.access import Role, add_officer, open_scope
from amana.node.attachments import drop_staged, list_staged, load_attachment, stage_attachment, sweep_staged
from amana.node.attachments.staging import KEPT, MAX_STAGED, MAX_TOTAL
from amana.node.context import NodeSettings
from amana.node.local import OfficerAdded
from amana.protocol.errors import OperatorFault, Refusal
from amana.protocol.identifiers import EntryId, Millis
from amana.simulation.agency import ADMINISTRATOR, DESK, Agency
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, allied, ask, say, shown
from tests.node.attachments.files import GOOD, TEXT, attached
from tests.node.journals import dump

FILE = attached("note.txt", TEXT)


@pytest.fixture
def made() -> Federation:
    """Rabat and Paris under an agreement, with a second officer each, and one of another unit."""
    made = allied(RABAT, PARIS, settings={PARIS: NodeSettings(four_eyes=frozenset({"information_request.part_answer"}))})
    for code in (RABAT, PARIS):
        for account, units in (("other", ("elsewhere",)), ("second", ("desk",))):
            add_officer(made[code].node, OfficerAdded(name="", role=Role.DESK, units=units, account=account, language="fr"))
    return made


def staged(agency: Agency, **changed: Any) -> dict[str, Any]:
    return stage_attachment(agency.node, DESK, **({"name": "note.txt", "type": "text/plain", "content": TEXT} | changed))


def ends_of(agency: Agency) -> list[str]:
    rows = agency.journal.read(lambda reading: reading.local_after(0, 10_000))
    return [row.type for row in rows if row.type in ("attachment_staged", "staged_ended")]


def test_what_lies_ready_is_told_and_listed(made: Federation) -> None:
    told = staged(made[RABAT])
    digest = hashlib.sha256(TEXT).hexdigest()
    assert told == {"token": told["token"], "name": "note.txt", "type": "text/plain", "size": len(TEXT), "sha256": digest}
    assert [one["token"] for one in list_staged(made[RABAT].node, DESK)] == [told["token"]]
    assert list_staged(made[RABAT].node, "second") == []
    assert made[RABAT].verify().first_failure is None


def test_a_file_laid_ready_or_inside_the_form_goes_with_the_entry(made: Federation) -> None:
    token = staged(made[RABAT], name="prêt.txt")["token"]
    dossier = ask(made, RABAT, PARIS, attachments=[{"staged": token}, FILE])
    made.settle()
    (entry,) = (one for one in shown(made, PARIS, dossier)["entries"] if one.get("attachments"))
    assert [(one["name"], one["state"], one["type_matches"]) for one in entry["attachments"]] == [
        ("prêt.txt", "here", True),
        ("note.txt", "here", True),
    ]
    for code in (RABAT, PARIS):
        node = made[code].node
        assert load_attachment(node, open_scope(node, DESK), EntryId(dossier), 0) == ("prêt.txt", "text/plain", TEXT, True)
    assert list_staged(made[RABAT].node, DESK) == []


def test_the_key_is_nowhere_but_in_the_body_once_it_is_sent(made: Federation) -> None:
    token = staged(made[RABAT])["token"]
    ask(made, RABAT, PARIS, attachments=[{"staged": token}])
    rows = made[RABAT].journal.read(lambda reading: reading.local_after(0, 10_000))
    assert [row.content for row in rows if row.type == "attachment_staged"] == [None]
    assert made[RABAT].journal.read(lambda reading: reading.records("staged")) == []
    made[RABAT].rebuild()
    assert made[RABAT].verify().first_failure is None


REFUSED: dict[str, tuple[list[Any], str]] = {
    "a program": ([attached("a.exe", b"MZ" + bytes(99), "application/x-msdownload")], "attachment_type"),
    "a picture that is none": ([attached("a.png", TEXT, "image/png")], "attachment_content"),
    "a path": ([attached("../a.txt", TEXT)], "attachment_name"),
    "a file above ten MiB": ([attached("a.txt", b"a" * (10 * 1024 * 1024 + 1))], "attachment_too_large"),
    "more than fits into one entry": ([attached("a.txt", b"a" * 10_000_000)] * 6, "attachments_too_large"),
    "twenty-one files": ([FILE] * 21, "too_many_attachments"),
    "what nobody laid ready": ([{"staged": "00" * 16}], "attachment_unknown"),
    "no base64": ([{"name": "a.txt", "type": "text/plain", "content": "é"}], "bad_action"),
    "no token": ([{"staged": "zz"}], "bad_action"),
    "an unknown field": ([{"path": "/etc/passwd"}], "bad_action"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_nothing(made: Federation, case: str) -> None:
    attachments, code = REFUSED[case]
    before = dump(made[RABAT].journal)
    with pytest.raises(Refusal) as refused:
        ask(made, RABAT, PARIS, attachments=attachments)
    assert refused.value.code == code
    after = dump(made[RABAT].journal)
    assert {name: after[name] for name in ("entries", "files", "queue", "dossiers")} == {
        name: before[name] for name in ("entries", "files", "queue", "dossiers")
    }
    assert after["records"].get("staged", {}) == {}


def test_a_refused_entry_leaves_what_lay_ready_as_it_was(made: Federation) -> None:
    token = staged(made[RABAT])["token"]
    with pytest.raises(Refusal, match="not_a_party"):
        ask(made, RABAT, "es.cnp", attachments=[{"staged": token}, FILE])
    assert [one["token"] for one in list_staged(made[RABAT].node, DESK)] == [token]


@pytest.mark.parametrize("action", ["note", "agreement.nothing", "partnership.suspend"])
def test_files_go_with_entries_of_dossiers_only(made: Federation, action: str) -> None:
    account = ADMINISTRATOR if action.startswith("partnership") else DESK
    with pytest.raises(Refusal):
        made.act(RABAT, account, {"action": action, "to": [PARIS], "text": "x", "attachments": [FILE]})


def test_a_file_is_sent_once_and_by_who_laid_it_ready(made: Federation) -> None:
    token = staged(made[RABAT])["token"]
    action = {"action": "information_request.request", "to": [PARIS], "title": "D", "coded": {"area": "drugs", "types": ["information"]}}
    with pytest.raises(Refusal, match="attachment_unknown"):
        made.act(RABAT, "second", {**action, "attachments": [{"staged": token}]})
    with pytest.raises(Refusal, match="attachment_unknown"):
        ask(made, RABAT, PARIS, attachments=[{"staged": token}] * 2)
    ask(made, RABAT, PARIS, attachments=[{"staged": token}])
    with pytest.raises(Refusal, match="attachment_unknown"):
        ask(made, RABAT, PARIS, attachments=[{"staged": token}])


def test_what_is_taken_back_is_gone(made: Federation) -> None:
    token = bytes.fromhex(staged(made[RABAT])["token"])
    with pytest.raises(Refusal, match="attachment_unknown"):
        drop_staged(made[RABAT].node, "second", token)
    drop_staged(made[RABAT].node, DESK, token)
    assert made[RABAT].journal.read(lambda reading: reading.files()) == []
    assert ends_of(made[RABAT]) == ["attachment_staged", "staged_ended"]
    made[RABAT].rebuild()
    assert made[RABAT].verify().first_failure is None


def test_what_is_never_sent_is_destroyed_after_thirty_days(made: Federation) -> None:
    staged(made[RABAT])
    node, now = made[RABAT].node, made[RABAT].clock.now()
    assert sweep_staged(node, Millis(now + KEPT - 1)) == 0
    assert sweep_staged(node, Millis(now + KEPT)) == 1
    assert (list_staged(node, DESK), made[RABAT].journal.read(lambda reading: reading.files())) == ([], [])
    assert made[RABAT].verify().first_failure is None


def test_only_so_many_files_lie_ready(made: Federation) -> None:
    for _ in range(MAX_STAGED):
        staged(made[RABAT], content=b"")
    with pytest.raises(Refusal, match="too_many_staged"):
        staged(made[RABAT])


def test_an_administrator_lays_nothing_ready(made: Federation) -> None:
    with pytest.raises(Refusal, match="not_found"):
        stage_attachment(made[RABAT].node, ADMINISTRATOR, name="a.txt", type="text/plain", content=b"")


def test_a_draft_holds_tokens_and_a_second_person_releases_the_authors_files(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    action = {"action": "information_request.part_answer", "dossier": dossier.hex(), "text": "Voir pièce.", "attachments": [FILE]}
    draft = made.act(PARIS, DESK, action)
    (held,) = made[PARIS].journal.read(lambda reading: [row.value for row in reading.records("draft") if row.key == draft.draft])
    assert FILE["content"].encode() not in held
    made.act(PARIS, "second", {"action": "release", "draft": draft.draft.hex()})
    made.settle()
    (entry,) = (one for one in shown(made, RABAT, dossier)["entries"] if one["type"] == "part_answer")
    assert [one["state"] for one in entry["attachments"]] == ["here"]


def test_forbidden_and_absent_files_look_alike(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS, attachments=[FILE])
    made.settle()
    node = made[PARIS].node
    for account, entry, place in (
        ("other", dossier, 0),
        (ADMINISTRATOR, dossier, 0),
        (DESK, dossier, 1),
        (DESK, dossier, -1),
        (DESK, bytes(32), 0),
    ):
        with pytest.raises(Refusal) as refused:
            load_attachment(node, open_scope(node, account), EntryId(entry), place)
        assert (refused.value.code, dict(refused.value.facts)) == ("not_found", {})


def test_every_opening_is_recorded(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS, attachments=[FILE])
    node = made[RABAT].node
    load_attachment(node, open_scope(node, DESK), EntryId(dossier), 0)
    last = made[RABAT].journal.read(lambda reading: reading.local_of(dossier, "consulted"))[-1]
    assert (last.officer, b"attachment" in (last.content or b"")) == (DESK, True)


def test_what_has_not_arrived_is_not_opened_and_what_was_changed_is_named(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS, attachments=[FILE])
    made.exchange(RABAT, PARIS)
    made.exchange(RABAT, PARIS)
    node = made[PARIS].node
    with pytest.raises(Refusal, match="attachment_not_here"):
        load_attachment(node, open_scope(node, DESK), EntryId(dossier), 0)
    made.settle()
    held = made[PARIS].journal._tables.files[dossier, 0]
    held[0] = held[0][:-1] + bytes([held[0][-1] ^ 1])
    with pytest.raises(OperatorFault, match="attachment_changed"):
        load_attachment(node, open_scope(node, DESK), EntryId(dossier), 0)
    failure = made[PARIS].verify().first_failure
    assert failure is not None
    assert failure.what == "attachment_chunk"


def test_a_recall_destroys_the_files_with_the_body(made: Federation) -> None:
    dossier = ask(made, PARIS, RABAT)
    made.settle()
    answer = say(made, RABAT, "information_request.answer", dossier, text="Voilà.", attachments=[FILE])
    made.settle()
    recall = say(made, RABAT, "information_request.recall_request", dossier, coded={"code": "incorrect", "entry": answer.hex()})
    made.settle()
    say(made, PARIS, "information_request.recall_answer", dossier, coded={"code": "erased", "recall": recall.hex()})
    made.settle()
    assert made[PARIS].journal.read(lambda reading: reading.files()) == []
    (entry,) = (one for one in shown(made, PARIS, dossier)["entries"] if one["id"] == answer.hex())
    assert "attachments" not in entry
    assert made[PARIS].verify().first_failure is None
    made[PARIS].rebuild()
    assert made[PARIS].verify().first_failure is None


def test_all_types_pass_from_one_node_to_the_other(made: Federation) -> None:
    files = [attached(f"{number}", content, type) for number, (type, content) in enumerate(GOOD.values())]
    assert sum(len(content) for _, content in GOOD.values()) < MAX_TOTAL
    dossier = ask(made, RABAT, PARIS, attachments=files)
    made.settle()
    entry = shown(made, PARIS, dossier)["entries"][0]
    assert [(one["type"], one["state"], one["type_matches"]) for one in entry["attachments"]] == [
        (type, "here", True) for type, _ in GOOD.values()
    ]
