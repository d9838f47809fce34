# SPDX-License-Identifier: EUPL-1.2
"""Five agencies in any order and behind any partition, some of which leave halfway.

No decision is in force without every present party's approval of the same hash; no wording is lost that nobody replaced;
who has left says no more and hears no more; and whoever holds the same entries has the same state.
"""

from __future__ import annotations

import hashlib

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from amana.dossiers.fold import advance
from amana.dossiers.kind import Reason, Refused
from amana.dossiers.meeting.entries import AgendaPoint, Approve, Decision, Delegation, MinutesPoint
from amana.dossiers.meeting.state import decided, minutes_of
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.entries import Translation, WithdrawApproval
from amana.dossiers.shared.joint_text.state import HASH_LABEL, Hashed, standing
from amana.dossiers.tasks import Task
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import Header
from amana.protocol.identifiers import AgencyCode, Digest, EntryId
from tests.dossiers.meeting.stories import FIVE
from tests.dossiers.meeting.wires import KIND, WORDS, Held, Wires
from tests.dossiers.telling import DGSN

agencies = st.sampled_from(FIVE)
SHAPES = KINDS["meeting"].entry_types


def require_approved_by_all_present(held: Held) -> None:
    """By the approvals that count, taken one after another, and a hash made here anew."""
    present = set(FIVE)
    approving: dict[AgencyCode, dict[Digest, Approve]] = {agency: {} for agency in FIVE}
    for fact in held.counted():
        author, said = fact.header.author, parse(fact.header.coded, SHAPES[fact.header.type].coded)
        if fact.header.type == "leave":
            present.discard(author)
        elif isinstance(said, Approve):
            approving[author][said.hash] = said
        elif isinstance(said, WithdrawApproval):
            del approving[author][said.hash]
    for one in decided(held.state):
        bound = minutes_of(held.state, one.session)
        assert bound is not None
        text = Hashed(scope=f"minutes.{one.session.hex()}", versions=bound.versions, conditions=b"")
        assert bound.hash == hashlib.sha256(HASH_LABEL + encode(text)).digest()
        assert one.version in bound.versions
        assert present
        for agency in present:
            assert approving[agency][bound.hash].versions == bound.versions, agency


def require_nothing_lost(held: Held) -> None:
    """What counts as a wording stands, unless a later one names it; so two that replace one stand side by side."""
    written: dict[EntryId, Header] = {}
    replaced: set[EntryId] = set()
    for fact in held.counted():
        said = parse(fact.header.coded, SHAPES[fact.header.type].coded)
        if isinstance(said, AgendaPoint | MinutesPoint | Decision | Translation):
            written[fact.id] = fact.header
            replaced |= set(said.replaces)
    versions = {version.id: version for version in held.state.text.versions}
    assert versions.keys() == written.keys()
    for id, version in versions.items():
        assert version.replaced == (id in replaced)
        assert version.coded == written[id].coded
        if id not in replaced and not version.translates:
            assert version in standing(held.state.text, version.scope, version.clause)


def require_silence_after_leaving(held: Held) -> None:
    left: set[AgencyCode] = set()
    for fact in held.facts:
        outcome, author = held.outcomes[fact.id], fact.header.author
        if author in left:
            assert outcome is not None
            assert outcome.reason in (Reason.LEFT, Reason.FORK, Reason.NOT_TO_ALL)
        elif fact.header.type == "leave" and outcome is None:
            left.add(author)
    assert KIND.departed(held.state) == left


def require_sense(held: Held) -> None:
    """What lists and inboxes show of the state, for everybody."""
    summary = KIND.summary(held.state)
    for agency in FIVE:
        tasks = KIND.tasks(held.state, agency)
        assert (agency in summary.turn) == bool(tasks)
        assert not tasks or agency not in KIND.departed(held.state)
        assert (KIND.clock(held.state, agency) is not None) >= (Task.CARRY_OUT in tasks)
        KIND.dates(held.state, agency)


