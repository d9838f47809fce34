# SPDX-License-Identifier: EUPL-1.2
"""A card as text that survives mail and clipboard, written and read; the same armour as the commands'."""

from __future__ import annotations

import base64
import binascii
import textwrap

from amana.protocol.card import MAX_SIGNED_CARD
from amana.protocol.errors import Refusal

HEAD, FOOT = "-----BEGIN AMANA CARD-----", "-----END AMANA CARD-----"
MOST = 4 * MAX_SIGNED_CARD


def armoured(card: bytes) -> str:
    """A signed card as lines of text."""
    return "\n".join([HEAD, *textwrap.wrap(base64.b64encode(card).decode(), 64), FOOT, ""])


def parse_armoured(text: str) -> bytes:
    """A signed card from its armour or from bare base64. Raises Refusal `card_unreadable`."""
    inside = text[:MOST].partition(HEAD)[2].partition(FOOT)[0] if HEAD in text else text[:MOST]
    try:
        card = base64.b64decode("".join(inside.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal("card_unreadable") from error
    if not card:
        raise Refusal("card_unreadable")
    return card
