# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/card: cards alone and after another, sealing statements, introductions, safety numbers.

Keys come from fixed seeds; ML-DSA signatures are randomised, so every run writes other signature bytes. A field whose
value is the name of a case stands for the `signed` of that case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amana.protocol.canonical import encode, parse
from amana.protocol.card import Card, SignedCard, identity_digest
from amana.protocol.envelope import SealingKey
from amana.protocol.identifiers import AgencyCode, EntryId, Millis
from amana.protocol.introduction import Introduction, SignedIntroduction
from amana.protocol.safety_number import safety_number
from amana.protocol.sealing_statement import SealingStatement, SignedSealingStatement
from amana.protocol.signing import PublicPair, Signature, sign_statement
from tests.protocol.agencies import NOW, PARIS, RABAT, card, sealing, signing, verified
from tests.vectors.cases import ACCEPT, Case
from tests.vectors.writing import write_area

DOSSIERS = (EntryId(b"\x01" * 32), EntryId(b"\x02" * 32))
LATER = Millis(NOW + 86_400_000)


def by_hand(one: Card, role: str = "identity") -> bytes:
    """Signed without the author's own checks."""
    content = encode(one)
    return encode(SignedCard(card=content, signature=sign_statement(signing(one.code, role), "card", content)))


def rabat(role: str = "identity", **change: Any) -> bytes:
    """Rabat's card number 5 of run 2; `role` is the identity pair in it and the one that signs."""
    return by_hand(card(RABAT, **{"number": 5, "run": 2, "identity": signing(RABAT, role).public, **change}), role)


HELD, MADE = rabat(), verified(PARIS, number=3)
FIRST = "card/first"


def case(name: str, about: str, expect: str, check: int, kind: str, **fields: str) -> Case:
    return Case(name=f"card/{name}", expect=expect, check=check, about=about, fields={"kind": kind, **fields})


def card_cases() -> Iterator[Case]:
    """All cases."""
    yield from _alone()
    yield from _after()
    yield from _sealing()
    yield from _introductions()
    yield from _safety_numbers()


def _alone() -> Iterator[Case]:
    good = parse(rabat(), SignedCard)
    stranger = sign_statement(signing(RABAT, "stranger"), "card", good.card)
    head, identity, key = (signing(RABAT, "head").public, signing(RABAT, "identity").public, sealing(RABAT).public)
    mixed = PublicPair(mldsa=signing(RABAT, "mixed").public.mldsa, ed25519=head.ed25519)
    half = Signature(mldsa=good.signature.mldsa, ed25519=stranger.ed25519)
    other_half = Signature(mldsa=stranger.mldsa, ed25519=good.signature.ed25519)
    names = {"ar": card().names.ar, "en": "Police\u202e", "fr": card().names.fr}
    for name, about, expect, check, signed in (
        ("first", "the first card of an agency", ACCEPT, 0, HELD),
        ("paris", "the card that Rabat introduces", ACCEPT, 0, MADE.signed_bytes),
        ("no-address", "an agency that only calls out", ACCEPT, 0, rabat(addresses=())),
        ("check1-trailing-byte", "a null byte after the card", "not_canonical", 1, rabat() + b"\0"),
        ("check1-formats-unsorted", "formats 2, 1", "card_order", 1, rabat(formats=(2, 1))),
        ("check1-name-turns-direction", "a name holds U+202E", "wrong_shape", 1, rabat(names=type(card().names)(**names))),
        ("check1-address-with-user", "an address holds a user", "wrong_shape", 1, rabat(addresses=("https://a@b.example",))),
        ("check2-one-key-two-ends", "head and receipt keys are one pair", "keys_not_different", 2, rabat(receipt=head)),
        ("check2-half-a-key-twice", "head and receipt share their Ed25519 half", "keys_not_different", 2, rabat(receipt=mixed)),
        (
            "check2-sealing-key-id",
            "the id is not the key's",
            "sealing_key",
            2,
            rabat(sealing=SealingKey(id=bytes(16), mlkem=key.mlkem, x25519=key.x25519)),
        ),
        (
            "check2-announces-itself",
            "the next identity key is this one",
            "next_identity",
            2,
            rabat(next_identity=identity_digest(identity)),
        ),
        ("check3-stranger", "signed by another pair", "signature", 3, encode(SignedCard(card=good.card, signature=stranger))),
        ("check3-ed25519-of-another", "one good signature is none", "signature", 3, encode(SignedCard(card=good.card, signature=half))),
        ("check3-mldsa-of-another", "nor is the other", "signature", 3, encode(SignedCard(card=good.card, signature=other_half))),
    ):
        yield case(name, about, expect, check, "card", signed=signed.hex(), held="")


