# SPDX-License-Identifier: EUPL-1.2
"""A hostile partner in a meeting: thousands of words, entries of other dossiers, odd values; it costs its own lists alone."""

from __future__ import annotations

import random
from time import perf_counter
from typing import Any

import pytest

from amana.dossiers.fold import Folding, summary_of
from amana.dossiers.kind import Coded, Fact, Reason
from amana.dossiers.meeting.entries import Action, AgendaPoint, Approve, Decision, Delegation, Progress, Session
from amana.dossiers.meeting.state import MINUTES, MeetingState, scope_of
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.entries import Agree
from amana.dossiers.shared.joint_text.rules import MAX_VERSIONS
from amana.dossiers.shared.joint_text.state import text_hash
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import encode
from amana.protocol.entry import Header
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from tests.dossiers.meeting.stories import FIVE, THREE, convened, minuted, session_of, sitting
from tests.dossiers.telling import BASIS, DGPN, DGSN, HOUR, START, entry, fact_of, reason

KIND = KINDS["meeting"]


class Flood:
    """A meeting in which five agencies say thousands of things, each in its own strand."""

    def __init__(self) -> None:
        told = sitting(FIVE)
        self.rng = random.Random(1)
        self.session = session_of(told)
        self.opening = told.facts[0].id
        self.facts: list[Fact] = list(told.facts)
        self.last: dict[AgencyCode, EntryId] = {DGSN: self.session}
        self.decisions: list[EntryId] = []

    def add(self, author: AgencyCode, type: str, coded: Coded) -> None:
        at = self.facts[-1].effective + 1
        previous = self.last.get(author, EntryId(b""))
        header = Header(
            run=1,
            body=Digest(bytes(32)),
            kind="meeting",
            type=type,
            after=tuple(sorted({*coded.named()} - {self.opening, previous})),
            coded=encode(coded),
            nonce=self.rng.randbytes(16),
            author=author,
            dossier=self.opening,
            made_at=Millis(at),
            marking=BASIS,
            audience=tuple(agency for agency in FIVE if agency != author),
            previous=previous,
        )
        self.facts.append(fact_of(header, at))
        self.last[author] = self.facts[-1].id
        if type == "decision":
            self.decisions.append(self.facts[-1].id)

    def say(self, words: int) -> None:
        for _ in range(words):
            author, of = self.rng.choice(FIVE), self.rng.choice(self.decisions or [self.session])
            match self.rng.randint(0, 4):
                case 0:
                    decision = Decision(due=Millis(5), area=Area.DRUGS, owner=DGPN, session=self.session, language="fr")
                    self.add(author, "decision", decision)
                case 1:
                    self.add(author, "progress", Progress(of=of, state="done"))  # type: ignore[arg-type]  # its code
                case 2:
                    self.add(author, "action", Action(due=Millis(5), decision=of))
                case 3:
                    self.add(author, "agree", Agree(versions=(of,)))
                case _:
                    self.add(author, "delegation", Delegation(members=2))


def test_thousands_of_words_fold_in_linear_time_into_a_bounded_state() -> None:
    flood = Flood()
    flood.say(9000)
    folding = Folding.start(flood.facts[0])
    took: list[float] = []
    for first in range(0, 9000, 3000):
        began = perf_counter()
        for fact in flood.facts[first : first + 3000]:
            folding.take(fact)
        took.append(perf_counter() - began)
    assert took[2] < 3 * took[1] + 1, took  # the lists are full by then, so each word costs the same
    cursor = folding.cursor(flood.facts[8999])
    state = cursor.state_of(KIND)
    assert len(state.text.versions) == len(FIVE) * MAX_VERSIONS
    assert len(cursor.state) < 2_000_000
    began = perf_counter()
    summary_of(cursor)
    assert perf_counter() - began < 3


