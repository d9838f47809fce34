# SPDX-License-Identifier: EUPL-1.2
"""What can be said in a meeting: it is convened, prepared, minuted; decisions are taken, approved by hash, carried out.

Titles, points and places are in bodies, delegations by post there too; here are dates, codes, agencies and the ids of
the entries spoken of. Agenda, minutes and decisions are joint texts. Spec: spec/kinds/meeting.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded
from amana.dossiers.meeting.vocabulary import DelegationRole, MeetingForm, MeetingLevel, ProgrammeType, ProgressState
from amana.dossiers.shared.conditions import LanguageField, LanguagesField
from amana.dossiers.shared.joint_text.entries import (
    Agree,
    Leave,
    Object,
    PlaceField,
    Reference,
    Replaced,
    Translation,
    WithdrawApproval,
    named_by,
)
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, DigestField, EntryId, EntryIdField, MillisField

MAX_APPROVED = 400  # versions of one text
Head = Annotated[int, Meta(ge=0, le=500)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]


class Convene(Coded, frozen=True, kw_only=True):
    """Opens a visit or a meeting: who receives, on which level, from when to when."""

    ends: MillisField
    form: MeetingForm
    host: AgencyCodeField
    areas: Annotated[tuple[Area, ...], Meta(max_length=16)] = ()
    level: MeetingLevel
    starts: MillisField
    previous: Reference = b""  # DossierId of the meeting that it follows
    agreement: Reference = b""  # DossierId of the agreement under which it is held


class Reschedule(Coded, frozen=True, kw_only=True):
    """The host gives new dates."""

    ends: MillisField
    starts: MillisField


class Cancel(Coded, frozen=True, kw_only=True):
    """The host calls it off."""


class Delegation(Coded, frozen=True, kw_only=True):
    """Who comes for this agency, by number; the posts are in the body. It takes the place of the agency's earlier one."""

    members: Head
    languages: LanguagesField = ()  # into which its interpreters work
    interpreters: Head = 0


class Post(Canonical, frozen=True, kw_only=True):
    """One member of a delegation, by post and never by name."""

    post: Line
    role: DelegationRole = DelegationRole.MEMBER


class DelegationDetail(Canonical, frozen=True, kw_only=True):
    """In the body: the posts of a delegation."""

    posts: Annotated[tuple[Post, ...], Meta(max_length=100)] = ()


class Held(Canonical, frozen=True, kw_only=True):
    """In the body: where it is held."""

    place: Annotated[str, Meta(max_length=200)] = ""


class Programme(Coded, frozen=True, kw_only=True):
    """One part of the visit by the hour. `item`: the part that it changes; what it is stands in the body."""

    ends: MillisField
    item: Reference = b""
    type: ProgrammeType
    starts: MillisField
    struck: bool = False

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.item),) if self.item else ()


class Session(Coded, frozen=True, kw_only=True):
    """A working session. `session`: the one that it changes."""

    ends: MillisField
    starts: MillisField
    struck: bool = False
    session: Reference = b""

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.session),) if self.session else ()


class AgendaPoint(Coded, frozen=True, kw_only=True):
    """A point of a session's agenda, or a new version of one. `carried`: the open decision of an earlier meeting."""

    area: Area | None = None
    lead: AgencyCodeField | None = None  # who introduces it
    place: PlaceField = 0
    clause: Reference = b""
    struck: bool = False
    carried: Reference = b""
    session: EntryIdField
    duration: Annotated[int, Meta(ge=0, le=1440)] = 0  # minutes, 0 none said
    language: LanguageField
    replaces: Replaced = ()

    def named(self) -> tuple[EntryId, ...]:
        return (*named_by(self), self.session)


class MinutesPoint(Coded, frozen=True, kw_only=True):
    """A point of the minutes, in the language in which it was said, or a new version of one."""

    place: PlaceField = 0
    agenda: Reference = b""  # the point of the agenda that it belongs to
    clause: Reference = b""
    struck: bool = False
    session: EntryIdField
    speaker: AgencyCodeField | None = None
    language: LanguageField
    replaces: Replaced = ()

    def named(self) -> tuple[EntryId, ...]:
        return (*named_by(self), self.session, *((EntryId(self.agenda),) if self.agenda else ()))


class Decision(Coded, frozen=True, kw_only=True):
    """What is decided: who carries it out, by when, in which area; or a new version of it. In force by the minutes' hash."""

    due: MillisField
    area: Area
    owner: AgencyCodeField
    place: PlaceField = 0
    agenda: Reference = b""
    clause: Reference = b""
    struck: bool = False
    session: EntryIdField
    language: LanguageField
    replaces: Replaced = ()

    def named(self) -> tuple[EntryId, ...]:
        return (*named_by(self), self.session, *((EntryId(self.agenda),) if self.agenda else ()))


class Approve(Coded, frozen=True, kw_only=True):
    """This agency approves the minutes of a session, decisions included, by their hash.

    The versions are those that the hash is taken of, in order. There may be more than `after` can hold, so `named`
    gives none: one that is not there makes the rule refuse the approval.
    """

    hash: DigestField
    session: EntryIdField
    versions: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=MAX_APPROVED)]

    def named(self) -> tuple[EntryId, ...]:
        return (self.session,)


class Action(Coded, frozen=True, kw_only=True):
    """What this agency will do by when: towards a decision, or to prepare the visit. `action`: its own that it changes."""

    due: MillisField
    action: Reference = b""
    struck: bool = False
    decision: Reference = b""  # the clause of the decision that it serves

    def named(self) -> tuple[EntryId, ...]:
        return tuple(EntryId(id) for id in dict.fromkeys((self.action, self.decision)) if id)


class Progress(Coded, frozen=True, kw_only=True):
    """The owner says how far a decision (by its clause) or an action of its own is."""

    of: EntryIdField
    state: ProgressState

    def named(self) -> tuple[EntryId, ...]:
        return (self.of,)


Versioned = AgendaPoint | MinutesPoint | Decision
HostSaid = Reschedule | Cancel | Programme | Session
MeetingCoded = (
    Convene | HostSaid | Delegation | Versioned | Translation | Agree | Object | Approve | WithdrawApproval | Action | Progress | Leave
)