def _after() -> Iterator[Case]:
    digest = bytes(32)
    for name, about, expect, check, signed in (
        ("next", "the next number, other addresses", ACCEPT, 0, rabat(number=6, addresses=())),
        ("same-signed-again", "the very same card with other signatures", ACCEPT, 0, rabat()),
        ("new-identity", "the announced identity key takes over", ACCEPT, 0, rabat("next identity", number=6, next_identity=digest)),
        ("check4-other-agency", "Paris after Rabat", "other_agency", 4, by_hand(card(PARIS, number=6, run=2))),
        ("check5-lower", "number 4 after 5", "card_number_lower", 5, rabat(number=4)),
        ("check5-conflict", "two cards with number 5: evidence", "card_conflict", 5, rabat(addresses=())),
        ("check6-stranger", "an identity key nobody announced", "identity_changed", 6, rabat("stranger", number=6)),
        ("check6-stranger-same-number", "no evidence: the agency did not sign it", "identity_changed", 6, rabat("stranger")),
        ("check7-announces-another", "announces another next identity", "next_identity_changed", 7, rabat(number=6, next_identity=digest)),
        ("check7-takes-back", "announces none any more", "next_identity_changed", 7, rabat(number=6, next_identity=b"")),
        ("check8-run-back", "run 1 after run 2", "run_lower", 8, rabat(number=6, run=1)),
    ):
        yield case(name, about, expect, check, "card", signed=signed.hex(), held=FIRST)


def _sealing() -> Iterator[Case]:
    new = sealing(RABAT, "second sealing").public

    def statement(role: str = "request", **change: Any) -> bytes:
        fields: dict[str, Any] = {"key": new, "card": 5, "code": RABAT, "number": 4, "issued_at": NOW}
        content = encode(SealingStatement(**{**fields, **change}))
        return encode(SignedSealingStatement(signature=sign_statement(signing(RABAT, role), "sealing", content), statement=content))

    unsound = SealingKey(id=bytes(16), mlkem=new.mlkem, x25519=new.x25519)
    held = "card/sealing-first"
    for name, about, expect, check, signed, before in (
        ("sealing-first", "the first statement under a card", ACCEPT, 0, statement(), ""),
        ("sealing-next", "number 5 after 4", ACCEPT, 0, statement(number=5), held),
        ("sealing-check2-key-id", "the id is not the key's", "sealing_key", 2, statement(key=unsound), ""),
        ("sealing-check3-head-key", "signed by the head keys", "signature", 3, statement("head"), ""),
        ("sealing-check4-other-agency", "of another agency", "other_agency", 4, statement(code=PARIS), ""),
        ("sealing-check4-other-card", "under another card", "other_card", 4, statement(card=4), ""),
        ("sealing-check5-lower", "number 3 after 4", "sealing_number_lower", 5, statement(number=3), held),
        ("sealing-check5-conflict", "two with number 4", "sealing_conflict", 5, statement(key=sealing(RABAT, "third").public), held),
    ):
        yield case(name, about, expect, check, "sealing", card=FIRST, signed=signed.hex(), held=before)


def _introductions() -> Iterator[Case]:
    def word(role: str = "request", **change: Any) -> bytes:
        fields: dict[str, Any] = {
            "card": MADE.digest,
            "code": PARIS,
            "until": LATER,
            "number": 3,
            "dossiers": DOSSIERS,
            "issued_at": NOW,
            "introducer": RABAT,
        }
        content = encode(Introduction(**{**fields, **change}))
        return encode(SignedIntroduction(signature=sign_statement(signing(RABAT, role), "introduction", content), introduction=content))

    for name, about, expect, check, signed in (
        ("introduction", "for two dossiers, for a day", ACCEPT, 0, word()),
        ("introduction-check1-order", "dossiers out of order", "dossier_order", 1, word(dossiers=DOSSIERS[::-1])),
        ("introduction-check2-head-key", "signed by the head keys", "signature", 2, word("head")),
        ("introduction-check3-other-agency", "in another agency's name", "other_agency", 3, word(introducer=AgencyCode("ma.dgst"))),
        ("introduction-check3-itself", "of itself", "self_introduction", 3, word(code=RABAT)),
        ("introduction-check4-other-card", "names another card", "other_card", 4, word(number=4)),
        ("introduction-check5-over", "ended when it is read", "introduction_over", 5, word(until=NOW)),
    ):
        yield case(
            name,
            about,
            expect,
            check,
            "introduction",
            introducer=FIRST,
            introduced="card/paris",
            signed=signed.hex(),
            now=str(NOW),
        )


def _safety_numbers() -> Iterator[Case]:
    identity = card().identity
    number = safety_number(RABAT, identity)
    arabic = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    eastern = number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for name, about, expect, typed in (
        ("number", "as it is shown", ACCEPT, number),
        ("number-without-spaces", "in one piece", ACCEPT, number.replace(" ", "")),
        ("number-arabic-indic", "in Arabic-Indic digits", ACCEPT, arabic),
        ("number-eastern-arabic-indic", "in Eastern Arabic-Indic digits, without spaces", ACCEPT, eastern.replace(" ", "")),
        ("number-isolated", "pasted with direction marks and hyphens", ACCEPT, "\u2067" + number.replace(" ", "-") + "\u2069\n"),
        ("number-last-digit", "the last digit is another", "safety_number_differs", wrong),
        ("number-of-paris", "the number of another agency", "safety_number_differs", safety_number(PARIS, card(PARIS).identity)),
        ("number-short", "39 digits", "safety_number_form", number[:-1]),
        ("number-letter", "a letter O for a zero", "safety_number_form", "O" + number[1:]),
    ):
        yield case(name, about, expect, 0, "safety_number", card=FIRST, number=number, typed=typed.encode().hex())


if __name__ == "__main__":
    write_area("card", card_cases())
