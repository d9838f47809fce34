# SPDX-License-Identifier: EUPL-1.2
"""What cooperation is about and where it may happen: kinds of dossier, crime areas, forms, levels, categories of data."""

from __future__ import annotations

from collections.abc import Mapping

from amana.phrases.labels import event_words, operation_words

KIND: Mapping[str, str] = {
    "agreement": "agreement",
    "communique": "communiqué",
    "information_request": "information request",
    "partnership": "relation with a partner",
    "threat_assessment": "threat assessment",
    "meeting": "visit or meeting",
    **event_words.KIND,
    **operation_words.KIND,
}

AREA: Mapping[str, str] = {
    "terrorism": "terrorist threat",
    "drugs": "drugs and psychotropic substances",
    "organised_crime": "transnational organised crime",
    "arms_explosives_cbrn": "arms, explosives, nuclear, chemical and biological materials",
    "economic_financial": "economic and financial crime",
    "money_laundering": "money laundering",
    "human_trafficking": "trafficking in persons",
    "forgery_counterfeiting": "forgery and counterfeiting",
    "stolen_art": "stolen works of art and cultural property",
    "irregular_immigration": "irregular immigration",
    "document_fraud": "document fraud",
    "transport_security": "air, sea and land transport security",
    "forensic_police": "forensic police",
    "public_order": "public order",
    "training": "training",
    "cybercrime": "cybercrime",
    "migrant_smuggling": "migrant smuggling",
    "child_sexual_exploitation": "child sexual exploitation",
    "fraud": "fraud",
    "corruption": "corruption",
    "environmental_crime": "environmental crime",
    "intellectual_property": "intellectual property crime",
    "mobile_organised_groups": "mobile organised crime groups",
    "core_international_crimes": "core international crimes",
    "sport_event_violence": "violence at sports events",
    "missing_persons": "missing persons",
    "disaster_victims": "disaster victims",
}

FORM: Mapping[str, str] = {
    "information": "exchange of information",
    "private_check": "prior confidential check",
    "joint_operation": "joint operation",
    "technical_assistance": "technical assistance",
    "expertise": "exchange of expertise",
    "training": "training",
    "event_security": "security of major events",
}

COOPERATION_LEVEL: Mapping[str, str] = {
    "leadership": "leadership level",
    "operational": "operational level",
    "technical": "technical level",
}

DATA_CATEGORY: Mapping[str, str] = {
    "identity": "identity data",
    "contact": "contact details",
    "documents": "identity and travel documents",
    "vehicles_vessels": "vehicles and vessels",
    "financial": "financial data",
    "criminal_record": "criminal record",
    "travel": "travel data",
    "communications": "communications data",
    "cyber": "network and cyber data",
    "objects": "objects",
    "minors": "data on minors",
    "special": "special categories of personal data",
}

LANGUAGE: Mapping[str, str] = {
    "ar": "Arabic",
    "fr": "French",
    "en": "English",
}

WHY: Mapping[str, str] = {
    "article_names_area_and_form": "this article names both the area and the form of cooperation",
    "article_names_area": "this article names the area",
    "article_names_form": "this article names the form of cooperation",
    "article_covers_all_fields": "this article covers all fields of the agreement",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "kind": KIND,
    "area": AREA,
    "form": FORM,
    "cooperation_level": COOPERATION_LEVEL,
    "data_category": DATA_CATEGORY,
    "language": LANGUAGE,
    "why": WHY,
}
