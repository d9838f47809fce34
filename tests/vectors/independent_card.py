# SPDX-License-Identifier: EUPL-1.2
"""The second implementation of cards, safety numbers, sealing statements and introductions, written from spec/07.

Only the signature and key algorithms come from the same library as the product's. `Failed` carries the number of the
check; a typed safety number gives True, False or None where it is no number.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tests.vectors.independent import AGENCY, CODE, HASH, MILLIS, REQUIRED, Reject, array, encode, number, octets, parse, record, text
from tests.vectors.independent_envelope import Failed, key_id
from tests.vectors.independent_log import SIGNATURE, Keys, check_statement

CONTROLS = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ADDRESS = r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~-]+)*/?"
PAIR = record(mldsa=(octets(1312, 1312), REQUIRED), ed25519=(octets(32, 32), REQUIRED))
SEALING = record(id=(octets(16, 16), REQUIRED), mlkem=(octets(1184, 1184), REQUIRED), x25519=(octets(32, 32), REQUIRED))
POSITIVE = number(1, 2**31)
VERSIONS = array(number(1, 2**16), 1, 32)


def name(value: Any) -> None:
    text(1, 120)(value)
    if value != value.strip() or any(unicodedata.category(each) == "Cc" or each in CONTROLS for each in value):
        raise Reject("name")


CARD = record(
    run=(POSITIVE, REQUIRED),
    code=(AGENCY, REQUIRED),
    head=(PAIR, REQUIRED),
    limit=(number(0, 5), REQUIRED),
    names=(record(ar=(name, REQUIRED), en=(name, REQUIRED), fr=(name, REQUIRED)), REQUIRED),
    rules=(array(record(kind=(CODE, REQUIRED), versions=(VERSIONS, REQUIRED)), 0, 64), []),
    number=(POSITIVE, REQUIRED),
    formats=(VERSIONS, [1]),
    receipt=(PAIR, REQUIRED),
    request=(PAIR, REQUIRED),
    sealing=(SEALING, REQUIRED),
    identity=(PAIR, REQUIRED),
    addresses=(array(text(1, 200, ADDRESS), 0, 8), []),
    issued_at=(MILLIS, REQUIRED),
    next_identity=(octets(0, 32), b""),
)
SIGNED_CARD = record(card=(octets(0, 2**32), REQUIRED), signature=(SIGNATURE, REQUIRED))
STATEMENT = record(
    key=(SEALING, REQUIRED), card=(POSITIVE, REQUIRED), code=(AGENCY, REQUIRED), number=(POSITIVE, REQUIRED), issued_at=(MILLIS, REQUIRED)
)
SIGNED_STATEMENT = record(signature=(SIGNATURE, REQUIRED), statement=(octets(0, 2**32), REQUIRED))
INTRODUCTION = record(
    card=(HASH, REQUIRED),
    code=(AGENCY, REQUIRED),
    until=(MILLIS, REQUIRED),
    number=(POSITIVE, REQUIRED),
    dossiers=(array(HASH, 1, 64), REQUIRED),
    issued_at=(MILLIS, REQUIRED),
    introducer=(AGENCY, REQUIRED),
)
SIGNED_INTRODUCTION = record(signature=(SIGNATURE, REQUIRED), introduction=(octets(0, 2**32), REQUIRED))


def check_card(signed: bytes, held: bytes | None) -> dict[str, Any]:
    """The card, by checks (1) to (8) of spec/07."""
    outer = _read(lambda: parse(signed, SIGNED_CARD, 64 * 1024))
    card: dict[str, Any] = _read(lambda: parse(outer["card"], CARD, 64 * 1024))
    kinds = [rules["kind"] for rules in card.get("rules", [])]
    for ascending in (kinds, card.get("formats", [1]), *(rules["versions"] for rules in card.get("rules", []))):
        _require(1, ascending == sorted(set(ascending)))
    _require(1, len(card.get("addresses", [])) == len(set(card.get("addresses", []))))
    roles = [card["identity"], card["head"], card["receipt"], card["request"]]
    for half in ("ed25519", "mldsa"):
        _require(2, len({pair[half] for pair in roles}) == 4)
    check_sealing_key(card["sealing"])
    announced = card.get("next_identity", b"")
    _require(2, not announced or (len(announced) == 32 and announced != identity_digest(card["identity"])))
    _signed(3, card["identity"], "card", outer["card"], outer["signature"])
    if held is not None:
        _follows(card, outer["card"], held)
    return card


def _follows(card: dict[str, Any], content: bytes, held: bytes) -> None:
    before_content = parse(held, SIGNED_CARD, 64 * 1024)["card"]
    before = parse(before_content, CARD, 64 * 1024)
    _require(4, card["code"] == before["code"])
    if content == before_content:
        return
    _require(5, card["number"] >= before["number"])
    announced = before.get("next_identity", b"")
    same = card["identity"] == before["identity"]
    _require(6, same or identity_digest(card["identity"]) == announced)
    _require(5, card["number"] > before["number"])
    _require(7, not same or announced in (b"", card.get("next_identity", b"")))
    _require(8, card["run"] >= before["run"])


def identity_digest(identity: dict[str, bytes]) -> bytes:
    return hashlib.sha256(b"amana/identity/v1\0" + encode(identity)).digest()


def check_sealing_key(key: dict[str, bytes]) -> None:
    _require(2, key["id"] == key_id(key["mlkem"], key["x25519"]))
    try:
        MLKEM768PublicKey.from_public_bytes(key["mlkem"])
        X25519PrivateKey.from_private_bytes(bytes(range(32))).exchange(X25519PublicKey.from_public_bytes(key["x25519"]))
    except ValueError as error:
        raise Failed(2) from error


def check_sealing(signed: bytes, card: dict[str, Any], held: bytes | None) -> dict[str, Any]:
    outer = _read(lambda: parse(signed, SIGNED_STATEMENT, 8 * 1024))
    statement: dict[str, Any] = _read(lambda: parse(outer["statement"], STATEMENT, 8 * 1024))
    check_sealing_key(statement["key"])
    _signed(3, card["request"], "sealing", outer["statement"], outer["signature"])
    _require(4, statement["code"] == card["code"] and statement["card"] == card["number"])
    if held is not None:
        before = parse(held, SIGNED_STATEMENT, 8 * 1024)["statement"]
        _require(5, outer["statement"] == before or statement["number"] > parse(before, STATEMENT, 8 * 1024)["number"])
    return statement


def check_introduction(signed: bytes, introducer: dict[str, Any], introduced: bytes, now: int) -> dict[str, Any]:
    outer = _read(lambda: parse(signed, SIGNED_INTRODUCTION, 16 * 1024))
    word: dict[str, Any] = _read(lambda: parse(outer["introduction"], INTRODUCTION, 16 * 1024))
    _require(1, word["dossiers"] == sorted(set(word["dossiers"])))
    _signed(2, introducer["request"], "introduction", outer["introduction"], outer["signature"])
    _require(3, word["introducer"] == introducer["code"] != word["code"])
    try:
        card = check_card(introduced, None)
    except Failed as error:
        raise Failed(4) from error
    digest = hashlib.sha256(parse(introduced, SIGNED_CARD, 64 * 1024)["card"]).digest()
    _require(4, (word["code"], word["number"], word["card"]) == (card["code"], card["number"], digest))
    _require(5, now < word["until"])
    return word


def safety_number(code: str, identity: dict[str, bytes]) -> str:
    digest = hashlib.sha256(b"amana/safety-number/v1\0" + bytes([len(code)]) + code.encode() + encode(identity)).hexdigest()
    digits = str(int(digest[:33], 16)).rjust(40, "0")  # 33 hexadecimal digits are 132 bits
    return " ".join(digits[at : at + 5] for at in range(0, 40, 5))


def compare(typed: str, number: str) -> bool | None:
    """Whether it is the number; None where it is none."""
    digits = ""
    for each in typed:
        if each in "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹":
            digits += str(unicodedata.digit(each))
        elif not (each.isspace() or unicodedata.category(each) == "Cf" or each in "-.,/_\u2010\u2011\u2012\u2013\u2014\u060c\u066b\u066c"):
            return None
    return None if len(digits) != 40 else digits == number.replace(" ", "")


def _read(reading: Callable[[], Any]) -> Any:
    try:
        return reading()
    except Reject as error:
        raise Failed(1) from error


def _signed(check: int, keys: dict[str, bytes], what: str, content: bytes, signature: dict[str, bytes]) -> None:
    try:
        check_statement(Keys(keys["ed25519"], keys["mldsa"]), what, content, signature["ed25519"], signature["mldsa"])
    except Reject as error:
        raise Failed(check) from error


def _require(check: int, holds: bool) -> None:
    if not holds:
        raise Failed(check)
