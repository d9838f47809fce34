# SPDX-License-Identifier: EUPL-1.2
"""A new card for an existing node: other addresses, names or limit, or the next run after a loss.

Needs the identity key file, which may be brought back for this one act; the node must not run. Partners take the
new card by itself, because the identity they compared signs it. A new run ends logs that nobody can confirm (the
fence is ahead of a restored database): what was signed in them without a receipt is queued again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from amana.compose.config import load_config
from amana.compose.creating import spoken_rules
from amana.compose.opening import load_passphrase, own_card
from amana.compose.ports import SystemClock
from amana.node.keys import open_identity, open_keys, sealing_pair
from amana.node.local import OwnCard
from amana.node.ports import Writing
from amana.node.rebuilding import rebuild
from amana.node.records import append_event
from amana.protocol.card import Card, Names, VerifiedCard, sign_card, verify_card
from amana.protocol.envelope import SealingKey
from amana.storage.keyfile import read_key_file
from amana.storage.lockfile import hold_directory
from amana.storage.orm.journal import OrmJournal


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What is to change; empty: stays."""

    addresses: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    new_run: bool = False


def renew_card(directory: Path, renewal: Renewal) -> VerifiedCard:
    """Sign and store the next card. Raises OperatorFault `node_running`, `key_file_missing`, `other_identity_key`, …."""
    config = load_config(directory)
    with hold_directory(directory), OrmJournal(directory / config.database) as journal:
        passphrase = load_passphrase(directory, config)
        secrets = read_key_file(directory / config.working_keys, passphrase)
        keys = open_keys(secrets)
        identity = open_identity(read_key_file(directory / config.identity_key, passphrase))
        held = own_card(journal, keys)
        renewed = verify_card(sign_card(identity, _next_card(held.card, renewal, sealing_pair(secrets).public)), known=held)

        def act(writing: Writing) -> None:
            append_event(writing, OwnCard(card=renewed.signed_bytes), at=SystemClock().now())
            if renewal.new_run:
                rebuild(writing, config.code)  # queues what the ended run leaves without a receipt

        journal.write(act)
        return renewed


def _next_card(card: Card, renewal: Renewal, sealing: SealingKey) -> Card:
    names = renewal.names
    return replace(
        card,
        run=card.run + 1 if renewal.new_run else card.run,
        names=Names(ar=names.get("ar", card.names.ar), en=names.get("en", card.names.en), fr=names.get("fr", card.names.fr)),
        rules=spoken_rules(),
        sealing=sealing,
        number=card.number + 1,
        addresses=renewal.addresses or card.addresses,
        issued_at=SystemClock().now(),
    )
