# SPDX-License-Identifier: EUPL-1.2
"""The wording of a text, clause by clause and in several languages: the body's detail of `propose` and `amend`.

No rule reads it: what allows a flow is coded. The coded terms hold the hash of the wording, and a consent names the hash of
the terms: so it binds the wording in every language. What a partner wrote is put in order whatever it is; nothing of it is
left out.
Spec: spec/kinds/agreement.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Final

from msgspec import Meta

from amana.dossiers.shared.conditions import LanguageField
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.errors import PeerFault, Refusal

MAX_BYTES: Final = 64 * 1024  # what a body's detail may be (spec/02-entry.md)
MAX_NUMBER, MAX_TITLE, MAX_TEXT = 32, 300, 8_000
TITLE, PREAMBLE, CLOSING = "title", "preamble", "closing"
HEADINGS: Final = (TITLE, PREAMBLE, CLOSING)  # in the place of a number: read in each reader's language


class Clause(Canonical, frozen=True, kw_only=True):
    """One clause in one language. `number` is an article's, another one, or a heading."""

    text: Annotated[str, Meta(max_length=MAX_TEXT)] = ""
    title: Annotated[str, Meta(max_length=MAX_TITLE)] = ""
    number: Annotated[str, Meta(min_length=1, max_length=MAX_NUMBER)]
    language: LanguageField


class Wording(Canonical, frozen=True, kw_only=True):
    """All clauses of a text in all its languages."""

    clauses: Annotated[tuple[Clause, ...], Meta(max_length=180)]  # sixty numbers in three languages


def parse_wording(detail: bytes) -> Wording:
    """The wording that a body holds. Raises PeerFault."""
    return parse(detail, Wording, limit=MAX_BYTES)


def wording_hash(detail: bytes) -> bytes:
    """What the terms say of the wording: SHA-256 of the body's detail; nothing where there is none."""
    return sha256(detail).digest() if detail else b""


def bound_wording(detail: bytes, hash: bytes) -> Wording:
    """The wording that these terms bind. Raises PeerFault, `wording_differs` where it is another one."""
    if not detail or wording_hash(detail) != hash:
        raise PeerFault("wording_differs")
    return parse_wording(detail)


def require_wording(wording: Wording) -> None:
    """What this node's own people write. Raises Refusal `wording_too_long`, `clause_twice`, `clause_empty`."""
    if (got := len(encode(wording))) > MAX_BYTES:
        raise Refusal("wording_too_long", got=got, limit=MAX_BYTES)
    seen: set[tuple[str, str]] = set()
    for clause in wording.clauses:
        if (clause.number, clause.language) in seen:
            raise Refusal("clause_twice", clause=clause.number)
        if not clause.text.strip() and not clause.title.strip():
            raise Refusal("clause_empty", clause=clause.number)
        seen.add((clause.number, clause.language))


def in_order(wording: Wording, articles: Iterable[str]) -> dict[str, list[Clause]]:
    """The clauses by number: title and preamble, the articles as the text orders them, what else there is, the closing.

    A clause that is there twice in one language stands there twice.
    """
    held: dict[str, list[Clause]] = {}
    for clause in wording.clauses:
        held.setdefault(clause.number, []).append(clause)
    coded = [number for number in articles if number not in HEADINGS]
    first = [TITLE, PREAMBLE, *dict.fromkeys(coded)]
    rest = [number for number in held if number not in first and number != CLOSING]
    return {number: held[number] for number in [*first, *rest, CLOSING] if number in held}
