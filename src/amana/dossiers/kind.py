# SPDX-License-Identifier: EUPL-1.2
"""What a kind of dossier is: its entry types, its state, and total rules that give a new state or a reason.

A kind reads headers only. `apply` never raises, whatever was said by whom in which state: an entry that breaks a
rule is kept and shown as refused. States are `Canonical`, so that a snapshot is their encoding.
An entry is accepted on what the opening says, on what its own author said before, and on what it names; not on
what others said meanwhile: so no right hangs on the order of concurrent entries. Spec: spec/10-order-and-folds.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from amana.dossiers.dated import Dated
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task
from amana.protocol.canonical import Canonical
from amana.protocol.entry import Header
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import Marking

S = TypeVar("S", bound=Canonical)
NO_DATE = Millis(0)
NO_DOSSIER = DossierId(b"")


class Reason(StrEnum):
    """Why an entry is kept but does not count. Each has its sentence in three languages above."""

    # The machinery's own (spec/10-order-and-folds.md)
    NO_OPENING = "no_opening"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_RULES = "unknown_rules"
    UNKNOWN_TYPE = "unknown_type"
    NOT_UNDERSTOOD = "not_understood"
    NOT_AN_OPENING = "not_an_opening"
    SECOND_OPENING = "second_opening"
    FOREIGN_KIND = "foreign_kind"
    FOREIGN_AUTHOR = "foreign_author"
    FOREIGN_AUDIENCE = "foreign_audience"
    FORK = "fork"
    RUN_BACK = "run_back"
    NOT_TO_ALL = "not_to_all"
    TOO_MANY_AUDIENCES = "too_many_audiences"
    NO_BASIS = "no_basis"
    NOT_AFTER = "not_after"
    TOO_MANY_OPEN = "too_many_open"
    # Who may say it, and when
    NOT_THE_ASKER = "not_the_asker"
    NOT_A_RESPONDENT = "not_a_respondent"
    NOT_A_RECEIVER = "not_a_receiver"
    NOT_THE_AUTHOR = "not_the_author"
    NOT_ASKED_OF_YOU = "not_asked_of_you"
    ONLY_IN_REQUESTS = "only_in_requests"
    ONLY_IN_NOTICES = "only_in_notices"
    NOT_AT_THIS_STAGE = "not_at_this_stage"
    NO_RESPONDENT = "no_respondent"
    NO_SUCH_QUESTION = "no_such_question"
    NO_SUCH_ANSWER = "no_such_answer"
    NO_SUCH_REQUEST = "no_such_request"
    NOT_ALL_SETTLED = "not_all_settled"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ALREADY_CLOSED = "already_closed"
    ALREADY_SAID = "already_said"
    RECALLED = "recalled"
    EXPIRES_IN_THE_PAST = "expires_in_the_past"
    # Agreements
    WRONG_VERSION = "wrong_version"
    ARTICLE_TWICE = "article_twice"
    OUTSIDE_THE_FIELDS = "outside_the_fields"
    HASH_DIFFERS = "hash_differs"
    NOT_CONSENTED = "not_consented"
    NOT_SUSPENDED = "not_suspended"
    ENDED = "ended"
    # Texts that several agencies write together
    NO_SUCH_VERSION = "no_such_version"
    OTHER_CLAUSE = "other_clause"
    OWN_VERSION = "own_version"
    ALREADY_STRUCK = "already_struck"
    EMPTY_TEXT = "empty_text"
    NOT_APPROVED = "not_approved"
    LEFT = "left"
    # Meetings
    NOT_THE_HOST = "not_the_host"
    HOST_NO_PARTY = "host_no_party"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    NO_SUCH_SESSION = "no_such_session"
    NO_SUCH_DECISION = "no_such_decision"
    NOT_THE_OWNER = "not_the_owner"
    OWNER_NO_PARTY = "owner_no_party"
    CANCELLED = "cancelled"
    # Communiqués
    NO_LANGUAGE = "no_language"
    # Threat assessments
    WRONG_REVISION = "wrong_revision"
    ONLY_IN_JUDGEMENTS = "only_in_judgements"
    NO_SUCH_SOURCE = "no_such_source"
    # Major events
    OBSERVER = "observer"
    NO_SUCH_VENUE = "no_such_venue"
    NO_SUCH_DESK = "no_such_desk"
    NOT_THIS_DAY = "not_this_day"
    NO_SUCH_SHIFT = "no_such_shift"
    NO_SUCH_HANDOVER = "no_such_handover"
    NO_SUCH_OFFER = "no_such_offer"
    NOT_COMMITTED = "not_committed"
    # Missions of experts
    NOT_THE_GIVER = "not_the_giver"
    NO_SUCH_TERMS = "no_such_terms"
    # Joint operations
    NOT_THE_LEAD = "not_the_lead"
    NO_SUCH_TASK = "no_such_task"
    NO_SUCH_RESULT = "no_such_result"
    UNIT_DIFFERS = "unit_differs"
    NOT_THE_HOLDER = "not_the_holder"
    NO_SUCH_TRANSFER = "no_such_transfer"
    DISPOSED = "disposed"
    NOT_ANNOUNCED = "not_announced"
    WRONG_ROUND = "wrong_round"
    # Partnerships
    CARD_NUMBER_BACK = "card_number_back"
    SELF_INTRODUCTION = "self_introduction"


@dataclass(frozen=True, slots=True)
class Refused:
    """The entry is kept and changes nothing; `reason` is a `Reason` value."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A placed entry as folds see it: its id, its header and where it stands."""

    id: EntryId
    header: Header
    effective: int


