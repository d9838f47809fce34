# SPDX-License-Identifier: EUPL-1.2
"""Invented stories for properties: coded values of any shape, and dossiers in which agencies speak past each other."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from msgspec import inspect

from amana.dossiers.agreement.rules import terms_hash
from amana.dossiers.kind import Coded, Fact
from amana.dossiers.order import ancestors, place
from amana.dossiers.registry import KINDS
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import PARTNERSHIP, Header
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from tests.dossiers.telling import BASIS, DGPN, DGSN, DGST, HOUR, START, entry, fact_of

AGENCIES = (DGPN, DGSN, DGST)
OF_TWO = frozenset({PARTNERSHIP, "deconfliction"})  # kinds that have two parties and never more


def invent_coded(rng: random.Random, shape: type[Coded], ids: Sequence[bytes], parties: Sequence[AgencyCode]) -> Coded:
    """Any value of the shape; ids are mostly those of entries there are, agencies mostly parties."""
    value = _invent(rng, inspect.type_info(shape), [*ids, entry(1)], [*parties, AgencyCode("es.cnp")])
    assert isinstance(value, Coded)
    return value


def _invent(rng: random.Random, kind: inspect.Type, ids: Sequence[bytes], agencies: Sequence[str]) -> Any:
    match kind:
        case inspect.StructType(fields=fields, cls=cls):
            chosen = [f for f in fields if f.required or rng.random() < 0.7]
            return cls(**{f.name: _invent(rng, f.type, ids, agencies) for f in chosen})
        case inspect.EnumType(cls=cls):
            return rng.choice(list(cls))
        case inspect.BytesType(min_length=low):
            return rng.choice(list(ids)) if low == 32 or rng.random() < 0.7 else b""
        case inspect.VarTupleType(item_type=item, min_length=low, max_length=high):
            size = rng.randint(low or 0, min(high or 3, (low or 0) + 2))
            return tuple(_invent(rng, item, ids, agencies) for _ in range(size))
        case inspect.BoolType():
            return rng.random() < 0.5
        case inspect.IntType(ge=low, le=high, lt=bound):
            top = high if high is not None else (bound - 1 if bound is not None else 10)
            return rng.choice([low or 0, min(top, (low or 0) + rng.randint(0, 3)), min(top, START + rng.randint(0, 99) * HOUR)])
        case inspect.StrType(pattern=pattern):
            return _word(rng, pattern, agencies)
        case inspect.UnionType(types=types):
            return _invent(rng, rng.choice(list(types)), ids, agencies)
        case inspect.NoneType():
            return None
        case _:
            raise AssertionError(kind)


def _word(rng: random.Random, pattern: str | None, agencies: Sequence[str]) -> str:
    """A word that fits: an agency, a grade, a nation, a language, or a number of an article."""
    if pattern is None:
        return rng.choice(["1", "2", "4"])
    if "." in pattern:
        return rng.choice(list(agencies))
    if "{3}" in pattern:
        return rng.choice(["EUR", "MAD", ""])
    if "ABCX" in pattern:
        return rng.choice(["A1", "B2", "X4"])
    return rng.choice(["FR", "MA", "ES"] if pattern.startswith("^[A-Z]{2}") else ["fr", "ar", "en"])


def invent_opening(rng: random.Random, kind: str, agencies: Sequence[AgencyCode] = AGENCIES) -> Fact:
    """An opening entry that its kind accepts; for partnerships the first word."""
    author, *others = rng.sample(list(agencies), 2 if kind in OF_TWO else len(agencies))
    types = [t for t in KINDS[kind].entry_types.values() if t.opens or kind == PARTNERSHIP]
    while True:
        chosen = rng.choice(types)
        header = _header(rng, kind, chosen.name, author, tuple(sorted(others)), ids=())
        fact = fact_of(header, header.made_at)
        if kind == PARTNERSHIP or not hasattr(KINDS[kind].open(fact, _coded_of(fact)), "reason"):
            return fact


def _coded_of(fact: Fact) -> Coded:
    shape = KINDS[fact.header.kind].entry_types[fact.header.type].coded
    return parse(fact.header.coded, shape)


def invent_entry(rng: random.Random, told: Sequence[Fact], author: AgencyCode, seen: Sequence[Fact]) -> Fact:
    """The author's next entry to all, after what it has seen; `seen` holds at least the opening and its own last."""
    opening = told[0]
    kind = opening.header.kind
    parties = sorted({opening.header.author, *opening.header.audience})
    chosen = rng.choice([t for t in KINDS[kind].entry_types.values() if not t.opens])
    own = [f for f in told if f.header.author == author]
    header = _header(
        rng,
        kind,
        chosen.name,
        author,
        tuple(party for party in parties if party != author),
        ids=[f.id for f in seen],
        hashes=[terms_hash(f.header.coded) for f in seen if f.header.type in ("propose", "amend")],
        dossier=b"" if kind == PARTNERSHIP else opening.id,
        previous=own[-1].id if own else b"",
    )
    standing = {f.id: f.effective for f in told}
    return fact_of(header, place(header.made_at, [standing[a] for a in ancestors(header)]))


def _header(
    rng: random.Random,
    kind: str,
    type: str,
    author: AgencyCode,
    audience: tuple[AgencyCode, ...],
    *,
    ids: Sequence[EntryId],
    hashes: Sequence[bytes] = (),
    dossier: bytes = b"",
    previous: bytes = b"",
) -> Header:
    coded = invent_coded(rng, KINDS[kind].entry_types[type].coded, [*ids, *hashes], (author, *audience))
    return Header(
        run=1,
        body=Digest(b"\x00" * 32),
        kind=kind,
        type=type,
        after=tuple(sorted({*ids} - {EntryId(previous), EntryId(dossier)}))[:64],
        coded=encode(coded),
        nonce=rng.randbytes(16),
        rules=1 if not dossier and kind != PARTNERSHIP else 0,
        author=author,
        dossier=dossier,
        made_at=Millis(START + rng.randint(0, 40) * HOUR),
        marking=BASIS,
        audience=audience,
        previous=previous,
    )


def invent_story(rng: random.Random, kind: str, length: int) -> list[Fact]:
    """A dossier in which each author has seen its own entries and some of the others', as over slow wires."""
    told = [invent_opening(rng, kind)]
    parties = sorted({told[0].header.author, *told[0].header.audience})
    knows: dict[AgencyCode, set[EntryId]] = {party: {told[0].id} for party in parties}
    for _ in range(length):
        author = rng.choice(parties)
        told_by_others = [f.id for f in told if f.header.author != author]
        knows[author].update(rng.sample(told_by_others, rng.randint(0, len(told_by_others))))
        seen = [f for f in told if f.id in knows[author]]
        fact = invent_entry(rng, told, author, seen)
        knows[author].add(fact.id)
        told.append(fact)
    return told
