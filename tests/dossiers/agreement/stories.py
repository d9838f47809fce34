# SPDX-License-Identifier: EUPL-1.2
"""Agreements for tests: invented terms, and agreements that all have consented to."""

from __future__ import annotations

from typing import Any

from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, Telling

CONDITIONS: dict[str, Any] = {
    "clocks": {"urgent_direct": 8 * HOUR, "urgent": 72 * HOUR, "other": 168 * HOUR},
    "languages": ["ar", "fr"],
    "codes": ["H2"],
    "level": 1,
}
TERMS: dict[str, Any] = {
    "areas": ["drugs", "irregular_immigration", "terrorism"],
    "forms": ["information", "joint_operation"],
    "articles": [
        {"number": "1"},
        {"number": "4", "areas": ["drugs"]},
        {"number": "5", "areas": ["drugs", "terrorism"], "forms": ["joint_operation"]},
    ],
    "conditions": CONDITIONS,
}
EVERYBODY = (DGPN, DGST, DGSN)


def proposed(**changes: Any) -> Telling:
    """An agreement that DGSN has proposed to the two others."""
    told = Telling("agreement", EVERYBODY)
    assert told.say(DGSN, "propose", {**TERMS, **changes}) is None
    return told


def consented(**changes: Any) -> Telling:
    """An agreement that all three consent to."""
    told = proposed(**changes)
    assert told.say(DGPN, "consent") is None
    assert told.say(DGST, "consent") is None
    return told
