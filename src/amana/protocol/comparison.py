# SPDX-License-Identifier: EUPL-1.2
"""Private comparison of two small sets: each side learns how many tokens the other has, and which of its own both hold.

Built on the verifiable oblivious pseudorandom function of RFC 9497 (ristretto255-SHA512, mode 1). Both sides announce a
count, a commitment and a key made for this one comparison before either asks. One run answers one direction:

    asker:     announce ───────────▶          its count and its set are fixed
    answerer:  announce ───────────▶          its count, its set and its key are fixed
    asker:     ask ────────────────▶          its tokens, blinded
    answerer:  answer ─────────────▶          each evaluated, with its proof, and an index of its own tokens
    asker:     overlap                        those of its own tokens whose output is in the index

Checks: (1) canonical form; (2) as many elements as were announced; (3) every element and proof is in its form and no
element stands twice; (4) the index is ascending and as long as announced; (5) the proof holds for the announced key; (6) an
opened set is the committed one. The claim is a bound: who asks can test at most `MAX_TOKENS` guesses in a comparison,
and its commitment shows afterwards which. Spec: spec/14-comparison.md.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Final

from msgspec import Meta
from voprf.ristretto import BlindedInput, Client, Evaluator, PublicKey, VerifiableOutput

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.errors import PeerFault, Refusal, numbered
from amana.protocol.identifiers import AgencyCodeField, Digest, DigestField, EntryIdField, NumberField

LABEL: Final = b"amana/comparison/v1\0"
SET_LABEL: Final = b"amana/comparison-set/v1\0"
MAX_TOKENS: Final = 200  # of one side in one comparison: how much an asker can learn at most
SECRET_BYTES: Final = 32
INDEX_BYTES: Final = 16  # of an output: two sets of 200 meet by chance with less than 2^-112
PROOF_BYTES: Final = 64  # c ‖ s of RFC 9497, 2.2.1
ELEMENT_BYTES: Final = 32
MAX_MESSAGE: Final = 32 * 1024

Element = Annotated[bytes, Meta(min_length=ELEMENT_BYTES, max_length=ELEMENT_BYTES)]
Evaluated = Annotated[bytes, Meta(min_length=PROOF_BYTES + ELEMENT_BYTES, max_length=PROOF_BYTES + ELEMENT_BYTES)]
Indexed = Annotated[bytes, Meta(min_length=INDEX_BYTES, max_length=INDEX_BYTES)]
Count = Annotated[int, Meta(ge=0, le=MAX_TOKENS)]


class Comparison(Canonical, frozen=True, kw_only=True):
    """Which comparison it is: within `dossier`, the `round`-th time, `asker` learns. The other direction is another one."""

    asker: AgencyCodeField
    round: NumberField
    dossier: EntryIdField
    answerer: AgencyCodeField


class Announcement(Canonical, frozen=True, kw_only=True):
    """What one side logs before anything is asked: a key for this comparison, how many tokens, a commitment to them."""

    key: Element
    count: Count
    commitment: DigestField


class Question(Canonical, frozen=True, kw_only=True):
    """The asker's tokens, blinded: uniform group elements that say nothing about them."""

    elements: Annotated[tuple[Element, ...], Meta(min_length=1, max_length=MAX_TOKENS)]


