# SPDX-License-Identifier: EUPL-1.2
"""The rail, the tabs of a narrow screen and the list of keys: where one can go from every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from amana.node.access import Role
from amana.node.outbox import unsent
from amana.node.partners import load_partners
from amana.node.queries.inbox import counts as count_all
from amana.phrases import Words, tell
from amana.web.doors import Desk
from amana.web.here import Here
from amana.web.models import WorkingCopy

SECTION_OF = {  # pages that stand in another page's section
    "communique": "communiques",
    "communique_act": "communiques",
    "communique_compare": "communiques",
    "communique_copy": "communiques",
    "codes": "communiques",
    "dossier": "dossiers",
    "verify": "dossiers",
    "attachment_preview": "dossiers",
    "working_copy": "drafts",
    "release": "drafts",
    "agreement": "agreements",
    "partner": "agreements",
    "partners": "agreements",
    "meeting": "meetings",
    "meeting_act": "meetings",
    "propose_agreement": "agreements",
    "amend_agreement": "agreements",
    "assessment": "assessments",
    "mission": "expertise",
    "missions": "expertise",
    "practice": "practices",
    "event": "events",
    "event_risk": "events",
    "event_setup": "events",
    "event_board": "events",
    "event_log": "events",
    "event_incidents": "events",
    "event_forces": "events",
    "event_quick": "events",
    "event_map": "events",
    "event_rota": "events",
    "event_evaluation": "events",
    "event_reports": "events",
    "event_new_report": "events",
    "event_figure": "events",
    "event_report": "events",
    "operation": "operations",
    "operation_plan": "operations",
    "operation_tasks": "operations",
    "operation_action": "operations",
    "operation_exhibits": "operations",
    "operation_results": "operations",
    "operation_annex": "operations",
    "pack": "packs",
    "pack_dossier": "packs",
    "pack_make": "dossiers",
}
MACHINE_SECTION_OF = {
    "partner": "partners",
    "partner_add": "partners",
    "partner_confirm": "partners",
    "account": "accounts",
    "account_add": "accounts",
    "account_invite": "accounts",
}


def menu(desk: Desk, current: str) -> list[dict[str, Any]]:
    """Groups of links with what waits behind them."""
    language, section = desk.language, section_of(desk, current)
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
        _link("drafts", tell(language, "Drafts and releases"), section, waits["drafts"], live="drafts"),
        _link("operations", tell(language, "Joint operations"), section),
        _link("meetings", tell(language, "Visits and sessions"), section),
        _link("decisions", tell(language, "Decisions"), section),
        _link("communiques", tell(language, "Communiqués"), section),
        _link("assessments", tell(language, "Threat assessments"), section),
        _link("agreements", tell(language, "Agreements and partners"), section),
    ]
    events = [
        _link("events", tell(language, "Events"), section),
        _link("expertise", tell(language, "Expertise"), section),
        _link("practices", tell(language, "Good practice"), section),
        _link("packs", tell(language, "Packs"), section),
    ]
    return [
        {"name": tell(language, "My day"), "links": day},
        {"name": tell(language, "Sections"), "links": work},
        {"name": tell(language, "Events and expertise"), "links": events},
    ]


def section_of(desk: Desk, current: str) -> str:
    """The link of the rail under which a page stands."""
    return (MACHINE_SECTION_OF if desk.scope.role is Role.ADMINISTRATOR else SECTION_OF).get(current, current)


def tabs(desk: Desk, current: str) -> list[dict[str, Any]]:
    """Four tabs at the foot of a narrow screen."""
    language, section = desk.language, section_of(desk, current)
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


def beside_tabs(groups: list[dict[str, Any]], tabbed: list[dict[str, Any]], *, writes: bool) -> list[dict[str, Any]]:
    """The menu for where there is no rail, each link with whether the tabs have it too; whoever writes can begin a request."""
    held = {each["address"] for each in tabbed}
    links = [{"new": False, "tabbed": link["address"] in held} | link for group in groups for link in group["links"]]
    return [*links, {"new": True, "tabbed": False}] if writes else links


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
    """How much waits: to do, incoming, outgoing, drafts and releases."""
    shown = count_all(desk.node, desk.scope)
    copies = WorkingCopy.objects.filter(account=desk.account).count()
    return {
        "todo": shown["to_do"],
        "incoming": shown["incoming"],
        "outgoing": shown["outgoing"],
        "drafts": shown["drafts"] + shown["releases"] + copies,
    }


def partner_lines(here: Here) -> list[dict[str, Any]]:
    """The confirmed partners and whether they answer."""
    node, exchange = here.opened.node, here.opened.exchange
    lines = []
    waiting = node.journal.read(unsent)
    for partner in node.journal.read(load_partners):
        if partner.confirmed:
            channel = exchange.channel(partner.code)
            since = max(node.clock.now() - channel.last_contact, 1) if channel.last_contact else 0
            lines.append(
                {
                    "code": partner.code,
                    "up": not channel.failures,
                    "suspended": partner.suspended,
                    "since": since,
                    "waiting": waiting.get(partner.code, 0),
                }
            )
    return lines


def _link(name: str, words: Words, section: str, count: int | None = None, *, live: str = "") -> dict[str, Any]:
    return {"address": reverse(name), "words": words, "current": name == section, "count": count, "live": live}
