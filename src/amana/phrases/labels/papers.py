# SPDX-License-Identifier: EUPL-1.2
"""The names of lines, columns and sections on papers that several agencies write together, and of what is given out."""

from __future__ import annotations

from collections.abc import Mapping

PAPER: Mapping[str, str] = {
    "agency": "agency",
    "approvals": "approvals",
    "area": "area",
    "areas": "areas",
    "briefing": "briefing file",
    "code": "verification code",
    "communique": "communiqué",
    "confidence": "confidence",
    "date": "date",
    "decision": "decision",
    "decisions": "decisions",
    "dissent": "dissent from the assessment as a whole",
    "delegations": "delegations",
    "draft": "draft",
    "drawn": "figures of",
    "due": "due",
    "fingerprint": "fingerprint",
    "fingerprint_of_text": "fingerprint of this text",
    "grade": "grade",
    "held": "held",
    "host": "host",
    "issued_by": "issued by",
    "judgement": "judgement",
    "likelihood": "likelihood",
    "meeting": "meeting",
    "minutes": "minutes",
    "next_meeting": "next meeting",
    "number": "no.",
    "outlook": "outlook",
    "owner": "carried out by",
    "parties": "parties",
    "place": "place",
    "recommendation": "recommendations",
    "revision": "revision",
    "situation": "situation",
    "source": "source",
    "sources": "sources",
    "state": "state",
    "threat_assessment": "threat assessment",
    "unsettled": "wording not agreed yet",
    "valid_until": "valid until",
}

APPROVAL: Mapping[str, str] = {
    "approved": "approved",
    "earlier": "approved an earlier text",
    "left": "has left",
    "not_yet": "not yet",
    "withdrawn": "approval withdrawn",
}

TERM_NOTE: Mapping[str, str] = {
    "communique": "the communiqués have the other word",
    "law": "the law’s own word",
    "sense": "this means something else",
    "tone": "this reads as a reproach",
    "usage": "the administration’s usage",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "paper": PAPER,
    "approval": APPROVAL,
    "term_note": TERM_NOTE,
}
