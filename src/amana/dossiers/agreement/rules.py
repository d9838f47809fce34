# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in an agreement, and when.

Nobody is bound without consenting to the same hash as all others; whoever takes back, suspends or ends has the last
word over whoever consents at the same time. Spec: spec/kinds/agreement.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.agreement.entries import (
    ENTRY_TYPES,
    KIND,
    AgreementCoded,
    Amend,
    Consent,
    Decline,
    End,
    Propose,
    Resume,
    Suspend,
    Terms,
    WithdrawConsent,
)
from amana.dossiers.agreement.state import (
    MAX_TEXTS,
    AgreementState,
    Consented,
    Party,
    Text,
    consented_texts,
    ended_on,
    newest_text,
    parse_terms,
    suspended_by,
    waiting_for,
)
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.tasks import Task, in_order
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Digest, Millis


def terms_hash(coded: bytes) -> Digest:
    """What a consent names: SHA-256 of the coded bytes of the entry that holds the terms."""
    return Digest(hashlib.sha256(coded).digest())


class AgreementKind(Kind[AgreementState]):
    """Agreements as a total fold."""

    name = KIND
    rules = frozenset({1})
    state = AgreementState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> AgreementState | Refused:
        terms = cast(Propose, coded)
        if terms.version != 1:
            return Refused(Reason.WRONG_VERSION)
        if (refused := _check_terms(terms)) is not None:
            return refused
        header = fact.header
        parties = tuple(Party(agency=agency) for agency in sorted({header.author, *header.audience}))
        return _with_text(AgreementState(texts=(), parties=parties), fact, terms)

    def apply(self, state: AgreementState, fact: Fact, coded: Coded) -> AgreementState | Refused:
        said = cast(AgreementCoded, coded)
        own = next(party for party in state.parties if party.agency == fact.header.author)
        if own.ended:
            return Refused(Reason.ENDED)
        match said:
            case Propose():
                return Refused(Reason.SECOND_OPENING)
            case Amend():
                return _amend(state, own, fact, said)
            case Consent(hash=hash) | Decline(hash=hash) | WithdrawConsent(hash=hash):
                if any(text.entry == said.text and text.hash != hash for text in state.texts):
                    return Refused(Reason.HASH_DIFFERS)
                return _decide_on_text(state, own, fact, said)
            case Suspend():
                if own.suspended:
                    return Refused(Reason.ALREADY_SAID)
                return _with_party(state, replace(own, suspended=Millis(fact.effective)))
            case Resume():
                if not own.suspended:
                    return Refused(Reason.NOT_SUSPENDED)
                return _with_party(state, replace(own, suspended=Millis(0)))
            case End(on=on):
                return _with_party(state, replace(own, ended=on or Millis(fact.effective)))
            case _:
                assert_never(said)

    def summary(self, state: AgreementState) -> Summary:
        newest = newest_text(state)
        if ended_on(state):
            return Summary(stage="ended", closed=True)
        turn = waiting_for(state, newest.hash)
        if suspended_by(state):
            return Summary(stage="suspended", turn=suspended_by(state))
        if consented_texts(state):
            return Summary(stage="in_force" if not turn else "amended", turn=turn)
        declined = any(newest.hash in party.declined for party in state.parties)
        return Summary(stage="declined" if declined else "proposed", turn=(newest.author,) if declined else turn)

    def tasks(self, state: AgreementState, own: AgencyCode) -> tuple[Task, ...]:
        return in_order(_expected(state, own))

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: AgreementState | None,
        agreement: Conditions | None,  # noqa: ARG002 - an agreement rests on none
    ) -> Mapping[str, Any]:
        """`propose`: version 1. `amend`: the next version, and what is left out as in the newest text. `consent`,
        `decline`, `withdraw_consent`: text and hash of the newest one (the newest this agency consents to)."""
        if state is None:
            return {"version": 1, **given}
        if ended_on(state):
            raise Refusal(Reason.ENDED)
        if entry_type == "amend":
            return _amended(newest_text(state), given)
        if entry_type in ("consent", "decline", "withdraw_consent"):
            text = _text_meant(state, given, author, consented=entry_type == "withdraw_consent")
            return {"hash": text.hash.hex(), "text": text.entry.hex(), **given}
        return given