class FiveParties(RuleBasedStateMachine):
    """Anybody speaks from what it knows; anything on its way arrives, now or later, in any order."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.wires = Wires(seed)
        self.left: set[AgencyCode] = set()
        self.last = DGSN
        self.wires.speak(DGSN, "session")
        for word in ("minutes_point", "decision"):
            self.wires.speak(DGSN, word)
        for agency in FIVE:
            self.wires.deliver(agency, 3)
        if seed % 3 == 0:
            self.two_edit_the_same_clause_at_once(*self.wires.rng.sample(FIVE, 2), which=0)

    @rule(author=agencies, word=st.sampled_from(WORDS))
    def somebody_speaks(self, author: AgencyCode, word: str) -> None:
        self.wires.speak(author, word)
        self.last = author

    @rule(one=agencies, other=agencies, which=st.integers(0, 1000))
    def two_edit_the_same_clause_at_once(self, one: AgencyCode, other: AgencyCode, which: int) -> None:
        text = self.wires.folded(one).state.text
        points = [held.clause for held in text.versions if held.type == "minutes_point"]
        for author in (one, other):
            self.wires.speak(author, "revise", points[which % len(points)] if points else None)
        self.last = other

    @rule(word=st.sampled_from(["agree", "approve", "approve_what_others_do", "progress"]))
    def everybody_says_it(self, word: str) -> None:
        for author in FIVE:
            self.wires.deliver(author, 100)
            self.wires.speak(author, word)

    @rule(reader=agencies, count=st.integers(1, 9))
    def something_arrives(self, reader: AgencyCode, count: int) -> None:
        self.wires.deliver(reader, count)
        self.last = reader

    @precondition(lambda self: len(self.left) < 3)
    @rule(who=st.sets(agencies, min_size=1, max_size=2))
    def one_leaves_or_two_at_once(self, who: set[AgencyCode]) -> None:
        for agency in sorted(who - self.left):
            self.wires.speak(agency, "leave")
            self.last = agency
        self.left |= who

    @precondition(lambda self: self.left)
    @rule(which=st.integers(0, 1000))
    def who_has_left_speaks_all_the_same(self, which: int) -> None:
        self.last = sorted(self.left)[which % len(self.left)]
        self.wires.insist(self.last, "delegation", Delegation(members=1))

    @invariant()
    def the_promises_hold_where_something_happened(self) -> None:
        held = self.wires.folded(self.last)
        require_approved_by_all_present(held)
        require_nothing_lost(held)
        require_silence_after_leaving(held)
        require_sense(held)

    def teardown(self) -> None:
        """Everything arrives: all who have not left hold the same entries and the same state, to the byte."""
        if not hasattr(self, "wires"):
            return
        self.wires.deliver_everything()
        left = {agency for one in FIVE for agency in KIND.departed(self.wires.folded(one).state)}
        present = [agency for agency in FIVE if agency not in left]
        if present:
            assert len({frozenset(self.wires.held[agency]) for agency in present}) == 1
        for agency in FIVE:
            held = self.wires.folded(agency)
            assert len(held.facts) == len(self.wires.held[agency]), "an entry waits for one that never comes"
            for check in (require_approved_by_all_present, require_nothing_lost, require_silence_after_leaving):
                check(held)
            again = advance(None, held.facts)
            assert (again.cursor, again.outcomes) == (held.cursor, tuple(held.outcomes.values()))
            for other in FIVE:
                if self.wires.held[other] == self.wires.held[agency]:
                    assert self.wires.folded(other).cursor == held.cursor


TestFiveParties = FiveParties.TestCase
TestFiveParties.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_a_fold_stopped_anywhere_goes_on_to_the_same_cursor(seed: int, words: int) -> None:
    wires = Wires(seed)
    wires.speak(DGSN, "session")
    for _ in range(words):
        author = wires.rng.choice(FIVE)
        wires.deliver(author, wires.rng.randint(0, 5))
        wires.speak(author, wires.rng.choice([*WORDS, "leave"]) if wires.rng.random() < 0.95 else "leave")
    wires.deliver_everything()
    held = wires.folded(DGSN)
    stop = wires.rng.randint(1, len(held.facts))
    first = advance(None, held.facts[:stop])
    rest = advance(first.cursor, held.facts[stop:]) if stop < len(held.facts) else first
    assert rest.cursor == held.cursor


def test_the_checks_notice_a_decision_without_an_approval_and_a_wording_that_is_lost() -> None:
    wires = Wires(1)
    for word in ("session", "minutes_point", "decision"):
        wires.speak(DGSN, word)
    wires.deliver_everything()
    for author in FIVE:
        assert wires.speak(author, "approve") is not None
    wires.deliver_everything()
    held = wires.folded(DGSN)
    assert decided(held.state)
    require_approved_by_all_present(held)
    last = held.facts[-1].id
    held.outcomes[last] = Refused(Reason.NOT_APPROVED)
    with pytest.raises(KeyError):
        require_approved_by_all_present(held)
    held.outcomes[last] = None
    held.state = replace(held.state, text=replace(held.state.text, versions=held.state.text.versions[1:]))
    with pytest.raises(AssertionError):
        require_nothing_lost(held)
