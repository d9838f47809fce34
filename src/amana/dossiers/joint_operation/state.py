# SPDX-License-Identifier: EUPL-1.2
"""What is true of an operation: its plan as a joint text, what each party said of itself, tasks, results.

Phases, gates and figures are derived (`plan`, `phases`, `counting`). Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from msgspec.structs import replace

from amana.dossiers.joint_operation.entries import ArticleField, Mark
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.joint_text.state import JointText, present
from amana.dossiers.shared.operations import (
    AmountField,
    BasisType,
    ContactFunction,
    CurrencyField,
    EvaluationTime,
    LookersField,
    PartyRole,
    ResultType,
    Substance,
    TaskPhase,
    Unit,
    WorkState,
)
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    DigestField,
    EffectiveField,
    EntryId,
    EntryIdField,
    MillisField,
    SizeField,
)


class StatedBasis(Canonical, frozen=True, kw_only=True):
    """On what a party acts."""

    at: EffectiveField
    type: BasisType
    entry: EntryIdField
    article: ArticleField = ""
    agreement: Reference = b""


class KeptContact(Canonical, frozen=True, kw_only=True):
    """Which entry says whom to call."""

    entry: EntryIdField
    function: ContactFunction


class Evaluated(Canonical, frozen=True, kw_only=True):
    """What a party thinks of the operation."""

    at: EffectiveField
    time: EvaluationTime
    entry: EntryIdField
    marks: tuple[Mark, ...]


class Party(Canonical, frozen=True, kw_only=True):
    """What one party said of itself: only its own entries change it."""

    basis: StatedBasis | None = None
    agency: AgencyCodeField
    contacts: tuple[KeptContact, ...] = ()  # sorted by function
    ready_at: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; 0: not ready
    documents: SizeField = 0
    evaluations: tuple[Evaluated, ...] = ()  # sorted by time


class KeptTask(Canonical, frozen=True, kw_only=True):
    """A task: `id` is its first entry, `entry` the last that changed it."""

    id: EntryIdField
    due: MillisField
    entry: EntryIdField
    needs: tuple[EntryIdField, ...] = ()
    owner: AgencyCodeField
    phase: TaskPhase
    author: AgencyCodeField
    starts: MillisField = 0  # type: ignore[assignment]  # as above
    struck: bool = False


class Worked(Canonical, frozen=True, kw_only=True):
    """What an agency last said of a task; it counts while the task is its own."""

    at: EffectiveField
    task: EntryIdField
    entry: EntryIdField
    state: WorkState
    agency: AgencyCodeField


class KeptResult(Canonical, frozen=True, kw_only=True):
    """A result: `id` is its first entry, `entry` the last that changed it, `since` when the first was said."""

    at: MillisField
    id: EntryIdField
    type: ResultType
    unit: Unit
    entry: EntryIdField
    since: EffectiveField
    amount: AmountField
    author: AgencyCodeField
    struck: bool = False
    exhibit: Reference = b""
    currency: CurrencyField = ""
    substance: Substance | None = None


class Compared(Canonical, frozen=True, kw_only=True):
    """What an agency last said of two results; `first` is the smaller id."""

    same: bool
    first: EntryIdField
    author: AgencyCodeField
    second: EntryIdField


class Action(Canonical, frozen=True, kw_only=True):
    """The lead's own word on the action: when it began it last, by which plan, and when it ended it (0: not yet)."""

    hash: DigestField
    ended_at: EffectiveField = 0  # type: ignore[assignment]  # as above
    started_at: EffectiveField


class OperationState(Canonical, frozen=True, kw_only=True):
    """The whole state of an operation. Observers are no parties of the plan."""

    area: Area
    ends: MillisField
    lead: AgencyCodeField
    plan: JointText
    tasks: tuple[KeptTask, ...] = ()  # sorted by id
    action: Action | None = None
    closed: EffectiveField = 0  # type: ignore[assignment]  # as above; since when
    starts: MillisField
    worked: tuple[Worked, ...] = ()  # sorted by task and agency
    parties: tuple[Party, ...]  # sorted by agency
    results: tuple[KeptResult, ...] = ()  # sorted by id
    compared: tuple[Compared, ...] = ()  # sorted by first, second and author
    observers: LookersField = ()
    lookers_left: LookersField = ()


def party_of(state: OperationState, agency: AgencyCode) -> Party | None:
    """What this party said of itself; None for an observer."""
    return next((one for one in state.parties if one.agency == agency), None)


def with_party(state: OperationState, party: Party) -> OperationState:
    """The state with what this party says of itself now."""
    return replace(state, parties=tuple(party if one.agency == party.agency else one for one in state.parties))


def here(state: OperationState) -> tuple[Party, ...]:
    """The parties that have not left."""
    standing = frozenset(present(state.plan))
    return tuple(one for one in state.parties if one.agency in standing)


def role_of(state: OperationState, agency: AgencyCode) -> PartyRole:
    """What an agency is in the operation."""
    if agency == state.lead:
        return PartyRole.LEAD
    return PartyRole.OBSERVER if agency in state.observers else PartyRole.SUPPORT


def tasks(state: OperationState) -> tuple[KeptTask, ...]:
    """The tasks that stand, by when they are due."""
    return tuple(sorted((one for one in state.tasks if not one.struck), key=lambda one: (one.due, one.id)))


def work_of(state: OperationState) -> dict[EntryId, Worked]:
    """What the owner of each task last said of it, by the task's id."""
    owners = {one.id: one.owner for one in state.tasks}
    return {EntryId(one.task): one for one in state.worked if owners.get(one.task) == one.agency}


def work_state(worked: Worked | None) -> WorkState:
    """How far a task is; open where its owner has said nothing."""
    return worked.state if worked is not None else WorkState.OPEN
