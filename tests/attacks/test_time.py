# SPDX-License-Identifier: EUPL-1.2
"""A partner whose entries are dated at the end of time: everybody else goes on, in that dossier and in all others.

The effective time of what follows such an entry lies beyond the last time that can be said (spec/10-order-and-folds.md).
"""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.agreement.entries import KIND as AGREEMENT
from amana.dossiers.agreement.entries import Resume, Suspend
from amana.dossiers.information_request.entries import Reminder
from amana.dossiers.shared.vocabulary import SuspensionCode
from amana.node.access import open_scope
from amana.node.queries.inbox import list_inbox
from amana.protocol.canonical import encode
from amana.protocol.entry import Header, entry_id, parse_header
from amana.protocol.envelope import Slot
from amana.protocol.identifiers import DossierId, EntryId
from amana.protocol.sync import Notice
from amana.simulation.agency import DESK
from tests.federation.acts import PARIS, RABAT, TEMARA, ask, say, shown
from tests.node.hostile import SAID, Forge, forge

LAST = 2**53 - 1  # the last time that a header can say


def opening_of(f: Forge, dossier: bytes) -> Header:
    row = f.villain.journal.read(lambda reading: reading.entry(EntryId(dossier)))
    assert row is not None
    return parse_header(row.header)


def three_party_dossier(f: Forge) -> DossierId:
    dossier = ask(f.made, TEMARA, RABAT, PARIS)
    f.made.settle()
    return dossier


def last_word(f: Forge, dossier: DossierId, **changed: Any) -> Slot:
    """An entry of the villain's to all parties, dated at the end of time."""
    opening = opening_of(f, dossier)
    audience = tuple(sorted({opening.author, *opening.audience} - {f.villain.code}))
    said: dict[str, Any] = {
        "dossier": dossier,
        "audience": audience,
        "made_at": LAST,
        "previous": b"" if opening.author != f.villain.code else dossier,
    }
    return f.entry(**(said | changed))


def test_a_dossier_goes_on_after_an_entry_from_the_end_of_time() -> None:
    f = forge()
    assert f.send(last_word(f, f.dossier)) is Notice.NONE
    for action in ("acknowledge", "progress", "pause", "unpause", "answer"):
        more = {"coded": {"code": "judicial_authorisation"}} if action == "pause" else {"text": "Voilà."}
        say(f.made, PARIS, f"information_request.{action}", f.dossier, **more)
    stages = [entry["type"] for entry in shown(f.made, PARIS, f.dossier)["entries"] if not entry["refused"]]
    assert stages[-1] == "answer"
    assert f.victim.verify().ok


def test_an_opening_from_the_end_of_time_is_receipted_and_answered() -> None:
    f = forge()
    opening = f.opening()
    slot = f.entry(
        type="request", coded=opening.coded, rules=opening.rules, dossier=b"", previous=b"", made_at=LAST, marking=opening.marking
    )
    assert f.send(slot) is Notice.NONE
    dossier = DossierId(entry_id(slot.header_bytes))
    say(f.made, PARIS, "information_request.answer", dossier, text="Voilà.")
    assert shown(f.made, PARIS, dossier)["stage"] == "answered"


def test_the_log_of_a_third_agency_goes_on_in_a_dossier_that_was_dated_away() -> None:
    """Paris takes the villain's entry, and after it everything that honest Temara says in the same dossier."""
    f = forge()
    dossier = three_party_dossier(f)
    slot = last_word(f, dossier, type="acknowledge", coded=b"\xa0", marking=SAID)
    assert f.send(slot) is Notice.NONE
    say(f.made, PARIS, "information_request.progress", dossier)
    f.made.exchange(PARIS, TEMARA)
    f.made.exchange(TEMARA, PARIS)
    before = f.victim.journal.read(lambda reading: reading.logs(f.made[TEMARA].code))
    say(f.made, TEMARA, "information_request.reminder", dossier)
    f.made.exchange(TEMARA, PARIS)
    after = f.victim.journal.read(lambda reading: reading.logs(f.made[TEMARA].code))
    assert sum(log.size for log in after if not log.outgoing) > sum(log.size for log in before if not log.outgoing)
    list_inbox(f.victim.node, open_scope(f.victim.node, DESK))


@pytest.mark.parametrize("made_at", [LAST, LAST - 1, 2**52])
def test_an_agreement_suspended_at_the_end_of_time_stops_no_other_agreement(made_at: int) -> None:
    f = forge()
    agreement = f.victim.journal.read(lambda reading: reading.dossiers(kind=AGREEMENT))[0].id
    opening = opening_of(f, agreement)
    previous: bytes = agreement
    for coded in (Suspend(code=SuspensionCode.OTHER), Resume(), Suspend(code=SuspensionCode.OTHER), Resume()):
        type = "suspend" if isinstance(coded, Suspend) else "resume"
        said = {"kind": AGREEMENT, "type": type, "coded": encode(coded), "marking": opening.marking}
        slot = last_word(f, agreement, previous=previous, made_at=made_at, **said)
        assert f.send(slot) is Notice.NONE
        previous = entry_id(slot.header_bytes)
    ask(f.made, PARIS, TEMARA)
    assert f.victim.verify().ok


def test_an_entry_from_the_end_of_time_is_shown_as_such() -> None:
    f = forge()
    f.send(last_word(f, f.dossier, type="reminder", coded=encode(Reminder()), marking=SAID))
    entry = next(entry for entry in shown(f.made, PARIS, f.dossier)["entries"] if entry["type"] == "reminder")
    assert entry["disposition"] == "clock_off"
    assert f.victim.verify().ok