class Coded(Canonical, frozen=True, kw_only=True):
    """Base of every entry type's coded values (in the header, so without personal data)."""

    def named(self) -> tuple[EntryId, ...]:
        """The entries these values speak of; they must be ancestors of the entry that holds them."""
        return ()


class Personal(StrEnum):
    """The personal-data stance of an entry type. Headers never hold any."""

    NONE = "none"  # no personal data is expected at all
    BODY_MAY = "body_may"  # free text or items may speak of persons
    BODY_DOES = "body_does"  # speaks of persons by its nature


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryType:
    """What one entry type is and how it is treated by default; the registry test wants every part declared."""

    kind: str
    name: str
    coded: type[Coded]
    default_marking: Marking
    retention: int  # days from made_at to the default erase date
    personal: Personal
    detail: type[Canonical] | None = None  # the body's own structured values, where it has any
    opens: bool = False
    automatic: bool = False  # made by the node, not by a person; gets no receipt entry of its own
    starts_clock: bool = False  # the receiving node owes an automatic `delivered` entry when it arrives
    control: bool = False  # goes to a suspended partner too
    needs_basis: bool = False  # its marking names the article that allows it
    aside: bool = False  # may go to fewer than all parties (and then changes no shared state)
    binds: bool = False  # binds the agency: where it says so, a supervisor says it

    @property
    def phrase(self) -> str:
        """The code of its sentence, and what an action that makes such an entry is called."""
        return f"{self.kind}.{self.name}"

    @property
    def example(self) -> str:
        """Its example in examples/actions/."""
        return f"{self.phrase}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The coded columns of a dossier in lists; the title is in a body and not here."""

    stage: str
    area: str = ""
    urgency: str = ""
    turn: tuple[AgencyCode, ...] = ()  # whose turn it is
    due: Millis = NO_DATE  # the earliest answer date that runs, 0 none
    closed: bool = False
    within: DossierId = NO_DOSSIER  # the dossier that it belongs to: of an incident, its event


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A clock that runs for somebody: since when, until when, and since when it stands still (0: it runs)."""

    started_at: Millis
    due: Millis
    paused_at: Millis = NO_DATE


class Kind(ABC, Generic[S]):
    """One kind of dossier. `S` is its state."""

    name: str
    form: Form | None = None  # the form of cooperation that an agreement must allow for what needs a basis
    rules: frozenset[int]  # the rules versions this code can fold
    state: type[S]
    entry_types: Mapping[str, EntryType]

    def seed(self, parties: tuple[AgencyCode, ...]) -> S | None:  # noqa: ARG002 - most kinds have an opening and need none
        """The state before any entry, for a kind that no entry opens (partnership); None for all others."""
        return None

    def form_of(self, given: Mapping[str, Any]) -> Form | None:  # noqa: ARG002 - of most kinds it is always the same
        """The form that an opening with these plain coded values needs."""
        return self.form

    @abstractmethod
    def open(self, fact: Fact, coded: Coded) -> S | Refused:
        """The state that an opening entry makes."""

    @abstractmethod
    def apply(self, state: S, fact: Fact, coded: Coded) -> S | Refused:
        """The state after an entry to all parties. Total: every type in every state, by every party."""

    @abstractmethod
    def summary(self, state: S) -> Summary:
        """What lists show of the state."""

    @abstractmethod
    def tasks(self, state: S, own: AgencyCode) -> tuple[Task, ...]:
        """Everything that this state expects of `own`, the most pressing first; nothing of who is no party."""

    def clock(self, state: S, own: AgencyCode) -> Clock | None:  # noqa: ARG002 - most kinds have no clocks
        """The clock that matters to `own`; None where none runs."""
        return None

    def dates(self, state: S, own: AgencyCode) -> tuple[Dated, ...]:  # noqa: ARG002 - most kinds have no days
        """What happens on certain days, and what is due of `own`, for calendars."""
        return ()

    def erases(self, state: S) -> Millis:  # noqa: ARG002 - most kinds leave it to each entry
        """When the personal data of everything that belongs to this dossier is erased at the latest; 0: each entry says it."""
        return NO_DATE

    def departed(self, state: S) -> frozenset[AgencyCode]:  # noqa: ARG002 - most kinds cannot be left
        """The parties that have left the dossier: what is said after that goes to the others."""
        return frozenset()

    def choices(
        self,
        state: S,  # noqa: ARG002 - most kinds leave the choice to whoever writes
        entry_type: str,  # noqa: ARG002 - as above
        own: AgencyCode,  # noqa: ARG002 - as above
    ) -> Mapping[str, tuple[bytes, ...]]:
        """For coded values of an entry type that name entries or texts: the ids and hashes that `own` may sensibly name now."""
        return {}

    @abstractmethod
    def complete(
        self, entry_type: str, given: Mapping[str, Any], *, author: AgencyCode, state: S | None, agreement: Conditions | None
    ) -> Mapping[str, Any]:
        """`given` (plain coded values, see `plain`) with what follows from the context filled in.

        For the author's own node, before it makes the entry. Raises Refusal where the act makes no sense in a
        state its author knows (an answer to a withdrawn request), even where the fold would bear it.
        """
