# SPDX-License-Identifier: EUPL-1.2
"""The partners as pages show them: names in the reader's language, clocks as a difference with its direction."""

from __future__ import annotations

from typing import Any

from amana.node.queries.partners import partner_status
from amana.web.doors import Desk

Plain = dict[str, Any]


def all_partners(desk: Desk) -> Plain:
    """`lines`: every partner by code; `introductions`: agencies that partners introduced and nobody compared."""
    shown = partner_status(desk.node, desk.scope, desk.here.opened.exchange)
    for one in shown["partners"]:
        one["name"] = one["names"].get(desk.language, one["names"]["en"])
        one["clock_ahead"] = one["clock_difference_ms"] > 0
        one["clock_difference"] = abs(one["clock_difference_ms"])
        one["number"] = one["safety_number"].split(" ") if one["safety_number"] else []
    return {"lines": shown["partners"], "introductions": shown["introductions"]}
