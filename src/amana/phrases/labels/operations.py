# SPDX-License-Identifier: EUPL-1.2
"""Joint operations: phases and gates, plan, tasks, contact points, results, evaluation, exhibits, deconfliction."""

from __future__ import annotations

from collections.abc import Mapping

PHASE: Mapping[str, str] = {
    "proposed": "proposed",
    "agreed": "plan agreed",
    "preparation": "in preparation",
    "action": "in action",
    "halted": "halted",
    "exploitation": "exploitation",
    "closed": "closed, evaluation awaited",
    "evaluated": "evaluated",
}

GATE: Mapping[str, str] = {
    "plan": "the plan approved by every party",
    "basis": "the legal basis stated",
    "contact": "a contact point named",
    "tasks": "tasks done or dropped",
    "ready": "readiness declared",
    "start": "the beginning of the action",
    "stop": "the end of the action",
    "doubles": "possible double counts settled",
    "close": "the closing of the operation",
    "evaluation": "the final evaluation",
}

PARTY_ROLE: Mapping[str, str] = {"lead": "lead", "support": "support", "observer": "observer"}

BASIS_TYPE: Mapping[str, str] = {
    "agreement": "agreement in force",
    "judicial_request": "letter of request",
    "investigation_team": "joint investigation team",
    "national_law": "national law",
}

PLAN_PART: Mapping[str, str] = {
    "objective": "objective",
    "situation": "situation",
    "concept": "course of action",
    "forces": "forces and means",
    "safety": "safety",
    "evidence": "evidence",
    "communications": "communications",
    "media": "media line",
    "costs": "costs",
    "contingency": "contingencies",
}

TASK_PHASE: Mapping[str, str] = {
    "preparation": "preparation",
    "action": "action",
    "exploitation": "exploitation",
}

WORK_STATE: Mapping[str, str] = {
    "open": "to do",
    "in_hand": "in hand",
    "blocked": "blocked",
    "done": "done",
    "dropped": "dropped",
}

CONTACT_FUNCTION: Mapping[str, str] = {
    "command": "command",
    "desk": "desk",
    "evidence": "evidence",
    "technical": "technical",
    "media": "media",
    "interpreter": "interpreter",
}

DOCUMENT_TYPE: Mapping[str, str] = {
    "order": "operation order",
    "legal": "legal document",
    "map": "map or sketch",
    "report": "report",
    "other": "other document",
}

RESULT_TYPE: Mapping[str, str] = {
    "apprehension": "persons apprehended",
    "person_protected": "persons protected",
    "drugs": "drugs seized",
    "money": "money seized",
    "device": "devices",
    "account": "accounts",
    "weapon": "weapons",
    "document": "documents",
    "vehicle": "vehicles",
    "other": "other things",
}

SUBSTANCE: Mapping[str, str] = {
    "cannabis_resin": "cannabis resin",
    "cannabis_herb": "cannabis herb",
    "cocaine": "cocaine",
    "heroin": "heroin",
    "amphetamine": "amphetamine",
    "mdma": "MDMA",
    "medicine": "diverted medicine",
    "new_substance": "new psychoactive substance",
    "precursor": "precursor",
    "other": "other substance",
}

UNIT: Mapping[str, str] = {
    "piece": "pieces",
    "gram": "grams",
    "millilitre": "millilitres",
    "money": "hundredths of the currency",
}

EVALUATION_TIME: Mapping[str, str] = {"mid_term": "mid-term evaluation", "final": "final evaluation"}

OPERATION_CRITERION: Mapping[str, str] = {
    "preparation": "preparation",
    "information_flow": "flow of information",
    "coordination": "coordination",
    "legal_framework": "legal framework",
    "safety": "safety of officers and public",
    "results": "results",
}

ACTION_CATEGORY: Mapping[str, str] = {
    "observation": "observation",
    "movement": "movement",
    "search": "search",
    "apprehension": "apprehension",
    "seizure": "seizure",
    "decision": "decision",
    "safety": "safety",
    "request": "request",
    "technical": "technical",
    "media": "media",
}

LAWFUL_ORIGIN: Mapping[str, str] = {
    "search": "search",
    "arrest": "arrest",
    "border_control": "border control",
    "judicial_order": "judicial order",
    "handed_in": "handed in of free will",
    "found": "found",
}

DISPOSAL: Mapping[str, str] = {
    "to_court": "handed to the court",
    "returned": "returned to its owner",
    "destroyed": "destroyed",
    "confiscated": "confiscated",
}

POINT_KIND: Mapping[str, str] = {
    "place_and_time": "place and time",
    "phone": "telephone number",
    "vehicle": "registration plate",
    "document": "document number",
    "account": "account number",
}

SETTLEMENT: Mapping[str, str] = {
    "no_conflict": "no conflict",
    "moved": "moved elsewhere",
    "postponed": "postponed",
    "taken_together": "carried out together",
    "given_up": "given up",
}

ANNEX_PART: Mapping[str, str] = {
    "objectives": "own objectives",
    "sources": "sources",
    "forces": "own forces",
    "risks": "risks",
    "costs": "costs",
    "notes": "notes",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "phase": PHASE,
    "gate": GATE,
    "party_role": PARTY_ROLE,
    "basis_type": BASIS_TYPE,
    "plan_part": PLAN_PART,
    "task_phase": TASK_PHASE,
    "work_state": WORK_STATE,
    "contact_function": CONTACT_FUNCTION,
    "document_type": DOCUMENT_TYPE,
    "result_type": RESULT_TYPE,
    "substance": SUBSTANCE,
    "unit": UNIT,
    "evaluation_time": EVALUATION_TIME,
    "operation_criterion": OPERATION_CRITERION,
    "action_category": ACTION_CATEGORY,
    "lawful_origin": LAWFUL_ORIGIN,
    "disposal": DISPOSAL,
    "point_kind": POINT_KIND,
    "settlement": SETTLEMENT,
    "annex_part": ANNEX_PART,
}
