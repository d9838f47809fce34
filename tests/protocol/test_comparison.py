# SPDX-License-Identifier: EUPL-1.2
"""Two sets meet in private: who asks learns the other's count and the overlap, nothing more, and no lie passes unnoticed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voprf.ristretto import BlindedInput, Evaluator

from amana.protocol.canonical import encode, parse
from amana.protocol.comparison import (
    ELEMENT_BYTES,
    INDEX_BYTES,
    MAX_MESSAGE,
    MAX_TOKENS,
    PROOF_BYTES,
    Announcement,
    Answer,
    Comparison,
    Question,
    announce,
    answer,
    ask,
    overlap,
    require_announced,
)
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import EntryId
from tests.protocol.agencies import PARIS, RABAT

SUITE = json.loads((Path(__file__).parent / "data" / "rfc9497-voprf-ristretto255-sha512.json").read_text(encoding="utf-8"))
HERE = Comparison(asker=RABAT, round=1, dossier=EntryId(bytes(range(32))), answerer=PARIS)
OURS, THEIRS = b"r" * 32, b"p" * 32  # the secrets


def token(number: int) -> bytes:
    """A token as tokens are: a hash of what it stands for."""
    return hashlib.sha256(number.to_bytes(4, "big")).digest()


def tokens(*numbers: int) -> tuple[bytes, ...]:
    """Several of them."""
    return tuple(token(number) for number in numbers)


ASKED, HELD = tokens(1, 2, 3, 4), tokens(3, 4, 5)
ASKER, ANSWERER = announce(HERE, ASKED, secret=OURS), announce(HERE, HELD, secret=THEIRS)


def run(asked: tuple[bytes, ...], held: tuple[bytes, ...]) -> frozenset[bytes]:
    """The whole of one direction."""
    first, second = announce(HERE, asked, secret=OURS), announce(HERE, held, secret=THEIRS)
    asking = ask(HERE, asked)
    return overlap(asking, answer(HERE, asking.question, held, asker=first, secret=THEIRS), answerer=second)


def test_the_library_agrees_with_the_vectors_of_the_standard() -> None:
    evaluator = Evaluator.from_seed(bytes.fromhex(SUITE["seed"]), bytes.fromhex(SUITE["keyInfo"]))
    assert evaluator.public_key.serialize().hex() == SUITE["pkSm"]
    assert SUITE["vectors"]
    for vector in SUITE["vectors"]:
        parts: dict[str, list[bytes]] = {
            name: [bytes.fromhex(one) for one in vector[name].split(",")]
            for name in ("Input", "Output", "BlindedElement", "EvaluationElement")
        }
        assert [evaluator.evaluate_known_input(one) for one in parts["Input"]] == parts["Output"]
        for blinded, evaluated in zip(parts["BlindedElement"], parts["EvaluationElement"], strict=True):
            # the proof before it is randomised
            assert evaluator.evaluate(BlindedInput.deserialize(blinded)).serialize()[PROOF_BYTES:] == evaluated


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 30), min_size=1, max_size=20), st.sets(st.integers(0, 30), max_size=20))
def test_who_asks_learns_the_overlap(asked: set[int], held: set[int]) -> None:
    assert run(tokens(*asked), tokens(*held)) == frozenset(tokens(*asked & held))


def test_as_many_as_may_be_asked_fit() -> None:
    many = tokens(*range(MAX_TOKENS))
    assert run(many, many) == frozenset(many)


def test_more_are_refused_and_so_is_nothing() -> None:
    with pytest.raises(Refusal) as refused:
        announce(HERE, tokens(*range(MAX_TOKENS + 1)), secret=OURS)
    assert (refused.value.code, refused.value.facts["limit"]) == ("comparison_too_many", MAX_TOKENS)
    with pytest.raises(Refusal) as refused:
        ask(HERE, ())
    assert refused.value.code == "comparison_nothing"


def test_a_transcript_holds_counts_and_no_token() -> None:
    """What the answerer sees changes at every run; the index under one comparison says nothing of another."""
    questions = [ask(HERE, ASKED).question for _ in range(2)]
    elements = [frozenset(parse(one, Question, limit=MAX_MESSAGE).elements) for one in questions]
    assert elements[0].isdisjoint(elements[1])
    assert {len(one) for one in elements} == {len(ASKED)}
    later = msgspec.structs.replace(HERE, round=2)
    indexes = []
    for comparison in (HERE, later):
        said = answer(comparison, ask(comparison, ASKED).question, HELD, asker=announce(comparison, ASKED, secret=OURS), secret=THEIRS)
        indexes.append(frozenset(parse(said, Answer, limit=MAX_MESSAGE).index))
        assert not any(one in said for one in HELD + ASKED)
    assert indexes[0].isdisjoint(indexes[1])
    assert announce(HERE, HELD, secret=THEIRS).commitment != announce(HERE, HELD, secret=OURS).commitment  # nobody guesses the set


def test_an_asker_without_a_token_cannot_read_it_in_the_index() -> None:
    """Hashing guesses does not open an index: outputs need the answerer's key, and its evaluations are counted."""
    said = answer(HERE, ask(HERE, ASKED).question, HELD, asker=ASKER, secret=THEIRS)
    index = parse(said, Answer, limit=MAX_MESSAGE).index
    own = Evaluator.from_seed(OURS, b"")
    assert not {own.evaluate_known_input(one)[:INDEX_BYTES] for one in HELD} & set(index)
    assert len(index) == len(HELD) == ANSWERER.count


