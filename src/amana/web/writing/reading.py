# SPDX-License-Identifier: EUPL-1.2
"""From the fields of the writing form to the action they describe, and what is wrong with which field. Pure.

Names: `coded.<value>`, `items.<n>.type`, `items.<n>.value.<value>`, `items.<n>.grade` and so on; everything else by its
own name. Half-filled forms give half an action, never an error: the preview says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from amana.dossiers.kind import EntryType
from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.filling import FieldFault, plain_from_fields
from amana.dossiers.shared.forms import Field, describe_fields
from amana.dossiers.shared.items import ITEM_TYPES

Fields = Mapping[str, Sequence[str]]
NODE_FILLS = frozenset({"counts", "clock", "languages"})  # follows from the items and the agreement
LANGUAGES_ASKED = frozenset({"expertise", "expertise_mission", "reinforcement"})  # what people who are sent speak: nothing tells it
OF_THE_EVENT = frozenset({"host", "observers", "exercise"})  # what opens something of an event takes them from it
OF_THE_OPERATION = frozenset({"area", "observers", "lead"})  # what opens something of an operation takes them from it
FILLED_IN_OF: Mapping[str, frozenset[str]] = {  # follows from the author or from the text
    "joint_operation.propose": frozenset({"lead"}),
    "joint_operation.approve": frozenset({"hash", "version", "versions"}),
    "joint_operation.plan_point": frozenset({"place", "replaces"}),
    "joint_operation.translation": frozenset({"replaces"}),
}
ASKED_ELSEWHERE = frozenset({"about", "feedback", "originator"})  # of the entry that is named, or in a place of their own
ORDER = (
    "form",
    "level",
    "host",
    "starts",
    "ends",
    "areas",
    "type",
    "area",
    "urgency",
    "direct",
    "types",
    "entry",
    "reuse",
    "agencies",
)  # the canonical order of keys is by length
NAMED_BY_VALUES = frozenset(
    {"reinforcement.request", "reinforcement.offer_unsolicited", "event_day.open"}
)  # what they say is their subject
SAID_BY_VALUES = frozenset(  # what speaks of the matter by its subject and its values: words may follow
    {
        "joint_operation.task",
        "joint_operation.result",
        "exhibit.register",
        "exhibit.examine",
        "action_log.open",
        "action_log.close",
        "deconfliction.begin",
    }
)
ITEM = re.compile(r"items\.(\d{1,3})\.type")
ALWAYS = "H0"
MAX_ITEMS = 200
MILLIS_DIGITS = 14  # until the year 5138


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a form says so far: the action, and the faults by field."""

    given: dict[str, Any]
    faults: list[FieldFault] = field(default_factory=list)


def declared_type(kind: str, type: str) -> EntryType | None:
    """The entry type that people can write; None where there is none, or nodes say it themselves."""
    declared = find_entry_type(kind, type)
    return declared if declared is not None and not declared.automatic else None


def coded_fields(declared: EntryType) -> tuple[Field, ...]:
    """The coded values that the form asks for, in the order in which one thinks of them; the node fills in the others."""
    left_out = NODE_FILLS | ASKED_ELSEWHERE
    if declared.kind in LANGUAGES_ASKED:
        left_out -= {"languages"}
    if declared.opens and "operation" in declared.coded.__struct_fields__:
        left_out |= OF_THE_OPERATION
    if declared.phrase in FILLED_IN_OF:
        left_out |= FILLED_IN_OF[declared.phrase]
    if declared.opens and {"event", "host"} <= set(declared.coded.__struct_fields__):
        left_out |= OF_THE_EVENT
    asked = [one for one in describe_fields(declared.coded) if one.name not in left_out]
    return tuple(sorted(asked, key=lambda one: ORDER.index(one.name) if one.name in ORDER else len(ORDER)))


def as_typed(declared: EntryType | None, fields: Mapping[str, list[str]], zone: tzinfo | None) -> dict[str, list[str]]:
    """What an address begins a form with, as a person would have typed it: moments in milliseconds as a day and an hour."""
    moments = {f"coded.{one.name}" for one in describe_fields(declared.coded) if one.kind == "moment"} if declared is not None else set()
    return {name: [_typed(value, zone) for value in values] if name in moments else values for name, values in fields.items()}


