# SPDX-License-Identifier: EUPL-1.2
"""A copied text keeps its code, another text has another, and a mistyped code is noticed before it is looked up."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from amana.dossiers.shared.public_text import LETTERS, PublicCode, PublicText, code_of, parse_code, public_text, require_same_text
from amana.protocol.canonical import encode, parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

DOSSIER = DossierId(bytes(range(32)))
PARTIES = (AgencyCode("ma.dgst"), AgencyCode("fr.dgsi"))
NOON = Millis(1_702_659_600_000)
ARABIC = "اتفق الطرفان على تبادل الخبرات."
FRENCH = "Les parties sont convenues d’échanger leur expertise : c’est tout."


def text(heading: str = "Communiqué conjoint", *paragraphs: str, language: str = "fr") -> PublicText:
    return public_text(
        dossier=DOSSIER, language=language, heading=heading, paragraphs=paragraphs or (FRENCH,), parties=PARTIES, released_at=NOON
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (text(), "J04S-H7RT-V32E-K0YR-8"),
        (text("بلاغ مشترك", ARABIC, language="ar"), "7Y1J-NP3Y-N79F-MA7N-V"),
        (text("", "a", "b", language="en"), "R9TV-HY8S-SAT9-BPJ5-6"),
    ],
)
def test_codes_are_what_they_were(made: PublicText, code: str) -> None:
    assert code_of(made) == code


def test_the_code_is_computed_as_the_docstring_says() -> None:
    record = {
        "dossier": DOSSIER,
        "heading": "Communiqué conjoint",
        "parties": ["fr.dgsi", "ma.dgst"],
        "language": "fr",
        "paragraphs": [FRENCH],
        "released_at": NOON,
    }
    digest = hashlib.sha256(b"amana/communique/v1\0" + cbor2.dumps(record)).digest()
    bits = f"{int.from_bytes(digest[:10], 'big'):080b}"
    letters = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(bits[at : at + 5], 2)] for at in range(0, 80, 5))
    assert code_of(text()).replace("-", "")[:16] == letters


def test_the_page_of_the_specification_has_this_example() -> None:
    page = (Path(__file__).parents[3] / "spec" / "kinds" / "communique.md").read_text(encoding="utf-8")
    example = (code_of(text()), text().heading, text().paragraphs[0], str(text().released_at), *PublicText.__struct_fields__)
    assert [one for one in example if f"`{one}`" not in page and f" {one}." not in page] == []
    assert DOSSIER.hex().startswith("000102")


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("Communiqué  conjoint ", FRENCH),
        ("Communique\u0301 conjoint", FRENCH.replace("é", "e\u0301")),
        ("Communiqué\u00a0conjoint", FRENCH.replace(" :", "\u202f:")),
        ("\u2068Communiqué conjoint\u2069", f"\ufeff{FRENCH}\u200e\n"),
        ("Commu\u00adniqué conjoint", FRENCH.replace("parties", "par\u200bties")),
    ],
)
def test_what_copying_changes_does_not_change_the_code(heading: str, paragraph: str) -> None:
    assert code_of(text(heading, paragraph)) == code_of(text())


@pytest.mark.parametrize(
    "other",
    [
        text("Communiqué"),
        text("Communiqué conjoint", FRENCH.replace("tout", "peu")),
        text("Communiqué conjoint", FRENCH, FRENCH),
        text("Communiqué conjoint", *FRENCH.split(" : ")),
        text("Communiqué conjoint", f"\u202e{FRENCH}"),
        text(language="en"),
        replace(text(), released_at=Millis(NOON + 1)),
        replace(text(), parties=(AgencyCode("fr.dgsi"),)),
        replace(text(), dossier=bytes(32)),
    ],
)
def test_another_text_has_another_code(other: PublicText) -> None:
    assert code_of(other) != code_of(text())


def test_the_order_in_which_parties_are_given_does_not_count_and_an_empty_paragraph_is_none() -> None:
    turned = public_text(
        dossier=DOSSIER,
        language="fr",
        heading="Communiqué conjoint",
        paragraphs=("", FRENCH, " \n"),
        parties=PARTIES[::-1],
        released_at=NOON,
    )
    assert turned == text()


def test_a_text_is_read_back_from_its_encoding() -> None:
    assert parse(encode(text()), PublicText) == text()


CODE = code_of(text())


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  \u2066{CODE}\u2069\n",
        CODE.replace("-", "–"),
        CODE.replace("0", "O"),
        CODE.replace("0", "o"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_code(typed) == CODE


@pytest.mark.parametrize("typed", ["7YlJ-NP3Y-N79F-MA7N-V", "7yij np3y n79f ma7n v", "7YLJNP3YN79FMA7NV"])
def test_letters_that_look_like_one_are_read_as_one(typed: str) -> None:
    assert parse_code(typed) == "7Y1J-NP3Y-N79F-MA7N-V"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "length"),
        (CODE[:-1], "length"),
        (f"{CODE}0", "length"),
        ("0" * 1000, "length"),
        (f"{CODE}!", "character"),
        (f"U{CODE[1:]}", "character"),
    ],
)
def test_what_is_no_code_is_refused(typed: str, wrong: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_code(typed)
    assert (refused.value.code, refused.value.facts) == ("bad_public_code", {"wrong": wrong})


CODES = st.binary(min_size=1).map(lambda more: code_of(text("x", more.hex())))
PLACES = st.integers(0, 16)


@given(CODES, PLACES, st.sampled_from(LETTERS))
def test_one_mistyped_letter_is_noticed(code: PublicCode, place: int, letter: str) -> None:
    typed = list(code.replace("-", ""))
    changed = typed[place] != letter
    typed[place] = letter
    assert _wrong("".join(typed)) == ("check" if changed else "")


@given(CODES, PLACES, PLACES)
def test_two_exchanged_letters_are_noticed(code: PublicCode, first: int, second: int) -> None:
    typed = list(code.replace("-", ""))
    changed = typed[first] != typed[second]
    typed[first], typed[second] = typed[second], typed[first]
    assert _wrong("".join(typed)) == ("check" if changed else "")


def _wrong(typed: str) -> str:
    try:
        parse_code(typed)
    except Refusal as refused:
        return str(refused.facts["wrong"])
    return ""


@pytest.mark.parametrize("pasted", [FRENCH, f"Communiqué conjoint\n\n{FRENCH}\n", f"\u2068{FRENCH.replace(' ', chr(0xA0))}\u2069"])
def test_a_pasted_copy_is_recognised_with_or_without_its_heading(pasted: str) -> None:
    require_same_text(text(), pasted)


@pytest.mark.parametrize("pasted", ["", "Communiqué conjoint", FRENCH + FRENCH, FRENCH.replace("tout", "peu"), f"\u202e{FRENCH}"])
def test_another_text_is_not_taken_for_it(pasted: str) -> None:
    with pytest.raises(Refusal, match="public_text_differs"):
        require_same_text(text(), pasted)
