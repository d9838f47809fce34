# SPDX-License-Identifier: EUPL-1.2
"""What can be said in a joint operation: a plan approved by hash, bases, tasks, contact points, results, evaluations.

Words of the plan, of tasks and of results, and contact points by post, are in bodies; here are codes, hours, amounts and
ids. What stands in dossiers of their own: the action log, exhibits, deconfliction. Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded
from amana.dossiers.shared.conditions import LanguageField
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
from amana.dossiers.shared.operations import (
    AmountField,
    BasisType,
    ContactFunction,
    CurrencyField,
    DocumentType,
    EvaluationTime,
    LookersField,
    MarkField,
    OperationCriterion,
    PlanPart,
    ResultType,
    Substance,
    TaskPhase,
    Unit,
    WorkState,
)
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, DigestField, EntryId, EntryIdField, MillisField

MAX_APPROVED = 400  # versions of one plan
MAX_NEEDS = 16  # tasks that one task waits for
VersionField = Annotated[int, Meta(ge=1, le=10_000)]
ArticleField = Annotated[str, Meta(max_length=20, pattern=r"^[A-Za-z0-9 .()/-]*\Z")]


class Propose(Coded, frozen=True, kw_only=True):
    """Opens an operation: the area, who leads, who only looks on, and when action is thought of."""

    area: Area
    ends: MillisField
    lead: AgencyCodeField
    starts: MillisField
    observers: LookersField = ()


class Basis(Coded, frozen=True, kw_only=True):
    """On what this party acts; the body may say more. It takes the place of what it said before."""

    type: BasisType
    article: ArticleField = ""
    agreement: Reference = b""  # DossierId


class PlanPoint(Coded, frozen=True, kw_only=True):
    """A version of a point of the plan."""

    part: PlanPart
    place: PlaceField
    clause: Reference = b""
    struck: bool = False
    language: LanguageField
    replaces: Replaced = ()

    def named(self) -> tuple[EntryId, ...]:
        return named_by(self)


class Window(Canonical, frozen=True, kw_only=True):
    """What is approved beside the words: the plan's number and the hours of the action."""

    ends: MillisField
    starts: MillisField
    version: VersionField


class Approve(Coded, frozen=True, kw_only=True):
    """This party binds itself to the plan of these versions, with these hours. As in assessments, `named` gives none."""

    ends: MillisField
    hash: DigestField
    starts: MillisField
    version: VersionField
    versions: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=MAX_APPROVED)]


class Ready(Coded, frozen=True, kw_only=True):
    """This party is ready to act, or no longer: `withdrawn`."""

    withdrawn: bool = False


class Contact(Coded, frozen=True, kw_only=True):
    """Whom to call at this party; post and number are in the body. One for each function."""

    struck: bool = False
    function: ContactFunction


class Reachable(Canonical, frozen=True, kw_only=True):
    """In the body: a post, never a name, and how it is reached."""

    post: Annotated[str, Meta(min_length=1, max_length=200)]
    phone: Annotated[str, Meta(max_length=40)] = ""


class Task(Coded, frozen=True, kw_only=True):
    """Something to be done, by whom, until when, and after which other tasks. `task`: its author's own that it changes."""

    due: MillisField
    task: Reference = b""
    needs: Annotated[tuple[EntryIdField, ...], Meta(max_length=MAX_NEEDS)] = ()
    owner: AgencyCodeField
    phase: TaskPhase = TaskPhase.PREPARATION
    starts: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; 0: at once
    struck: bool = False

    def named(self) -> tuple[EntryId, ...]:
        return (*((EntryId(self.task),) if self.task else ()), *self.needs)


class Progress(Coded, frozen=True, kw_only=True):
    """How far a task is, said by its owner."""

    task: EntryIdField
    state: WorkState

    def named(self) -> tuple[EntryId, ...]:
        return (self.task,)


class Document(Coded, frozen=True, kw_only=True):
    """A document of the operation, in the body or attached."""

    type: DocumentType


class Start(Coded, frozen=True, kw_only=True):
    """The lead begins the action of the plan with this hash, which it approves itself."""

    hash: DigestField


class Stop(Coded, frozen=True, kw_only=True):
    """The lead ends the action."""


class Result(Coded, frozen=True, kw_only=True):
    """What was brought about, by its author. `amount` in `unit`; money in the smallest part of its currency.

    `exhibit`: the DossierId of the thing itself; `result`: the author's own that it changes.
    """

    at: MillisField
    type: ResultType
    unit: Unit = Unit.PIECE
    amount: AmountField = 1
    result: Reference = b""
    struck: bool = False
    exhibit: Reference = b""
    currency: CurrencyField = ""
    substance: Substance | None = None

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.result),) if self.result else ()


class Compare(Coded, frozen=True, kw_only=True):
    """Whether two results are one and the same; it takes the place of what its author said of them before."""

    same: bool
    first: EntryIdField
    second: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.first, self.second)


class Mark(Canonical, frozen=True, kw_only=True):
    """One mark: 1 (poor) to 5 (very good)."""

    mark: MarkField
    criterion: OperationCriterion


class Evaluate(Coded, frozen=True, kw_only=True):
    """This party judges the operation, once it runs and once it is over; the body says what is to be learned."""

    time: EvaluationTime
    marks: Annotated[tuple[Mark, ...], Meta(min_length=1, max_length=len(OperationCriterion))]


class Close(Coded, frozen=True, kw_only=True):
    """The lead closes the operation: what is left is to evaluate it."""


LeadSaid = Start | Stop | Close
PlanSaid = PlanPoint | Translation | Agree | Object | WithdrawApproval | Approve | Leave
WorkSaid = Task | Progress | Result | Compare
SelfSaid = Basis | Ready | Contact | Document | Evaluate
OperationCoded = Propose | PlanSaid | WorkSaid | SelfSaid | LeadSaid
