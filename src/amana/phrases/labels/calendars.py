# SPDX-License-Identifier: EUPL-1.2
"""What stands in a calendar on its day: the category that an application shows."""

from __future__ import annotations

from collections.abc import Mapping

DATED_KIND: Mapping[str, str] = {
    "visit": "visit",
    "meeting": "meeting",
    "session": "session",
    "programme": "programme of a visit",
    "mission": "mission of experts",
    "action": "action of an operation",
    "due": "due date",
}

LABELS: Mapping[str, Mapping[str, str]] = {"dated_kind": DATED_KIND}