class Answer(Canonical, frozen=True, kw_only=True):
    """The question's elements evaluated in their order, each as proof ‖ element, and the answerer's own set as outputs.

    A proof for each and not one for all: where a batch's proof is wrong, voprf 0.2 panics instead of raising an error.
    """

    index: Annotated[tuple[Indexed, ...], Meta(max_length=MAX_TOKENS)]
    evaluated: Annotated[tuple[Evaluated, ...], Meta(min_length=1, max_length=MAX_TOKENS)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A question under way. It lives in memory alone: who loses it begins another round, with another key."""

    question: bytes
    tokens: tuple[bytes, ...] = field(repr=False)
    blinds: tuple[Client, ...] = field(repr=False)


def announce(comparison: Comparison, tokens: Collection[bytes], *, secret: bytes) -> Announcement:
    """Fix this side's set: `tokens` of 32 bytes each, `secret` of 32 random bytes kept for this comparison alone.

    Raises Refusal `comparison_too_many` above `MAX_TOKENS`.
    """
    held, context = _ordered(tokens), _context(comparison)
    commitment = Digest(hashlib.sha256(SET_LABEL + context + secret + b"".join(held)).digest())
    return Announcement(key=Evaluator.from_seed(secret, context).public_key.serialize(), count=len(held), commitment=commitment)


def ask(comparison: Comparison, tokens: Collection[bytes]) -> Asking:
    """Blind at least one token and at most `MAX_TOKENS`. Raises Refusal `comparison_too_many`, `comparison_nothing`."""
    held = _ordered(tokens)
    if not held:
        raise Refusal("comparison_nothing")
    context = _context(comparison)
    blinded = [Client.blind(context + token) for token in held]
    question = encode(Question(elements=tuple(element.serialize() for _, element in blinded)))
    return Asking(question=question, tokens=held, blinds=tuple(client for client, _ in blinded))


def answer(comparison: Comparison, question: bytes, tokens: Collection[bytes], *, asker: Announcement, secret: bytes) -> bytes:
    """Evaluate a question: the answerer's `tokens` and `secret` are those that it announced, `asker` is what that side did.

    The caller answers one question in a comparison, and no other ever: a second one would double what its asker can learn.

    Raises PeerFault with the check's number: (1) the codes of the canonical form; (2) `comparison_count`;
    (3) `comparison_element`.
    """
    with numbered(1):
        asked = parse(question, Question, limit=MAX_MESSAGE)
    _require_count(asked.elements, asker.count)
    with _sound_elements(asked.elements):
        blinded = [BlindedInput.deserialize(element) for element in asked.elements]
    context = _context(comparison)
    evaluator = Evaluator.from_seed(secret, context)
    evaluated = tuple(evaluator.evaluate(element).serialize() for element in blinded)
    index = sorted(evaluator.evaluate_known_input(context + token)[:INDEX_BYTES] for token in _ordered(tokens))
    return encode(Answer(index=tuple(index), evaluated=evaluated))


def overlap(asking: Asking, answered: bytes, *, answerer: Announcement) -> frozenset[bytes]:
    """Those of the asker's own tokens that the answerer holds too. `answerer` is what that side announced before.

    Raises PeerFault with the check's number: (1) the codes of the canonical form; (2) `comparison_count`;
    (3) `comparison_element`; (4) `comparison_index`; (5) `comparison_proof`.
    """
    with numbered(1):
        got = parse(answered, Answer, limit=MAX_MESSAGE)
    _require_count(got.evaluated, len(asking.tokens))
    with _sound_elements([one[PROOF_BYTES:] for one in got.evaluated]):
        evaluated = [VerifiableOutput.deserialize(one) for one in got.evaluated]
    if len(got.index) != answerer.count or any(one >= after for one, after in itertools.pairwise(got.index)):  # (4)
        raise PeerFault("comparison_index", check=4, expected=answerer.count, got=len(got.index))
    try:
        key = PublicKey.deserialize(answerer.key)
        outputs = [blind.finalize(one, key) for blind, one in zip(asking.blinds, evaluated, strict=True)]
    except ValueError as fault:  # (5)
        raise PeerFault("comparison_proof", check=5) from fault
    theirs = frozenset(got.index)
    return frozenset(token for token, out in zip(asking.tokens, outputs, strict=True) if out[:INDEX_BYTES] in theirs)


def require_announced(comparison: Comparison, announcement: Announcement, tokens: Collection[bytes], *, secret: bytes) -> None:
    """An opened set is the one that was fixed: for an inspector, who is shown both. Raises PeerFault (6) `comparison_opening`."""
    sound = len(secret) == SECRET_BYTES and len(set(tokens)) <= MAX_TOKENS
    if not sound or announce(comparison, tokens, secret=secret) != announcement:
        raise PeerFault("comparison_opening", check=6)


def _ordered(tokens: Collection[bytes]) -> tuple[bytes, ...]:
    held = tuple(sorted(set(tokens)))
    if len(held) > MAX_TOKENS:
        raise Refusal("comparison_too_many", limit=MAX_TOKENS, got=len(held))
    return held


def _context(comparison: Comparison) -> bytes:
    return hashlib.sha256(LABEL + encode(comparison)).digest()


def _require_count(elements: Sequence[bytes], announced: int) -> None:
    if len(elements) != announced:  # (2)
        raise PeerFault("comparison_count", check=2, expected=announced, got=len(elements))


@contextmanager
def _sound_elements(elements: Sequence[bytes]) -> Generator[None, None, None]:
    if len(set(elements)) != len(elements):  # (3)
        raise PeerFault("comparison_element", check=3)
    try:
        yield
    except ValueError as fault:  # (3)
        raise PeerFault("comparison_element", check=3) from fault
