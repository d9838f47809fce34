# SPDX-License-Identifier: EUPL-1.2
"""What the administrator decides about partners beyond adding and confirming: suspend, resume, announce a new card.

Each is an entry between the two partners, so that the other side knows, and a local event, so that this node acts.
"""

from __future__ import annotations

from amana.dossiers.fold import Cursor
from amana.dossiers.kind import Coded
from amana.dossiers.partnership.entries import Card, Resume, Suspend
from amana.dossiers.partnership.state import PartnershipState
from amana.dossiers.registry import default_marking
from amana.dossiers.shared.vocabulary import SuspensionCode
from amana.node.automatic import post_owed
from amana.node.context import Node
from amana.node.folding import partnership_home
from amana.node.local import PartnerStatus
from amana.node.partners import Partner, load_partner, load_partners
from amana.node.ports import Reading, Writing
from amana.node.posting import Posting, Wish
from amana.node.records import CONFIRMED, SUSPENDED, append_event
from amana.protocol.canonical import parse
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode


def set_suspended(node: Node, code: AgencyCode, *, suspended: bool) -> Partner:
    """Suspend a confirmed partner, or resume one; again changes nothing.

    Raises Refusal `unknown_partner`, `partner_not_confirmed`.
    """

    reached = {code}

    def act(writing: Writing) -> Partner:
        partner = _require_confirmed(writing, code)
        if partner.suspended != suspended:
            said: Coded = Suspend(code=SuspensionCode.OTHER) if suspended else Resume()
            _say(node, writing, code, "suspend" if suspended else "resume", said)
            status = SUSPENDED if suspended else CONFIRMED
            append_event(writing, PartnerStatus(code=code, status=status), at=node.clock.now())
            if not suspended:
                reached.update(post_owed(writing, node))
        return _require_confirmed(writing, code)

    changed = node.journal.write(act)
    for other in reached:
        node.wake(other)
    return changed


def announce_card(node: Node) -> None:
    """Tell every confirmed partner of a card that replaced an earlier one, once; called whenever the node starts."""
    if node.card.number == 1:
        return

    def act(writing: Writing) -> list[AgencyCode]:
        told = []
        for partner in load_partners(writing):
            if partner.confirmed and _announced(writing, node, partner.code) < node.card.number:
                _say(node, writing, partner.code, "card", Card(hash=node.card.digest, number=node.card.number))
                told.append(partner.code)
        return told

    for code in node.journal.write(act):
        node.wake(code)


def say_what_is_owed(node: Node) -> None:
    """Say `delivered` of what an upgrade can read now; called whenever the node starts."""
    reached: set[AgencyCode] = set()
    node.journal.write(lambda writing: reached.update(post_owed(writing, node)))
    for code in reached:
        node.wake(code)


def _require_confirmed(reading: Reading, code: AgencyCode) -> Partner:
    partner = load_partner(reading, code)
    if partner is None:
        raise Refusal("unknown_partner", partner=code)
    if not partner.confirmed:
        raise Refusal("partner_not_confirmed", partner=code)
    return partner


def _announced(reading: Reading, node: Node, partner: AgencyCode) -> int:
    """The number of the card that we last told this partner of."""
    row = reading.dossier(partnership_home(node.code, partner))
    if row is None:
        return 1
    state = parse(parse(row.cursor, Cursor).state, PartnershipState)
    return max(1, *(side.card_number for side in state.sides if side.agency == node.code))


def _say(node: Node, writing: Writing, partner: AgencyCode, type: str, coded: Coded) -> None:
    marking = default_marking(PARTNERSHIP, type, opening=None, agreement=None, made_at=node.clock.now())
    posting = Posting(node, writing)
    posting.append(Wish(kind=PARTNERSHIP, type=type, audience=(partner,), coded=coded, marking=marking))
    posting.flush()
