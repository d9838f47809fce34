# SPDX-License-Identifier: EUPL-1.2
"""The road of a text to force: made by whom, who said what to which fingerprint and when, in force since or from when.

What parties wrote when they declined stands below it. Everything comes from the node's query; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Plain = dict[str, Any]


def road_of(shown: Mapping[str, Any], text: Mapping[str, Any]) -> list[Plain]:
    """The steps of this text: `step` proposed, consented, declined, waiting, in_force or ahead; `at` 0 where not yet."""
    made = next((one["made_at"] for one in shown["history"] if one["entry"] == text["entry"]), 0)
    steps: list[Plain] = [{"step": "proposed", "agency": text["author"], "at": made, "hash": text["hash"][:8]}]
    for party in text["consents"]:
        if party["agency"] == text["author"] and party["state"] == "consented":
            continue  # made by it and thereby consented to
        at = party["since"] or _said_at(shown, text, party["agency"])
        steps.append({"step": party["state"], "agency": party["agency"], "at": at, "hash": text["hash"][:8] if party["since"] else ""})
    since, now = text["in_force_since"], shown["now"]
    reached, ahead = bool(since) and since <= now, text["in_force_on"] if text["in_force_on"] > now else 0
    steps.append({"step": "in_force" if reached else "ahead", "agency": "", "at": since or ahead, "hash": ""})
    return steps


def reasons_for(shown: Mapping[str, Any], text: Mapping[str, Any]) -> list[Plain]:
    """What the parties that decline this text wrote, if anything; the last word of each."""
    declining = [party["agency"] for party in text["consents"] if party["state"] == "declined"]
    said = {one["agency"]: one for one in shown["reasons"] if one["text_of"] == text["entry"]}
    return [said[agency] for agency in declining if agency in said and said[agency]["text"]]


def _said_at(shown: Mapping[str, Any], text: Mapping[str, Any], agency: str) -> int:
    return max((one["at"] for one in shown["reasons"] if one["text_of"] == text["entry"] and one["agency"] == agency), default=0)
