# SPDX-License-Identifier: EUPL-1.2
"""Fields of the writing form as templates draw them: label, kind, value, choices in words, what is wrong. Pure.

Everything follows from the declared types (`dossiers.shared.forms`): a new entry type or item needs nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.filling import FieldFault
from amana.dossiers.shared.forms import Field, describe_fields
from amana.dossiers.shared.items import ITEM_TYPES
from amana.node.queries.at_event import AtEvent
from amana.phrases import Words, label, on_one_line, sentence, tell
from amana.phrases.labels import LABELS, VOCABULARY_OF, of_kind
from amana.web.dossiers.items import ICONS
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import code as mark_code
from amana.web.html import html
from amana.web.writing.reading import Fields, coded_fields, item_numbers, one

Plain = dict[str, Any]
FIRST = {  # by item type, the values that are asked at once; the others unfold
    "person": ("names", "born", "nationalities"),
    "document": ("kind", "number", "issued_by"),
    "vehicle": ("plate", "country", "make"),
    "phone": ("number", "imei"),
    "account": ("kind", "number", "provider"),
    "place": ("name", "city", "country"),
    "vessel": ("name", "imo", "flag"),
    "organisation": ("name", "country"),
    "event": ("name", "begins", "place"),
    "cyber_observable": ("kind", "value"),
}
SOURCES, INFORMATION = ("A", "B", "C", "X"), ("1", "2", "3", "4")
WIDE = frozenset({"long_text"})
LTR_KINDS = frozenset({"part_date", "span", "number", "degrees"})
LTR_NAMES = frozenset({"number", "imei", "imsi", "plate", "chassis", "imo", "mmsi", "value", "registration", "postal_code"})


EMPTY = "field_needed"
NOWHERE = AtEvent()
AMONG = frozenset({"informed", "respondents", "observers"})  # agencies of this dossier, or partners


def faults_by_field(language: str, faults: Sequence[FieldFault], *, tried: bool) -> dict[str, Any]:
    """What is wrong with each field, in words; that one is still empty is held against nobody before the form was sent."""
    told = [fault for fault in faults if tried or fault.refusal.code != EMPTY]
    return {fault.field: html(sentence(language, fault.refusal.code, fault.refusal.facts)) for fault in told}


def faulty_fields(language: str, kind: str, faults: Sequence[FieldFault]) -> list[Plain]:
    """The fields that stand against sending, by their names, each with the place to go to."""
    return [{"field": fault.field.replace(".", "-"), "words": headed(_field_words(language, kind, fault.field))} for fault in faults]


def _field_words(language: str, kind: str, name: str) -> Words:
    vocabulary = "item_field" if name.startswith("items.") else "coded_field"
    last = of_kind(vocabulary, kind, name.rpartition(".")[2])
    return label(language, vocabulary, last) if last in LABELS[vocabulary] else Words(last)


def coded_views(
    reader: Reader,
    kind: str,
    type: str,
    fields: Fields,
    choices: Mapping[str, Sequence[str]],
    faults: Mapping[str, Any],
    agencies: Sequence[str],
    at_event: AtEvent = NOWHERE,
) -> list[Plain]:
    """The coded values of an entry type; references are chosen among the entries that can be named now.

    `agencies`: of whom a choice of agencies is made (whom to inform, whom to remind). `at_event`: what can be named of
    an event; without guests for whom we may speak as its host, that is not asked.
    """
    declared = find_entry_type(kind, type)
    if declared is None:
        return []
    shown = []
    for described in coded_fields(declared):
        if described.name == "on_behalf_of" and not at_event.guests:
            continue
        if described.kind == "reference" and not (described.name == "venue" and at_event.venues):
            view = _reference(reader, described, fields, choices.get(described.name, ()), kind)
            if view is None:
                continue
        else:
            view = field_view(reader, described, f"coded.{described.name}", fields, "coded_field", kind)
            if described.name == "venue":
                view |= _venues(reader, fields, at_event)
            elif described.name == "on_behalf_of":
                view |= _among(view, fields, at_event.guests)
            elif described.name in AMONG:
                view |= _among(view, fields, agencies)
            elif described.kind == "agency" and (not described.many or described.name == "desks"):
                view |= _among(view, fields, [reader.own, *agencies])
        shown.append(view | {"fault": faults.get(view["name"], "")})
    return shown


def hidden_views(fields: Fields, views: Sequence[Plain]) -> list[tuple[str, str]]:
    """Coded values that came with the address and are asked nowhere on the form: they stay with it."""
    asked = {view["name"] for view in views}
    return [(name, value) for name, values in sorted(fields.items()) if name.startswith("coded.") and name not in asked for value in values]


def _venues(reader: Reader, fields: Fields, at_event: AtEvent) -> Plain:
    """The venues of an event by their names, in the reader's language where they have one."""
    chosen = one(fields, "coded.venue")
    named = [(each["id"], each["names"][reader.language] or each["names"]["title"] or each["id"][:12]) for each in at_event.venues]
    choices = [{"code": id, "words": html(reader.typed(on_one_line(name))), "chosen": id == chosen} for id, name in named]
    return {"kind": "choice", "choices": choices}


def _among(view: Plain, fields: Fields, agencies: Sequence[str]) -> Plain:
    """A choice among agencies that are known."""
    chosen = {code for value in fields.get(view["name"], ()) for code in value.split()}
    return {"kind": "choice", "choices": [{"code": code, "words": mark_code(code), "chosen": code in chosen} for code in agencies]}


