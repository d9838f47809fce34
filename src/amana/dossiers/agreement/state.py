# SPDX-License-Identifier: EUPL-1.2
"""What is true of an agreement: its texts, each party's consents, suspensions and end; the rest is derived.

Each entry changes only its author's own registers, so concurrent entries commute. "In force" is derived at a given
time: the newest text that every party consents to, whose date has come and that has not run out.
Spec: spec/kinds/agreement.md.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from msgspec import Meta

from amana.dossiers.agreement.entries import ArticleNumber, Terms
from amana.protocol.canonical import Canonical, parse
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, Digest, DigestField, EffectiveField, EntryIdField, Millis

MAX_TEXTS = 32  # versions that one agreement may see; beyond, a new agreement replaces it


class Text(Canonical, frozen=True, kw_only=True):
    """One version: its terms as they were encoded, their hash, who made it in which entry."""

    hash: DigestField
    entry: EntryIdField
    terms: bytes
    author: AgencyCodeField


class Consented(Canonical, frozen=True, kw_only=True):
    """A party's standing consent to one text, and since when."""

    hash: DigestField
    since: EffectiveField


class Party(Canonical, frozen=True, kw_only=True):
    """One party's registers: only this party's entries change them."""

    ended: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int; the date it set, 0 none
    agency: AgencyCodeField
    version: Annotated[int, Meta(ge=0)] = 0  # the highest version it has authored
    consents: tuple[Consented, ...] = ()  # sorted by hash
    declined: tuple[DigestField, ...] = ()  # sorted
    suspended: EffectiveField = 0  # type: ignore[assignment]  # as above; since when, 0 not


class AgreementState(Canonical, frozen=True, kw_only=True):
    """The whole state of an agreement."""

    texts: tuple[Text, ...]  # sorted by hash
    parties: tuple[Party, ...]  # sorted by agency


@lru_cache(maxsize=256)
def parse_terms(terms: bytes) -> Terms:
    """The terms that a text keeps; they were understood when it was made."""
    return parse(terms, Terms)


def waiting_for(state: AgreementState, hash: Digest) -> tuple[AgencyCode, ...]:
    """The parties that do not consent to this text."""
    return tuple(p.agency for p in state.parties if all(consent.hash != hash for consent in p.consents))


def newest_text(state: AgreementState) -> Text:
    """The text with the highest version, whether consented to or not."""
    return max(state.texts, key=lambda text: (parse_terms(text.terms).version, text.hash))


def consented_texts(state: AgreementState) -> tuple[Text, ...]:
    """The texts that every party consents to, newest first."""
    full = [text for text in state.texts if not waiting_for(state, text.hash)]
    return tuple(sorted(full, key=lambda text: (parse_terms(text.terms).version, text.hash), reverse=True))


def consented_since(state: AgreementState, hash: Digest) -> Millis:
    """When the last party consented to this text; 0 where one does not."""
    since = [consent.since for party in state.parties for consent in party.consents if consent.hash == hash]
    return max(since) if len(since) == len(state.parties) else Millis(0)


def ended_on(state: AgreementState) -> Millis:
    """The earliest end that a party has set; 0 none."""
    return min((party.ended for party in state.parties if party.ended), default=Millis(0))


def suspended_by(state: AgreementState) -> tuple[AgencyCode, ...]:
    """The parties whose suspension stands."""
    return tuple(party.agency for party in state.parties if party.suspended)


def in_force_since(state: AgreementState, text: Text) -> Millis:
    """The date from which a text that all consent to is in force: its own date, or the last consent."""
    return parse_terms(text.terms).in_force_on or consented_since(state, text.hash)


def terms_in_force(state: AgreementState, now: Millis) -> tuple[Text, Terms] | None:
    """The text in force at `now`, suspension and end apart; None where there is none."""
    for text in consented_texts(state):
        terms = parse_terms(text.terms)
        if in_force_since(state, text) <= now and not (terms.valid_until and terms.valid_until <= now):
            return text, terms
    return None


def article_numbers(terms: Terms) -> tuple[ArticleNumber, ...]:
    """The numbers of the articles, as the text orders them."""
    return tuple(article.number for article in terms.articles)
