# SPDX-License-Identifier: EUPL-1.2
"""Network observables and accounts in a cleaned text: addresses, names, fingerprints, IBANs, wallets."""

from __future__ import annotations

import re

from amana.dossiers.shared.items import Account, CyberObservable, ItemValue, squeezed
from amana.dossiers.shared.proposals.patterns import GAP, Made, Pattern

_ENDINGS = "com|net|org|info|biz|io|ru|cn|fr|ma|es|pt|eu|be|de|it|dz|tn|onion|top|xyz|site|online|shop|example|test|invalid"
_IBAN_LENGTHS = {"FR": 27, "MA": 28, "ES": 24, "BE": 16, "DE": 22, "IT": 27, "PT": 25, "GB": 22, "CH": 21, "NL": 18, "LU": 20, "TN": 24}


def _observable(kind: str) -> Made:
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
    """An IBAN whose check digits are right (ISO 13616: remainder 1 by 97); a word in capitals after it is no part of it."""
    number = squeezed(match[0])
    number = number[: _IBAN_LENGTHS.get(number[:2], 34)]
    moved = number[4:] + number[:4]
    right = 15 <= len(number) <= 34 and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1
    return Account(kind="bank", number=number) if right else None


def _rib(match: re.Match[str]) -> ItemValue | None:
    """A Moroccan account number of 24 digits whose key is right (the whole is a multiple of 97)."""
    number = squeezed(match["number"])
    return Account(kind="bank", number=number) if int(number) % 97 == 0 else None


def _wallet(match: re.Match[str]) -> ItemValue | None:
    return Account(kind="virtual_asset", number=match[0])


PATTERNS: tuple[Pattern, ...] = (
    (re.compile(r"\bhttps?://[^\s<>\"'،]*[^\s<>\"'،.,;:!?)\]]", re.IGNORECASE), _observable("url")),
    (re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b", re.ASCII), _observable("email")),
    (re.compile(r"\b[0-9a-f]{64}\b", re.IGNORECASE), _observable("sha256")),
    (re.compile(r"\b0x[0-9a-fA-F]{40}\b|\bbc1[02-9ac-hj-np-z]{25,62}\b"), _wallet),
    (re.compile(r"\b[0-9a-f]{40}\b", re.IGNORECASE), _observable("sha1")),
    (re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE), _observable("md5")),
    (re.compile(r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", re.IGNORECASE), _observable("mac")),
    (re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)"), _ipv4),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE), _ipv6),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b"), _iban),
    (re.compile(rf"\bR\.?I\.?B\.?{GAP}(?P<number>\d(?:[ -]?\d){{23}})(?!\d)"), _rib),
)
LAST: tuple[Pattern, ...] = (
    (
        re.compile(rf"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+(?:{_ENDINGS})\b(?!@)", re.IGNORECASE),
        _observable("domain"),
    ),
)
