# SPDX-License-Identifier: EUPL-1.2
"""Whether an agreement allows a flow: the article that does, or what exactly is missing.

The send button asks this before anything is written; `propose_article` looks through all agreements and gives the
best article, or the shortfall that is nearest to being made good. Checks in this order (spec/kinds/agreement.md):
(1) everybody concerned is a party; (2) not ended; (3) all consent to one text; (4) its date has come and it has not
run out; (5) nobody suspends it; (6) the area is covered; (7) the form is; (8) one article covers both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from amana.dossiers.agreement.entries import Article, Terms
from amana.dossiers.agreement.state import (
    AgreementState,
    consented_texts,
    ended_on,
    in_force_since,
    newest_text,
    parse_terms,
    suspended_by,
    terms_in_force,
    waiting_for,
)
from amana.dossiers.shared.vocabulary import Area, Form
from amana.protocol.identifiers import AgencyCode, DossierId, Millis


class Shortfall(StrEnum):
    """What is missing for a flow, the nearest to being made good last."""

    NO_AGREEMENT = "no_agreement"
    NOT_A_PARTY = "not_a_party"
    AGREEMENT_ENDED = "agreement_ended"
    AGREEMENT_EXPIRED = "agreement_expired"
    FORM_NOT_COVERED = "form_not_covered"
    AREA_NOT_COVERED = "area_not_covered"
    ARTICLE_NOT_COVERING = "article_not_covering"
    AGREEMENT_SUSPENDED = "agreement_suspended"
    NOT_CONSENTED = "agreement_not_consented"
    NOT_IN_FORCE_YET = "agreement_not_in_force_yet"


_WAITS = (Shortfall.AGREEMENT_SUSPENDED, Shortfall.NOT_CONSENTED, Shortfall.NOT_IN_FORCE_YET)  # what time or a partner makes good
_NEARNESS = {shortfall: rank for rank, shortfall in enumerate(Shortfall)}


class Why(StrEnum):
    """Why an article allows a flow."""

    ARTICLE_NAMES_AREA_AND_FORM = "article_names_area_and_form"
    ARTICLE_NAMES_AREA = "article_names_area"
    ARTICLE_NAMES_FORM = "article_names_form"
    ARTICLE_COVERS_ALL_FIELDS = "article_covers_all_fields"


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """The flow may rest on this article; `terms` hold the conditions that apply."""

    article: str
    why: Why
    terms: Terms


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """The flow may not be; `code` says what is missing and `facts` (codes, dates) are for its sentence."""

    code: Shortfall
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleProposal:
    """The best article over several agreements."""

    agreement: DossierId
    allowed: Allowed


def decide_flow(
    state: AgreementState, *, form: Form, area: Area, parties: Iterable[AgencyCode], article: str | None, now: Millis
) -> Allowed | Missing:
    """Whether the flow among `parties` (author and audience) may rest on the agreement, on `article` if one is named."""
    members = {party.agency for party in state.parties}
    if outsiders := sorted(set(parties) - members):
        return Missing(code=Shortfall.NOT_A_PARTY, facts={"agency": outsiders[0], "count": len(outsiders)})  # (1)
    end = ended_on(state)
    if end and end <= now:
        return Missing(code=Shortfall.AGREEMENT_ENDED, facts={"since": end})  # (2)
    in_force = terms_in_force(state, now)
    if in_force is None:
        return _not_in_force(state, now)  # (3) (4)
    terms = in_force[1]
    if suspending := suspended_by(state):
        return Missing(code=Shortfall.AGREEMENT_SUSPENDED, facts={"agency": suspending[0]})  # (5)
    if area not in terms.areas:
        return Missing(code=Shortfall.AREA_NOT_COVERED, facts={"area": area.value})  # (6)
    if form not in terms.forms:
        return Missing(code=Shortfall.FORM_NOT_COVERED, facts={"form": form.value})  # (7)
    fitting = covering_articles(terms, form, area, article)
    if not fitting:
        facts = {"area": area.value, "form": form.value} | ({"article": article} if article else {})
        return Missing(code=Shortfall.ARTICLE_NOT_COVERING, facts=facts)  # (8)
    best = min(fitting, key=_breadth)
    return Allowed(article=best.number, why=_why(best), terms=terms)


def covering_articles(terms: Terms, form: Form, area: Area, article: str | None = None) -> list[Article]:
    """The articles of a text that cover area and form, whether or not it is in force; only `article` if one is named."""
    if area not in terms.areas or form not in terms.forms:
        return []  # an article that names none covers those of its agreement
    return [held for held in terms.articles if _covers(held, form, area) and article in (None, held.number)]


def propose_article(
    agreements: Iterable[tuple[DossierId, AgreementState]], *, form: Form, area: Area, parties: Iterable[AgencyCode], now: Millis
) -> ArticleProposal | Missing:
    """The narrowest article that allows the flow, over all agreements; else the nearest shortfall."""
    concerned = tuple(parties)
    nearest = Missing(code=Shortfall.NO_AGREEMENT)
    best: tuple[tuple[int, int], bytes, Allowed] | None = None
    for dossier, state in agreements:
        decision = decide_flow(state, form=form, area=area, parties=concerned, article=None, now=now)
        if isinstance(decision, Missing):
            if decision.code in _WAITS:
                decision = _even_in_force(state, form, area) or decision
            nearest = max(nearest, decision, key=lambda missing: _NEARNESS[missing.code])
            continue
        chosen = next(article for article in decision.terms.articles if article.number == decision.article)
        if best is None or (_breadth(chosen), dossier) < best[:2]:
            best = (_breadth(chosen), dossier, decision)
    if best is None:
        return nearest
    return ArticleProposal(agreement=DossierId(best[1]), allowed=best[2])


def _even_in_force(state: AgreementState, form: Form, area: Area) -> Missing | None:
    """What would still be missing if what is waited for came: no text of the agreement covers the flow. None where one does."""
    texts = [parse_terms(text.terms) for text in state.texts]
    if any(covering_articles(terms, form, area) for terms in texts):
        return None
    if not any(area in terms.areas for terms in texts):
        return Missing(code=Shortfall.AREA_NOT_COVERED, facts={"area": area.value})
    if not any(form in terms.forms for terms in texts):
        return Missing(code=Shortfall.FORM_NOT_COVERED, facts={"form": form.value})
    return Missing(code=Shortfall.ARTICLE_NOT_COVERING, facts={"area": area.value, "form": form.value})


def _not_in_force(state: AgreementState, now: Millis) -> Missing:
    consented = consented_texts(state)
    if not consented:
        waiting = waiting_for(state, newest_text(state).hash)
        return Missing(code=Shortfall.NOT_CONSENTED, facts={"agency": waiting[0], "count": len(waiting)})
    starts = [since for text in consented if (since := in_force_since(state, text)) > now]
    if starts:
        return Missing(code=Shortfall.NOT_IN_FORCE_YET, facts={"from": min(starts)})
    return Missing(code=Shortfall.AGREEMENT_EXPIRED, facts={"since": parse_terms(consented[0].terms).valid_until})


def _covers(article: Article, form: Form, area: Area) -> bool:
    return (not article.areas or area in article.areas) and (not article.forms or form in article.forms)


def _breadth(article: Article) -> tuple[int, int]:
    """How much an article covers: the narrower one is the better ground. Empty stands for all."""
    return (len(article.areas) or len(Area), len(article.forms) or len(Form))


def _why(article: Article) -> Why:
    if article.areas and article.forms:
        return Why.ARTICLE_NAMES_AREA_AND_FORM
    if article.areas:
        return Why.ARTICLE_NAMES_AREA
    return Why.ARTICLE_NAMES_FORM if article.forms else Why.ARTICLE_COVERS_ALL_FIELDS
