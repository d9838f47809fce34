# SPDX-License-Identifier: EUPL-1.2
"""The age of a node's own keys, and when the next ones are due; for the administrator."""

from __future__ import annotations

from typing import Any

from amana.node.context import Node
from amana.node.keys import SEALING_LIFE
from amana.node.ports import Reading
from amana.protocol.canonical import parse
from amana.protocol.card import Card
from amana.protocol.sealing_statement import SealingStatement, SignedSealingStatement

Plain = dict[str, Any]


def show_keys(reading: Reading, node: Node) -> Plain:
    """Card and sealing key: since when, and when the next sealing key is due."""
    issued = sealing_issued_at(reading.record("own_sealing", b"") or b"", node.card.card)
    return {
        "card_number": node.card.number,
        "card_issued_at": node.card.card.issued_at,
        "sealing_issued_at": issued,
        "sealing_due": issued + SEALING_LIFE,
        "sealing_kept": len(node.keys.sealing),
    }


def sealing_issued_at(statement: bytes, card: Card) -> int:
    """When the current sealing key was stated: by a statement of its own, or by the card."""
    if not statement:
        return card.issued_at
    stated = parse(parse(statement, SignedSealingStatement).statement, SealingStatement)  # verified before it was kept
    return stated.issued_at if stated.card == card.number else card.issued_at
