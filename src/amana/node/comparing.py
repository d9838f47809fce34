# SPDX-License-Identifier: EUPL-1.2
"""A deconfliction as a node carries it out: fix the own set, ask, answer, find what both hold. Officers decide, nodes compute.

An officer fixes the set: the points of the operation's private annex that are not over. The rest follows in the writes that take
the partner's entries in: (1) a question is asked once both announcements are in the log, and never before; (2) one question
is answered in a round, by the fold's own register; (3) an answer is read with the blinds of this process, which are nowhere
else: without them the round is lost, and another one begins. What was found stays here. Spec: spec/kinds/deconfliction.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amana.dossiers.deconfliction.entries import KIND, Announce, Ask, Reply
from amana.dossiers.deconfliction.state import DeconflictionState, Turn, next_round, other_of, turn_of
from amana.dossiers.kind import Coded
from amana.dossiers.registry import default_marking
from amana.dossiers.shared.operations import PointKind
from amana.dossiers.shared.points import Point, tokens_of
from amana.node.annexes import load_annex
from amana.node.context import Node
from amana.node.local_operations import FIXED, FOUND, ComparisonFixed, ComparisonFound, FixedRecord
from amana.node.ports import DossierRow, Reading, Writing
from amana.node.posting import Posting, Wish
from amana.node.queries.rows import state_of
from amana.node.records import append_event
from amana.protocol.canonical import parse
from amana.protocol.comparison import SECRET_BYTES, Comparison, announce, answer, ask, overlap
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

FIXED_EVENT = "comparison_fixed"
KEPT = 365 * 24 * 3_600_000  # how long a set can be opened to an inspector


def fix_set(writing: Writing, node: Node, account: str, row: DossierRow) -> set[AgencyCode]:
    """Announce the set of this node for the next round, and go on as far as can be; the partners reached.

    Raises Refusal `not_found` where it is no deconfliction, `comparison_nothing`, `comparison_too_many`.
    """
    state = _state(row)
    if state is None:
        raise Refusal("not_found")
    points = points_to_compare(writing, DossierId(state.operation), node.clock.now())
    tokens = tokens_of(points)
    if not tokens:
        raise Refusal("comparison_nothing")
    round, other = next_round(state, node.code), other_of(state, node.code)
    asks, answers = node.randomness.token(SECRET_BYTES), node.randomness.token(SECRET_BYTES)
    said = Announce(
        asks=announce(_comparison(node.code, other, row.id, round), tokens, secret=asks),
        round=round,
        answers=announce(_comparison(other, node.code, row.id, round), tokens, secret=answers),
    )
    reached = _post(writing, node, row, "announce", said, b"")
    fixed = ComparisonFixed(asks=asks, round=round, points=points, answers=answers)
    append_event(writing, fixed, at=node.clock.now(), officer=account, dossier=row.id)
    return reached | go_on(writing, node, [row.id])


def points_to_compare(reading: Reading, operation: DossierId, now: Millis) -> tuple[Point, ...]:
    """The points of an operation's annex that are not over."""
    held = load_annex(reading, operation)
    points = held.annex.points if held is not None else ()
    return tuple(one for one in points if one.kind is not PointKind.PLACE_AND_TIME or one.ends > now)


def go_on(writing: Writing, node: Node, dossiers: Iterable[DossierId]) -> set[AgencyCode]:
    """Ask, answer and find in these dossiers what can be now; the partners reached."""
    reached: set[AgencyCode] = set()
    for dossier in dossiers:
        for step in (_ask, _answer):
            reached |= step(writing, node, dossier)
        for found in _find(writing, node, dossier):
            append_event(writing, found, at=node.clock.now(), dossier=dossier)
    return reached


def load_fixed(reading: Reading, dossier: DossierId, round: int) -> FixedRecord | None:
    """The set that was fixed here for a round; None where it was not, or was destroyed since."""
    held = reading.record(FIXED, dossier + bytes([round]))
    return parse(held, FixedRecord) if held is not None else None


def load_found(reading: Reading, dossier: DossierId, round: int) -> ComparisonFound | None:
    """What came of asking in a round; None while nothing has."""
    held = reading.record(FOUND, dossier + bytes([round]))
    return parse(held, ComparisonFound) if held is not None else None


def forget_sets(writing: Writing, now: Millis) -> int:
    """Destroy the sets that were fixed a year ago; how many."""
    old = [row for row in writing.records(FIXED) if parse(row.value, FixedRecord).at + KEPT <= now]
    for row in old:
        dossier = DossierId(row.key[:32])
        held = [one for one in writing.local_of(dossier, FIXED_EVENT) if one.content is not None and one.at + KEPT <= now]
        writing.erase_local([one.seq for one in held])
    writing.drop_records(FIXED, [row.key for row in old])
    return len(old)


