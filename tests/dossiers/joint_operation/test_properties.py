# SPDX-License-Identifier: EUPL-1.2
"""Six agencies in any order and behind any partition: an operation is never in action without every party's approval.

The check is told entry by entry, by the words that count, and knows nothing of how the state keeps them. Whoever holds the
same entries has the same state, and nothing that two agencies report and one of them calls the same is counted twice.
"""

from __future__ import annotations

import random

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from amana.dossiers.fold import advance
from amana.dossiers.joint_operation import entries as e
from amana.dossiers.joint_operation.counting import counted, totals
from amana.dossiers.joint_operation.phases import missing, phase_of
from amana.dossiers.joint_operation.state import OperationState
from amana.dossiers.kind import Reason, Refused
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.entries import Leave, WithdrawApproval
from amana.dossiers.shared.joint_text.state import clauses
from amana.dossiers.shared.operations import Phase
from amana.protocol.canonical import parse
from amana.protocol.identifiers import AgencyCode, EntryId
from tests.dossiers.joint_operation.stories import DAY, OPENING, POINT, SIX
from tests.dossiers.telling import DGSN, START
from tests.dossiers.wires import Given, Held, Story, Wires, one_of

KIND = KINDS["joint_operation"]
SHAPES = KIND.entry_types
agencies = st.sampled_from(SIX)
WORDS = (
    "plan_point", "revise", "strike", "agree", "object", "approve", "approve_other_hours", "approve_what_others_do", "withdraw_approval",
    "basis", "contact", "ready", "no_longer_ready", "task", "progress", "start", "start_all_the_same", "stop", "result", "compare",
)  # fmt: skip

PLAIN: dict[str, tuple[str, Given]] = {
    "plan_point": ("plan_point", POINT),
    "basis": ("basis", {"type": "agreement"}),
    "contact": ("contact", {"function": "command"}),
    "no_longer_ready": ("ready", {"withdrawn": True}),
}


def wanted(rng: random.Random, state: OperationState, word: str, author: AgencyCode, clause: EntryId | None) -> tuple[str, Given]:
    """An entry type and what a person would choose. Raises Refusal where there is nothing to choose from."""
    if word in PLAIN:
        return PLAIN[word]
    match word:
        case "revise" | "strike":
            return "plan_point", {"clause": (clause or one_of(rng, clauses(state.plan, "plan"))).hex(), "struck": word == "strike"}
        case "object":
            return word, {"versions": [one_of(rng, [one for one in state.plan.versions if one.author != author]).id.hex()]}
        case "approve_other_hours":
            return "approve", {"starts": START + rng.randint(1, 9) * DAY, "ends": START + 10 * DAY}
        case "approve_what_others_do" | "start_all_the_same":  # a hostile lead's node does not ask what is missing
            return word.partition("_")[0], {"hash": one_of(rng, state.plan.texts).hash.hex()}
        case "task":
            return word, {"owner": rng.choice(SIX), "needs": [one.id.hex() for one in state.tasks[:2]]}
        case "progress":
            return word, {"task": one_of(rng, state.tasks).id.hex(), "state": rng.choice(["done", "in_hand"])}
        case "result":
            return word, {"at": START, "type": "drugs", "substance": "heroin", "amount": rng.choice([100, 100, 95, 7])}
        case "compare":
            first, second = rng.sample(list(one_of(rng, [state.results] if len(state.results) > 1 else [])), 2)
            return word, {"first": first.id.hex(), "second": second.id.hex(), "same": rng.random() < 0.7}
        case _:
            return word, {}


STORY = Story(kind="joint_operation", opens="propose", opener=DGSN, opening={**OPENING, "observers": []}, parties=SIX, wanted=wanted)


class Account:
    """What each party approves, has stated and is ready for, by the words that count, taken one after another."""

    def __init__(self, held: Held) -> None:
        self.present = set(SIX)
        self.approving: dict[AgencyCode, set[bytes]] = {agency: set() for agency in SIX}
        self.said: dict[AgencyCode, set[str]] = {agency: set() for agency in SIX}
        self.started = self.ended = False
        for fact in held.counted():
            self._take(fact.header.author, parse(fact.header.coded, SHAPES[fact.header.type].coded))

    def _take(self, author: AgencyCode, said: object) -> None:
        match said:
            case Leave():
                self.present.discard(author)
            case e.Approve():
                self.approving[author].add(said.hash)
            case WithdrawApproval():
                self.approving[author].discard(said.hash)
            case e.Basis():
                self.said[author].add("basis")
            case e.Contact():
                self.said[author].add("contact")
            case e.Ready(withdrawn=withdrawn):
                (self.said[author].discard if withdrawn else self.said[author].add)("ready")
            case e.Start():
                self.started, self.ended = True, False
            case e.Stop():
                self.ended = True
            case _:
                pass

    def of_all(self) -> set[bytes]:
        """The plans that every present party approves."""
        return set.intersection(*(self.approving[agency] for agency in self.present))


def require_action_by_all(held: Held) -> None:
    """Never in action without every present party's approval of one and the same plan, its basis, a contact, and its word."""
    told = Account(held)
    if phase_of(held.state) is Phase.ACTION:
        assert told.started
        assert not told.ended
        assert told.of_all()
        assert all(told.said[agency] == {"basis", "contact", "ready"} for agency in told.present)
    if phase_of(held.state) in (Phase.AGREED, Phase.PREPARATION):
        assert told.of_all()


