# SPDX-License-Identifier: EUPL-1.2
"""The writing page as templates draw it: the form, what was recognised in the text, the exact preview, the send bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amana.dossiers.plain import to_plain
from amana.dossiers.registry import needs_form
from amana.dossiers.shared.items import item_type_of
from amana.dossiers.shared.propose import propose_items
from amana.node.access import Role
from amana.node.actions.previewing import preview
from amana.node.attachments.staging import list_staged
from amana.node.partners import load_partners
from amana.node.queries.at_event import AtEvent, named_at_event
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.offering import actions_for
from amana.phrases import About, Words, label, sentence, tell
from amana.phrases.coded import coded_values
from amana.phrases.labels import LABELS, of_kind
from amana.phrases.templates import templates_for
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.protocol.marking import Level
from amana.web.agreements.supplying import offer_of
from amana.web.doors import Desk
from amana.web.dossiers.items import item_card
from amana.web.dossiers.reader import Reader, headed
from amana.web.dossiers.showing import numbers_of
from amana.web.html import html
from amana.web.models import WorkingCopy
from amana.web.writing.fields import (
    NOWHERE,
    coded_views,
    faults_by_field,
    faulty_fields,
    hidden_views,
    item_types,
    item_views,
    proposal_words,
)
from amana.web.writing.reading import ALWAYS, NAMED_BY_VALUES, SAID_BY_VALUES, Written, action_of, declared_type, item_numbers, one

Plain = dict[str, Any]
AGREEMENT = "agreement"
LANGUAGES = ("ar", "fr", "en")
DISMISSED = "dismissed"  # proposals that the officer does not want, by what they are
CODES = ("H1", "H2", "H3")
MAX_PROPOSED = 30
NAMED_AT_EVENT = frozenset({"venue", "on_behalf_of"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One form being written, with all that the page needs to know of its dossier."""

    desk: Desk
    copy: WorkingCopy
    kind: str
    type: str
    reader: Reader
    written: Written
    seen: Plain  # the preview
    dossier: Plain | None
    choices: Mapping[str, Sequence[str]]
    refusal: Refusal | None = None
    faults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> Mapping[str, Sequence[str]]:
        """The form's fields as they are."""
        fields: Mapping[str, Sequence[str]] = self.copy.fields
        return fields


def open_writing(desk: Desk, copy: WorkingCopy, refusal: Refusal | None = None, *, tried: bool = False) -> Writing:
    """Look at everything that the form concerns. Raises Refusal `not_found`."""
    kind, _, type = copy.kind.partition(".")
    dossier: Plain | None = None
    choices: Mapping[str, Sequence[str]] = {}
    numbers: Mapping[str, int] = {}
    if copy.dossier:
        id = DossierId(bytes.fromhex(copy.dossier))
        dossier = show_dossier(desk.node, desk.scope, id, record=False)
        offered = actions_for(desk.node, desk.scope, id)
        choices = next((each["choices"] for each in (*offered["primary"], *offered["secondary"]) if each["type"] == type), {})
        numbers = numbers_of(dossier)
    reader = Reader(
        language=desk.language, own=desk.node.code, now=desk.node.clock.now(), account=desk.account, zone=desk.zone, numbers=numbers
    )
    written = action_of(copy.fields, kind, type, dossier=copy.dossier, zone=desk.zone)
    _name_originator(written.given, type, dossier)
    seen = preview(desk.node, desk.account, written.given, partner=one(copy.fields, "partner"))
    return Writing(
        desk=desk,
        copy=copy,
        kind=kind,
        type=type,
        reader=reader,
        written=written,
        seen=seen,
        dossier=dossier,
        choices=choices,
        refusal=refusal,
        faults=faults_by_field(desk.language, written.faults, tried=tried),
    )


def _name_originator(given: Plain, type: str, dossier: Plain | None) -> None:
    """Permission is asked of whoever made the entry."""
    if type == "permission_request" and dossier is not None and "originator" not in given["coded"]:
        authors = {entry["id"]: entry["author"] for entry in dossier["entries"]}
        if author := authors.get(given["coded"].get("entry", "")):
            given["coded"]["originator"] = author


