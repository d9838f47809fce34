# SPDX-License-Identifier: EUPL-1.2
"""What an attacker can do, as the threat model says it: each with the bounds that hold all the same (docs/threat-model.md).

These tests would fail if the product became better, too: then the threat model has to say so.
"""

from __future__ import annotations

from amana.node.actions.administer import set_suspended
from amana.node.ports import WAITING, Reading
from amana.protocol.entry import entry_id
from amana.protocol.envelope import sealed_size
from amana.protocol.identifiers import EntryId
from amana.protocol.sync import Notice
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, say, shown
from tests.node.hostile import Forge, forge


def three(f: Forge) -> Forge:
    """The villain, the victim and a third agency in one dossier that the third opened."""
    dossier = ask(f.made, TEMARA, RABAT, PARIS)
    f.made.settle()
    return Forge(made=f.made, villain=f.villain, victim=f.victim, dossier=dossier)


def waiting_at(f: Forge, code: str) -> set[EntryId]:
    def ask_waiting(reading: Reading) -> set[EntryId]:
        return {row.id for row in reading.waiting_in(f.dossier)}

    return f.made[code].journal.read(ask_waiting)


def test_a_party_that_withholds_an_entry_from_one_stops_the_state_there_and_hides_no_word() -> None:
    """The villain gives its word to Paris and not to Temara: what Paris says after it waits at Temara, and can be read."""
    f = three(forge())
    last = next(entry["id"] for entry in shown(f.made, PARIS, f.dossier)["entries"] if entry["author"] == RABAT)
    held_back = f.entry(text="Tenu secret.", audience=(PARIS, TEMARA), previous=bytes.fromhex(last))
    assert f.send(held_back) is Notice.NONE
    answer = say(f.made, PARIS, "information_request.answer", f.dossier, text="Voilà la réponse.")
    f.made.exchange(PARIS, TEMARA)
    f.made.exchange(TEMARA, PARIS)
    assert waiting_at(f, TEMARA) == {answer}
    entry = next(entry for entry in shown(f.made, TEMARA, f.dossier)["entries"] if entry["id"] == answer.hex())
    assert (entry["waiting"], entry["text"]) == (True, "Voilà la réponse.")
    other = ask(f.made, TEMARA, PARIS)  # every other dossier goes on
    f.made.exchange(TEMARA, PARIS)
    f.made.exchange(PARIS, TEMARA)
    assert shown(f.made, TEMARA, other)["stage"] == "delivered"


def test_two_parties_that_are_told_different_things_see_it_when_one_of_them_speaks() -> None:
    """The villain says one thing to Paris and another to Temara at the same place of one dossier; each log is in order."""
    f = three(forge())
    last = next(entry["id"] for entry in shown(f.made, PARIS, f.dossier)["entries"] if entry["author"] == RABAT)
    other = Forge(made=f.made, villain=f.villain, victim=f.made[TEMARA], dossier=f.dossier)
    for told, text in ((f, "Oui."), (other, "Non.")):
        assert told.send(told.entry(text=text, audience=(PARIS, TEMARA), previous=bytes.fromhex(last))) is Notice.NONE
    assert waiting_at(f, TEMARA) == waiting_at(f, PARIS) == set()  # so far nobody can know
    say(f.made, PARIS, "information_request.progress", f.dossier)
    for _ in range(2):
        f.made.exchange(PARIS, TEMARA)
        f.made.exchange(TEMARA, PARIS)
    assert waiting_at(f, TEMARA)  # it rests on a word that Temara never got


def test_a_party_can_date_a_dossier_away_and_no_other() -> None:
    """One entry dated in a hundred years: what follows it stands after it, and every date reckoned from it is of no use."""
    f = forge()
    later = f.made.timeline.now + 100 * 365 * 24 * 3_600_000
    assert f.send(f.entry(made_at=later)) is Notice.NONE
    say(f.made, PARIS, "information_request.answer", f.dossier, text="Voilà.")
    slot = shown(f.made, PARIS, f.dossier)["state"]["slots"][0]
    assert slot["settled_at"] > later
    assert "clock_off" in {entry["disposition"] for entry in shown(f.made, PARIS, f.dossier)["entries"]}
    other = ask(f.made, PARIS, RABAT)
    f.made.settle()
    assert 0 < shown(f.made, PARIS, other)["state"]["slots"][0]["delivered_at"] < later


def test_a_partner_reads_one_step_without_a_receipt_and_not_a_second() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    for number in range(3):
        say(made, RABAT, "information_request.supplement", dossier, text=str(number))
        turn = made[RABAT].exchange.open_turn(made[PARIS].code, always=True)
        assert turn is not None
        made[PARIS].exchange.answer(turn.wire)  # Paris reads and its receipt never comes back
        made[RABAT].exchange.close_turn(turn, None)
    unreceipted = [entry["delivery"][0]["state"] for entry in shown(made, RABAT, dossier)["entries"] if entry["author"] == RABAT]
    assert unreceipted == ["delivered", "sent", "waiting", "waiting"]


def test_a_holder_that_says_it_has_erased_is_believed_to_have_said_so() -> None:
    """The declaration is signed and shown as what it is; whether the text is gone nobody else can see."""
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    told = say(made, RABAT, "information_request.supplement", dossier, text="À effacer.")
    say(made, RABAT, "information_request.recall_request", dossier, coded={"entry": told.hex(), "code": "incorrect"})
    made.settle()
    copied = made[PARIS].checkpoint()  # a backup taken before
    say(made, PARIS, "information_request.recall_answer", dossier, coded={"code": "erased"})
    made.settle()
    recall = shown(made, RABAT, dossier)["state"]["recalls"][0]
    assert recall["answers"] == [{"code": "erased", "agency": PARIS}]
    row = copied.read(lambda reading: reading.entry(EntryId(told)))
    assert row is not None
    assert "À effacer.".encode() in row.body


def test_a_suspended_partner_is_still_heard() -> None:
    """Its recalls and corrections must arrive; so does everything else, until the line to it is cut."""
    f = forge()
    set_suspended(f.victim.node, f.villain.code, suspended=True)
    size = f.position().frontier.size
    assert f.send(*[f.entry(previous=b"\x01" * 32) for _ in range(50)]) is Notice.NONE
    assert f.position().frontier.size == size + 50
    shown_to_all = next(one for one in f.health()["partners"] if one["code"] == RABAT)
    assert shown_to_all["received_entries"] == size + 50


def test_the_wire_shows_how_much_passes_and_when_within_an_eighth() -> None:
    for length in (200, 2_000, 20_000, 200_000):
        assert length <= sealed_size(length, 0) <= length + length // 8 + 64


def test_what_waits_for_ever_is_kept_for_ever() -> None:
    """A partner fills the disk with what it sends, and with nothing else; the doctor names it and the disk."""
    f = forge()
    slots = [f.entry(previous=b"\x01" * 32) for _ in range(20)]
    f.send(*slots)
    rows = f.victim.journal.read(lambda reading: reading.entries([EntryId(entry_id(slot.header_bytes)) for slot in slots]))
    assert {row.outcome for row in rows.values()} == {WAITING}