def require_nothing_counted_twice(held: Held) -> None:
    """Of results that an author of one of them calls the same, one counts; the rest name it."""
    standing = {one.result.id: one for one in counted(held.state)}
    authors = {id: one.result.author for id, one in standing.items()}
    for said in held.state.compared:
        if said.same and {said.first, said.second} <= standing.keys() and said.author in (authors[said.first], authors[said.second]):
            leaders = {standing[id].same_as or id for id in (said.first, said.second)}
            assert len(leaders) == 1
    assert all(not standing[EntryId(one.same_as)].same_as for one in standing.values() if one.same_as)
    assert sum(one.amount for one in totals(held.state)) == sum(one.result.amount for one in standing.values() if not one.same_as)


def require_sense(held: Held) -> None:
    """What lists and pages show, for everybody; and what is missing is missing of somebody who is here."""
    summary = KIND.summary(held.state)
    departed = KIND.departed(held.state)
    for agency in SIX:
        assert (agency in summary.turn) == bool(KIND.tasks(held.state, agency))
        assert agency not in departed or agency not in summary.turn
        KIND.dates(held.state, agency)
    for one in missing(held.state):
        assert one.of
        assert not set(one.of) & departed


CHECKS = (require_action_by_all, require_nothing_counted_twice, require_sense)


class SixParties(RuleBasedStateMachine):
    """Anybody speaks from what it knows; anything on its way arrives, now or later, in any order."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.wires = Wires(seed, STORY)
        self.left: set[AgencyCode] = set()
        self.last = DGSN
        self.wires.speak(DGSN, "plan_point")
        if seed % 4:
            self.prepare()
            self.everybody_says_it("ready")
            self.wires.deliver(DGSN, 100)
            self.wires.speak(DGSN, "start")

    def prepare(self) -> None:
        for word in ("agree", "approve", "basis", "contact"):
            self.everybody_says_it(word)

    @rule(author=agencies, word=st.sampled_from(WORDS))
    def somebody_speaks(self, author: AgencyCode, word: str) -> None:
        self.wires.speak(author, word)
        self.last = author

    @rule(word=st.sampled_from(["agree", "approve", "approve_what_others_do", "ready", "withdraw_approval"]))
    def everybody_says_it(self, word: str) -> None:
        for author in SIX:
            self.wires.deliver(author, 100)
            self.wires.speak(author, word)

    @rule(one=agencies, other=agencies)
    def two_amend_at_once(self, one: AgencyCode, other: AgencyCode) -> None:
        for author in (one, other):
            self.wires.speak(author, "revise")
            self.wires.speak(author, "approve_other_hours")
        self.last = other

    @rule(reader=agencies, count=st.integers(1, 9))
    def something_arrives(self, reader: AgencyCode, count: int) -> None:
        self.wires.deliver(reader, count)
        self.last = reader

    @precondition(lambda self: len(self.left) < 3)
    @rule(who=st.sets(agencies, min_size=1, max_size=2))
    def one_leaves_or_two_at_once(self, who: set[AgencyCode]) -> None:
        for agency in sorted(who - self.left - {DGSN}):
            self.wires.speak(agency, "leave")
            self.last = agency
            self.left.add(agency)

    @precondition(lambda self: self.left)
    @rule(which=st.integers(0, 1000))
    def who_has_left_speaks_all_the_same(self, which: int) -> None:
        self.last = sorted(self.left)[which % len(self.left)]
        self.wires.insist(self.last, "ready", e.Ready())

    @invariant()
    def the_promises_hold_where_something_happened(self) -> None:
        for check in CHECKS:
            check(self.wires.folded(self.last))

    def teardown(self) -> None:
        """Everything arrives: all who have not left hold the same entries and the same state, to the byte."""
        if not hasattr(self, "wires"):
            return
        self.wires.deliver_everything()
        left = {agency for one in SIX for agency in KIND.departed(self.wires.folded(one).state)}
        present = [agency for agency in SIX if agency not in left]
        assert len({frozenset(self.wires.held[agency]) for agency in present}) == 1
        for agency in SIX:
            held = self.wires.folded(agency)
            for check in CHECKS:
                check(held)
            again = advance(None, held.facts)
            assert (again.cursor, again.outcomes) == (held.cursor, tuple(held.outcomes.values()))
            for other in SIX:
                if self.wires.held[other] == self.wires.held[agency]:
                    assert self.wires.folded(other).cursor == held.cursor


TestSixParties = SixParties.TestCase
TestSixParties.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def in_action() -> Wires:
    wires = Wires(1, STORY)
    wires.speak(DGSN, "plan_point")
    for word in ("agree", "approve", "basis", "contact", "ready"):
        for author in SIX:
            wires.deliver_everything()
            wires.speak(author, word)
    wires.deliver_everything()
    wires.speak(DGSN, "start")
    wires.deliver_everything()
    return wires


def test_stories_come_to_an_action_and_the_check_notices_one_without_an_approval() -> None:
    held = in_action().folded(DGSN)
    assert phase_of(held.state) is Phase.ACTION
    require_action_by_all(held)
    approval = next(fact for fact in held.facts if fact.header.type == "approve")
    wrong = dict(held.outcomes)
    held.outcomes[approval.id] = Refused(Reason.NOT_APPROVED)
    with pytest.raises(AssertionError):
        require_action_by_all(held)
    held.outcomes = wrong
    results = held.state
    held.state = replace(results, action=None)
    require_action_by_all(held)


def test_an_approval_that_is_taken_back_behind_a_partition_halts_the_action_on_every_node_once_it_arrives() -> None:
    wires = in_action()
    other = SIX[0]
    assert wires.speak(other, "withdraw_approval") is not None
    assert phase_of(wires.folded(other).state) is Phase.HALTED
    assert phase_of(wires.folded(DGSN).state) is Phase.ACTION
    assert wires.speak(DGSN, "result") is not None
    wires.deliver_everything()
    assert {phase_of(wires.folded(agency).state) for agency in SIX} == {Phase.HALTED}
