# SPDX-License-Identifier: EUPL-1.2
"""What is true of a meeting: its dates, sessions, programme, delegations, texts, and what became of its decisions.

Headers alone: an erased body changes nothing here. A decision is in force while the minutes that hold it are approved
by every party that has not left; its owner, date and area are those of the version that was approved.
Spec: spec/kinds/meeting.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from amana.dossiers.meeting.entries import Decision
from amana.dossiers.meeting.vocabulary import MeetingForm, MeetingLevel, ProgrammeType, ProgressState
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.joint_text.state import BoundText, JointText, Version, all_in_force, in_force, in_force_since, version_of
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical, parse
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField, Millis, MillisField, SizeField

AGENDA, MINUTES = "agenda", "minutes"
DECISION = "decision"
STANDING = frozenset({ProgressState.OPEN, ProgressState.IN_PROGRESS})


class Sitting(Canonical, frozen=True, kw_only=True):
    """A working session: `id` is its first entry, `entry` the last that changed it."""

    id: EntryIdField
    ends: MillisField
    entry: EntryIdField
    starts: MillisField
    struck: bool = False


class Part(Canonical, frozen=True, kw_only=True):
    """A part of the programme, as a `Sitting`."""

    id: EntryIdField
    ends: MillisField
    type: ProgrammeType
    entry: EntryIdField
    starts: MillisField
    struck: bool = False


class Delegated(Canonical, frozen=True, kw_only=True):
    """An agency's delegation: how many, and the entry that names the posts."""

    entry: EntryIdField
    agency: AgencyCodeField
    members: SizeField
    interpreters: SizeField


class Undertaken(Canonical, frozen=True, kw_only=True):
    """An action: `id` is its first entry, `entry` the last that changed it; `decision`: the clause that it serves."""

    id: EntryIdField
    due: MillisField
    entry: EntryIdField
    owner: AgencyCodeField
    since: EffectiveField
    struck: bool = False
    decision: Reference = b""


class Reported(Canonical, frozen=True, kw_only=True):
    """What an agency last said of a decision or of its action."""

    at: EffectiveField
    of: EntryIdField
    entry: EntryIdField
    state: ProgressState
    author: AgencyCodeField


class MeetingState(Canonical, frozen=True, kw_only=True):
    """The whole state of a meeting."""

    ends: MillisField
    form: MeetingForm
    host: AgencyCodeField
    text: JointText
    areas: tuple[Area, ...] = ()
    level: MeetingLevel
    starts: MillisField
    actions: tuple[Undertaken, ...] = ()  # sorted by id
    previous: Reference = b""
    progress: tuple[Reported, ...] = ()  # sorted by `of` and author
    sessions: tuple[Sitting, ...] = ()  # sorted by id
    agreement: Reference = b""
    cancelled: bool = False
    programme: tuple[Part, ...] = ()  # sorted by id
    delegations: tuple[Delegated, ...] = ()  # sorted by agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision in force. `since`: when the last party approved; `moved`: when its owner last spoke of it, 0 never."""

    clause: EntryId
    version: EntryId
    session: EntryId
    owner: AgencyCode
    area: Area
    due: Millis
    since: Millis
    state: ProgressState
    moved: Millis

    @property
    def open(self) -> bool:
        """Whether it is still to be carried out."""
        return self.state in STANDING


def scope_of(text: str, session: EntryId) -> str:
    """The scope of a session's agenda or minutes."""
    return f"{text}.{session.hex()}"


@lru_cache(maxsize=2048)
def parse_decision(coded: bytes) -> Decision:
    """The coded values of a decision's version; they were understood when it was made."""
    return parse(coded, Decision)


def sitting(state: MeetingState, session: bytes) -> Sitting | None:
    """The session with this id."""
    return next((one for one in state.sessions if one.id == session), None)


def sittings(state: MeetingState) -> tuple[Sitting, ...]:
    """The sessions that are held, in the order of their hours."""
    return tuple(sorted((one for one in state.sessions if not one.struck), key=lambda one: (one.starts, one.id)))


def minutes_of(state: MeetingState, session: EntryId) -> BoundText | None:
    """The minutes in force of a session; None where they are not approved by all."""
    return in_force(state.text, scope_of(MINUTES, session))


def decided(state: MeetingState) -> tuple[Decided, ...]:
    """Every decision in force, by date due."""
    return tuple(sorted(_decided(state), key=lambda one: (one.due, one.clause)))


def reported(state: MeetingState, of: EntryId, owner: AgencyCode) -> Reported | None:
    """What the owner last said of a decision or an action."""
    return next((one for one in state.progress if one.of == of and one.author == owner), None)


def actions(state: MeetingState) -> tuple[tuple[Undertaken, ProgressState], ...]:
    """Every action that stands with how far it is, by date due."""
    kept = sorted((one for one in state.actions if not one.struck), key=lambda one: (one.due, one.id))
    told = _told(state)
    return tuple((one, said.state if (said := told.get((one.id, one.owner))) else ProgressState.OPEN) for one in kept)


def decision_of(state: MeetingState, clause: bytes) -> Version | None:
    """The first version of the decision that is this clause; None where it is none."""
    found = version_of(state.text, clause)
    return found if found is not None and found.clause == found.id and found.type == DECISION else None


def owners_of(state: MeetingState, clause: EntryId) -> frozenset[AgencyCode]:
    """The agencies that some version of this decision names as its owner; none where it is no decision."""
    return frozenset(parse_decision(one.coded).owner for one in state.text.versions if one.clause == clause and one.type == DECISION)


def unapproved(state: MeetingState) -> tuple[Sitting, ...]:
    """The sessions that are held and have minutes which are not in force, or none."""
    texts = all_in_force(state.text)
    return tuple(one for one in sittings(state) if scope_of(MINUTES, one.id) not in texts)


def has_minutes(state: MeetingState) -> bool:  # bool: a fact for the stage
    """Whether anything was written of what was said."""
    return any(version.scope.startswith(f"{MINUTES}.") for version in state.text.versions)


def _decided(state: MeetingState) -> Iterator[Decided]:
    """Of every session, a struck one too: what all have approved no host alone undoes."""
    texts = all_in_force(state.text)
    decisions = {version.id: version for version in state.text.versions if version.type == DECISION}
    told = _told(state)
    for one in state.sessions:
        bound = texts.get(scope_of(MINUTES, one.id))
        since = in_force_since(state.text, bound.hash) if bound is not None else Millis(0)
        for id in bound.versions if bound is not None else ():
            if id in decisions:
                yield _as_decided(decisions[id], one.id, since, told)


def _told(state: MeetingState) -> Mapping[tuple[EntryId, AgencyCode], Reported]:
    return {(one.of, one.author): one for one in state.progress}


def _as_decided(version: Version, session: EntryId, since: Millis, told: Mapping[tuple[EntryId, AgencyCode], Reported]) -> Decided:
    coded = parse_decision(version.coded)
    said = told.get((version.clause, coded.owner))
    return Decided(
        clause=version.clause,
        version=version.id,
        session=session,
        owner=coded.owner,
        area=coded.area,
        due=coded.due,
        since=since,
        state=said.state if said else ProgressState.OPEN,
        moved=said.at if said else Millis(0),
    )
