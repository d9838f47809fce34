# SPDX-License-Identifier: EUPL-1.2
"""Agreements, partners and accounts on their pages: groups, consents, what a form lacks, what a role is for."""

from __future__ import annotations

from collections.abc import Mapping

AGREEMENT_GROUP: Mapping[str, str] = {
    "ours": "Our consent is asked",
    "in_force": "In force",
    "awaited": "Awaiting others’ consent",
    "stopped": "Suspended or ended",
}

CONSENT_STATE: Mapping[str, str] = {
    "consented": "consents",
    "declined": "declines",
    "waiting": "has not said yet",
}

TEXT_PROBLEM: Mapping[str, str] = {
    "parties_missing": "Choose at least one partner as a party.",
    "title_missing": "Give the text a title.",
    "areas_missing": "Choose at least one field.",
    "forms_missing": "Choose at least one form of cooperation.",
    "articles_missing": "Number at least one article.",
    "article_without_number": "An article names fields or forms and has no number.",
    "clock_wrong": "A time for an answer is a whole number of hours or days, at most a year.",
    "date_wrong": "A date is not one. Choose it from the calendar.",
}

CLOCK_UNIT: Mapping[str, str] = {
    "hours": "hours",
    "days": "days",
}

ROLE_MEANING: Mapping[str, str] = {
    "desk": "works in the dossiers of his units",
    "supervisor": "assigns, releases and says what binds the agency",
    "administrator": "sees the machine and no content",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "agreement_group": AGREEMENT_GROUP,
    "consent_state": CONSENT_STATE,
    "text_problem": TEXT_PROBLEM,
    "clock_unit": CLOCK_UNIT,
    "role_meaning": ROLE_MEANING,
}
