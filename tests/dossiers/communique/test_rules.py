# SPDX-License-Identifier: EUPL-1.2
"""Communiqués: what counts by whom; two versions side by side; nobody's text is approved unseen."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.communique.state import MAX_EMBARGOES, scope_of
from amana.dossiers.communique.workshop import clause_numbers, language_state
from amana.dossiers.fold import summary_of
from amana.dossiers.kind import Reason
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.rules import MAX_RENEWALS
from amana.dossiers.shared.joint_text.state import ClauseState, standing, text_hash
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId
from tests.dossiers.communique.stories import approve, approved, drafted, write, written
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, entry, reason

KIND = KINDS["communique"]
UNKNOWN = entry(1).hex()


def stage(told: Telling) -> str:
    assert told.cursor is not None
    return summary_of(told.cursor).stage


def tasks(told: Telling, agency: AgencyCode) -> tuple[Task, ...]:
    return KIND.tasks(told.state, agency)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"languages": ["fr"]}, ""),
        ({"languages": ["en", "ar"], "embargo": START, "about": UNKNOWN}, ""),
        ({"languages": ["fr", "fr"]}, Reason.NO_LANGUAGE),
        ({"languages": ["fr", "es"]}, Reason.NO_LANGUAGE),
    ],
)
def test_a_draft_opens_the_communique_or_is_refused(changes: dict[str, Any], expected: str) -> None:
    assert reason(Telling("communique").say(DGSN, "draft", changes)) == expected


def test_a_draft_is_in_three_languages_unless_it_says_otherwise() -> None:
    assert drafted().state.languages == ("ar", "fr", "en")


# DGSN wrote one clause in three languages, its first version is "@first", the one in French "@fr"; who says what, then what becomes of it
WORDS: tuple[tuple[AgencyCode, str, dict[str, Any], str], ...] = (
    (DGPN, "clause", {"role": "paragraph", "language": "fr"}, ""),
    (DGPN, "clause", {"role": "paragraph", "language": "es"}, Reason.NO_LANGUAGE),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "clause": "@first", "replaces": ["@fr"]}, ""),
    (DGPN, "clause", {"role": "paragraph", "language": "ar", "clause": "@first", "replaces": ["@fr"]}, Reason.OTHER_CLAUSE),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "replaces": ["@fr"]}, Reason.OTHER_CLAUSE),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "clause": "@fr"}, Reason.NO_SUCH_VERSION),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "clause": "@draft"}, Reason.NO_SUCH_VERSION),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "clause": UNKNOWN}, Reason.NOT_AFTER),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "struck": True}, Reason.NO_SUCH_VERSION),
    (DGPN, "clause", {"role": "paragraph", "language": "fr", "clause": "@first", "struck": True, "replaces": ["@fr"]}, ""),
    (DGPN, "agree", {"versions": ["@fr"]}, ""),
    (DGSN, "agree", {"versions": ["@fr"]}, Reason.ALREADY_SAID),
    (DGPN, "agree", {"versions": ["@draft"]}, Reason.NO_SUCH_VERSION),
    (DGPN, "object", {"versions": ["@fr", "@first"]}, ""),
    (DGSN, "object", {"versions": ["@fr"]}, Reason.OWN_VERSION),
    (DGPN, "approve", {"language": "fr", "versions": ["@fr"], "hash": "#fr"}, ""),
    (DGPN, "approve", {"language": "fr", "versions": ["@fr"], "hash": "#ar"}, Reason.HASH_DIFFERS),
    (DGPN, "approve", {"language": "ar", "versions": ["@fr"], "hash": "#fr"}, Reason.NO_SUCH_VERSION),
    (DGPN, "approve", {"language": "es", "versions": ["@fr"], "hash": "#fr"}, Reason.NO_LANGUAGE),
    (DGPN, "approve", {"language": "fr", "versions": [], "hash": "#none"}, Reason.EMPTY_TEXT),
    (DGPN, "approve", {"language": "fr", "versions": ["@fr", "@fr"], "hash": "#twice"}, Reason.OTHER_CLAUSE),
    (DGPN, "withdraw_approval", {"hash": "#fr"}, Reason.NOT_APPROVED),
    (DGPN, "embargo", {"until": START + 50 * HOUR}, ""),
    (DGPN, "embargo", {"until": 0}, Reason.ALREADY_SAID),
    (DGPN, "release", {"hashes": ["#fr"]}, Reason.NOT_APPROVED),
    (DGPN, "leave", {}, ""),
)


@pytest.mark.parametrize(("author", "type", "coded", "expected"), WORDS)
def test_what_counts_while_it_is_written(author: AgencyCode, type: str, coded: dict[str, Any], expected: str) -> None:
    told = written(clauses=1)
    first, french = told.facts[1].id, told.facts[2].id
    meant = {
        "@draft": told.facts[0].id.hex(),
        "@first": first.hex(),
        "@fr": french.hex(),
        "#fr": text_hash(scope_of("fr"), [french]).hex(),
        "#ar": text_hash(scope_of("ar"), [first]).hex(),
        "#twice": text_hash(scope_of("fr"), [french, french]).hex(),
        "#none": text_hash(scope_of("fr"), []).hex(),
    }

    def resolved(value: Any) -> Any:
        return [meant.get(one, one) for one in value] if isinstance(value, list) else meant.get(value, value)

    assert reason(told.say_as_is(author, type, {name: resolved(value) for name, value in coded.items()})) == expected


@pytest.mark.parametrize("type", [declared.name for declared in KIND.entry_types.values() if not declared.opens])
def test_who_has_left_says_no_more(type: str) -> None:
    told = approved()
    assert told.say(DGPN, "leave") is None
    said: dict[str, Any] = {
        "clause": {"role": "paragraph", "language": "fr"},
        "agree": {"versions": [told.facts[1].id.hex()]},
        "object": {"versions": [told.facts[1].id.hex()]},
        "approve": {"language": "fr", "versions": [], "hash": UNKNOWN},
        "withdraw_approval": {"hash": UNKNOWN},
        "embargo": {"until": 1},
        "release": {"hashes": [UNKNOWN]},
        "leave": {},
    }
    assert reason(told.say_as_is(DGPN, type, said[type])) == Reason.LEFT
    with pytest.raises(Refusal) as refused:
        told.say(DGPN, type, said[type])
    assert refused.value.code == Reason.LEFT
    assert tasks(told, DGPN) == ()


def test_two_versions_that_replace_the_same_one_both_stand_until_a_third_names_both() -> None:
    told = written(clauses=1)
    scope, first, french = scope_of("fr"), EntryId(told.facts[1].id), told.facts[2].id.hex()
    ours = write(told, DGPN, "fr", clause=first.hex())
    said = {"role": "paragraph", "language": "fr", "clause": first.hex(), "replaces": [french]}
    assert told.say_as_is(DGST, "clause", said) is None
    theirs = told.last
    assert [version.id.hex() for version in standing(told.state.text, scope, first)] == [ours, theirs]
    now = language_state(told.state, "fr")
    assert (now.clauses[0].state, now.complete, now.hash) == (ClauseState.CONTESTED, False, None)
    assert [Task.REVISE in tasks(told, agency) for agency in (DGPN, DGST, DGSN)] == [True, True, False]
    with pytest.raises(Refusal) as refused:
        told.say(DGSN, "approve", {"language": "fr"})
    assert refused.value.code == Reason.EMPTY_TEXT
    third = write(told, DGSN, "fr", clause=first.hex())
    assert [version.id.hex() for version in standing(told.state.text, scope, first)] == [third]


def test_a_clause_that_all_want_struck_is_left_out_and_the_others_are_counted_anew() -> None:
    told = written(languages=("fr",))
    first, second = (fact.id for fact in told.facts[1:3])
    assert clause_numbers(told.state) == {first: 1, second: 2}
    struck = write(told, DGPN, "fr", clause=first.hex(), struck=True)
    assert language_state(told.state, "fr").hash is None
    for author in (DGSN, DGST):
        assert told.say(author, "agree", {"versions": [struck]}) is None
    assert language_state(told.state, "fr").versions == (second,)
    assert clause_numbers(told.state) == {second: 1}


def test_a_proposal_to_strike_is_no_wording_that_can_be_approved() -> None:
    told = written(languages=("fr",), clauses=1)
    struck = EntryId(bytes.fromhex(write(told, DGPN, "fr", clause=told.facts[1].id.hex(), struck=True)))
    said = {"language": "fr", "versions": [struck.hex()], "hash": text_hash(scope_of("fr"), [struck]).hex()}
    assert reason(told.say_as_is(DGPN, "approve", said)) == Reason.OTHER_CLAUSE


def test_a_clause_missing_in_one_language_keeps_that_language_from_being_approved() -> None:
    told = written()
    write(told, DGPN, "fr", role="paragraph")
    assert [language_state(told.state, language).complete for language in ("ar", "fr", "en")] == [False, True, False]
    with pytest.raises(Refusal) as refused:
        told.say(DGSN, "approve", {"language": "en"})
    assert refused.value.code == Reason.EMPTY_TEXT


def test_a_new_clause_comes_last_and_a_version_stays_where_its_clause_is() -> None:
    told = written()
    places = [version.place for version in sorted(told.state.text.versions, key=lambda held: held.at)]
    assert places == [10, 10, 10, 20, 20, 20]
    write(told, DGPN, "fr", role="heading", place=5)
    heading = told.last
    write(told, DGPN, "ar", clause=heading)
    assert [version.place for version in told.state.text.versions if version.clause.hex() == heading] == [5, 5]
    assert next(iter(clause_numbers(told.state))).hex() == heading


def test_from_the_draft_to_the_release_it_is_said_whose_turn_it_is() -> None:
    told = written(languages=("ar", "fr"))
    assert (stage(told), tasks(told, DGPN), tasks(told, DGSN)) == ("drafting", (Task.AGREE,), ())
    objected = told.facts[2].id.hex()
    assert told.say(DGPN, "object", {"versions": [objected]}) is None
    assert tasks(told, DGSN) == (Task.REVISE,)
    for author in (DGPN, DGST):
        assert told.say(author, "agree") is None
    assert told.say(DGPN, "agree", {"versions": [objected]}) is None
    assert (stage(told), tasks(told, DGPN), tasks(told, DGSN)) == ("agreed", (Task.APPROVE,), (Task.APPROVE,))
    approve(told, DGPN, DGSN, DGST, languages=("ar", "fr"))
    assert (stage(told), tasks(told, DGPN)) == ("approved", (Task.RELEASE,))
    assert told.say(DGST, "release") is None
    assert told.cursor is not None
    assert (stage(told), summary_of(told.cursor).closed, summary_of(told.cursor).turn) == ("release_said", True, ())
    for type, given in (("clause", {"language": "fr"}), ("agree", {}), ("object", {"versions": [objected]})):
        with pytest.raises(Refusal) as refused:
            told.say(DGSN, type, given)
        assert refused.value.code == "text_released"
    assert told.say_as_is(DGSN, "clause", {"role": "paragraph", "language": "fr"}) is None  # what crosses a release is borne


def test_an_approval_takes_the_text_as_it_stands_and_is_due_again_when_it_changes() -> None:
    told = approved(languages=("fr",))
    write(told, DGPN, "fr", clause=told.facts[1].id.hex())
    now = language_state(told.state, "fr")
    assert (now.approved_by, now.waiting_for, now.changed_for) == ((), (DGPN, DGSN, DGST), (DGPN, DGSN, DGST))
    assert now.changed_at == told.facts[-1].effective
    approve(told, DGPN, languages=("fr",))
    assert Task.APPROVE in tasks(told, DGSN)
    with pytest.raises(Refusal) as refused:
        told.say(DGPN, "approve", {"language": "fr"})
    assert refused.value.code == Reason.ALREADY_SAID


def test_what_one_party_can_set_again_and_again_is_bounded() -> None:
    told = approved(languages=("fr",))
    outcomes = [reason(told.say(DGPN, "embargo", {"until": number})) for number in range(1, MAX_EMBARGOES + 2)]
    assert outcomes == [""] * MAX_EMBARGOES + [Reason.TOO_MANY_OPEN]
    renewed = []
    for _ in range(MAX_RENEWALS + 1):
        assert told.say(DGPN, "withdraw_approval") is None
        renewed.append(reason(told.say(DGPN, "approve", {"language": "fr"})))
    assert renewed == [""] * MAX_RENEWALS + [Reason.TOO_MANY_OPEN]
