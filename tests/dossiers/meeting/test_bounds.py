# SPDX-License-Identifier: EUPL-1.2
"""What one author can fill in a meeting, and that nobody uses up what is another's."""

from __future__ import annotations

from amana.dossiers.kind import Reason
from amana.dossiers.meeting.entries import MinutesPoint
from amana.dossiers.meeting.rules import MAX_KEPT
from amana.dossiers.shared.joint_text.state import clauses, standing
from amana.protocol.identifiers import EntryId
from tests.dossiers.meeting.stories import HOURS, POINT, convened, minuted, scope, session_of, sitting
from tests.dossiers.telling import DGPN, DGSN, START, reason


def test_lists_of_one_author_are_bounded_and_nobody_uses_up_anothers() -> None:
    told = convened()
    for _ in range(MAX_KEPT):
        assert told.say_as_is(DGPN, "action", {"due": START}) is None
    assert reason(told.say_as_is(DGPN, "action", {"due": START})) == Reason.TOO_MANY_OPEN
    assert told.say_as_is(DGSN, "action", {"due": START}) is None
    own = EntryId(told.facts[1].id)
    assert told.say_as_is(DGPN, "action", {"due": START, "action": own.hex(), "struck": True}, after=(own,)) is None


def test_sessions_and_programme_are_bounded() -> None:
    told = sitting()
    for _ in range(MAX_KEPT - 1):
        assert told.say_as_is(DGSN, "session", HOURS) is None
    assert reason(told.say_as_is(DGSN, "session", HOURS)) == Reason.TOO_MANY_OPEN
    assert told.say_as_is(DGSN, "programme", {"type": "press", **HOURS}) is None


def test_a_clause_in_the_last_place_and_a_hundred_wordings_side_by_side_keep_nobody_from_writing() -> None:
    told = minuted()
    point, session = told.facts[2].id, session_of(told)
    assert told.say(DGPN, "minutes_point", {**POINT, "place": 1_000_000}) is None
    assert told.say(DGSN, "minutes_point", POINT) is None
    assert clauses(told.state.text, scope(told))[-1] == told.facts[-1].id
    for _ in range(100):
        coded = {**POINT, "session": session.hex(), "clause": point.hex(), "replaces": [point.hex()]}
        assert told.say_as_is(DGPN, "minutes_point", coded, after=tuple(sorted({point, session}))) is None
    for replaced in (60, 41):
        before = standing(told.state.text, scope(told), point)
        said = told.coded(DGSN, "minutes_point", {**POINT, "clause": point.hex()})
        assert isinstance(said, MinutesPoint)
        assert said.replaces == tuple(one.id for one in before[:60])
        named = told.header(DGSN, "minutes_point", said, after=tuple(sorted({*said.named()})))
        assert (len(said.replaces), len(named.after) <= 64, told.hear(named)) == (replaced, True, None)
    assert len(standing(told.state.text, scope(told), point)) == 1