def form_of(writing: Writing) -> Plain:
    """The form's parts."""
    fields, reader = writing.fields, writing.reader
    declared = declared_type(writing.kind, writing.type)
    opens = declared is not None and declared.opens
    receivers = _receivers(writing, opens=opens)
    coded = coded_views(
        reader,
        writing.kind,
        writing.type,
        fields,
        writing.choices,
        writing.faults,
        [one["code"] for one in receivers if not one["suspended"]],
        _at_event(writing),
    )
    return {
        "opens": opens,
        "heading": headed(label(reader.language, "act", of_kind("act", writing.kind, writing.type))),
        "coded": coded,
        "hidden": hidden_views(fields, coded),
        "title": one(fields, "title"),
        "text": (fields.get("text") or [""])[-1],
        "language": one(fields, "language") or reader.language,
        "languages": [{"code": code, "words": html(label(reader.language, "language", code))} for code in LANGUAGES],
        "receivers": receivers,
        "aside": bool(declared and declared.aside and not opens),
        "items": item_views(reader, fields, writing.faults),
        "item_types": item_types(reader),
        "takes_items": bool(declared and declared.needs_basis),
        "attached": attached(writing),
        "marking": marking_of(writing),
        "detail": _detail(writing),
        "feedback": _feedback(writing),
        "templates": templates_for(f"{writing.kind}.{writing.type}", list(fields.get("coded.types", ())), reader.language),
        "units": sorted(writing.desk.scope.units) if opens and len(writing.desk.scope.units) > 1 else [],
        "unit": one(fields, "unit"),
        "title_needed": opens,
        "title_required": f"{writing.kind}.{writing.type}" not in NAMED_BY_VALUES,
    }


def _at_event(writing: Writing) -> AtEvent:
    """What of an event can be named; not asked for what has no place for it."""
    declared = declared_type(writing.kind, writing.type)
    if declared is None or NAMED_AT_EVENT.isdisjoint(declared.coded.__struct_fields__):
        return NOWHERE
    dossier = (writing.dossier or {}).get("dossier", "")
    return named_at_event(writing.desk.node, writing.desk.scope, dossier=dossier, event=one(writing.fields, "coded.event"))


def _receivers(writing: Writing, *, opens: bool) -> list[Plain]:
    node = writing.desk.node
    chosen = set(writing.fields.get("to", ()))
    if opens:
        partners = [partner for partner in node.journal.read(load_partners) if partner.confirmed]
        return [{"code": one.code, "chosen": one.code in chosen, "suspended": one.suspended} for one in partners]
    parties = [code for code in (writing.dossier or {}).get("parties", ()) if code != node.code]
    return [{"code": code, "chosen": code in chosen or not chosen, "suspended": False} for code in parties]


def attached(writing: Writing) -> list[Plain]:
    """The files that lie ready for this form."""
    wanted = list(writing.fields.get("attachments", ()))
    held = {one["token"]: one for one in list_staged(writing.desk.node, writing.desk.account)} if wanted else {}
    return [held[token] for token in wanted if token in held]


def marking_of(writing: Writing) -> Plain:
    """Handling conditions as they will be, and what can be chosen."""
    marking, language, fields = writing.seen["entry"]["marking"], writing.reader.language, writing.fields
    codes = set(fields.get("codes", ())) if one(fields, "marked") else set(marking.get("codes", ()))
    limit = int(writing.desk.node.settings.limit)
    return {
        "always": ALWAYS,
        "codes": [{"code": code, "chosen": code in codes} for code in CODES],
        "levels": [
            _option(language, "level", str(int(level)), one(fields, "marking.level"), level.name.lower())
            for level in Level
            if level <= limit
        ],
        "purposes": [
            _option(language, "purpose", code, one(fields, "marking.purpose") or marking.get("purpose", "")) for code in LABELS["purpose"]
        ],
        "tlps": [_option(language, "tlp", code, one(fields, "marking.tlp")) for code in LABELS["tlp"] if code],
        "review_on": one(fields, "marking.review_on"),
        "erase_on": one(fields, "marking.erase_on"),
        "default_erase": marking.get("erase_on", 0),
        "more_open": any(one(fields, f"marking.{name}") for name in ("level", "tlp", "review_on", "erase_on")),
    }


