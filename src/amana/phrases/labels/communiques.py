# SPDX-License-Identifier: EUPL-1.2
"""Texts that several agencies write together, and communiqués: clauses, where they stand, what is still to do."""

from __future__ import annotations

from collections.abc import Mapping

CLAUSE_ROLE: Mapping[str, str] = {
    "heading": "heading",
    "paragraph": "paragraph",
}

CLAUSE_STATE: Mapping[str, str] = {
    "agreed": "agreed",
    "proposed": "proposed",
    "objected": "objected to",
    "contested": "two wordings side by side",
    "pending": "not yet written",
    "struck": "struck",
}

BEFORE_RELEASE: Mapping[str, str] = {
    "contested": "two wordings stand side by side: agree on one",
    "objected": "there is an objection: write another wording",
    "not_agreed": "agree, or propose another wording",
    "language_pending": "write the clause in this language",
    "text_changed": "the text changed after its approval: approve again",
    "approval_missing": "the approval is missing",
    "release_missing": "the release is still to be said",
    "embargo": "the embargo runs",
}

COMMUNIQUE_STAGE: Mapping[str, str] = {
    "drafting": "being written",
    "agreed": "every clause agreed; awaits approval",
    "approved": "approved by all; awaits release",
    "release_said": "release said",
}

COMMUNIQUE_GROUP: Mapping[str, str] = {
    "ours": "our turn",
    "open": "being written",
    "public": "public",
}

TEXT_APPROVAL: Mapping[str, str] = {
    "approved": "approved",
    "changed": "text changed since",
    "waiting": "not yet",
    "left": "has left",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "clause_role": CLAUSE_ROLE,
    "clause_state": CLAUSE_STATE,
    "before_release": BEFORE_RELEASE,
    "communique_group": COMMUNIQUE_GROUP,
    "communique_stage": COMMUNIQUE_STAGE,
    "text_approval": TEXT_APPROVAL,
}
