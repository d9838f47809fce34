# SPDX-License-Identifier: EUPL-1.2
"""Who may say what between two partners: each speaks for itself alone, and either's suspension holds for both.

Spec: spec/kinds/partnership.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.partnership.entries import (
    ENTRY_TYPES,
    Card,
    Disposition,
    EndRun,
    Introduction,
    PartnershipCoded,
    Resume,
    Suspend,
)
from amana.dossiers.partnership.state import (
    MAX_DISPOSITIONS,
    MAX_INTRODUCTIONS,
    Disposed,
    Introduced,
    PartnershipState,
    Side,
)
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.tasks import Task
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Millis


class PartnershipKind(Kind[PartnershipState]):
    """The relation of two partners as a total fold that no entry opens."""

    name = PARTNERSHIP
    rules = frozenset({0})
    state = PartnershipState
    entry_types = ENTRY_TYPES

    def seed(self, parties: tuple[AgencyCode, ...]) -> PartnershipState:
        return PartnershipState(sides=tuple(Side(agency=agency) for agency in parties))

    def open(self, fact: Fact, coded: Coded) -> PartnershipState | Refused:  # noqa: ARG002 - no entry opens a partnership
        return Refused(Reason.NOT_AN_OPENING)

    def apply(self, state: PartnershipState, fact: Fact, coded: Coded) -> PartnershipState | Refused:
        own = next(side for side in state.sides if side.agency == fact.header.author)
        changed = _apply_own(own, fact, cast(PartnershipCoded, coded))
        if isinstance(changed, Refused):
            return changed
        return PartnershipState(sides=tuple(changed if side.agency == own.agency else side for side in state.sides))

    def summary(self, state: PartnershipState) -> Summary:
        return Summary(stage="suspended" if any(side.suspended for side in state.sides) else "open")

    def tasks(self, state: PartnershipState, own: AgencyCode) -> tuple[Task, ...]:  # noqa: ARG002 - the administrator's affair
        return ()

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: PartnershipState | None,
        agreement: Conditions | None,  # noqa: ARG002 - between partners no agreement is asked for
    ) -> Mapping[str, Any]:
        """Nothing to fill; refuses to suspend twice or to resume what does not stand."""
        own = next((side for side in state.sides if side.agency == author), None) if state else None
        if entry_type == "suspend" and own is not None and own.suspended:
            raise Refusal(Reason.ALREADY_SAID)
        if entry_type == "resume" and (own is None or not own.suspended):
            raise Refusal(Reason.NOT_SUSPENDED)
        return given


def _apply_own(own: Side, fact: Fact, said: PartnershipCoded) -> Side | Refused:
    """The author's registers after what it said; they alone decide."""
    match said:
        case Card():
            if said.number <= own.card_number:
                return Refused(Reason.CARD_NUMBER_BACK)
            return replace(own, card_number=said.number, card_hash=said.hash)
        case Disposition():
            disposed = (*own.disposed, Disposed(code=said.code, entry=said.entry))
            return replace(own, disposed=disposed[-MAX_DISPOSITIONS:])
        case Suspend():
            if own.suspended:
                return Refused(Reason.ALREADY_SAID)
            return replace(own, suspended=Millis(fact.effective))
        case Resume():
            if not own.suspended:
                return Refused(Reason.NOT_SUSPENDED)
            return replace(own, suspended=Millis(0))
        case EndRun():
            if said.run <= own.ended_run:
                return Refused(Reason.ALREADY_SAID)
            return replace(own, ended_run=said.run)
        case Introduction():
            if said.agency in (fact.header.author, *fact.header.audience):
                return Refused(Reason.SELF_INTRODUCTION)
            kept = tuple(held for held in own.introduced if held.agency != said.agency)
            introduced = (*kept, Introduced(card=said.card, agency=said.agency, dossiers=said.dossiers))
            return replace(own, introduced=introduced[-MAX_INTRODUCTIONS:])
        case _:
            assert_never(said)
