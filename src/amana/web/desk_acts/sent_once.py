# SPDX-License-Identifier: EUPL-1.2
"""The token of what a form says: the same form with the same words is one act, with other words it is another one.

A browser's Back shows a form with the token it had. Were the token alone what makes an act one, a second embargo typed
into it would be told as set and never be said.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

LONGEST = 40  # of a form's own token; what is longer is none of ours
DIGITS = 16


def token_of(form: str, said: Any) -> str:
    """The token of this act, from the form's token and what was `said` in it; empty where the form has none."""
    if not form:
        return ""
    return f"{form[:LONGEST]}-{hashlib.sha256(msgspec.json.encode(said, order='sorted')).hexdigest()[:DIGITS]}"
