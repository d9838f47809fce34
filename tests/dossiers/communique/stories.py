# SPDX-License-Identifier: EUPL-1.2
"""Communiqués for tests: two clauses in three languages, between two, three or five agencies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amana.protocol.identifiers import AgencyCode
from tests.dossiers.telling import DGPN, DGSN, DGST, Telling

THREE = (DGPN, DGSN, DGST)
FIVE = (AgencyCode("es.cnp"), DGPN, AgencyCode("fr.dgsi"), DGSN, DGST)
LANGUAGES = ("ar", "fr", "en")


def drafted(parties: tuple[AgencyCode, ...] = THREE, **changes: Any) -> Telling:
    """A communiqué that DGSN has opened."""
    told = Telling("communique", parties)
    assert told.say(DGSN, "draft", changes) is None
    return told


def write(told: Telling, author: AgencyCode, language: str, **coded: Any) -> str:
    """A version of a clause; its id."""
    assert told.say(author, "clause", {"language": language, **coded}) is None
    return told.last


def written(parties: tuple[AgencyCode, ...] = THREE, languages: Iterable[str] = LANGUAGES, clauses: int = 2, **changes: Any) -> Telling:
    """Every clause is there in every language, in DGSN's wording."""
    told = drafted(parties, languages=list(languages), **changes)
    for _ in range(clauses):
        first = ""
        for language in languages:
            id = write(told, DGSN, language, **({"clause": first} if first else {"role": "paragraph"}))
            first = first or id
    return told


def approve(told: Telling, *authors: AgencyCode, languages: Iterable[str] = LANGUAGES) -> None:
    """These agencies approve each language as it stands."""
    for author in authors:
        for language in languages:
            assert told.say(author, "approve", {"language": language}) is None


def approved(parties: tuple[AgencyCode, ...] = THREE, languages: Iterable[str] = LANGUAGES, **changes: Any) -> Telling:
    """All approve all languages; nobody has said the release."""
    told = written(parties, languages, **changes)
    approve(told, *parties, languages=languages)
    return told
