# SPDX-License-Identifier: EUPL-1.2
"""Cards and sealing keys change during a node's life, and partners follow without a person's help."""

from __future__ import annotations

from pathlib import Path

import pytest

from amana.compose.checking import verify_directory
from amana.compose.opening import OpenNode, load_passphrase
from amana.compose.renewing import Renewal, renew_card
from amana.compose.rotating import renew_sealing
from amana.node.actions.act import act
from amana.node.actions.administer import announce_card, set_suspended
from amana.node.keys import KEPT_AFTER, SEALING_LIFE, sealing_pair, with_next_sealing
from amana.node.partners import Partner, load_partner
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import Millis
from amana.storage.keyfile import read_key_file, write_key_file
from tests.compose.pairs import PARIS, QUICK, RABAT, both_open, exchange, make_partners

DAY = 24 * 3_600_000


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    make_partners(tmp_path)
    return tmp_path


def rabat_as_paris_sees_it(paris: OpenNode) -> Partner:
    partner = paris.journal.read(lambda reading: load_partner(reading, RABAT))
    assert partner is not None
    return partner


def later(opened: OpenNode, ms: int) -> Millis:
    return Millis(opened.node.clock.now() + ms)


def test_a_young_sealing_key_stays(directory: Path) -> None:
    with both_open(directory) as (rabat, _):
        assert not renew_sealing(rabat, now=later(rabat, SEALING_LIFE - DAY))
        assert len(rabat.node.keys.sealing) == 1


def test_a_month_old_sealing_key_is_replaced_and_the_partner_seals_to_the_new_one(directory: Path) -> None:
    with both_open(directory) as (rabat, paris):
        before = rabat_as_paris_sees_it(paris).sealing.id
        assert renew_sealing(rabat, now=later(rabat, SEALING_LIFE))
        exchange(rabat, paris)
        after = rabat_as_paris_sees_it(paris).sealing.id
        assert after != before
        assert set(rabat.node.keys.sealing) == {before, after}
    assert verify_directory(directory / PARIS)["ok"]


@pytest.mark.parametrize(("after", "left"), [(KEPT_AFTER - DAY, 2), (KEPT_AFTER + DAY, 1)])
def test_the_old_key_is_destroyed_14_days_after_replacement(directory: Path, after: int, left: int) -> None:
    with both_open(directory) as (rabat, _):
        now = later(rabat, SEALING_LIFE)
        renew_sealing(rabat, now=now)
        renew_sealing(rabat, now=Millis(now + after))
        secrets = read_key_file(rabat.directory / "node.key", load_passphrase(rabat.directory, rabat.config))
        assert len(rabat.node.keys.sealing) == left
        assert sum(name.startswith("sealing.") for name in secrets) == left


def test_what_was_sealed_to_a_destroyed_key_is_sealed_again_to_the_current_one(directory: Path) -> None:
    with both_open(directory) as (rabat, paris):
        exchange(rabat, paris)
        now = later(rabat, SEALING_LIFE)
        renew_sealing(rabat, now=now)
        renew_sealing(rabat, now=Millis(now + KEPT_AFTER + DAY))  # Paris has not heard of it yet
        set_suspended(paris.node, RABAT, suspended=True)  # an entry for Rabat
        exchange(paris, rabat, turns=4)
        assert rabat.journal.read(lambda reading: [log.size for log in reading.logs(PARIS) if not log.outgoing]) == [1]


def test_a_key_that_was_saved_but_not_announced_is_announced_at_the_next_start(directory: Path) -> None:
    path, passphrase = directory / RABAT / "node.key", (directory / RABAT / "passphrase").read_bytes()
    with both_open(directory) as (rabat, _):
        now = rabat.node.clock.now()
    saved = with_next_sealing(read_key_file(path, passphrase), bytes(96), now)  # then the machine stopped
    write_key_file(path, passphrase, saved, salt=bytes(16), nonce=bytes(12), cost=QUICK)
    with both_open(directory) as (rabat, paris):
        renew_sealing(rabat, now=now)
        exchange(rabat, paris)
        assert rabat_as_paris_sees_it(paris).sealing == sealing_pair(saved).public


def test_a_new_card_reaches_the_partner_and_is_told_once(directory: Path) -> None:
    renewed = renew_card(directory / RABAT, Renewal(addresses=("http://127.0.0.1:10",)))
    with both_open(directory) as (rabat, paris):
        announce_card(rabat.node)
        announce_card(rabat.node)
        exchange(rabat, paris)
        partner = rabat_as_paris_sees_it(paris)
        assert (partner.card.number, partner.card.card.addresses) == (renewed.number, ("http://127.0.0.1:10",))
        assert rabat.journal.read(lambda reading: [log.receipted for log in reading.logs() if log.outgoing]) == [1]
    for code in (RABAT, PARIS):
        assert verify_directory(directory / code)["ok"]


def test_a_new_run_starts_a_new_log_and_loses_nothing(directory: Path) -> None:
    with both_open(directory) as (rabat, _):
        set_suspended(rabat.node, PARIS, suspended=True)
        set_suspended(rabat.node, PARIS, suspended=False)
    renew_card(directory / RABAT, Renewal(new_run=True))
    with both_open(directory) as (rabat, paris):
        exchange(rabat, paris, turns=4)
        logs = paris.journal.read(lambda reading: {log.origin: log.size for log in reading.logs(RABAT) if not log.outgoing})
        assert logs == {"ma.dgsn/amana/fr.dgpn/2": 2}
    for code in (RABAT, PARIS):
        assert verify_directory(directory / code)["ok"]


def test_without_the_identity_key_no_card_is_signed(directory: Path) -> None:
    (directory / RABAT / "identity.key").rename(directory / "taken-away")
    with pytest.raises(OperatorFault) as fault:
        renew_card(directory / RABAT, Renewal())
    assert fault.value.code == "key_file_missing"


def test_an_officer_of_a_suspended_partner_is_told_so(directory: Path) -> None:
    with both_open(directory) as (rabat, _):
        set_suspended(rabat.node, PARIS, suspended=True)
        with pytest.raises(Exception, match="partner_suspended"):
            act(rabat.node, "desk", {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "coded": TERMS})


TERMS = {
    "areas": ["drugs"],
    "forms": ["information"],
    "version": 1,
    "articles": [{"number": "1"}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": 8 * 3_600_000}},
}


def test_a_lost_fence_is_raised_to_what_was_signed_and_verifies(directory: Path) -> None:
    with both_open(directory) as (rabat, paris):
        set_suspended(rabat.node, PARIS, suspended=True)
        exchange(rabat, paris)
    (directory / RABAT / "fence").write_bytes(b"")
    assert verify_directory(directory / RABAT)["first_failure"]["what"] == "fence_behind"
    with both_open(directory):
        pass
    assert verify_directory(directory / RABAT)["ok"]