def _typed(value: str, zone: tzinfo | None) -> str:
    if not value.isdecimal() or len(value) > MILLIS_DIGITS:
        return value
    return datetime.fromtimestamp(int(value) / 1000, zone or UTC).strftime("%Y-%m-%dT%H:%M")


def one(fields: Fields, name: str) -> str:
    """The last value of a field; empty where it was not sent."""
    values = fields.get(name, ())
    return values[-1].strip() if values else ""


def item_numbers(fields: Fields) -> list[int]:
    """The numbers of the items on the form, in order."""
    return sorted({int(match[1]) for name in fields if (match := ITEM.fullmatch(name)) and one(fields, name) in ITEM_TYPES})[:MAX_ITEMS]


def action_of(fields: Fields, kind: str, type: str, *, dossier: str = "", zone: tzinfo | None = None) -> Written:
    """The action that the form describes. Raises nothing."""
    declared = declared_type(kind, type)
    given: dict[str, Any] = {"action": f"{kind}.{type}"}
    faults: list[FieldFault] = []
    if dossier:
        given["dossier"] = dossier
    if to := [code for code in fields.get("to", ()) if code]:
        given["to"] = to
    for name in ("title", "text", "language", "unit"):
        if said := (fields.get(name) or [""])[-1].replace("\r\n", "\n").strip():
            given[name] = said
    if declared is not None:
        filled = plain_from_fields(coded_fields(declared), fields, prefix="coded.", filled_in=_filled_in(declared), zone=zone or UTC)
        faults += filled.faults
        given["coded"] = filled.plain | _elsewhere(declared, fields)
        if declared.detail is not None:
            detail = plain_from_fields(describe_fields(declared.detail), fields, prefix="detail.", zone=zone or UTC)
            faults += detail.faults
            given["detail"] = detail.plain
    items, wrong = _items(fields, zone or UTC)
    given["items"], given["marking"] = items, _marking(fields)
    if staged := [token for token in fields.get("attachments", ()) if token]:
        given["attachments"] = [{"staged": token} for token in staged]
    return Written(given=given, faults=[*faults, *wrong])


def _filled_in(declared: EntryType) -> Collection[str]:
    """References, which the node fills in where there is just one possibility. What is chosen from a list, a person chooses:
    no result and no reason leaves signed that nobody chose."""
    return [one.name for one in describe_fields(declared.coded) if one.kind == "reference"]


def _elsewhere(declared: EntryType, fields: Fields) -> dict[str, Any]:
    """Coded values that the form asks for in a place of their own."""
    known = {one.name for one in describe_fields(declared.coded)}
    found: dict[str, Any] = {}
    for name in ("about", "originator"):
        if name in known and (said := one(fields, f"coded.{name}")):
            found[name] = said
    if "feedback" in known and (said_of := _feedback(fields)):
        found["feedback"] = said_of
    return found


def _feedback(fields: Fields) -> list[dict[str, str]]:
    """What each respondent's answer was worth."""
    found = []
    for name in sorted(fields):
        if name.startswith("feedback.") and (usefulness := one(fields, name)):
            _, answer, respondent = name.split(".", 2)
            found.append({"answer": answer, "respondent": respondent, "usefulness": usefulness})
    return found


def _items(fields: Fields, zone: tzinfo) -> tuple[list[dict[str, Any]], list[FieldFault]]:
    items, faults = [], []
    for number in item_numbers(fields):
        before = f"items.{number}."
        type = one(fields, f"{before}type")
        filled = plain_from_fields(describe_fields(ITEM_TYPES[type]), fields, prefix=f"{before}value.", zone=zone)
        faults += filled.faults
        items.append(
            {
                "type": type,
                "value": filled.plain,
                "grade": one(fields, f"{before}source") + one(fields, f"{before}information"),
                "fact": one(fields, f"{before}certainty") == "fact",
                "category": one(fields, f"{before}category") or "none",
                "minor": bool(one(fields, f"{before}minor")),
            }
        )
    return items, faults


def _marking(fields: Fields) -> dict[str, Any]:
    """Handling conditions; what was not chosen follows from the dossier, the agreement and the type."""
    marking: dict[str, Any] = {}
    if one(fields, "marked"):
        marking["codes"] = sorted({ALWAYS, *(code for code in fields.get("codes", ()) if code)})
    for name in ("level", "tlp", "purpose", "review_on", "erase_on", "agreement", "article"):
        if said := one(fields, f"marking.{name}"):
            marking[name] = said
    return marking
