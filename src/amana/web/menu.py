# SPDX-License-Identifier: EUPL-1.2
"""The rail, the tabs of a narrow screen and the list of keys: where one can go from every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from amana.node.access import Role
from amana.node.partners import load_partners
from amana.node.queries.inbox import list_inbox
from amana.phrases import Words, tell
from amana.web.doors import Desk
from amana.web.here import Here

SECTION_OF = {  # pages that stand in another page's section
    "dossier": "dossiers",
    "working_copy": "drafts",
    "release": "drafts",
    "agreement": "agreements",
    "partner": "agreements",
}


def menu(desk: Desk, current: str) -> list[dict[str, Any]]:
    """Groups of links with what waits behind them."""
    language, section = desk.language, SECTION_OF.get(current, current)
    if desk.scope.role is Role.ADMINISTRATOR:
        machine = [
            _link("health", tell(language, "State of the node"), section),
            _link("partners", tell(language, "Partners"), section),
            _link("accounts", tell(language, "Accounts"), section),
        ]
        return [{"name": tell(language, "The machine"), "links": machine}]
    waits = counts(desk)
    day = [
        _link("inbox", tell(language, "To do today"), section, waits["todo"], live="todo"),
        _link("incoming", tell(language, "Incoming"), section, waits["incoming"], live="incoming"),
        _link("outgoing", tell(language, "Outgoing"), section, waits["outgoing"], live="outgoing"),
    ]
    work = [
        _link("dossiers", tell(language, "Dossiers"), section),
        _link("drafts", tell(language, "Drafts and releases"), section, waits["drafts"]),
        _link("agreements", tell(language, "Agreements and partners"), section),
    ]
    return [{"name": tell(language, "My day"), "links": day}, {"name": tell(language, "Sections"), "links": work}]


def tabs(desk: Desk, current: str) -> list[dict[str, Any]]:
    """Four tabs at the foot of a narrow screen."""
    language, section = desk.language, SECTION_OF.get(current, current)
    if desk.scope.role is Role.ADMINISTRATOR:
        return [
            _link("health", tell(language, "State of the node"), section) | {"icon": "activity"},
            _link("partners", tell(language, "Partners"), section) | {"icon": "handshake"},
            _link("accounts", tell(language, "Accounts"), section) | {"icon": "users"},
        ]
    return [
        _link("inbox", tell(language, "To do today"), section) | {"icon": "clock"},
        _link("incoming", tell(language, "Incoming"), section) | {"icon": "arrow-down-to-line"},
        _link("outgoing", tell(language, "Outgoing"), section) | {"icon": "arrow-up-from-line"},
        _link("dossiers", tell(language, "Dossiers"), section) | {"icon": "folder"},
    ]


def key_list(language: str) -> list[tuple[str, Words]]:
    """Every key with what it does."""
    return [
        ("/", tell(language, "Search")),
        ("J", tell(language, "Next line")),
        ("K", tell(language, "Line before")),
        ("Enter", tell(language, "Open the dossier")),
        ("R", tell(language, "Answer")),
        ("A", tell(language, "Assign")),
        ("T", tell(language, "Reminder")),
        ("I", tell(language, "Internal note")),
        ("N", tell(language, "New request")),
        ("V", tell(language, "Verify this dossier")),
        ("?", tell(language, "This list")),
    ]


def counts(desk: Desk) -> Mapping[str, int]:
    """How much waits: to do, incoming, outgoing, drafts."""
    shown = list_inbox(desk.node, desk.scope)
    return {"todo": len(shown["to_do"]), "incoming": 0, "outgoing": 0, "drafts": len(shown["drafts"])}


def partner_lines(here: Here) -> list[dict[str, Any]]:
    """The confirmed partners and whether they answer."""
    node, exchange = here.opened.node, here.opened.exchange
    lines = []
    for partner in node.journal.read(load_partners):
        if partner.confirmed:
            channel = exchange.channel(partner.code)
            since = max(node.clock.now() - channel.last_contact, 1) if channel.last_contact else 0
            lines.append({"code": partner.code, "up": not channel.failures, "suspended": partner.suspended, "since": since})
    return lines


def _link(name: str, words: Words, section: str, count: int | None = None, *, live: str = "") -> dict[str, Any]:
    return {"address": _address(name), "words": words, "current": name == section, "count": count, "live": live}


def _address(name: str) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse(name)
    except NoReverseMatch:
        return "#"
