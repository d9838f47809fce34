# SPDX-License-Identifier: EUPL-1.2
"""What is true of a deconfliction: how far each agency is in each round. Spec: spec/kinds/deconfliction.md."""

from __future__ import annotations

from amana.dossiers.deconfliction.entries import RoundField
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.operations import PointKind, Settlement
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.comparison import Announcement, Count
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField


class Turn(Canonical, frozen=True, kw_only=True):
    """What one agency said in one round: its announcement, its question, its answer to the other's. Only its own entries change it."""

    ask: Reference = b""
    asks: Announcement
    reply: Reference = b""
    round: RoundField
    agency: AgencyCodeField
    answers: Announcement
    announced: EntryIdField


class Overlap(Canonical, frozen=True, kw_only=True):
    """What an agency said of an overlap."""

    at: EffectiveField
    count: Count
    entry: EntryIdField
    kinds: tuple[PointKind, ...] = ()
    round: RoundField
    agency: AgencyCodeField


class Settled(Canonical, frozen=True, kw_only=True):
    """What an agency says was agreed."""

    at: EffectiveField
    entry: EntryIdField
    agency: AgencyCodeField
    outcome: Settlement


class DeconflictionState(Canonical, frozen=True, kw_only=True):
    """The whole state of a deconfliction."""

    area: Area
    talks: tuple[Overlap, ...] = ()  # sorted by agency; the last word of each
    turns: tuple[Turn, ...] = ()  # sorted by round and agency
    parties: tuple[AgencyCodeField, ...]  # two
    settled: tuple[Settled, ...] = ()  # sorted by agency
    operation: EntryIdField


def turn_of(state: DeconflictionState, agency: AgencyCode, round: int) -> Turn | None:
    """What this agency said in this round."""
    return next((one for one in state.turns if (one.agency, one.round) == (agency, round)), None)


def next_round(state: DeconflictionState, agency: AgencyCode) -> int:
    """The round that this agency announces next: its own after the last, or the one in which the other waits for it."""
    return max((one.round for one in state.turns if one.agency == agency), default=0) + 1


def other_of(state: DeconflictionState, agency: AgencyCode) -> AgencyCode:
    """The other agency."""
    return next(AgencyCode(one) for one in state.parties if one != agency)


def asked_of(state: DeconflictionState, entry: EntryId) -> Turn | None:
    """The turn whose question this entry is."""
    return next((one for one in state.turns if one.ask == entry), None)
