# SPDX-License-Identifier: EUPL-1.2
"""A deployment sheet: who comes, how many, when, where, with which powers and arms, at whose cost, on which basis.

One sheet for each contribution, so that whoever is sent has it on one page in his language and shows it in another's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, from_to
from amana.web.printing.page import page_value
from amana.web.printing.permission import conditions_of
from amana.web.printing.sheet import Sheet, headed
from amana.web.printing.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A contribution as it is printed; codes for what is chosen from lists, times in UTC ms, units and contact as written."""

    dossier: str
    reference: str
    event: str
    host: str
    who: str
    on_behalf: bool
    kind: str
    number: int
    starts: int
    ends: int
    venue: str
    powers: str
    arms: str
    cost: str
    status: str
    languages: tuple[str, ...]
    units: tuple[str, ...]
    contact: str
    exercise: bool = False
    marking: Marking = field(default_factory=Marking)


def deployment_pdf(one: Deployment, paper: Paper) -> bytes:
    """The PDF of a sheet; whether it may be printed is the caller's to ask (`require_printable`)."""
    return typeset("deployment", deployment_value(paper.sheet(), one), made_at=paper.made_at)


def deployment_value(sheet: Sheet, one: Deployment) -> dict[str, Any]:
    """What the template of a sheet gets."""
    language = sheet.language
    title = tell(language, "Deployment sheet")
    shown = {"reference": one.reference, "dossier": one.dossier, "exercise": one.exercise}
    return page_value(sheet, shown, one.marking, title=title) | {
        "kind": headed(title),
        "title": {
            "text": headed(label(language, "resource_kind", one.kind)),
            "dir": "rtl" if language == "ar" else "ltr",
            "lang": language,
        },
        "facts": _facts(sheet, one),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "conditions": conditions_of(sheet, one.marking),
    }


def _facts(sheet: Sheet, one: Deployment) -> list[tuple[Words, list[Words]]]:
    language = sheet.language
    comma = "، " if language == "ar" else ", "
    sender = isolated(language, sheet.named(one.who))
    guest = tell(language, "on behalf of {guest}, guest without a node", guest=one.who)
    lines: list[tuple[Words, list[Words]]] = [
        (tell(language, "Event"), [isolated(language, one.event)]),
        (tell(language, "Host"), [isolated(language, sheet.named(one.host))]),
        (tell(language, "Sent by"), [guest if one.on_behalf else sender]),
        (tell(language, "Officers"), [Words(str(one.number))]),
        (tell(language, "Period"), [from_to(sheet, one.starts, one.ends)]),
        (tell(language, "Venue"), [isolated(language, one.venue or "–")]),
        (label(language, "coded_field", "powers"), [label(language, "powers", one.powers)]),
        (label(language, "coded_field", "arms"), [label(language, "arms", one.arms)]),
        (label(language, "coded_field", "cost"), [label(language, "cost_bearer", one.cost)]),
        (
            label(language, "coded_field", "languages"),
            [Words(comma.join(label(language, "language", each) for each in one.languages) or "–")],
        ),
    ]
    if one.status:
        lines.append((label(language, "coded_field", "status"), [label(language, "deployment_status", one.status)]))
    if one.units:
        lines.append((tell(language, "Units sent"), [isolated(language, unit) for unit in one.units]))
    if one.contact:
        lines.append((tell(language, "Contact, by post"), [isolated(language, one.contact)]))
    return [(headed(name), value) for name, value in lines]
