# SPDX-License-Identifier: EUPL-1.2
"""Items proposed from a pasted text: phones, plates, documents, e-mail addresses, network observables.

Proposals only: an officer accepts or drops each one. Latin and Arabic-script plates, both sets of Arabic digits and
the invisible direction marks that a paste brings are understood. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from amana.dossiers.shared.items import ASCII_DIGITS, Account, CyberObservable, Document, ItemValue, Phone, Vehicle, phone_number, squeezed

MAX_PROPOSALS = 200
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """One proposal: the value, and where in the cleaned text it stands."""

    value: ItemValue
    start: int
    end: int


def cleaned(text: str) -> str:
    """The text that proposals are looked for in: ASCII digits, no invisible marks, dots of defanged addresses back."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(ASCII_DIGITS)
    return re.sub(r"\[\.\]|\(\.\)|\[dot\]", ".", plain).replace("hxxp", "http").replace("[at]", "@").replace("[@]", "@")


def propose_items(text: str) -> tuple[Proposed, ...]:
    """What the text seems to hold, in its order, each place once; the surer patterns take a place first."""
    plain = cleaned(text)
    taken: list[Proposed] = []
    for pattern, made in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in taken):
                continue
            value = made(match)
            if value is not None:
                taken.append(Proposed(value=value, start=start, end=end))
    return tuple(_once(sorted(taken, key=lambda proposed: proposed.start)))[:MAX_PROPOSALS]


def _once(found: list[Proposed]) -> Iterator[Proposed]:
    seen: set[ItemValue] = set()
    for proposed in found:
        if proposed.value not in seen:
            seen.add(proposed.value)
            yield proposed


def _observable(kind: str) -> Callable[[re.Match[str]], ItemValue | None]:
    return lambda match: CyberObservable(kind=kind, value=match[0] if kind == "url" else match[0].lower())


def _ipv4(match: re.Match[str]) -> ItemValue | None:
    parts = match[0].split(".")
    fits = all(int(part) <= 255 and part == str(int(part)) for part in parts)
    return CyberObservable(kind="ipv4", value=match[0]) if fits else None


def _ipv6(match: re.Match[str]) -> ItemValue | None:
    """Eight groups, or fewer with one gap; a time of day has two and no gap."""
    head, gap, tail = match[0].partition("::")
    groups = [group for half in (head, tail) if half for group in half.split(":")]
    fits = all(groups) and (0 < len(groups) < 8 if gap else len(groups) == 8)
    return CyberObservable(kind="ipv6", value=match[0].lower()) if fits else None


def _iban(match: re.Match[str]) -> ItemValue | None:
    """An IBAN whose check digits are right (ISO 13616: remainder 1 by 97)."""
    number = squeezed(match[0])
    moved = number[4:] + number[:4]
    right = 15 <= len(number) <= 34 and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1
    return Account(kind="bank", number=number) if right else None


def _phone(match: re.Match[str]) -> ItemValue | None:
    number = phone_number(match[0])
    digits = len(number.lstrip("+"))
    return Phone(number=number) if 9 <= digits <= 15 else None


def _imei(match: re.Match[str]) -> ItemValue | None:
    """A handset number whose Luhn check digit is right."""
    digits = squeezed(match["imei"])
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(digits)]
    return Phone(imei=digits) if sum(d - 9 * (d > 9) for d in doubled) % 10 == 0 else None


def _moroccan(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(plate=f"{match['serial']}|{match['letter']}|{match['region']}", country="MA")


def _french(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(plate=f"{match[1]}-{match[2]}-{match[3]}", country="FR")


def _document(kind: str) -> Callable[[re.Match[str]], ItemValue | None]:
    return lambda match: Document(kind=kind, number=match["number"].upper())


_PASSPORT_WORDS = r"(?:passeports?|passports?|جواز(?:\s+(?:ال)?سفر)?|جوازات)"
_CARD_WORDS = (
    r"(?:CNIE?|CIN|carte\s+(?:nationale\s+)?d['’]identité|identity\s+card"
    r"|(?:ال)?بطاقة\s+(?:ال)?(?:تعريف|وطنية)(?:\s+(?:ال)?(?:وطنية|تعريف))?)"
)
_ENDINGS = "com|net|org|info|biz|io|ru|cn|fr|ma|es|pt|eu|onion|top|xyz|site|online|example|test|invalid"
_GAP = r"(?:\s|n[°o]\.?|no\.?|number|numéro|رقم|:|°|#)*"

_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], ItemValue | None]], ...] = (
    (re.compile(r"\bhttps?://[^\s<>\"'،]+[^\s<>\"'،.,;:!?)\]]", re.IGNORECASE), _observable("url")),
    (re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b", re.ASCII), _observable("email")),
    (re.compile(r"\b[0-9a-f]{64}\b", re.IGNORECASE), _observable("sha256")),
    (re.compile(r"\b[0-9a-f]{40}\b", re.IGNORECASE), _observable("sha1")),
    (re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE), _observable("md5")),
    (re.compile(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", re.IGNORECASE), _observable("mac")),
    (re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)"), _ipv4),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE), _ipv6),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"), _iban),
    (re.compile(r"\bIMEI" + _GAP + r"(?P<imei>\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d)\b", re.IGNORECASE), _imei),
    (re.compile(_PASSPORT_WORDS + _GAP + r"(?P<number>[A-Z0-9]*\d[A-Z0-9]{4,11})\b", re.IGNORECASE), _document("passport")),
    (re.compile(_CARD_WORDS + _GAP + r"(?P<number>[A-Z0-9]*\d[A-Z0-9]{3,13})\b", re.IGNORECASE), _document("identity_card")),
    (
        re.compile(r"(?<![\w|])(?P<serial>\d{1,5})\s?[|\-]\s?(?P<letter>[\u0621-\u064a]|[A-Z])\s?[|\-]\s?(?P<region>\d{1,2})(?![\w|])"),
        _moroccan,
    ),
    (re.compile(r"\b([A-HJ-NP-TV-Z]{2})[- ]?(\d{3})[- ]?([A-HJ-NP-TV-Z]{2})\b"), _french),
    (re.compile(r"(?<![\w+])(?:\+|00[ .\-]?)\d(?:[ .\-]?\(?\d\)?){7,14}(?!\d)"), _phone),
    (re.compile(r"(?<![\w+.\-/])0[1-9](?:[ .\-]?\d{2}){4}(?![\d\-/])"), _phone),
    (
        re.compile(
            r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:" + _ENDINGS + r")\b(?!@)",
            re.IGNORECASE,
        ),
        _observable("domain"),
    ),
)
