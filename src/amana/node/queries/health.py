# SPDX-License-Identifier: EUPL-1.2
"""The machine as its administrator sees it: partners, queues, clocks, quarantine, fence. No content."""

from __future__ import annotations

from collections import Counter
from typing import Any

from amana.node.context import Node
from amana.node.evidence import load_evidence
from amana.node.exchange import Exchange
from amana.node.outbox import unsent
from amana.node.partners import load_partners
from amana.node.ports import Reading
from amana.node.queries.keys import show_keys
from amana.node.records import DispositionRecord, QuarantineRecord
from amana.node.set_aside import NOT_FOLDED
from amana.protocol.canonical import parse
from amana.protocol.checkpoint import parse_origin

Plain = dict[str, Any]
CLOCK_LIMIT = 60_000  # ms: beyond, the difference to a partner's clock is worth the administrator's look
SHOWN = 50


def node_health(node: Node, exchange: Exchange) -> Plain:
    """Partners with their state, what waits, what was refused; `problems` are codes, empty where all is well."""

    def ask(reading: Reading) -> Plain:
        waiting = unsent(reading)
        aside = _set_aside(reading)
        partners = []
        for partner in load_partners(reading):
            channel = exchange.channel(partner.code)
            partners.append(
                {
                    "code": partner.code,
                    "status": partner.status,
                    "card_number": partner.card.number,
                    "channel": channel.state.value,
                    "last_contact": channel.last_contact,
                    "clock_difference_ms": channel.difference,
                    "failures": channel.failures,
                    "waiting_entries": waiting.get(partner.code, 0),
                    "received_entries": sum(log.size for log in reading.logs(partner.code) if not log.outgoing),
                    "set_aside": aside[partner.code],
                }
            )
        quarantine = [_show(row.value) for row in reading.records("quarantine")]
        return {
            "agency": node.code,
            "card_number": node.card.number,
            "run": node.card.card.run,
            "partners": partners,
            "dossiers": len(reading.dossiers()),
            "quarantine": quarantine[-SHOWN:],
            "quarantined": len(quarantine),
            "evidence": sorted(load_evidence(reading)),
            "fence_ahead": _fence_ahead(node, reading),
            "keys": show_keys(reading, node),
            "queues": dict(sorted(reading.queue_counts().items())),
            "events": reading.local_head()[0],
        }

    shown = node.journal.read(ask)
    shown["quarantine_uncounted"] = exchange.quarantine.uncounted
    shown["problems"] = _problems(shown)
    return shown


def _set_aside(reading: Reading) -> Counter[str]:
    """How many entries of each partner belong in no dossier here: unreadable, or with another agency's name on them."""
    dispositions = (parse(row.value, DispositionRecord) for row in reading.records("disposition"))
    return Counter(held.partner for held in dispositions if held.code in NOT_FOLDED)


def _fence_ahead(node: Node, reading: Reading) -> list[str]:
    """Outgoing logs of which the fence knows a later head than the database: it was restored."""
    ahead = []
    for origin, (size, _) in sorted(node.fence.levels().items()):
        if parse_origin(origin).run != node.card.card.run:
            continue  # an ended run: what nobody could confirm was given up
        log = reading.log(origin)
        if log is None or log.size < size:
            ahead.append(str(origin))
    return ahead


def _show(encoded: bytes) -> Plain:
    record = parse(encoded, QuarantineRecord)
    return {
        "at": record.at,
        "code": record.code,
        "check": record.check,
        "facts": record.fact,
        "claimed": record.claimed,
        "size": record.size,
    }


def _problems(shown: Plain) -> list[Plain]:
    problems: list[Plain] = [{"code": "fence_ahead", "where": origin} for origin in shown["fence_ahead"]]
    problems += [{"code": "equivocation", "where": origin} for origin in shown["evidence"]]
    for partner in shown["partners"]:
        if abs(partner["clock_difference_ms"]) > CLOCK_LIMIT:
            problems.append({"code": "clock_differs", "where": partner["code"]})
        if partner["failures"]:
            problems.append({"code": "no_answer", "where": partner["code"]})
        if partner["status"] == "added":
            problems.append({"code": "partner_not_confirmed", "where": partner["code"]})
    if shown["quarantined"]:
        problems.append({"code": "quarantine", "where": str(shown["quarantined"])})
    return problems
