# SPDX-License-Identifier: EUPL-1.2
"""Sealing keys come and go while a node runs: a new one each month, the old one destroyed 14 days later.

What was sealed to a destroyed key can be opened by nobody, also not by who seizes the machine and the passphrase.
The new key is saved before it is announced: key file, then the signed statement in the journal, then the wire.
"""

from __future__ import annotations

from amana.compose.opening import OpenNode, load_passphrase
from amana.node.keys import SEALING_LIFE, SEALING_SEED, sealing_number, sealing_pair, with_next_sealing, without_expired
from amana.node.local import OwnSealing
from amana.node.records import append_event
from amana.protocol.canonical import parse
from amana.protocol.identifiers import Millis
from amana.protocol.sealing_statement import SealingStatement, SignedSealingStatement, sign_sealing_statement
from amana.storage.keyfile import read_key_file, write_key_file


def renew_sealing(opened: OpenNode, *, now: Millis, force: bool = False) -> bool:
    """Destroy expired sealing keys, and make the next one where the current one is a month old; whether one was made.

    A key that was saved but not announced, because the machine stopped in between, is announced now.
    Raises OperatorFault where the key file cannot be opened or written; the keys in use stay then.
    """
    node, path = opened.node, opened.directory / opened.config.working_keys
    passphrase = load_passphrase(opened.directory, opened.config)
    secrets = read_key_file(path, passphrase)
    announced, since = _announced(opened)
    kept = without_expired(secrets, now)
    due = force or now - since >= SEALING_LIFE
    if due:
        kept = with_next_sealing(kept, node.randomness.token(SEALING_SEED), now)
    if kept != secrets:
        write_key_file(path, passphrase, kept, salt=node.randomness.token(16), nonce=node.randomness.token(12))
        node.keys.replace_sealing(kept)
    key = sealing_pair(kept).public
    if key.id != announced:
        statement = SealingStatement(key=key, card=node.card.number, code=node.code, number=sealing_number(kept), issued_at=now)
        signed = sign_sealing_statement(node.keys.request, statement)
        node.journal.write(lambda writing: append_event(writing, OwnSealing(statement=signed), at=now))
    return due


def _announced(opened: OpenNode) -> tuple[bytes, Millis]:
    """The id of the sealing key that partners were last told of, and since when."""
    signed = opened.journal.read(lambda reading: reading.record("own_sealing", b""))
    if signed is None:
        return opened.node.card.card.sealing.id, opened.node.card.card.issued_at
    statement = parse(parse(signed, SignedSealingStatement).statement, SealingStatement)
    return statement.key.id, statement.issued_at
