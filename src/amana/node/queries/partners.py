# SPDX-License-Identifier: EUPL-1.2
"""Partners: for officers, whether they can be reached and what waits; for the administrator, the machine as well.

No content, so no consultation is recorded. Times are UTC ms, 0 = never.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.partnership.state import PartnershipState, Side
from amana.dossiers.registry import KINDS
from amana.node.access import Role, Scope
from amana.node.channel import Channel
from amana.node.context import Node
from amana.node.exchange import Exchange
from amana.node.folding import partnership_home
from amana.node.keys import SEALING_LIFE
from amana.node.outbox import unsent
from amana.node.partners import Partner, load_partners
from amana.node.ports import Reading
from amana.node.queries.keys import sealing_issued_at
from amana.node.records import load_partner_record
from amana.protocol.canonical import parse
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.identifiers import AgencyCode
from amana.protocol.safety_number import safety_number

Plain = dict[str, Any]
CLOCK_LIMIT = 60_000  # ms: beyond, the difference to a partner's clock is worth a look


def partner_status(node: Node, scope: Scope, exchange: Exchange) -> Plain:
    """All partners by code, and agencies that partners have introduced and nobody has compared yet."""

    def ask(reading: Reading) -> Plain:
        waiting = unsent(reading)
        held = load_partners(reading)
        sides = {partner.code: _sides(reading, node.code, partner.code) for partner in held}
        introduced = _introductions(sides)
        shown = []
        for partner in held:
            channel = exchange.channel(partner.code)
            line = _show(node, partner, channel, waiting.get(partner.code, 0), sides[partner.code])
            line["introduced_by"] = sorted({one["by"] for one in introduced if one["agency"] == partner.code})
            if scope.role is Role.ADMINISTRATOR:
                line["machine"] = _machine(reading, partner, channel, sides[partner.code].get(partner.code))
            shown.append(line)
        known = {partner.code for partner in held} | {node.code}
        return {"partners": shown, "introductions": [one for one in introduced if one["agency"] not in known]}

    return {"agency": node.code, "now": node.clock.now(), **node.journal.read(ask)}


def _show(node: Node, partner: Partner, channel: Channel, waiting: int, sides: dict[AgencyCode, Side]) -> Plain:
    card = partner.card.card
    ours, theirs = sides.get(node.code), sides.get(partner.code)
    return {
        "code": partner.code,
        "names": {"ar": card.names.ar, "fr": card.names.fr, "en": card.names.en},
        "status": partner.status,
        "since": partner.since,
        "card_number": card.number,
        "card_issued_at": card.issued_at,
        "safety_number": safety_number(card.code, card.identity) if partner.confirmed else "",
        "limit": int(card.limit),
        "kinds": [rules.kind for rules in card.rules],
        "channel": channel.state.value,
        "last_contact": channel.last_contact,
        "reachable": bool(channel.last_contact) and not channel.failures,
        "clock_difference_ms": channel.difference,
        "clock_differs": abs(channel.difference) > CLOCK_LIMIT,
        "waiting_entries": waiting,
        "suspended_by_us": ours.suspended if ours is not None else 0,
        "suspended_by_partner": theirs.suspended if theirs is not None else 0,
    }


def _machine(reading: Reading, partner: Partner, channel: Channel, theirs: Side | None) -> Plain:
    """What concerns the administrator alone."""
    record = load_partner_record(reading, partner.code)
    issued = sealing_issued_at(record.sealing if record is not None else b"", partner.card.card)
    logs = reading.logs(partner.code)
    return {
        "addresses": list(partner.card.card.addresses),
        "card_digest": partner.card.digest.hex(),
        "run": partner.card.card.run,
        "failures": channel.failures,
        "sealing_issued_at": issued,
        "sealing_due": issued + SEALING_LIFE,
        "sent_entries": sum(log.size for log in logs if log.outgoing),
        "receipted_entries": sum(log.receipted for log in logs if log.outgoing),
        "received_entries": sum(log.size for log in logs if not log.outgoing),
        "refused_there": dict(Counter(said.code.value for said in theirs.disposed)) if theirs is not None else {},
    }


def _sides(reading: Reading, own: AgencyCode, partner: AgencyCode) -> dict[AgencyCode, Side]:
    row = reading.dossier(partnership_home(own, partner))
    state = _state(row.cursor) if row is not None else None
    return {side.agency: side for side in state.sides} if state is not None else {}


def _state(encoded: bytes) -> PartnershipState | None:
    cursor = parse(encoded, Cursor)
    state = cursor.state_of(KINDS[PARTNERSHIP]) if not cursor.barred else None
    return state if isinstance(state, PartnershipState) else None


def _introductions(sides: dict[AgencyCode, dict[AgencyCode, Side]]) -> list[Plain]:
    """Which partner has introduced which agency, by the fingerprint of its card."""
    return [
        {"agency": said.agency, "by": partner, "card": said.card.hex()}
        for partner, both in sorted(sides.items())
        if partner in both
        for said in both[partner].introduced
    ]
