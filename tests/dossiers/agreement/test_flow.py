# SPDX-License-Identifier: EUPL-1.2
"""The send button: which article allows a flow, or exactly what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amana.dossiers.agreement.flow import Allowed, ArticleProposal, Missing, Shortfall, Why, decide_flow, propose_article
from amana.dossiers.agreement.state import AgreementState
from amana.dossiers.shared.vocabulary import Area, Form
from amana.protocol.identifiers import AgencyCode, DossierId, Millis
from tests.dossiers.agreement.stories import TERMS, consented, proposed
from tests.dossiers.telling import DGPN, DGSN, START, Telling

NOW = Millis(START + 10**9)
ES = AgencyCode("es.cnp")


def ask(told: Telling, **changes: Any) -> Allowed | Missing:
    asked: dict[str, Any] = {"form": Form.INFORMATION, "area": Area.DRUGS, "parties": (DGSN, DGPN), "article": None, "now": NOW}
    state = told.state
    assert isinstance(state, AgreementState)
    return decide_flow(state, **{**asked, **changes})


def said(told: Telling, *words: tuple[AgencyCode, str, dict[str, Any]]) -> Telling:
    for author, type, given in words:
        assert told.say(author, type, given) is None
    return told


@pytest.mark.parametrize(
    ("agreement", "changes", "expected"),
    [
        (consented, {"parties": (DGSN, ES)}, Shortfall.NOT_A_PARTY),
        (lambda: said(consented(), (DGPN, "end", {"code": "denounced"})), {}, Shortfall.AGREEMENT_ENDED),
        (proposed, {}, Shortfall.NOT_CONSENTED),
        (lambda: consented(in_force_on=NOW + 1), {}, Shortfall.NOT_IN_FORCE_YET),
        (lambda: consented(valid_until=NOW), {}, Shortfall.AGREEMENT_EXPIRED),
        (lambda: said(consented(), (DGPN, "suspend", {"code": "breach"})), {}, Shortfall.AGREEMENT_SUSPENDED),
        (lambda: said(consented(), (DGPN, "withdraw_consent", {})), {}, Shortfall.NOT_CONSENTED),
        (consented, {"area": Area.CYBERCRIME}, Shortfall.AREA_NOT_COVERED),
        (consented, {"form": Form.TRAINING}, Shortfall.FORM_NOT_COVERED),
        (consented, {"article": "99"}, Shortfall.ARTICLE_NOT_COVERING),
        (consented, {"article": "5"}, Shortfall.ARTICLE_NOT_COVERING),
        (lambda: consented(articles=[{"number": "5", "forms": ["joint_operation"]}]), {}, Shortfall.ARTICLE_NOT_COVERING),
    ],
)
def test_a_flow_that_nothing_allows_is_told_what_is_missing(
    agreement: Callable[[], Telling], changes: dict[str, Any], expected: Shortfall
) -> None:
    decision = ask(agreement(), **changes)
    assert isinstance(decision, Missing)
    assert decision.code == expected


@pytest.mark.parametrize(
    ("agreement", "changes", "article", "why"),
    [
        (consented, {}, "4", Why.ARTICLE_NAMES_AREA),
        (consented, {"area": Area.TERRORISM}, "1", Why.ARTICLE_COVERS_ALL_FIELDS),
        (consented, {"article": "1"}, "1", Why.ARTICLE_COVERS_ALL_FIELDS),
        (consented, {"area": Area.TERRORISM, "form": Form.JOINT_OPERATION}, "5", Why.ARTICLE_NAMES_AREA_AND_FORM),
        (lambda: consented(in_force_on=NOW), {}, "4", Why.ARTICLE_NAMES_AREA),
        (lambda: consented(valid_until=NOW + 1), {}, "4", Why.ARTICLE_NAMES_AREA),
        (
            lambda: said(consented(), (DGPN, "suspend", {"code": "breach"}), (DGPN, "resume", {})),
            {},
            "4",
            Why.ARTICLE_NAMES_AREA,
        ),
        (
            lambda: said(consented(), (DGPN, "end", {"code": "replaced", "on": NOW + 1})),
            {},
            "4",
            Why.ARTICLE_NAMES_AREA,
        ),
    ],
)
def test_a_flow_rests_on_the_narrowest_article(agreement: Callable[[], Telling], changes: dict[str, Any], article: str, why: Why) -> None:
    decision = ask(agreement(), **changes)
    assert isinstance(decision, Allowed)
    assert (decision.article, decision.why) == (article, why)
    assert decision.terms.conditions.languages == ("ar", "fr")


def proposal(*agreements: Telling, area: Area = Area.CYBERCRIME) -> ArticleProposal | Missing:
    known = [(DossierId(bytes([i]) * 32), told.state) for i, told in enumerate(agreements)]
    return propose_article(known, form=Form.INFORMATION, area=area, parties=(DGSN, DGPN), now=NOW)


CYBER = {"areas": ["cybercrime"], "articles": [{"number": "2", "areas": ["cybercrime"]}]}


def test_without_any_agreement_that_is_what_is_missing() -> None:
    assert proposal() == Missing(code=Shortfall.NO_AGREEMENT)


def test_a_supplementary_arrangement_fills_the_gap_once_all_consent() -> None:
    first = proposal(consented())
    assert isinstance(first, Missing)
    assert (first.code, first.facts) == (Shortfall.AREA_NOT_COVERED, {"area": "cybercrime"})
    waiting = proposal(consented(), proposed(**CYBER))
    assert isinstance(waiting, Missing)
    assert waiting.code == Shortfall.NOT_CONSENTED
    filled = proposal(consented(), consented(**CYBER))
    assert isinstance(filled, ArticleProposal)
    assert (filled.agreement, filled.allowed.article) == (b"\x01" * 32, "2")


def test_over_several_agreements_the_narrowest_article_is_proposed() -> None:
    broad = consented(articles=[{"number": "1"}])
    chosen = proposal(broad, consented(**TERMS), area=Area.DRUGS)
    assert isinstance(chosen, ArticleProposal)
    assert (chosen.agreement, chosen.allowed.article) == (b"\x01" * 32, "4")


@pytest.mark.parametrize(
    ("other", "area", "expected"),
    [
        (proposed, Area.CYBERCRIME, Shortfall.AREA_NOT_COVERED),
        (lambda: consented(in_force_on=NOW + 1), Area.CYBERCRIME, Shortfall.AREA_NOT_COVERED),
        (lambda: said(consented(), (DGPN, "suspend", {"code": "breach"})), Area.CYBERCRIME, Shortfall.AREA_NOT_COVERED),
        (lambda: proposed(forms=["training"], articles=[{"number": "1"}]), Area.TERRORISM, Shortfall.FORM_NOT_COVERED),
        (proposed, Area.DRUGS, Shortfall.NOT_CONSENTED),
    ],
)
def test_nobody_is_told_to_wait_for_a_text_that_would_not_allow_the_flow(
    other: Callable[[], Telling], area: Area, expected: Shortfall
) -> None:
    state = other().state
    assert isinstance(state, AgreementState)
    answer = propose_article([(DossierId(b"\x01" * 32), state)], form=Form.INFORMATION, area=area, parties=(DGSN, DGPN), now=NOW)
    assert isinstance(answer, Missing)
    assert answer.code == expected
