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
    "clause_without_number": "A clause has a wording and no number.",
    "clause_twice": "Two clauses have the same number.",
    "clause_too_long": "A clause is longer than a clause may be: 8000 characters in one language.",
    "wording_too_long": "The wording is too long as a whole. Shorten it, or lay down the details in a supplementary arrangement.",
    "clock_wrong": "A time for an answer is a whole number of hours or days, at most a year.",
    "date_wrong": "A date is not one. Choose it from the calendar.",
}

CLAUSE_HEADING: Mapping[str, str] = {
    "preamble": "Preamble",
    "closing": "Closing clauses",
}

CLAUSE_CHANGE: Mapping[str, str] = {
    "same": "unchanged",
    "changed": "changed",
    "new": "new",
    "removed": "removed",
}

ROAD_STEP: Mapping[str, str] = {
    "proposed": "proposed",
    "consented": "consents",
    "declined": "declines",
    "waiting": "has not said yet",
    "in_force": "in force",
    "ahead": "to be in force",
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
    "clause_heading": CLAUSE_HEADING,
    "clause_change": CLAUSE_CHANGE,
    "road_step": ROAD_STEP,
    "clock_unit": CLOCK_UNIT,
    "role_meaning": ROLE_MEANING,
}
