# SPDX-License-Identifier: EUPL-1.2
"""What a verification finds: one thing that does not hold, in facts from which a sentence can be made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that does not hold: `what` was checked, `where` it stands, what was expected and what was found."""

    what: str
    where: str
    expected: str
    got: str


def differs(what: str, where: str, expected: bytes, got: bytes) -> Failure:
    """Two values that should be one."""
    return Failure(what=what, where=where, expected=expected.hex(), got=got.hex())
