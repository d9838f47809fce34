# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments in words: parts, likelihood and confidence with their meaning, kinds of sources, validity."""

from __future__ import annotations

from collections.abc import Mapping

ASSESSMENT_PART: Mapping[str, str] = {
    "situation": "situation",
    "judgement": "judgement",
    "outlook": "outlook",
    "recommendation": "recommendations",
}

LIKELIHOOD: Mapping[str, str] = {
    "almost_no_chance": "almost no chance",
    "very_unlikely": "very unlikely",
    "unlikely": "unlikely",
    "roughly_even": "roughly even chance",
    "likely": "likely",
    "very_likely": "very likely",
    "almost_certain": "almost certain",
}

CONFIDENCE: Mapping[str, str] = {
    "low": "low confidence",
    "moderate": "moderate confidence",
    "high": "high confidence",
}

CONFIDENCE_MEANING: Mapping[str, str] = {
    "low": "what it rests on is scarce, contradictory or of doubtful reliability",
    "moderate": "it rests on credible sources that do not allow a firmer conclusion",
    "high": "it rests on several reliable sources that agree",
}

SOURCE_TYPE: Mapping[str, str] = {
    "police_report": "police report",
    "partner": "partner",
    "open_source": "open source",
    "technical": "technical source",
    "judicial": "judicial source",
    "other": "other source",
}

THREAT_ASSESSMENT_STAGE: Mapping[str, str] = {
    "drafting": "being written",
    "in_force": "approved by all",
    "revised": "approved by all; being revised",
}

VALIDITY: Mapping[str, str] = {
    "valid": "valid",
    "expires_soon": "expires soon",
    "expired": "expired",
    "drafting": "being written",
}

APPROVAL_STATE: Mapping[str, str] = {
    "approved": "approved",
    "withdrawn": "approval taken back",
    "waiting": "not yet",
    "left": "has left",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "assessment_part": ASSESSMENT_PART,
    "likelihood": LIKELIHOOD,
    "confidence": CONFIDENCE,
    "confidence_meaning": CONFIDENCE_MEANING,
    "source_type": SOURCE_TYPE,
    "threat_assessment_stage": THREAT_ASSESSMENT_STAGE,
    "validity": VALIDITY,
    "approval_state": APPROVAL_STATE,
}
