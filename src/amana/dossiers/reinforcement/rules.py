# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of a need: the host opens, commits, extends and releases; services offer, report and take back.

Nobody decides for another: an offer is its author's, a commitment the host's, and each only names the other's word. A
release wins over an extension that crosses it. The numbers are those of the checks in spec/kinds/reinforcement.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.reinforcement import entries as e
from amana.dossiers.reinforcement.completing import complete
from amana.dossiers.reinforcement.state import (
    Committed,
    Extended,
    NeedState,
    Offered,
    Released,
    Reported,
    committed_in_all,
    contributions,
    undecided,
)
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.events import DeploymentStatus
from amana.dossiers.shared.registers import find, keep
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task, in_order
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

MAX_OFFERS, MAX_EXTENSIONS = 40, 100  # of one author; of the host
_Named = TypeVar("_Named", Committed, Released, Reported)


class ReinforcementKind(Kind[NeedState]):
    """Needs for reinforcements as a total fold."""

    name = e.KIND
    form = Form.EVENT_SECURITY
    rules = frozenset({1})
    state = NeedState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> NeedState | Refused:
        said = cast(e.Request | e.OfferUnsolicited, coded)
        author = fact.header.author
        parties = {author, *fact.header.audience}
        if said.host not in parties:
            return Refused(Reason.HOST_NO_PARTY)  # (1)
        if isinstance(said, e.Request) and said.host != author:
            return Refused(Reason.NOT_THE_HOST)  # (2)
        if author in said.observers:
            return Refused(Reason.OBSERVER)  # (3)
        if said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (4)
        state = NeedState(
            area=said.area,
            arms=said.arms,
            cost=said.cost,
            ends=said.ends,
            host=said.host,
            kind=said.kind,
            event=said.event,
            venue=said.venue,
            author=author,
            number=said.number,
            powers=said.powers,
            starts=said.starts,
            parties=tuple(sorted(parties)),
            exercise=said.exercise,
            languages=said.languages,
            observers=said.observers,
            unsolicited=isinstance(said, e.OfferUnsolicited),
        )
        return replace(state, offers=(_first_offer(fact, said),)) if isinstance(said, e.OfferUnsolicited) else state

    def apply(self, state: NeedState, fact: Fact, coded: Coded) -> NeedState | Refused:
        said = cast(e.ReinforcementCoded, coded)
        if fact.header.author in state.observers:
            return Refused(Reason.OBSERVER)  # (3)
        match said:
            case e.Request() | e.OfferUnsolicited():
                return Refused(Reason.SECOND_OPENING)
            case e.Offer():
                return _offer(state, fact, said)
            case e.Decline():
                return replace(state, declined=tuple(sorted({*state.declined, fact.header.author})))
            case e.WithdrawOffer():
                return _withdraw(state, fact, said)
            case e.Status():
                return _report(state, fact, said)
            case e.ExtendAnswer():
                return _answer(state, fact, said)
            case e.Cancel():
                if fact.header.author != state.author:
                    return Refused(Reason.NOT_THE_AUTHOR)  # (9)
                return replace(state, cancelled=True)
            case e.Commit() | e.Extend() | e.Release():
                return _host(state, fact, said)
            case _:
                assert_never(said)

    def summary(self, state: NeedState) -> Summary:
        turn = tuple(party for party in state.parties if self.tasks(state, party))
        over = state.cancelled or _is_over(state)
        return Summary(
            stage=_stage(state),
            area=state.area.value,
            turn=() if over else turn,
            closed=over,
            within=DossierId(state.event),
        )

    def tasks(self, state: NeedState, own: AgencyCode) -> tuple[Task, ...]:
        return () if state.cancelled or own in state.observers else in_order(_expected(state, own))

    def choices(self, state: NeedState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        held = contributions(state)
        ours = tuple(one.offer for one in held if one.agency == own)
        match entry_type:
            case "status" | "withdraw_offer":
                return {"offer": ours}
            case "commit":
                return {"offer": tuple(one.offer for one in held)}
            case "extend" | "release":
                return {"offer": tuple(one.offer for one in held if one.committed)}
            case "extend_answer":
                return {"extend": tuple(one.id for one in state.extensions if one.agreed is None and one.offer in ours)}
            case _:
                return {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: NeedState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """What follows from the need, see `completing`."""
        return {"host": author, **given} if state is None else complete(state, entry_type, given, author)


def _first_offer(fact: Fact, said: e.OfferUnsolicited) -> Offered:
    return Offered(
        at=Millis(fact.effective),
        id=fact.id,
        arms=said.arms,
        cost=said.cost,
        ends=said.ends,
        entry=fact.id,
        agency=fact.header.author,
        number=said.number,
        powers=said.powers,
        starts=said.starts,
        languages=said.languages,
    )


def _offer(state: NeedState, fact: Fact, said: e.Offer) -> NeedState | Refused:
    author = fact.header.author
    if said.on_behalf_of is not None and author != state.host:
        return Refused(Reason.NOT_THE_HOST)  # (2)
    if said.ends < said.starts:
        return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (4)
    earlier = find(state.offers, said.offer) if said.offer else None
    if said.offer and (earlier is None or earlier.agency != author):
        return Refused(Reason.NO_SUCH_OFFER)  # (5)
    if earlier is not None and earlier.withdrawn:
        return Refused(Reason.WITHDRAWN)  # (6)
    if earlier is None and sum(1 for one in state.offers if one.agency == author) >= MAX_OFFERS:
        return Refused(Reason.TOO_MANY_OPEN)  # (10)
    own = Offered(
        at=earlier.at if earlier else Millis(fact.effective),
        id=earlier.id if earlier else fact.id,
        arms=said.arms,
        cost=said.cost,
        ends=said.ends,
        entry=fact.id,
        agency=author,
        number=said.number,
        powers=said.powers,
        starts=said.starts,
        languages=said.languages,
        on_behalf_of=said.on_behalf_of,
    )
    others = (one for one in state.offers if one.id != own.id)
    return replace(state, offers=tuple(sorted((*others, own), key=lambda one: one.id)))


def _withdraw(state: NeedState, fact: Fact, said: e.WithdrawOffer) -> NeedState | Refused:
    own = _own_offer(state, fact, said.offer)
    if isinstance(own, Refused):
        return own
    others = (one for one in state.offers if one.id != own.id)
    return replace(state, offers=tuple(sorted((*others, replace(own, withdrawn=True)), key=lambda one: one.id)))


def _own_offer(state: NeedState, fact: Fact, offer: bytes) -> Offered | Refused:
    held = find(state.offers, offer)
    return held if held is not None and held.agency == fact.header.author else Refused(Reason.NO_SUCH_OFFER)  # (5)


def _report(state: NeedState, fact: Fact, said: e.Status) -> NeedState | Refused:
    own = _own_offer(state, fact, said.offer)
    if isinstance(own, Refused):
        return own
    told = Reported(at=said.at, entry=fact.id, offer=said.offer, venue=said.venue, number=said.number, status=said.status)
    return replace(state, statuses=_by_offer(state.statuses, told))


def _answer(state: NeedState, fact: Fact, said: e.ExtendAnswer) -> NeedState | Refused:
    asked = find(state.extensions, said.extend)
    if asked is None:
        return Refused(Reason.NO_SUCH_OFFER)  # (5)
    own = _own_offer(state, fact, asked.offer)
    if isinstance(own, Refused):
        return own
    others = (one for one in state.extensions if one.id != asked.id)
    return replace(state, extensions=tuple(sorted((*others, replace(asked, agreed=said.agreed)), key=lambda one: one.id)))


def _host(state: NeedState, fact: Fact, said: e.Commit | e.Extend | e.Release) -> NeedState | Refused:
    """What the host decides on an offer that it names."""
    if fact.header.author != state.host:
        return Refused(Reason.NOT_THE_HOST)  # (2)
    if find(state.offers, said.offer) is None:
        return Refused(Reason.NO_SUCH_OFFER)  # (5)
    match said:
        case e.Commit():
            if said.ends < said.starts:
                return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (4)
            commit = Committed(
                at=Millis(fact.effective), ends=said.ends, entry=fact.id, offer=said.offer, number=said.number, starts=said.starts
            )
            return replace(state, commits=_by_offer(state.commits, commit))
        case e.Release():
            released = Released(at=said.at, entry=fact.id, offer=said.offer)
            return replace(state, releases=_by_offer(state.releases, released))
        case e.Extend():
            if all(one.offer != said.offer for one in state.commits):
                return Refused(Reason.NOT_COMMITTED)  # (7)
            asked = Extended(id=fact.id, ends=said.ends, offer=said.offer)
            kept = keep(state.extensions, asked, new=True, most=MAX_EXTENSIONS, missing=Reason.NO_SUCH_OFFER)  # (10)
            return kept if isinstance(kept, Refused) else replace(state, extensions=kept)
        case _:
            assert_never(said)


def _by_offer(held: tuple[_Named, ...], one: _Named) -> tuple[_Named, ...]:
    kept: list[_Named] = [other for other in held if other.offer != one.offer]
    kept.append(one)
    return tuple(sorted(kept, key=lambda each: each.offer))


def _expected(state: NeedState, own: AgencyCode) -> Iterator[Task]:
    held = contributions(state)
    if own == state.host and any(True for _ in undecided(state)):
        yield Task.COMMIT
    asked = own != state.host and not state.unsolicited and own not in state.declined
    if asked and all(one.agency != own for one in held) and committed_in_all(state) < state.number:
        yield Task.OFFER
    ours = [one for one in held if one.agency == own]
    if any(one.committed and one.status is None and not one.released_at for one in ours) or _asked_to_stay(
        state, {one.offer for one in ours}
    ):
        yield Task.DEPLOY


def _asked_to_stay(state: NeedState, ours: set[EntryId]) -> bool:
    return any(one.agreed is None and one.offer in ours for one in state.extensions)


def _is_over(state: NeedState) -> bool:
    """Every contribution that was committed is home again."""
    committed = [one for one in contributions(state) if one.committed]
    return bool(committed) and all(one.status is DeploymentStatus.RETURNED for one in committed)


def _stage(state: NeedState) -> str:
    held = contributions(state)
    if state.cancelled:
        return "cancelled"
    if _is_over(state):
        return "returned"
    if any(one.deployed for one in held):
        return "deployed"
    if committed_in_all(state) >= max(state.number, 1):
        return "covered"
    if any(one.committed for one in held):
        return "partly_covered"
    return "offered" if any(one.offered for one in held) else "asked"
