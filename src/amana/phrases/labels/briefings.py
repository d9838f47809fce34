# SPDX-License-Identifier: EUPL-1.2
"""The sections of a briefing file, why a point is proposed in it, and what its figures count."""

from __future__ import annotations

from collections.abc import Mapping

BRIEFING_SECTION: Mapping[str, str] = {
    "owed_by_partners": "what is awaited from the partners",
    "owed_by_us": "what is awaited from us",
    "decisions": "open decisions and actions",
    "figures_out": "figures of the requests that we made",
    "figures_in": "figures of the requests that were made to us",
    "communique": "last communiqué",
    "points": "points proposed",
}

BRIEFING_POINT: Mapping[str, str] = {
    "action": "action",
    "agenda": "point of the agenda that awaits our word",
    "carried": "open decision that is not on the agenda yet",
    "decision": "decision",
    "due_before": "answer due before the meeting",
    "expired": "threat assessment that has expired",
    "expires_soon": "threat assessment that expires soon",
    "newer": "threat assessment since the last meeting",
    "overdue": "answer overdue",
    "released": "communiqué",
    "to_report": "to be carried out before the meeting",
}

BRIEFING_FIGURE: Mapping[str, str] = {
    "asked": "requests",
    "asked_in": "by area",
    "answered": "answered",
    "refused": "refused",
    "open": "open",
    "overdue": "overdue",
    "in_time": "settled in time",
    "median": "median time",
    "longest": "longest time",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "briefing_section": BRIEFING_SECTION,
    "briefing_point": BRIEFING_POINT,
    "briefing_figure": BRIEFING_FIGURE,
}