def fails(check: int, code: str, act: Any) -> None:
    """`act` raises this fault at this check."""
    with pytest.raises(PeerFault) as fault:
        act()
    assert (fault.value.check, fault.value.code) == (check, code)


def test_a_question_must_be_what_was_announced() -> None:
    def answered(question: bytes) -> None:
        answer(HERE, question, HELD, asker=ASKER, secret=THEIRS)

    elements = parse(ask(HERE, ASKED).question, Question, limit=MAX_MESSAGE).elements
    fails(2, "comparison_count", lambda: answered(ask(HERE, tokens(1, 2, 3, 4, 5)).question))  # more guesses than were fixed
    fails(2, "comparison_count", lambda: answered(ask(HERE, tokens(1)).question))
    fails(3, "comparison_element", lambda: answered(encode(Question(elements=(elements[0],) * 4))))
    for unsound in (bytes(32), b"\xff" * 32):
        fails(3, "comparison_element", lambda unsound=unsound: answered(encode(Question(elements=(*elements[:3], unsound)))))
    with pytest.raises(PeerFault) as fault:
        answered(b"\x00")
    assert fault.value.check == 1


def test_an_answer_must_be_of_the_announced_key_and_set() -> None:
    asking = ask(HERE, ASKED)
    said = answer(HERE, asking.question, HELD, asker=ASKER, secret=THEIRS)
    got = parse(said, Answer, limit=MAX_MESSAGE)

    def judged(**changed: object) -> None:
        overlap(asking, encode(msgspec.structs.replace(got, **changed)), answerer=ANSWERER)

    other = answer(HERE, asking.question, HELD, asker=ASKER, secret=OURS)  # another key than the announced one
    fails(5, "comparison_proof", lambda: overlap(asking, other, answerer=ANSWERER))
    first, second, third, fourth = got.evaluated
    fails(5, "comparison_proof", lambda: judged(evaluated=(second, first, third, fourth)))
    fails(5, "comparison_proof", lambda: judged(evaluated=(second[:PROOF_BYTES] + first[PROOF_BYTES:], second, third, fourth)))
    fails(2, "comparison_count", lambda: judged(evaluated=(first, second, third)))
    for unsound in (b"\xff" * ELEMENT_BYTES, bytes(ELEMENT_BYTES)):
        fails(3, "comparison_element", lambda unsound=unsound: judged(evaluated=(first, second, third, fourth[:PROOF_BYTES] + unsound)))
    fails(3, "comparison_element", lambda: judged(evaluated=(first,) * 4))
    fails(5, "comparison_proof", lambda: overlap(asking, said, answerer=msgspec.structs.replace(ANSWERER, key=bytes(32))))
    fails(4, "comparison_index", lambda: judged(index=got.index[:2]))
    fails(4, "comparison_index", lambda: judged(index=tuple(reversed(got.index))))
    fails(4, "comparison_index", lambda: judged(index=(got.index[0],) * 3))
    assert overlap(asking, said, answerer=ANSWERER) == frozenset(tokens(3, 4))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_changed_byte_of_an_answer_is_taken_for_the_answer(data: st.DataObject) -> None:
    """A changed index entry can hide or invent what it stood for; every other byte is refused."""
    asking = ask(HERE, ASKED)
    said = bytearray(answer(HERE, asking.question, HELD, asker=ASKER, secret=THEIRS))
    proved = len(ASKED) * (PROOF_BYTES + ELEMENT_BYTES + 2) + len(b"\x69evaluated\x84")
    at = data.draw(st.integers(len(said) - proved, len(said) - 1))
    said[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(PeerFault):
        overlap(asking, bytes(said), answerer=ANSWERER)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_hostile_bytes_raise_one_family(noise: bytes) -> None:
    asking = ask(HERE, ASKED)
    for act in (
        lambda: answer(HERE, noise, HELD, asker=ASKER, secret=THEIRS),
        lambda: overlap(asking, noise, answerer=ANSWERER),
    ):
        with pytest.raises(PeerFault):
            act()


def test_an_opened_set_is_the_announced_one() -> None:
    require_announced(HERE, ANSWERER, HELD, secret=THEIRS)
    fails(6, "comparison_opening", lambda: require_announced(HERE, ANSWERER, tokens(3, 4, 6), secret=THEIRS))
    for secret in (OURS, b"", THEIRS[:31], THEIRS + b"p"):
        fails(6, "comparison_opening", lambda secret=secret: require_announced(HERE, ANSWERER, HELD, secret=secret))
    fails(6, "comparison_opening", lambda: require_announced(HERE, ANSWERER, tokens(*range(MAX_TOKENS + 1)), secret=THEIRS))
    fails(6, "comparison_opening", lambda: require_announced(msgspec.structs.replace(HERE, round=2), ANSWERER, HELD, secret=THEIRS))


def test_no_token_or_secret_shows_in_a_record() -> None:
    asking = ask(HERE, ASKED)
    assert not any(one.hex() in repr(asking) or repr(one) in repr(asking) for one in ASKED)
    assert isinstance(ASKER, Announcement)
    assert OURS not in encode(ASKER)