def _expected(state: AgreementState, own: AgencyCode) -> Iterator[Task]:
    party = next((held for held in state.parties if held.agency == own), None)
    if party is None or ended_on(state):
        return
    newest = newest_text(state)
    declined = any(newest.hash in held.declined for held in state.parties)
    if own in waiting_for(state, newest.hash) and newest.hash not in party.declined:
        yield Task.CONSENT
    if declined and newest.author == own:
        yield Task.AMEND
    if party.suspended:
        yield Task.RESUME


def _check_terms(terms: Terms) -> Refused | None:
    numbers = [article.number for article in terms.articles]
    if len(set(numbers)) < len(numbers):
        return Refused(Reason.ARTICLE_TWICE)
    for article in terms.articles:
        if not set(article.areas) <= set(terms.areas) or not set(article.forms) <= set(terms.forms):
            return Refused(Reason.OUTSIDE_THE_FIELDS)
    return None


def _amend(state: AgreementState, own: Party, fact: Fact, terms: Amend) -> AgreementState | Refused:
    if terms.version <= max(own.version, 1):
        return Refused(Reason.WRONG_VERSION)
    if (refused := _check_terms(terms)) is not None:
        return refused
    if len(state.texts) >= MAX_TEXTS:
        return Refused(Reason.TOO_MANY_OPEN)
    return _with_text(state, fact, terms)


def _with_text(state: AgreementState, fact: Fact, terms: Terms) -> AgreementState:
    """The state with a new text, to which its author consents by making it. Of two that are the same, one stands."""
    header = fact.header
    text = Text(hash=terms_hash(header.coded), terms=header.coded, entry=fact.id, author=header.author)
    own = next(party for party in state.parties if party.agency == header.author)
    own = _consenting(replace(own, version=terms.version), text.hash, fact)
    same = [held for held in state.texts if held.hash == text.hash]
    text = min([*same, text], key=lambda held: held.entry)
    texts = tuple(sorted((*(held for held in state.texts if held.hash != text.hash), text), key=lambda held: held.hash))
    return _with_party(replace(state, texts=texts), own)


def _consenting(own: Party, hash: Digest, fact: Fact) -> Party:
    kept = (consent for consent in own.consents if consent.hash != hash)
    consents = (*kept, Consented(hash=hash, since=Millis(fact.effective)))
    return replace(
        own,
        consents=tuple(sorted(consents, key=lambda consent: consent.hash)),
        declined=tuple(declined for declined in own.declined if declined != hash),
    )


def _decide_on_text(state: AgreementState, own: Party, fact: Fact, said: Consent | Decline | WithdrawConsent) -> AgreementState | Refused:
    """A party's word on one text; only its own registers decide and change."""
    hash = said.hash
    consenting = any(consent.hash == hash for consent in own.consents)
    match said:
        case Consent():
            if consenting:
                return Refused(Reason.ALREADY_SAID)
            if all(text.hash != hash for text in state.texts):
                return Refused(Reason.HASH_DIFFERS)
            return _with_party(state, _consenting(own, hash, fact))
        case Decline():
            if consenting or hash in own.declined:
                return Refused(Reason.ALREADY_SAID)
        case WithdrawConsent():
            if not consenting:
                return Refused(Reason.NOT_CONSENTED)
        case _:
            assert_never(said)
    if all(text.hash != hash for text in state.texts):
        return Refused(Reason.HASH_DIFFERS)
    consents = tuple(consent for consent in own.consents if consent.hash != hash)
    declined = tuple(sorted({*own.declined, hash}))
    return _with_party(state, replace(own, consents=consents, declined=declined))


def _with_party(state: AgreementState, party: Party) -> AgreementState:
    return replace(state, parties=tuple(party if old.agency == party.agency else old for old in state.parties))


def _amended(newest: Text, given: Mapping[str, Any]) -> Mapping[str, Any]:
    earlier = to_plain(parse_terms(newest.terms))
    return {**earlier, "version": earlier["version"] + 1, "wording": "", **given}  # each text brings its whole wording


def _text_meant(state: AgreementState, given: Mapping[str, Any], author: AgencyCode, *, consented: bool) -> Text:
    """The text that a word on a text means: the one given, else the newest that waits for it or has its consent."""
    if "hash" in given or "text" in given:
        for text in state.texts:
            if given.get("hash", text.hash.hex()) == text.hash.hex() and given.get("text", text.entry.hex()) == text.entry.hex():
                return text
        raise Refusal(Reason.HASH_DIFFERS)
    newest = newest_text(state)
    if (author in waiting_for(state, newest.hash)) == consented:
        raise Refusal(Reason.NOT_CONSENTED if consented else Reason.ALREADY_SAID)
    return newest
