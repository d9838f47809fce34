# SPDX-License-Identifier: EUPL-1.2
"""What can be said in an information request or a notice: the coded values of each entry type.

Names, numbers and texts are in bodies; here are codes, counts, dates and the ids of the entries spoken of.
The table of entry types is in `types`. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded
from amana.dossiers.shared.conditions import ClockField, LanguageField, LanguagesField
from amana.dossiers.shared.vocabulary import (
    AnswerOutcome,
    Area,
    NoticeType,
    PauseCode,
    RecallAnswerCode,
    RecallCode,
    RefusalCode,
    RequestType,
    Reuse,
    TranslationKind,
    Urgency,
    Usefulness,
    WithdrawalCode,
)
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, CodeField, EntryId, EntryIdField, MillisField

Agencies = Annotated[tuple[AgencyCodeField, ...], Meta(max_length=64)]


class ItemCount(Canonical, frozen=True, kw_only=True):
    """How many items of a type the body holds."""

    type: CodeField
    count: Annotated[int, Meta(ge=1, le=500)]


Counts = Annotated[tuple[ItemCount, ...], Meta(max_length=32)]


class Request(Coded, frozen=True, kw_only=True):
    """Opens a request: asked of all other parties but the informed ones. The clock runs from delivery."""

    area: Area
    about: Annotated[bytes, Meta(max_length=32)] = b""  # DossierId of the matter it belongs to, if any
    clock: ClockField
    types: Annotated[tuple[RequestType, ...], Meta(min_length=1, max_length=12)]
    counts: Counts = ()
    direct: bool = False  # the asker holds that the information is directly accessible
    urgency: Urgency
    informed: Agencies = ()  # parties in copy, of whom nothing is asked
    languages: LanguagesField = ()  # in which an answer can be read


class Notice(Coded, frozen=True, kw_only=True):
    """Opens a notice: told to all other parties, no question asked."""

    area: Area
    type: NoticeType
    about: Annotated[bytes, Meta(max_length=32)] = b""  # DossierId of the matter it belongs to, if any
    counts: Counts = ()
    expires: MillisField


class Delivered(Coded, frozen=True, kw_only=True):
    """Automatic, by the receiving node: these entries have arrived. Starts the clock they start."""

    entries: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=64)]

    def named(self) -> tuple[EntryId, ...]:
        return self.entries


class Acknowledge(Coded, frozen=True, kw_only=True):
    """Taken in hand (or, of a notice: taken note of) by a person."""


class Progress(Coded, frozen=True, kw_only=True):
    """In work; an answer is expected by this date (0: none said)."""

    expected: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType


class AskBack(Coded, frozen=True, kw_only=True):
    """A respondent's question before it can answer; the question is in the body. The clock runs on."""


class Clarify(Coded, frozen=True, kw_only=True):
    """The asker's answer to a question asked back."""

    question: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.question,)


class Supplement(Coded, frozen=True, kw_only=True):
    """Further information or a message, by any party."""

    counts: Counts = ()


class PartAnswer(Coded, frozen=True, kw_only=True):
    """A part of the answer; more follows."""

    counts: Counts = ()


class Answer(Coded, frozen=True, kw_only=True):
    """The (rest of the) answer."""

    counts: Counts = ()
    outcome: AnswerOutcome


class Refuse(Coded, frozen=True, kw_only=True):
    """A reasoned refusal; the body may say more, and does where the code is `other`."""

    code: RefusalCode


class Pause(Coded, frozen=True, kw_only=True):
    """The clock stands, for this reason."""

    code: PauseCode


class Unpause(Coded, frozen=True, kw_only=True):
    """The clock runs on."""


class Reminder(Coded, frozen=True, kw_only=True):
    """The asker reminds these respondents (none named: all)."""

    respondents: Agencies = ()


class Withdraw(Coded, frozen=True, kw_only=True):
    """The asker takes the request back from these respondents (none named: all). Nothing overrides it."""

    code: WithdrawalCode
    respondents: Agencies = ()