def _option(language: str, vocabulary: str, code: str, chosen: str, value: str | None = None) -> Plain:
    value = code if value is None else value
    return {"code": value, "words": html(label(language, vocabulary, code)), "chosen": value == chosen}


def _detail(writing: Writing) -> list[Plain]:
    """Values of the body beside its text (of a translation: by which post it was made)."""
    from amana.dossiers.shared.forms import describe_fields
    from amana.web.writing.fields import field_view

    declared = declared_type(writing.kind, writing.type)
    if declared is None or declared.detail is None:
        return []
    # what stands in the body is called as an item’s field is: the place of a meeting, not the place of a clause
    views = [
        field_view(
            writing.reader,
            each,
            f"detail.{each.name}",
            writing.fields,
            "item_field" if each.name in LABELS["item_field"] else "coded_field",
        )
        for each in describe_fields(declared.detail)
    ]
    return [view | {"fault": writing.faults.get(view["name"], "")} for view in views]


def _feedback(writing: Writing) -> list[Plain]:
    """When a request is closed: what each answer or refusal was worth."""
    if writing.type != "close" or writing.dossier is None:
        return []
    language, rows = writing.reader.language, []
    for slot in writing.dossier["state"].get("slots", ()):
        if slot.get("settled"):
            name = f"feedback.{slot['settled']}.{slot['agency']}"
            chosen = one(writing.fields, name)
            rows.append(
                {
                    "name": name,
                    "agency": slot["agency"],
                    "choices": [_option(language, "usefulness", code, chosen) for code in LABELS["usefulness"]],
                }
            )
    return rows


def proposals(writing: Writing) -> list[Plain]:
    """What the text seems to hold that is not among the items yet, nor dismissed."""
    text = (writing.fields.get("text") or [""])[-1]
    if not text:
        return []
    held = {_key(item["type"], item["value"]) for item in writing.written.given.get("items", ())} | set(writing.fields.get(DISMISSED, ()))
    found = []
    for proposed in propose_items(text)[:MAX_PROPOSED]:
        type, value = item_type_of(proposed.value), {name: held for name, held in to_plain(proposed.value).items() if held}
        if _key(type, value) not in held:
            found.append({"type": type, "value": value, "key": _key(type, value), "shown": proposal_words(writing.reader, type, value)})
    return found


def _key(type: str, value: Mapping[str, Any]) -> str:
    """The same thing has the same key, whatever else is said of it."""
    lead = (
        value.get("names")
        or value.get("number")
        or value.get("plate")
        or value.get("value")
        or value.get("imei")
        or value.get("name")
        or ""
    )
    first = lead[0] if isinstance(lead, list) and lead else lead
    return f"{type}:{''.join(str(first).split()).casefold()}"[:200]


def sheet_of(desk: Desk, seen: Plain, language: str, numbers: Mapping[str, int]) -> Plain:
    """An entry as the partner will have it, in the language in which it is looked at."""
    reader = Reader(
        language=language if language in LANGUAGES else desk.language,
        own=seen["partner"] or desk.node.code,
        now=desk.node.clock.now(),
        zone=desk.zone,
        numbers=numbers,
    )
    entry = seen["entry"]
    said = [(headed(label(reader.language, "coded_field", name)), html(words)) for name, words in coded_values(reader, entry)]
    return {
        "partner": seen["partner"],
        "receivers": seen["receivers"],
        "exact": seen["exact"],
        "reading": reader.language,
        "entry": entry,
        "type": headed(label(reader.language, "entry_type", f"{entry['kind']}.{entry['type']}")),
        "values": [{"name": name, "value": value} for name, value in said if value],
        "items": [item_card(reader, item) for item in entry["items"]],
        "codes": entry["marking"].get("codes", []),
        "urgency": seen["clock"]["urgency"],
        "clock": seen["clock"]["total"],
        "basis": seen["basis"],
    }


