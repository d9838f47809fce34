# SPDX-License-Identifier: EUPL-1.2
"""What is true of an information request or a notice: one slot per respondent or receiver, and what is open.

A slot's stage moves by its respondent's own entries; the asker's words (withdrawn, reminders, usefulness) are
registers beside it, so that concurrent words of two agencies commute; what is shown (`stage_of`) derives from both.
Drafts and what awaits release are local to a node, before anything is sent, and are no part of this state.
Overdue and expired are derived at a given time. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from amana.dossiers.shared.vocabulary import Area, RecallAnswerCode, RecallCode, Reuse, TranslationKind, Urgency, Usefulness
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryIdField, Millis, SizeField

MAX_QUESTIONS = 32  # open questions per respondent
MAX_OPEN = 64  # recalls, permissions and translation requests that one dossier keeps open, each


class Stage(StrEnum):
    """Where one respondent stands. The last two are the asker's words; a notice uses the first three."""

    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    IN_WORK = "in_work"
    PAUSED = "paused"
    PARTLY_ANSWERED = "partly_answered"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


SETTLED = frozenset({Stage.ANSWERED, Stage.REFUSED})


class Slot(Canonical, frozen=True, kw_only=True):
    """One respondent (of a notice: receiver). Dates are UTC ms, 0 = not."""

    due: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    parts: SizeField = 0
    round: SizeField = 0  # how often it was reopened
    stage: Stage = Stage.SENT
    agency: AgencyCodeField
    refusal: Annotated[str, Meta(max_length=48)] = ""  # RefusalCode
    settled: Annotated[bytes, Meta(max_length=32)] = b""  # the answer or refusal
    expected: EffectiveField = 0  # type: ignore[assignment]  # as above
    paused_at: EffectiveField = 0  # type: ignore[assignment]  # as above
    questions: tuple[EntryIdField, ...] = ()  # asked back and not clarified, sorted
    reminders: SizeField = 0
    withdrawn: bool = False
    settled_at: EffectiveField = 0  # type: ignore[assignment]  # as above
    started_by: Annotated[bytes, Meta(max_length=32)] = b""  # the entry whose delivery starts the clock; empty: the opening
    usefulness: Usefulness | None = None
    delivered_at: EffectiveField = 0  # type: ignore[assignment]  # as above
    acknowledged_at: EffectiveField = 0  # type: ignore[assignment]  # as above


class RecallAnswered(Canonical, frozen=True, kw_only=True):
    """What a holder declared."""

    code: RecallAnswerCode
    agency: AgencyCodeField


class Recall(Canonical, frozen=True, kw_only=True):
    """An entry called back. It binds only where `author` made `entry`, which the holder of the entry sees."""

    code: RecallCode
    entry: EntryIdField
    author: AgencyCodeField
    recall: EntryIdField  # the recall_request
    answers: tuple[RecallAnswered, ...] = ()  # sorted by agency


class Permission(Canonical, frozen=True, kw_only=True):
    """A further use asked for, and what was granted. It binds only where `originator` made `entry`."""

    ends: EffectiveField = 0  # type: ignore[assignment]  # as above
    asker: AgencyCodeField
    entry: EntryIdField
    grant: Annotated[bytes, Meta(max_length=32)] = b""  # the permission_grant; empty while open
    reuse: Reuse
    request: EntryIdField
    agencies: tuple[AgencyCodeField, ...] = ()
    originator: AgencyCodeField


class TranslationAsked(Canonical, frozen=True, kw_only=True):
    """A translation that somebody asks for."""

    kind: TranslationKind
    asker: AgencyCodeField
    entry: EntryIdField
    request: EntryIdField
    language: str


class RequestState(Canonical, frozen=True, kw_only=True):
    """The whole state. `asker` is the author of the opening entry; `urgency` is None in a notice."""

    area: Area
    about: Annotated[bytes, Meta(max_length=32)] = b""  # DossierId of the matter it belongs to
    asker: AgencyCodeField
    clock: EffectiveField = 0  # type: ignore[assignment]  # as above
    slots: tuple[Slot, ...]  # sorted by agency
    notice: Annotated[str, Meta(max_length=48)] = ""  # NoticeType; empty in a request
    expires: EffectiveField = 0  # type: ignore[assignment]  # as above
    parties: tuple[AgencyCodeField, ...]
    recalls: tuple[Recall, ...] = ()  # sorted by recall
    urgency: Urgency | None = None
    cancelled: bool = False
    closed_at: EffectiveField = 0  # type: ignore[assignment]  # as above
    corrections: SizeField = 0
    permissions: tuple[Permission, ...] = ()  # sorted by request
    supplements: SizeField = 0
    translations: tuple[TranslationAsked, ...] = ()  # open ones, sorted by request


def slot_of(state: RequestState, agency: AgencyCode) -> Slot | None:
    """The slot of a respondent or receiver, or None."""
    return next((slot for slot in state.slots if slot.agency == agency), None)


def with_slot(state: RequestState, slot: Slot) -> RequestState:
    """The state with this slot in the place of its agency's."""
    return replace(state, slots=tuple(slot if old.agency == slot.agency else old for old in state.slots))


def stage_of(state: RequestState, slot: Slot) -> Stage:
    """What is shown of a respondent: withdrawn over closed over where its own entries brought it."""
    if slot.withdrawn:
        return Stage.WITHDRAWN
    return Stage.CLOSED if state.closed_at else slot.stage


def open_slots(state: RequestState) -> tuple[Slot, ...]:
    """The respondents that still owe an answer."""
    return tuple(slot for slot in state.slots if not slot.withdrawn and slot.stage not in SETTLED)


def overdue(state: RequestState, now: Millis) -> tuple[AgencyCode, ...]:
    """The respondents whose answer date has passed while their clock ran."""
    if state.notice or state.closed_at:
        return ()
    return tuple(slot.agency for slot in open_slots(state) if slot.due and not slot.paused_at and slot.due < now)


def expired(state: RequestState, now: Millis) -> bool:
    """Whether a notice has run out."""
    return bool(state.notice) and state.expires <= now


def answered_on_time(slot: Slot) -> bool | None:
    """Whether the answer or refusal came within its clock; None while there is none, or no clock ran."""
    if not slot.settled_at or not slot.due:
        return None
    return slot.settled_at <= slot.due


def grants(state: RequestState, now: Millis) -> tuple[Permission, ...]:
    """The further uses that are granted, not ended and not overtaken by a recall."""
    return tuple(held for held in state.permissions if held.grant and not (held.ends and held.ends <= now))