class Feedback(Canonical, frozen=True, kw_only=True):
    """What one respondent's answer or refusal was worth."""

    answer: EntryIdField
    respondent: AgencyCodeField
    usefulness: Usefulness


class Close(Coded, frozen=True, kw_only=True):
    """The asker closes: it names each respondent's answer or refusal and what it was worth."""

    feedback: Annotated[tuple[Feedback, ...], Meta(max_length=64)] = ()

    def named(self) -> tuple[EntryId, ...]:
        return tuple(said.answer for said in self.feedback)


class Reopen(Coded, frozen=True, kw_only=True):
    """The asker asks its maker to look again at this answer or refusal; a new clock runs from its delivery."""

    answer: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.answer,)


class Rate(Coded, frozen=True, kw_only=True):
    """A receiver says what a notice was worth."""

    usefulness: Usefulness


class Update(Coded, frozen=True, kw_only=True):
    """The notice's author brings it up to date; the expiry is the new one."""

    counts: Counts = ()
    expires: MillisField


class Cancel(Coded, frozen=True, kw_only=True):
    """The notice's author takes it back. Nothing overrides it."""

    code: WithdrawalCode


class Correction(Coded, frozen=True, kw_only=True):
    """Corrects one of this author's earlier entries; the body holds what is right."""

    entry: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.entry,)


class TranslationRequest(Coded, frozen=True, kw_only=True):
    """Asks the other parties for a translation of an entry."""

    kind: TranslationKind
    entry: EntryIdField
    language: LanguageField

    def named(self) -> tuple[EntryId, ...]:
        return (self.entry,)


class Translation(Coded, frozen=True, kw_only=True):
    """The body is a translation of that entry; its id is the hash that binds both (it commits to the body)."""

    kind: TranslationKind
    entry: EntryIdField
    request: Annotated[bytes, Meta(max_length=32)] = b""  # the translation_request it answers, if any
    language: LanguageField

    def named(self) -> tuple[EntryId, ...]:
        return (self.entry, EntryId(self.request)) if self.request else (self.entry,)


class TranslationDetail(Canonical, frozen=True, kw_only=True):
    """In the body: by which post the translation was made, never a name."""

    translator: Annotated[str, Meta(min_length=1, max_length=200)]


class RecallRequest(Coded, frozen=True, kw_only=True):
    """The originator calls one of its entries back; every holder is to erase the body and to say so."""

    code: RecallCode
    entry: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.entry,)


class RecallAnswer(Coded, frozen=True, kw_only=True):
    """What this holder did: a declaration."""

    code: RecallAnswerCode
    recall: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.recall,)


class PermissionRequest(Coded, frozen=True, kw_only=True):
    """Asks the originator of an entry for a further use; `agencies` are those it would be passed on to."""

    entry: EntryIdField
    reuse: Reuse
    agencies: Agencies = ()
    originator: AgencyCodeField

    def named(self) -> tuple[EntryId, ...]:
        return (self.entry,)


class PermissionGrant(Coded, frozen=True, kw_only=True):
    """The originator allows that use, in this scope, until then (0: no end)."""

    ends: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    entry: EntryIdField
    reuse: Reuse
    request: EntryIdField
    agencies: Agencies = ()

    def named(self) -> tuple[EntryId, ...]:
        return (self.entry, self.request)


class PermissionRefuse(Coded, frozen=True, kw_only=True):
    """The originator does not allow it."""

    code: RefusalCode
    request: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.request,)


RespondentSaid = Delivered | Acknowledge | Progress | AskBack | PartAnswer | Answer | Refuse | Pause | Unpause
AskerSaid = Clarify | Reminder | Withdraw | Close | Reopen
NoticeSaid = Rate | Update | Cancel
AnybodySaid = (
    Supplement
    | Correction
    | TranslationRequest
    | Translation
    | RecallRequest
    | RecallAnswer
    | PermissionRequest
    | PermissionGrant
    | PermissionRefuse
)
RequestCoded = Request | Notice | RespondentSaid | AskerSaid | NoticeSaid | AnybodySaid