def field_view(reader: Reader, described: Field, name: str, fields: Fields, vocabulary: str, kind: str = "") -> Plain:
    """One field, named as this kind of dossier names it."""
    values = [value for value in fields.get(name, ()) if value]
    named = of_kind(vocabulary, kind, described.name)
    words = headed(label(reader.language, vocabulary, named)) if named in LABELS[vocabulary] else described.name
    view = {
        "name": name,
        "id": name.replace(".", "-"),
        "words": words,
        "kind": described.kind,
        "required": described.required,
        "many": bool(described.many),
        "value": "\n".join(values) if described.many and described.kind != "choice" else (values[-1] if values else ""),
        "max_length": described.max_length or "",
        "wide": described.kind in WIDE,
        "ltr": described.kind in LTR_KINDS or described.name in LTR_NAMES,
        "choices": [],
        "fault": "",
    }
    if described.kind == "choice":
        view["choices"] = [_choice(reader, described, code, values) for code in described.choices]
    if described.kind == "language" and described.many:
        spoken = [code for value in values for code in value.split()]
        view |= {"kind": "choice", "choices": [_language(reader, code, spoken) for code in dict.fromkeys([*LABELS["language"], *spoken])]}
    return view


def _language(reader: Reader, code: str, spoken: Sequence[str]) -> Plain:
    """A language to choose; of those without a name here only what was chosen before."""
    return {"code": code, "words": html(label(reader.language, "language", code)), "chosen": code in spoken}


def _choice(reader: Reader, described: Field, code: str, values: Sequence[str]) -> Plain:
    vocabulary = VOCABULARY_OF.get(described.enum) if described.enum is not None else None
    words = label(reader.language, vocabulary, code) if vocabulary else label(reader.language, _kind_vocabulary(described, code), code)
    return {"code": code, "words": html(words), "chosen": code in values}


def _kind_vocabulary(described: Field, code: str) -> str:
    """Choices that are no enum belong to the vocabulary that knows the code: kinds of items, sexes."""
    named = [name for name in LABELS if name == described.name or name.endswith(f"_{described.name}")]
    return next((name for name in named if code in LABELS[name]), "item_field")


def _reference(reader: Reader, described: Field, fields: Fields, choices: Sequence[str], kind: str) -> Plain | None:
    """Which entry is meant; nothing is asked where there is only one possibility or none. What the address names where there is
    nothing to choose from, an event or a line of a directory, stays with the form unasked."""
    chosen = one(fields, f"coded.{described.name}")
    if not choices or (len(choices) < 2 and not chosen):
        return None
    options = [
        {"code": id, "words": html(tell(reader.language, "entry {number}", number=reader.numbers.get(id, 0))), "chosen": id == chosen}
        for id in choices
    ]
    base = field_view(reader, described, f"coded.{described.name}", {}, "coded_field", kind)
    return base | {"kind": "choice", "choices": options, "value": chosen}


def item_views(reader: Reader, fields: Fields, faults: Mapping[str, Any]) -> list[Plain]:
    """The items on the form, each with its fields."""
    return [_item(reader, fields, number, faults) for number in item_numbers(fields)]


def _item(reader: Reader, fields: Fields, number: int, faults: Mapping[str, Any]) -> Plain:
    before = f"items.{number}."
    type = one(fields, f"{before}type")
    described = {each.name: each for each in describe_fields(ITEM_TYPES[type])}
    views = {
        name: field_view(reader, each, f"{before}value.{name}", fields, "item_field") | {"fault": faults.get(f"{before}value.{name}", "")}
        for name, each in described.items()
    }
    first = [views[name] for name in FIRST[type] if name in views]
    rest = [view for name, view in views.items() if name not in FIRST[type]]
    return {
        "number": number,
        "prefix": before,
        "type": type,
        "words": headed(label(reader.language, "item_type", type)),
        "icon": ICONS[type],
        "first": first,
        "rest": rest,
        "rest_open": any(view["value"] or view["fault"] for view in rest),
        "person": type == "person",
        "marks": _marks(reader, fields, before, type),
    }


def _marks(reader: Reader, fields: Fields, before: str, type: str) -> Plain:
    """Grade, certainty and person category of an item."""
    language = reader.language
    source, information = one(fields, f"{before}source"), one(fields, f"{before}information")
    category = one(fields, f"{before}category") or "none"
    return {
        "sources": [_mark(language, "source_grade", code, source) for code in SOURCES],
        "information": [_mark(language, "information_grade", code, information) for code in INFORMATION],
        "categories": [_mark(language, "category", code, category) for code in LABELS["category"]] if type == "person" else [],
        "fact": one(fields, f"{before}certainty") == "fact",
        "minor": bool(one(fields, f"{before}minor")),
    }


def _mark(language: str, vocabulary: str, code: str, chosen: str) -> Plain:
    return {"code": code, "words": html(label(language, vocabulary, code)), "chosen": code == chosen}


def item_types(reader: Reader) -> list[Plain]:
    """The types of item that can be added."""
    return [{"code": code, "words": headed(label(reader.language, "item_type", code))} for code in ITEM_TYPES]


def proposal_words(reader: Reader, type: str, value: Mapping[str, Any]) -> Plain:
    """One proposed item for the line under the text."""
    lead = next((value[name] for name in FIRST[type] if name != "kind" and value.get(name)), "")
    shown = lead[0] if isinstance(lead, list) else lead
    return {"type": headed(label(reader.language, "item_type", type)), "icon": ICONS[type], "lead": Words(on_one_line(str(shown)))}


def countries(language: str) -> list[tuple[str, str]]:
    """Every country's code and name, for fields that take a code."""
    return [(code, str(label(language, "country", code))) for code in LABELS["country"]]
