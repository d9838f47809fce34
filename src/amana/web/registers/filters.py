# SPDX-License-Identifier: EUPL-1.2
"""The filters of a register or a search: from the address to `Filters`, and back to fields and chips in words.

A value that is not among a field's choices is left out, so an address cannot ask for what a page does not offer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from amana.dossiers.registry import KINDS
from amana.node.access import Role, load_officers
from amana.node.partners import load_partners
from amana.node.queries.register import ANY_TASK, Filters
from amana.phrases import Words, label, on_one_line, tell
from amana.phrases.labels import LABELS, of_kind
from amana.web.doors import Desk
from amana.web.html import html
from amana.web.inbox.hours import day_start
from amana.web.units import unit_name

Plain = dict[str, Any]
OPENINGS = {  # what a dossier was opened as: the name that its label has, which is the kind's own where several kinds share a word
    of_kind("opening", kind.name, declared.name): (kind.name, declared.name)
    for kind in KINDS.values()
    for declared in kind.entry_types.values()
    if declared.opens
}
STAGED = ("information_request", *sorted({kind for kind, _ in OPENINGS.values()} - {"information_request"}))
DATES = ("since", "until")
SHOW = ("open", "closed", "all")
ORDERS = ("changed", "due", "opened")
NAMES = ("what", "area", "partner", "stage", "urgency", "turn", "unit", "officer", *DATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of a list: the filters, what is shown, in which order, which page."""

    filters: Filters
    given: Mapping[str, str]  # by name, only what is offered and chosen
    show: str
    order: str
    page: int

    def query(self, **other: str) -> str:
        """The address's query again, with something else in it; an empty value takes a name out."""
        held = {**self.given, "show": self.show, "order": self.order, **other}
        return urlencode({name: value for name, value in held.items() if value})


def asked(desk: Desk, query: QueryDict, *, direction: str = "", show: str = "open") -> Asked:
    """What this address asks of a list."""
    offered = choices(desk)
    given = {name: str(query[name]) for name in offered if query.get(name) in {value for value, _ in offered[name]}}
    given |= {name: str(query[name]) for name in DATES if day_start(query.get(name, ""), desk.zone)}
    shown = query.get("show", show)
    shown = shown if shown in SHOW else show
    order = query.get("order", "")
    page = query.get("page", "1")
    opened_as, opening = OPENINGS.get(given.get("what", ""), ("", ""))
    kind, _, stage = given.get("stage", "").partition(":")
    return Asked(
        filters=Filters(
            direction=direction,
            kind=kind or opened_as,
            opening=opening,
            area=given.get("area", ""),
            partner=given.get("partner", ""),
            stage=stage,
            urgency=given.get("urgency", ""),
            officer=given.get("officer", ""),
            unit=given.get("unit", ""),
            task=ANY_TASK if given.get("turn") == "ours" else "",
            since=day_start(given.get("since", ""), desk.zone),
            until=day_start(given.get("until", ""), desk.zone, after=1),
            closed={"open": False, "closed": True}.get(shown),
            new=given.get("turn") == "new",
            overdue=given.get("turn") == "overdue",
        ),
        given=given,
        show=shown,
        order=order if order in ORDERS else ORDERS[0],
        page=int(page[:6]) if page.isdecimal() else 1,
    )


def choices(desk: Desk) -> dict[str, list[tuple[str, Words]]]:
    """What each filter offers, in words."""
    language = desk.language
    officers = [one for one in desk.node.journal.read(load_officers) if one.role != Role.ADMINISTRATOR]
    units = sorted({unit for one in officers for unit in one.units} & desk.scope.units)
    partners = [partner.code for partner in desk.node.journal.read(load_partners)]
    stages = [(kind, stage) for kind in STAGED for stage in LABELS[f"{kind}_stage"]]
    return {
        "what": [(code, label(language, "opening", code)) for code in OPENINGS],
        "area": [(code, label(language, "area", code)) for code in LABELS["area"]],
        "partner": [(code, Words(code)) for code in partners],
        "stage": [(f"{kind}:{stage}", label(language, f"{kind}_stage", stage)) for kind, stage in stages],
        "urgency": [(code, label(language, "urgency", code)) for code in LABELS["urgency"]],
        "turn": [
            ("ours", tell(language, "our turn")),
            ("new", tell(language, "new to you")),
            ("overdue", tell(language, "overdue")),
        ],
        "unit": [(unit, unit_name(language, unit)) for unit in units],
        "officer": [(one.account, Words(on_one_line(one.name))) for one in officers if desk.scope.units & set(one.units)],
    }


def field_names(language: str) -> dict[str, Words]:
    """The name of each filter."""
    return {
        "what": tell(language, "Kind"),
        "area": tell(language, "Area"),
        "partner": tell(language, "Partner"),
        "stage": tell(language, "State"),
        "urgency": tell(language, "Urgency"),
        "turn": tell(language, "Attention"),
        "unit": tell(language, "Unit"),
        "officer": tell(language, "Officer"),
        "since": tell(language, "Opened from"),
        "until": tell(language, "Opened until"),
    }


def draw_filters(desk: Desk, held: Asked, keep: Mapping[str, str] | None = None) -> Plain:
    """The fields of the form, and a chip for each filter that is set with the address that takes it away."""
    offered, names = choices(desk), field_names(desk.language)
    fields = [{"name": name, "label": names[name], "choices": list(_options(offered[name], held.given.get(name, "")))} for name in offered]
    dates = [{"name": name, "label": names[name], "value": held.given.get(name, "")} for name in DATES]
    others = dict(keep or {})
    chips = [
        {"name": names[name], "words": _words(offered.get(name, ()), value), "without": "?" + held.query(**{name: ""}, **others)}
        for name, value in held.given.items()
    ]
    return {"fields": fields, "dates": dates, "chips": chips, "kept": others, "show": held.show, "order": held.order}


def _options(offered: Iterable[tuple[str, Words]], chosen: str) -> Iterable[Plain]:
    for value, words in offered:
        yield {"value": value, "words": words, "chosen": value == chosen}


def _words(offered: Iterable[tuple[str, Words]], value: str) -> SafeString:
    return html(next((words for held, words in offered if held == value), Words(value)))
