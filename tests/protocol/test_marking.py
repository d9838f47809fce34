# SPDX-License-Identifier: EUPL-1.2
"""Derived content is never weaker than a source, and every further use has one answer that names whom to ask."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode, parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId, Millis
from amana.protocol.marking import (
    Allowed,
    Asking,
    Because,
    Grant,
    GrantScope,
    HandlingCode,
    LegalBasis,
    Level,
    Marking,
    Purpose,
    Tlp,
    Use,
    decide_use,
    join,
    require_level,
    require_not_weaker,
)

RABAT, PARIS, MADRID, LISBON = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn"), AgencyCode("es.cnp"), AgencyCode("pt.pj")
ENTRY, OTHER_ENTRY, GRANTING = EntryId(b"\x01" * 32), EntryId(b"\x02" * 32), EntryId(b"\x03" * 32)
NOW = Millis(1_700_000_000_000)
H0, H1, H2, H3 = HandlingCode

dates = st.sampled_from([Millis(0), Millis(NOW - 1), NOW, Millis(NOW + 1)])
markings = st.builds(
    Marking,
    tlp=st.sampled_from(Tlp),
    basis=st.none() | st.builds(LegalBasis, article=st.sampled_from(["3", "7"]), agreement=st.just(b"\x07" * 32)),
    codes=st.sets(st.sampled_from(HandlingCode)).map(lambda codes: tuple(sorted(codes))),
    level=st.sampled_from(Level),
    purpose=st.sampled_from(Purpose),
    erase_on=dates,
    national=st.sampled_from(["", "Diffusion Restreinte", "Confidential"]),
    review_on=dates,
)


def decide(marking: Marking, use: Use, **change: Any) -> Allowed | Asking:
    """Paris, which holds an entry of Rabat with Madrid, decides; one thing may differ."""
    case: dict[str, Any] = {
        "entry": ENTRY,
        "use": use,
        "by": PARIS,
        "originator": RABAT,
        "recipient": None,
        "audience": frozenset({RABAT, PARIS, MADRID}),
        "grants": (),
        "now": NOW,
    }
    return decide_use(marking, **{**case, **change})


def grant(**change: Any) -> Grant:
    """Rabat permits Paris to pass the entry on to Lisbon until a second from now; one thing may differ."""
    by = change.pop("by", RABAT)
    scope: dict[str, Any] = {"to": LISBON, "uses": (Use.PASS_ON,), "until": NOW + 1000, "holder": PARIS, "entries": (ENTRY,)}
    return Grant(id=GRANTING, by=by, scope=GrantScope(**{**scope, **change}))


# join


@given(markings)
def test_a_single_source_gives_its_own_marking_however_often_it_counts(one: Marking) -> None:
    assert join([one]) == join([one, one]) == one


@given(st.lists(markings, min_size=1, max_size=5), st.randoms())
def test_the_order_of_sources_changes_nothing(sources: list[Marking], random: Any) -> None:
    shuffled = random.sample(sources, len(sources))
    assert join(shuffled) == join(sources)


@given(markings, markings, markings)
def test_joining_in_steps_is_joining_at_once(one: Marking, two: Marking, three: Marking) -> None:
    assert join([join([one, two]), three]) == join([one, join([two, three])]) == join([one, two, three])


@given(st.lists(markings, min_size=1, max_size=4))
def test_what_is_derived_is_never_weaker_than_a_source(sources: list[Marking]) -> None:
    derived = join(sources)
    require_not_weaker(derived, sources)
    for source in sources:
        assert set(source.codes) <= set(derived.codes)
        assert list(Tlp).index(source.tlp) <= list(Tlp).index(derived.tlp)
        assert source.level <= derived.level
        assert derived.purpose in (source.purpose, Purpose.BY_GRANT)
        assert not source.erase_on or 0 < derived.erase_on <= source.erase_on
        assert not source.review_on or 0 < derived.review_on <= source.review_on


@given(
    st.lists(markings, min_size=1, max_size=3),
    st.sampled_from(Use),
    st.sampled_from([None, PARIS, MADRID, RABAT, LISBON]),
    st.sampled_from([None, *Purpose]),
)
def test_what_one_source_withholds_the_derived_content_withholds(
    sources: list[Marking], use: Use, recipient: AgencyCode | None, purpose: Purpose | None
) -> None:
    if isinstance(decide(join(sources), use, recipient=recipient, purpose=purpose), Allowed):
        for source in sources:
            if purpose is None or source.purpose is purpose:
                assert decide(source, use, recipient=recipient, purpose=purpose) == Allowed()


@given(markings)
def test_a_joined_marking_has_an_encoding(one: Marking) -> None:
    joined = join([one, Marking(codes=(H2,), level=Level.SECRET)])
    assert parse(encode(joined), Marking) == joined


def test_nothing_derives_from_nothing() -> None:
    with pytest.raises(Refusal, match="no_sources"):
        join([])


BASIS = LegalBasis(article="4", agreement=b"\x09" * 32)


@pytest.mark.parametrize(
    ("one", "two", "field", "joined"),
    [
        (Marking(codes=(H0,)), Marking(codes=(H2,)), "codes", (H0, H2)),
        (Marking(tlp=Tlp.GREEN), Marking(tlp=Tlp.AMBER_STRICT), "tlp", Tlp.AMBER_STRICT),
        (Marking(level=Level.RESTRICTED), Marking(level=Level.SECRET), "level", Level.SECRET),
        (Marking(level=Level.RESTRICTED, national="DR"), Marking(level=Level.SECRET, national="S"), "national", "S"),
        (Marking(level=Level.SECRET), Marking(level=Level.RESTRICTED, national="DR"), "national", ""),
        (Marking(purpose=Purpose.PREVENTION), Marking(purpose=Purpose.PREVENTION), "purpose", Purpose.PREVENTION),
        (Marking(purpose=Purpose.PREVENTION), Marking(purpose=Purpose.INVESTIGATION), "purpose", Purpose.BY_GRANT),
        (Marking(erase_on=NOW), Marking(), "erase_on", NOW),
        (Marking(review_on=NOW), Marking(review_on=Millis(NOW - 1)), "review_on", NOW - 1),
        (Marking(basis=BASIS), Marking(basis=BASIS), "basis", BASIS),
        (Marking(basis=BASIS), Marking(), "basis", None),
    ],
)
def test_two_sources_join_to(one: Marking, two: Marking, field: str, joined: object) -> None:
    assert getattr(join([one, two]), field) == joined


SOURCE = Marking(tlp=Tlp.AMBER, codes=(H2,), level=Level.RESTRICTED, purpose=Purpose.PREVENTION, erase_on=NOW, national="DR", review_on=NOW)


@pytest.mark.parametrize(
    ("change", "falls_short"),
    [
        ({"tlp": Tlp.GREEN}, "tlp"),
        ({"codes": ()}, "codes"),
        ({"level": Level.UNMARKED}, "level"),
        ({"purpose": Purpose.INVESTIGATION}, "purpose"),
        ({"erase_on": NOW + 1}, "erase_on"),
        ({"erase_on": 0}, "erase_on"),
        ({"review_on": 0}, "review_on"),
        ({"national": ""}, "national"),
    ],
)
def test_an_author_may_not_mark_below_its_sources(change: dict[str, Any], falls_short: str) -> None:
    fields = {name: getattr(SOURCE, name) for name in SOURCE.__struct_fields__}
    with pytest.raises(Refusal, match="weaker_than_sources") as refusal:
        require_not_weaker(Marking(**{**fields, **change}), [SOURCE])
    assert refusal.value.facts["field"] == falls_short


def test_an_author_may_mark_above_its_sources_on_a_basis_of_its_own() -> None:
    stricter = Marking(
        tlp=Tlp.RED,
        codes=(H1, H2),
        level=Level.CONFIDENTIAL,
        purpose=Purpose.BY_GRANT,
        erase_on=Millis(NOW - 1),
        review_on=NOW,
        basis=BASIS,
    )
    require_not_weaker(stricter, [SOURCE])
    require_not_weaker(Marking(), [])


def test_the_node_takes_content_up_to_its_limit_and_no_higher() -> None:
    require_level(Marking(level=Level.RESTRICTED), Level.RESTRICTED)
    with pytest.raises(Refusal, match="above_level_limit") as refusal:
        require_level(Marking(level=Level.CONFIDENTIAL), Level.RESTRICTED)
    assert refusal.value.facts == {"limit": 1, "got": 2}


# decide_use: (marking, use, recipient) -> None where allowed, else the reason

PLAIN = Marking(codes=(H0,), purpose=Purpose.INVESTIGATION)
BY_GRANT = Marking(codes=(H0,), purpose=Purpose.BY_GRANT)
DECISIONS: list[tuple[Marking, Use, AgencyCode | None, Because | None]] = [
    *((PLAIN, use, MADRID, None) for use in Use),
    *((PLAIN, use, LISBON, None) for use in Use),
    (PLAIN, Use.COURT, None, None),
    (PLAIN, Use.PASS_ON, None, Because.THIRD_PARTY),  # to nobody knows whom
    (Marking(codes=(H1,)), Use.COURT, None, Because.COURT),
    (Marking(codes=(H1,)), Use.COURT, LISBON, Because.COURT),
    (Marking(codes=(H1,)), Use.PRINT, None, None),
    (Marking(codes=(H1,)), Use.PASS_ON, LISBON, None),
    *((Marking(codes=(H2,)), use, LISBON, Because.THIRD_PARTY) for use in Use),
    *((Marking(codes=(H2,)), use, MADRID, None) for use in Use if use is not Use.COURT),
    (Marking(codes=(H2,)), Use.COURT, None, Because.THIRD_PARTY),
    (Marking(codes=(H2,)), Use.PASS_ON, RABAT, None),  # back to the originator
    (Marking(codes=(H3,)), Use.PRINT, None, None),
    (Marking(codes=(H3,)), Use.QUOTE, MADRID, None),
    (Marking(codes=(H3,)), Use.PASS_ON, MADRID, None),
    (Marking(codes=(H3,)), Use.QUOTE, LISBON, Because.OTHER_RESTRICTION),
    (Marking(codes=(H3,)), Use.EXPORT, None, Because.OTHER_RESTRICTION),
    (Marking(codes=(H3,)), Use.OPERATIONAL, None, Because.OTHER_RESTRICTION),
    (Marking(tlp=Tlp.CLEAR), Use.COURT, None, None),
    (Marking(tlp=Tlp.GREEN), Use.COURT, None, Because.TLP),
    (Marking(tlp=Tlp.GREEN), Use.PASS_ON, LISBON, None),
    (Marking(tlp=Tlp.AMBER), Use.PASS_ON, LISBON, Because.TLP),
    (Marking(tlp=Tlp.AMBER), Use.PASS_ON, MADRID, None),
    (Marking(tlp=Tlp.AMBER), Use.COURT, None, Because.TLP),
    (Marking(tlp=Tlp.AMBER_STRICT), Use.QUOTE, LISBON, Because.TLP),
    (Marking(tlp=Tlp.AMBER_STRICT), Use.EXPORT, None, None),
    *((Marking(tlp=Tlp.RED), use, None, Because.TLP) for use in (Use.PRINT, Use.EXPORT, Use.QUOTE, Use.COURT)),
    (Marking(tlp=Tlp.RED), Use.PASS_ON, MADRID, Because.TLP),
    (Marking(tlp=Tlp.RED), Use.OPERATIONAL, None, None),
    (Marking(level=Level.RESTRICTED), Use.PASS_ON, LISBON, Because.CLASSIFIED),
    (Marking(level=Level.RESTRICTED), Use.COURT, None, Because.CLASSIFIED),
    (Marking(level=Level.RESTRICTED), Use.PRINT, None, None),
    (BY_GRANT, Use.OPERATIONAL, None, Because.INFORMATION_ONLY),
    (BY_GRANT, Use.COURT, None, Because.INFORMATION_ONLY),
    (BY_GRANT, Use.PASS_ON, LISBON, Because.INFORMATION_ONLY),
    (BY_GRANT, Use.PRINT, None, None),
]


@pytest.mark.parametrize(("marking", "use", "recipient", "reason"), DECISIONS)
def test_a_use_is_decided_by_the_marking(marking: Marking, use: Use, recipient: AgencyCode | None, reason: Because | None) -> None:
    expected = Allowed() if reason is None else Asking(reason=reason, ask=RABAT)
    assert decide(marking, use, recipient=recipient) == expected


def test_the_table_knows_every_reason_that_a_marking_gives() -> None:
    from_elsewhere = {Because.NOT_A_HOLDER, Because.PAST_ERASE_DATE, Because.OTHER_PURPOSE}
    assert {reason for *_, reason in DECISIONS if reason} | from_elsewhere == set(Because)


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        (None, Allowed()),
        (Purpose.INVESTIGATION, Allowed()),
        (Purpose.PREVENTION, Asking(reason=Because.OTHER_PURPOSE, ask=RABAT)),
    ],
)
def test_another_purpose_than_the_marked_one_asks(purpose: Purpose | None, expected: Allowed | Asking) -> None:
    assert decide(PLAIN, Use.OPERATIONAL, purpose=purpose) == expected


STRICTEST = Marking(tlp=Tlp.RED, codes=(H0, H1, H2, H3), level=Level.SECRET, purpose=Purpose.BY_GRANT, erase_on=NOW)


@given(st.sampled_from(Use), st.sampled_from([None, PARIS, LISBON]))
def test_an_originator_may_always_use_its_own(use: Use, recipient: AgencyCode | None) -> None:
    assert decide(STRICTEST, use, by=RABAT, recipient=recipient) == Allowed()


@given(st.sampled_from(Use))
def test_who_does_not_hold_it_may_nothing(use: Use) -> None:
    answer = decide(PLAIN, use, by=LISBON, grants=(grant(holder=LISBON, uses=tuple(Use)),))
    assert answer == Asking(reason=Because.NOT_A_HOLDER, ask=RABAT)


@given(st.sampled_from(Use), st.sampled_from([None, MADRID, LISBON]))
def test_past_the_erase_date_nothing_is_allowed_even_with_a_grant(use: Use, recipient: AgencyCode | None) -> None:
    grants = (grant(uses=tuple(Use)), grant(uses=tuple(Use), to=""))
    due = Marking(codes=(H0,), erase_on=NOW)
    assert decide(due, use, recipient=recipient, grants=grants) == Asking(reason=Because.PAST_ERASE_DATE, ask=RABAT)


def test_until_the_erase_date_the_marking_decides() -> None:
    assert decide(Marking(codes=(H0,), erase_on=Millis(NOW + 1)), Use.PRINT) == Allowed()


@pytest.mark.parametrize(
    ("permission", "helps"),
    [
        (grant(), True),
        (grant(by=MADRID), False),
        (grant(to=AgencyCode("int.interpol")), False),
        (grant(to=""), False),
        (grant(uses=(Use.PRINT, Use.COURT)), False),
        (grant(until=NOW), False),
        (grant(holder=MADRID), False),
        (grant(entries=(OTHER_ENTRY,)), False),
    ],
)
def test_a_grant_helps_only_where_everything_in_it_fits(permission: Grant, helps: bool) -> None:
    answer = decide(Marking(codes=(H2,)), Use.PASS_ON, recipient=LISBON, grants=(permission,))
    assert answer == (Allowed(grant=permission) if helps else Asking(reason=Because.THIRD_PARTY, ask=RABAT))


def test_a_grant_for_court_needs_no_recipient_and_lifts_every_condition_but_the_erase_date() -> None:
    permission = grant(uses=(Use.COURT,), to="")
    strict = Marking(tlp=Tlp.RED, codes=(H0, H1, H2, H3), level=Level.SECRET, purpose=Purpose.BY_GRANT)
    assert decide(strict, Use.COURT, grants=(permission,)) == Allowed(grant=permission)


def test_no_grant_passes_on_to_nobody_knows_whom() -> None:
    answer = decide(Marking(codes=(H2,)), Use.PASS_ON, grants=(grant(to=""),))
    assert answer == Asking(reason=Because.THIRD_PARTY, ask=RABAT)


@given(
    markings,
    st.sampled_from(Use),
    st.sampled_from([RABAT, PARIS, LISBON]),
    st.sampled_from([None, PARIS, LISBON, RABAT]),
    st.sampled_from([None, *Purpose]),
)
def test_every_question_has_an_answer_that_names_the_originator(
    marking: Marking, use: Use, by: AgencyCode, recipient: AgencyCode | None, purpose: Purpose | None
) -> None:
    answer = decide(marking, use, by=by, recipient=recipient, purpose=purpose, grants=(grant(),))
    assert isinstance(answer, Allowed) or answer.ask == RABAT