def _ask(writing: Writing, node: Node, dossier: DossierId) -> set[AgencyCode]:
    row, turns = _turns(writing, node, dossier)
    if row is None or turns is None:
        return set()
    mine, theirs = turns
    fixed = load_fixed(writing, dossier, mine.round)
    if theirs is None or mine.ask or not mine.asks.count or fixed is None:  # (1)
        return set()
    asking = ask(_comparison(node.code, theirs.agency, dossier, mine.round), tokens_of(fixed.points))
    said = Ask(mine=mine.announced, round=mine.round, theirs=theirs.announced)
    node.askings.keep(dossier, mine.round, asking)
    return _post(writing, node, row, "ask", said, asking.question)


def _answer(writing: Writing, node: Node, dossier: DossierId) -> set[AgencyCode]:
    row, turns = _turns(writing, node, dossier)
    if row is None or turns is None:
        return set()
    mine, theirs = turns
    fixed = load_fixed(writing, dossier, mine.round)
    question = _detail(writing, theirs.ask) if theirs is not None and not mine.reply else b""  # (2)
    if theirs is None or fixed is None or not question:
        return set()
    comparison = _comparison(theirs.agency, node.code, dossier, mine.round)
    try:
        answered = answer(comparison, question, tokens_of(fixed.points), asker=theirs.asks, secret=fixed.answers)
    except PeerFault:
        return set()  # it was kept as it came; who asks it finds no answer
    return _post(writing, node, row, "reply", Reply(round=mine.round, question=EntryId(theirs.ask)), answered)


def _find(writing: Writing, node: Node, dossier: DossierId) -> Sequence[ComparisonFound]:
    _, turns = _turns(writing, node, dossier)
    if turns is None:
        return ()
    mine, theirs = turns
    fixed = load_fixed(writing, dossier, mine.round)
    if theirs is None or not theirs.reply or not mine.ask or fixed is None or load_found(writing, dossier, mine.round) is not None:
        return ()
    asking = node.askings.find(dossier, mine.round)
    if asking is None:
        return (ComparisonFound(fault="comparison_lost", round=mine.round),)  # (3)
    try:
        both = overlap(asking, _detail(writing, theirs.reply), answerer=theirs.answers)
    except PeerFault as fault:
        return (ComparisonFound(check=fault.check, fault=fault.code, round=mine.round),)
    places = {place for token, held in tokens_of(fixed.points).items() if token in both for place in held}
    return (ComparisonFound(count=len(both), round=mine.round, points=tuple(sorted(places))),)


def _turns(reading: Reading, node: Node, dossier: DossierId) -> tuple[DossierRow | None, tuple[Turn, Turn | None] | None]:
    """The dossier, and what this agency and the other said in the last round of this agency."""
    row = reading.dossier(dossier)
    state = _state(row) if row is not None else None
    if state is None:
        return None, None
    mine = turn_of(state, node.code, next_round(state, node.code) - 1)
    return row, (mine, turn_of(state, other_of(state, node.code), mine.round)) if mine is not None else None


def _state(row: DossierRow) -> DeconflictionState | None:
    state = state_of(row) if row.kind == KIND else None
    return state if isinstance(state, DeconflictionState) else None


def _comparison(asker: AgencyCode, answerer: AgencyCode, dossier: DossierId, round: int) -> Comparison:
    return Comparison(asker=asker, round=round, dossier=EntryId(dossier), answerer=answerer)


def _detail(reading: Reading, entry: bytes) -> bytes:
    """The message in an entry's body; empty where there is none any more, or none that can be read."""
    row = reading.entry(EntryId(entry)) if entry else None
    try:
        return parse_body(row.body).detail if row is not None and row.body else b""
    except PeerFault:
        return b""


def _post(writing: Writing, node: Node, row: DossierRow, type: str, coded: Coded, detail: bytes) -> set[AgencyCode]:
    opening = writing.entry(EntryId(row.id))
    marking = parse_header(opening.header).marking if opening is not None else None
    posting = Posting(node, writing)
    posting.append(
        Wish(
            kind=KIND,
            type=type,
            dossier=row.id,
            audience=tuple(party for party in row.parties if party != node.code),
            coded=coded,
            marking=default_marking(KIND, type, opening=marking, agreement=None, made_at=node.clock.now()),
            detail=detail,
        )
    )
    posting.flush()
    return posting.reached