def test_entries_of_another_dossier_are_no_wordings_here_even_where_they_are_named_as_ancestors() -> None:
    there, here = minuted(THREE), minuted()
    foreign = there.facts[3].id
    session = session_of(here).hex()
    words: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("agree", {"versions": [foreign.hex()]}, Reason.NO_SUCH_VERSION),
        ("decision", {"session": session_of(there).hex()}, Reason.NO_SUCH_SESSION),
        ("minutes_point", {"session": session, "agenda": foreign.hex(), "language": "fr"}, Reason.NO_SUCH_VERSION),
        ("minutes_point", {"session": session, "clause": foreign.hex(), "language": "fr"}, Reason.NO_SUCH_VERSION),
        ("translation", {"version": foreign.hex(), "language": "ar"}, Reason.NO_SUCH_VERSION),
        ("action", {"due": 0, "decision": foreign.hex()}, Reason.NO_SUCH_DECISION),
        ("progress", {"of": foreign.hex(), "state": "done"}, Reason.NO_SUCH_DECISION),
    )
    for type, coded, expected in words:
        full = {"area": "drugs", "due": 1, "owner": DGPN, "language": "fr", **coded} if type == "decision" else coded
        named = tuple(sorted({fact.id for fact in here.facts} | {fact.id for fact in there.facts}))
        assert reason(here.say_as_is(DGPN, type, full, after=named)) == expected


def test_an_approval_of_two_sessions_at_once_does_not_count() -> None:
    told = minuted()
    assert told.say(DGSN, "session", {"starts": START, "ends": START}) is None
    other = told.facts[-1].id
    point = {"session": other.hex(), "language": "fr"}
    assert told.say(DGSN, "minutes_point", point) is None
    versions = [told.facts[2].id, told.facts[-1].id]
    for session in (session_of(told), other):
        hash = text_hash(scope_of(MINUTES, session), versions)
        said = Approve(hash=hash, session=session, versions=tuple(versions))
        assert reason(told.hear(told.header(DGPN, "approve", said))) == Reason.OTHER_CLAUSE


ODD: tuple[tuple[str, Coded], ...] = (
    ("session", Session(starts=Millis(0), ends=Millis(0))),
    ("session", Session(starts=Millis(2**53 - 1), ends=Millis(2**53 - 1))),
    ("agenda_point", AgendaPoint(session=entry(1), language="fr", carried=b"\x01")),
    ("agenda_point", AgendaPoint(session=entry(1), language="zz", clause=b"\x01\x02")),
    ("action", Action(due=Millis(0), decision=b"\x00")),
    ("action", Action(due=Millis(2**53 - 1))),
    ("progress", Progress(of=EntryId(bytes(32)), state="done")),  # type: ignore[arg-type]  # its code
    ("delegation", Delegation(members=0, interpreters=500)),
)


@pytest.mark.parametrize(("type", "coded"), ODD)
def test_odd_values_give_a_state_or_a_reason_and_everything_derived_bears_them(type: str, coded: Coded) -> None:
    told = convened(previous="01", agreement="ff" * 32, starts=0, ends=2**53 - 1)
    told.hear(told.header(DGSN, type, coded))
    told.hear(told.header(DGSN, type, coded, after=tuple(sorted({told.facts[0].id, told.facts[1].id, *coded.named()}))))
    state: MeetingState = told.state
    for agency in (*FIVE, AgencyCode("xx.none")):
        KIND.tasks(state, agency)
        KIND.clock(state, agency)
        KIND.dates(state, agency)
        for name in KIND.entry_types:
            KIND.choices(state, name, agency)
    assert KIND.summary(state).stage == "convened"


def test_an_entry_dated_at_the_end_of_time_leaves_room_for_what_follows() -> None:
    told = sitting()
    told.at = 2**53 - 1 - HOUR
    for author in (DGSN, DGPN):
        assert told.say(author, "minutes_point", {"language": "fr"}, made_at=Millis(2**53 - 1)) is None
    told.at = START
    for author in (DGSN, DGPN):
        assert told.say(author, "approve") is None
    assert KIND.summary(told.state).stage == "minuted"


def test_a_host_that_is_no_party_bars_the_dossier_and_nothing_is_shown_of_it() -> None:
    told = convened()
    header = told.facts[0].header
    strange = fact_of(
        Header(
            **{name: getattr(header, name) for name in header.__struct_fields__} | {"coded": header.coded.replace(b"ma.dgsn", b"xx.dgsn")}
        ),
        START,
    )
    folding = Folding.start(strange)
    refused = folding.take(strange)
    assert refused is not None
    assert refused.reason == Reason.HOST_NO_PARTY
    assert summary_of(folding.cursor(strange)).stage == "not_understood"
