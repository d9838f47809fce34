# SPDX-License-Identifier: EUPL-1.2
"""The vectors of markings, read by the product and by the second implementation alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode, parse
from amana.protocol.identifiers import AgencyCode, EntryId, Millis
from amana.protocol.marking import Allowed, Because, Grant, GrantScope, HandlingCode, Level, Marking, Purpose, Use, decide_use, join
from tests.protocol.test_marking import markings
from tests.vectors import independent_marking as second
from tests.vectors.cases import ACCEPT, VECTORS, Case, load_area
from tests.vectors.independent import MARKING, decode
from tests.vectors.independent import encode as encode_plain
from tests.vectors.independent import parse as parse_plain
from tests.vectors.make_marking import ENTRY, LISBON, NOW, PARIS, RABAT, marking_cases, question

CASES = load_area("marking")
JOINS = [case for case in CASES if case.fields["kind"] == "join"]
USES = [case for case in CASES if case.fields["kind"] == "use"]


def listed(case: Case, field: str) -> list[str]:
    return case.fields[field].split(",") if case.fields[field] else []


def by_the_product(case: Case) -> str:
    grants = [
        Grant(id=EntryId(bytes(32)), by=AgencyCode(by), scope=parse(scope, GrantScope))
        for by, scope in zip(listed(case, "granted_by"), case.octet_list("grants"), strict=True)
    ]
    answer = decide_use(
        parse(case.octets("marking"), Marking),
        entry=EntryId(case.octets("entry")),
        use=Use(case.fields["use"]),
        by=AgencyCode(case.fields["by"]),
        originator=AgencyCode(case.fields["originator"]),
        recipient=AgencyCode(case.fields["recipient"]) if case.fields["recipient"] else None,
        audience=[AgencyCode(code) for code in listed(case, "audience")],
        grants=grants,
        now=Millis(case.number("now")),
        purpose=Purpose(case.fields["purpose"]) if case.fields["purpose"] else None,
    )
    if isinstance(answer, Allowed):
        return ACCEPT
    assert answer.ask == case.fields["originator"]
    return answer.reason.value


def by_the_second(case: Case) -> str:
    scopes = [parse_plain(scope, second.SCOPE, 16 * 1024) for scope in case.octet_list("grants")]
    grants = [{**scope, "by": by} for by, scope in zip(listed(case, "granted_by"), scopes, strict=True)]
    question: dict[str, Any] = {name: case.fields[name] for name in ("use", "by", "originator", "recipient", "purpose")}
    question |= {"audience": listed(case, "audience"), "grants": grants, "now": case.number("now"), "entry": case.octets("entry")}
    return second.decide(parse_plain(case.octets("marking"), MARKING, 4096), question)


@pytest.mark.parametrize("case", USES, ids=lambda case: case.name)
def test_both_answer_a_use_alike(case: Case) -> None:
    assert by_the_product(case) == by_the_second(case) == case.expect


@pytest.mark.parametrize("case", JOINS, ids=lambda case: case.name)
def test_both_join_alike(case: Case) -> None:
    sources = case.octet_list("sources")
    assert encode(join([parse(source, Marking) for source in sources])) == case.octets("joined")
    assert encode_plain(second.join([parse_plain(source, MARKING, 4096) for source in sources])) == case.octets("joined")


@given(st.lists(markings, min_size=1, max_size=4))
def test_both_join_any_markings_alike(sources: list[Marking]) -> None:
    assert decode(encode(join(sources))) == second.join([decode(encode(source)) for source in sources])


agencies = st.sampled_from([RABAT, PARIS, LISBON])
scopes = st.builds(
    GrantScope,
    to=st.sampled_from(["", PARIS, LISBON]),
    uses=st.lists(st.sampled_from(Use), min_size=1, max_size=6).map(tuple),
    until=st.sampled_from([NOW, Millis(NOW + 1)]),
    holder=agencies,
    entries=st.sampled_from([(ENTRY,), (EntryId(bytes(32)),)]),
)


@given(
    markings,
    st.sampled_from(Use),
    st.fixed_dictionaries(
        {
            "by": agencies,
            "originator": agencies,
            "recipient": agencies | st.just(""),
            "audience": st.sampled_from([f"{PARIS},{RABAT}", f"{LISBON},{PARIS},{RABAT}"]),
            "grants": st.lists(st.tuples(agencies, scopes), max_size=3),
            "purpose": st.sampled_from(["", *(purpose.value for purpose in Purpose)]),
        }
    ),
)
def test_both_answer_any_question_alike(marking: Marking, use: Use, change: dict[str, Any]) -> None:
    case = question("any", "", ACCEPT, 0, marking, use, **change)
    assert by_the_product(case) == by_the_second(case)


def test_the_files_are_what_is_generated() -> None:
    assert sorted(case.render() for case in marking_cases()) == sorted(case.render() for case in CASES)


def test_there_is_a_case_for_every_reason() -> None:
    assert {case.expect for case in USES} == {ACCEPT, *Because}


def test_the_example_of_the_specification_is_true() -> None:
    held = Marking(
        codes=(HandlingCode.H0, HandlingCode.H2), level=Level.RESTRICTED, purpose=Purpose.INVESTIGATION, national="Diffusion Restreinte"
    )
    page = (VECTORS.parent / "08-marking.md").read_text(encoding="utf-8")
    assert written(held) in page
    assert written(join([held, Marking(codes=(HandlingCode.H1,), purpose=Purpose.PREVENTION)])) in page


def written(marking: Marking) -> str:
    """As the specification writes a map."""
    members = (f"{name}: {json.dumps(value)}" for name, value in decode(encode(marking)).items())
    return "{" + ", ".join(members) + "}"