def side_of(writing: Writing) -> Plain:
    """Beside the form: what the partner will see, what stays, the article or what is missing, whether it can be sent."""
    seen = writing.seen
    sheet = sheet_of(writing.desk, seen, one(writing.fields, "preview_language"), writing.reader.numbers)
    return sheet | {
        "readings": [{"code": code, "chosen": code == sheet["reading"]} for code in LANGUAGES],
        "missing": _missing(writing),
        "offer": _offer(writing),
        "why": seen["why"],
        "stays": seen["stays"],
        "warnings": [warning["dossier"] for warning in seen["warnings"]],
        "four_eyes": seen["four_eyes"],
        "send": _send(writing),
    }


def _missing(writing: Writing) -> Plain | None:
    """What is missing for the flow, and what would supply it."""
    missing = writing.seen["missing"]
    if missing is None:
        return None
    words = html(sentence(writing.reader.language, missing["code"], missing["facts"], About.FLOW))
    return {"words": words, "supply": missing["supply"], "code": missing["code"]}


def _offer(writing: Writing) -> Plain | None:
    """What would open the flow, and who proposes it, where no text covers it."""
    missing, declared = writing.seen["missing"], declared_type(writing.kind, writing.type)
    given = {"type": one(writing.fields, "coded.type")}
    form = needs_form(writing.kind, declared, given) if declared is not None else None
    if missing is None or form is None:
        return None
    area = writing.dossier["area"] if writing.dossier is not None else one(writing.fields, "coded.area")
    return offer_of(writing.desk, missing, area=area, form=form.value, receivers=writing.seen["receivers"])


def _send(writing: Writing) -> Plain:
    """The send bar: ready, or the first thing that stands against it, in words."""
    seen, language = writing.seen, writing.reader.language
    faults = faulty_fields(language, writing.kind, writing.written.faults)
    blocked = ""
    if faults:
        blocked = html(tell(language, "Some fields are still empty or do not fit yet:"))
    elif not seen["receivers"]:
        blocked = html(tell(language, "Nobody is to receive this yet. Choose at least one partner."))
    elif seen["missing"] is not None:
        blocked = _missing(writing)["words"]  # type: ignore[index]  # there is something missing
    elif seen["refusal"] is not None:
        blocked = html(sentence(language, seen["refusal"]["code"], seen["refusal"]["facts"], About.ACT))
    elif unsaid := _unsaid(writing):
        blocked = html(unsaid)
    return {"ready": not blocked, "blocked": blocked, "faults": faults, "count": max(1, len(faults))}


def _unsaid(writing: Writing) -> Words | None:
    """What opens a dossier has a subject; what speaks of the matter has a text or items."""
    declared = declared_type(writing.kind, writing.type)
    given, language = writing.written.given, writing.reader.language
    if declared is None or declared.phrase in NAMED_BY_VALUES:
        return None
    if declared.opens and not given.get("title"):
        return tell(language, "There is no subject yet. Say in one line what it is about.")
    if not declared.needs_basis or declared.phrase in SAID_BY_VALUES:
        return None
    if not (given.get("text") or given.get("items")):
        return tell(language, "There is no text yet. Write what the partner is to read.")
    return None


def may_write(desk: Desk, kind: str, type: str) -> bool:  # bool: whether there is such a form; what may be sent is the node's decision
    """Whether people of this role write such entries here; agreements have forms of their own, partnerships are the machine's."""
    return desk.scope.role is not Role.ADMINISTRATOR and kind not in (AGREEMENT, PARTNERSHIP) and declared_type(kind, type) is not None


def next_item(fields: Mapping[str, Sequence[str]]) -> int:
    """The number of the next item."""
    return max(item_numbers(fields), default=0) + 1
