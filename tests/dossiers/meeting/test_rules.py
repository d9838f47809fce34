# SPDX-License-Identifier: EUPL-1.2
"""Meetings: what counts by whom; decisions in force; what the owner says of them; who has left."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.fold import summary_of
from amana.dossiers.kind import Reason
from amana.dossiers.meeting.state import MINUTES, actions, decided, minutes_of
from amana.dossiers.meeting.vocabulary import ProgressState
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.state import ClauseState, clause_state, clauses, standing, text_hash, version_of
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.meeting.stories import (
    CNP,
    DAY,
    DECISION,
    DGSI,
    FIVE,
    HOURS,
    POINT,
    THREE,
    VISIT,
    approve,
    approved,
    convened,
    hash_now,
    minuted,
    scope,
    session_of,
    sitting,
)
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, entry, reason

KIND = KINDS["meeting"]
UNKNOWN = entry(1).hex()
BACKWARDS = {"starts": START + DAY, "ends": START}


def stage(told: Telling) -> str:
    assert told.cursor is not None
    return summary_of(told.cursor).stage


def tasks(told: Telling, agency: AgencyCode) -> tuple[Task, ...]:
    return KIND.tasks(told.state, agency)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"form": "meeting", "level": "expert", "host": DGPN}, ""),
        ({"starts": 0, "ends": 0}, ""),
        ({"starts": 0, "ends": 2**53 - 1}, ""),
        ({"host": "es.cnp"}, Reason.HOST_NO_PARTY),
        (BACKWARDS, Reason.ENDS_BEFORE_IT_STARTS),
    ],
)
def test_who_convenes_names_a_host_among_the_parties(changes: dict[str, Any], expected: str) -> None:
    assert reason(Telling("meeting").say(DGSN, "convene", {**VISIT, **changes})) == expected


# DGSN is host; @point and @decision (of DGPN) in the minutes of @session, @agenda on its agenda; who says what, and what becomes of it
WORDS: tuple[tuple[AgencyCode, str, dict[str, Any], str], ...] = (
    (DGSN, "reschedule", HOURS, ""),
    (DGSN, "reschedule", BACKWARDS, Reason.ENDS_BEFORE_IT_STARTS),
    (DGPN, "reschedule", HOURS, Reason.NOT_THE_HOST),
    (DGSN, "cancel", {}, ""),
    (DGPN, "cancel", {}, Reason.NOT_THE_HOST),
    (DGSN, "programme", {"type": "welcome", **HOURS}, ""),
    (DGPN, "programme", {"type": "welcome", **HOURS}, Reason.NOT_THE_HOST),
    (DGSN, "programme", {"type": "welcome", **BACKWARDS}, Reason.ENDS_BEFORE_IT_STARTS),
    (DGSN, "programme", {"type": "welcome", "item": "@session", **HOURS}, Reason.NO_SUCH_SESSION),
    (DGSN, "programme", {"type": "welcome", "item": UNKNOWN, **HOURS}, Reason.NOT_AFTER),
    (DGSN, "session", {"session": "@session", "struck": True, **HOURS}, ""),
    (DGSN, "session", {"session": "@point", **HOURS}, Reason.NO_SUCH_SESSION),
    (DGPN, "session", HOURS, Reason.NOT_THE_HOST),
    (DGPN, "delegation", {"members": 3, "interpreters": 1, "languages": ["ar", "fr"]}, ""),
    (DGPN, "agenda_point", {"session": "@session", **POINT}, ""),
    (DGPN, "agenda_point", {"session": "@point", **POINT}, Reason.NO_SUCH_SESSION),
    (DGPN, "agenda_point", {"session": "@session", "carried": UNKNOWN, **POINT}, ""),
    (DGPN, "agenda_point", {"session": "@session", "clause": "@agenda", "replaces": ["@agenda"], **POINT}, ""),
    (DGPN, "agenda_point", {"session": "@session", "clause": "@point", **POINT}, Reason.OTHER_CLAUSE),
    (DGPN, "agenda_point", {"session": "@other", "clause": "@agenda", **POINT}, Reason.OTHER_CLAUSE),
    (DGPN, "agenda_point", {"session": "@session", "replaces": ["@agenda"], **POINT}, Reason.OTHER_CLAUSE),
    (DGPN, "agenda_point", {"session": "@session", "struck": True, **POINT}, Reason.NO_SUCH_VERSION),
    (DGPN, "minutes_point", {"session": "@session", "agenda": "@agenda", "speaker": DGSN, **POINT}, ""),
    (DGPN, "minutes_point", {"session": "@session", "agenda": "@point", **POINT}, Reason.NO_SUCH_VERSION),
    (DGPN, "minutes_point", {"session": "@other", "agenda": "@agenda", **POINT}, Reason.NO_SUCH_VERSION),
    (DGPN, "minutes_point", {"session": "@session", "clause": "@decision", **POINT}, Reason.OTHER_CLAUSE),
    (DGPN, "minutes_point", {"session": "@session", "clause": "@decision", "replaces": ["@decision"], **POINT}, Reason.OTHER_CLAUSE),
    (DGPN, "minutes_point", {"session": "@session", "clause": "@point", "struck": True, "replaces": ["@point"], **POINT}, ""),
    (DGPN, "decision", {**DECISION, "session": "@session"}, ""),
    (DGPN, "decision", {**DECISION, "session": "@session", "owner": "es.cnp"}, Reason.OWNER_NO_PARTY),
    (DGPN, "decision", {**DECISION, "session": "@session", "clause": "@point"}, Reason.OTHER_CLAUSE),
    (DGPN, "decision", {**DECISION, "session": "@session", "clause": "@decision", "replaces": ["@decision"], "owner": DGSN}, ""),
    (DGPN, "translation", {"version": "@point", "language": "ar"}, ""),
    (DGPN, "translation", {"version": "@session", "language": "ar"}, Reason.NO_SUCH_VERSION),
    (DGPN, "translation", {"version": "@point", "language": "ar", "replaces": ["@decision"]}, Reason.OTHER_CLAUSE),
    (DGPN, "agree", {"versions": ["@point"]}, ""),
    (DGPN, "agree", {"versions": ["@decision"]}, Reason.ALREADY_SAID),
    (DGPN, "agree", {"versions": ["@session"]}, Reason.NO_SUCH_VERSION),
    (DGPN, "object", {"versions": ["@point"]}, ""),
    (DGPN, "object", {"versions": ["@decision"]}, Reason.OWN_VERSION),
    (DGPN, "approve", {"session": "@session", "versions": ["@point", "@decision"], "hash": "#"}, ""),
    (DGPN, "approve", {"session": "@session", "versions": ["@decision", "@point"], "hash": "#"}, Reason.HASH_DIFFERS),
    (DGPN, "approve", {"session": "@session", "versions": ["@session"], "hash": "#session"}, Reason.NO_SUCH_VERSION),
    (DGPN, "approve", {"session": "@session", "versions": ["@point", "@point"], "hash": "#twice"}, Reason.OTHER_CLAUSE),
    (DGPN, "approve", {"session": "@other", "versions": ["@point"], "hash": "#other"}, Reason.OTHER_CLAUSE),
    (DGPN, "approve", {"session": "@session", "versions": ["@agenda"], "hash": "#agenda"}, Reason.OTHER_CLAUSE),
    (DGPN, "withdraw_approval", {"hash": "#"}, Reason.NOT_APPROVED),
    (DGPN, "action", {"due": START, "decision": "@decision"}, ""),
    (DGPN, "action", {"due": START}, ""),
    (DGPN, "action", {"due": START, "decision": "@point"}, Reason.NO_SUCH_DECISION),
    (DGPN, "action", {"due": START, "action": "@point"}, Reason.NOT_THE_OWNER),
    (DGPN, "progress", {"of": "@decision", "state": "done"}, ""),
    (DGPN, "progress", {"of": "@point", "state": "done"}, Reason.NO_SUCH_DECISION),
    (DGPN, "leave", {}, ""),
    (DGPN, "convene", VISIT | {"host": DGPN}, Reason.SECOND_OPENING),
)


def ready() -> tuple[Telling, dict[str, str]]:
    told = minuted()
    assert told.say(DGSN, "agenda_point", POINT) is None
    assert told.say(DGSN, "session", HOURS) is None
    session, point, decision, agenda, other = (told.facts[n].id for n in (1, 2, 3, 4, 5))
    meant = {"@session": session, "@point": point, "@decision": decision, "@agenda": agenda, "@other": other}
    texts = {
        "#": text_hash(scope(told), [point, decision]),
        "#session": text_hash(scope(told), [session]),
        "#twice": text_hash(scope(told), [point, point]),
        "#other": text_hash(f"{MINUTES}.{other.hex()}", [point]),
        "#agenda": text_hash(scope(told), [agenda]),
    }
    return told, {name: id.hex() for name, id in (meant | texts).items()}


@pytest.mark.parametrize(("author", "type", "coded", "expected"), WORDS)
def test_what_counts_by_whom(author: AgencyCode, type: str, coded: dict[str, Any], expected: str) -> None:
    told, meant = ready()
    resolved = {name: [meant.get(one, one) for one in v] if isinstance(v, list) else meant.get(v, v) for name, v in coded.items()}
    assert reason(told.say_as_is(author, type, resolved)) == expected


def test_every_reason_of_meetings_has_its_case() -> None:
    said = {expected for *_, expected in WORDS}
    of_meetings = {
        Reason.NOT_THE_HOST, Reason.ENDS_BEFORE_IT_STARTS, Reason.NO_SUCH_SESSION,
        Reason.NO_SUCH_DECISION, Reason.NOT_THE_OWNER, Reason.OWNER_NO_PARTY,
    }  # fmt: skip
    assert of_meetings <= said


@pytest.mark.parametrize("type", [declared.name for declared in KIND.entry_types.values() if not declared.opens])
def test_who_has_left_says_no_more(type: str) -> None:
    told, meant = ready()
    assert told.say(DGPN, "leave") is None
    coded = next(coded for author, word, coded, _ in WORDS if word == type)
    resolved = {name: [meant.get(one, one) for one in v] if isinstance(v, list) else meant.get(v, v) for name, v in coded.items()}
    assert reason(told.say_as_is(DGPN, type, resolved)) == Reason.LEFT
    with pytest.raises(Refusal) as refused:
        told.say(DGPN, type, resolved)
    assert refused.value.code == Reason.LEFT


def test_a_decision_is_in_force_when_every_party_approves_the_same_minutes() -> None:
    told = minuted(THREE)
    for agency in (DGSN, DGST):
        approve(told, agency)
        assert decided(told.state) == ()
    assert tasks(told, DGPN)[0] is Task.APPROVE
    approve(told, DGPN)
    (one,) = decided(told.state)
    assert (one.clause, one.owner, one.area.value, one.state) == (told.facts[3].id, DGPN, "drugs", ProgressState.OPEN)
    assert one.since == told.facts[-1].effective
    assert stage(told) == "minuted"
    assert tasks(told, DGPN) == (Task.CARRY_OUT,)
    assert KIND.clock(told.state, DGPN).due == DECISION["due"]  # type: ignore[union-attr]  # it runs


def test_a_new_wording_needs_new_approvals_and_the_old_one_holds_until_then() -> None:
    told = approved()
    first = told.facts[3].id
    changed = {**DECISION, "clause": first.hex(), "owner": DGSN}
    assert told.say(DGSN, "decision", changed) is None
    assert [one.owner for one in decided(told.state)] == [DGPN]
    approve(told, DGSN)
    assert [one.owner for one in decided(told.state)] == [DGPN]
    approve(told, DGPN)
    assert [(one.clause, one.owner) for one in decided(told.state)] == [(first, DGSN)]
    assert told.say(DGPN, "withdraw_approval") is None
    assert [one.owner for one in decided(told.state)] == [DGPN]


def test_two_wordings_of_one_clause_stand_side_by_side_until_a_third_names_both() -> None:
    told = minuted()
    point = told.facts[2].id
    for author in (DGPN, DGSN):
        coded = {**POINT, "session": session_of(told).hex(), "clause": point.hex(), "replaces": [point.hex()]}
        assert told.say_as_is(author, "minutes_point", coded) is None
    both = standing(told.state.text, scope(told), point)
    assert {version.author for version in both} == {DGPN, DGSN}
    assert clause_state(told.state.text, both) is ClauseState.CONTESTED
    with pytest.raises(Refusal) as refused:
        told.say(DGSN, "approve")
    assert refused.value.code == Reason.EMPTY_TEXT
    versions = [both[0].id, both[1].id, told.facts[3].id]
    forced = {"session": session_of(told).hex(), "versions": [id.hex() for id in versions], "hash": text_hash(scope(told), versions).hex()}
    assert reason(told.say_as_is(DGSN, "approve", forced)) == Reason.OTHER_CLAUSE
    assert told.say(DGSN, "minutes_point", {**POINT, "clause": point.hex()}) is None
    assert len(standing(told.state.text, scope(told), point)) == 1
    approve(told, DGSN, DGPN)
    assert minutes_of(told.state, session_of(told)) is not None


def test_a_clause_that_all_want_struck_is_left_out() -> None:
    told = minuted()
    point = told.facts[2].id
    assert told.say(DGSN, "minutes_point", {**POINT, "clause": point.hex(), "struck": True}) is None
    with pytest.raises(Refusal):
        told.say(DGSN, "approve")
    assert told.say(DGPN, "agree") is None
    approve(told, DGSN, DGPN)
    bound = minutes_of(told.state, session_of(told))
    assert bound is not None
    assert bound.versions == (told.facts[3].id,)


def test_what_strikes_a_clause_is_no_part_of_a_text() -> None:
    told = minuted()
    decision = told.facts[3].id
    assert told.say(DGPN, "decision", {**DECISION, "clause": decision.hex(), "struck": True}) is None
    versions = [told.facts[-1].id]
    forced = {"session": session_of(told).hex(), "versions": [id.hex() for id in versions], "hash": text_hash(scope(told), versions).hex()}
    assert reason(told.say_as_is(DGSN, "approve", forced)) == Reason.OTHER_CLAUSE


def test_a_translation_is_approved_with_its_point_and_is_no_wording_beside_it() -> None:
    told = minuted()
    point = told.facts[2].id
    assert told.say(DGPN, "translation", {"version": point.hex(), "language": "ar"}) is None
    assert told.say(DGSN, "translation", {"version": point.hex(), "language": "ar"}) is None  # in place of the first
    assert clauses(told.state.text, scope(told)) == (point, told.facts[3].id)
    approve(told, DGSN, DGPN)
    bound = minutes_of(told.state, session_of(told))
    assert bound is not None
    assert bound.versions == (point, told.facts[-3].id, told.facts[3].id)


def test_whoever_is_invited_is_to_say_who_comes_until_something_is_minuted() -> None:
    told = sitting(THREE)
    invited = (DGPN, DGST)
    assert [tasks(told, agency) for agency in (DGSN, *invited)] == [(), (Task.DELEGATION,), (Task.DELEGATION,)]
    assert told.say(DGPN, "delegation", {"members": 2}) is None
    assert [tasks(told, agency) for agency in invited] == [(), (Task.DELEGATION,)]
    assert told.say(DGPN, "minutes_point", POINT) is None
    assert Task.DELEGATION not in tasks(told, DGST)
    called_off = convened()
    assert called_off.say(DGSN, "cancel") is None
    assert tasks(called_off, DGPN) == ()


def test_only_the_owners_word_on_a_decision_is_read() -> None:
    told = approved(THREE)
    clause = told.facts[3].id.hex()
    assert told.say_as_is(DGSN, "progress", {"of": clause, "state": "done"}) is None
    assert [one.state for one in decided(told.state)] == [ProgressState.OPEN]
    assert told.say(DGPN, "progress", {"of": clause, "state": "in_progress"}) is None
    assert told.say(DGPN, "progress", {"of": clause, "state": "done"}) is None
    (one,) = decided(told.state)
    assert (one.state, one.open, one.moved) == (ProgressState.DONE, False, told.facts[-1].effective)
    assert tasks(told, DGPN) == ()
    with pytest.raises(Refusal) as refused:
        told.say(DGSN, "progress", {"of": clause, "state": "dropped"})
    assert refused.value.code == Reason.NOT_THE_OWNER


def test_an_action_is_its_authors_own() -> None:
    told = approved(THREE)
    assert told.say(DGSN, "action", {"due": START + DAY, "decision": told.facts[3].id.hex()}) is None
    action = told.last
    assert Task.CARRY_OUT in tasks(told, DGSN)
    assert reason(told.say_as_is(DGPN, "action", {"due": START, "action": action})) == Reason.NOT_THE_OWNER
    assert reason(told.say_as_is(DGPN, "progress", {"of": action, "state": "done"})) == Reason.NOT_THE_OWNER
    assert told.say(DGSN, "action", {"due": START + 2 * DAY, "action": action}) is None
    assert told.say(DGSN, "progress", {"of": action, "state": "in_progress"}) is None
    ((held, state),) = actions(told.state)
    assert (held.id.hex(), held.due, state) == (action, START + 2 * DAY, ProgressState.IN_PROGRESS)
    assert told.say(DGSN, "action", {"due": START, "action": action, "struck": True}) is None
    assert actions(told.state) == ()
    assert tasks(told, DGSN) == ()


def test_what_all_decided_the_host_alone_does_not_call_off() -> None:
    told = approved()
    assert told.say(DGSN, "action", {"due": START}) is None
    assert told.say(DGSN, "cancel") is None
    assert [one.clause for one in decided(told.state)] == [told.facts[3].id]
    assert (tasks(told, DGPN), tasks(told, DGSN)) == ((Task.CARRY_OUT,), ())  # what was to prepare the visit falls with it
    assert told.say(DGPN, "progress", {"of": told.facts[3].id.hex(), "state": "done"}) is None
    assert told.cursor is not None
    assert (stage(told), summary_of(told.cursor).closed) == ("cancelled", True)
    for type, coded in (("agenda_point", POINT), ("delegation", {"members": 1}), ("approve", {})):
        with pytest.raises(Refusal) as refused:
            told.say(DGPN, type, coded)
        assert refused.value.code == Reason.CANCELLED


def test_striking_a_session_does_not_undo_what_was_decided_there() -> None:
    told = approved()
    assert told.say(DGSN, "session", {**HOURS, "session": session_of(told).hex(), "struck": True}) is None
    assert len(decided(told.state)) == 1


def test_one_of_five_leaves_and_the_others_bind_themselves_without_it() -> None:
    told = minuted(FIVE)
    approve(told, CNP, DGPN, DGSN, DGST)
    assert decided(told.state) == ()
    assert told.say(DGSI, "leave") is None
    assert len(decided(told.state)) == 1
    assert tasks(told, DGSI) == ()
    assert KIND.departed(told.state) == {DGSI}
    assert KIND.dates(told.state, DGSI) == ()


def test_what_a_party_that_left_objected_to_no_longer_stands_in_the_way() -> None:
    told = minuted(THREE)
    point = told.facts[2].id
    assert told.say(DGST, "object", {"versions": [point.hex()]}) is None
    assert clause_state(told.state.text, standing(told.state.text, scope(told), point)) is ClauseState.OBJECTED
    assert told.say(DGST, "leave") is None
    assert told.say(DGPN, "agree", {"versions": [point.hex()]}, audience=(DGSN,)) is None
    assert clause_state(told.state.text, standing(told.state.text, scope(told), point)) is ClauseState.AGREED


def test_approving_agrees_to_each_wording() -> None:
    told = minuted(THREE)
    approve(told, DGST)
    version = version_of(told.state.text, told.facts[2].id)
    assert version is not None
    assert version.agreed == (DGSN, DGST)


def test_an_approval_by_its_hash_alone_names_the_text_that_has_it() -> None:
    told = minuted(THREE)
    hash = hash_now(told)
    approve(told, DGSN)
    assert told.say(DGST, "minutes_point", POINT) is None  # the text goes on; the hash is of what DGSN approved
    assert told.say(DGPN, "approve", {"hash": hash}) is None
    state = told.state
    assert [party.agency for party in state.text.parties if party.approvals] == [DGPN, DGSN]
    with pytest.raises(Refusal) as refused:
        told.say(DGST, "approve", {"hash": UNKNOWN})
    assert refused.value.code == Reason.HASH_DIFFERS


def test_what_is_approved_already_is_said_once() -> None:
    told = minuted()
    approve(told, DGSN)
    with pytest.raises(Refusal) as refused:
        told.say(DGSN, "approve")
    assert refused.value.code == Reason.ALREADY_SAID
