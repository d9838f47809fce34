# SPDX-License-Identifier: EUPL-1.2
"""Road vehicles in a cleaned text: Moroccan, French and Spanish plates, chassis numbers.

A plate between strokes or hyphens is sure by itself; one between spaces, or of an older kind, needs a word for a
vehicle or a plate before it.
"""

from __future__ import annotations

import re

from amana.dossiers.shared.items import ItemValue, Vehicle, squeezed
from amana.dossiers.shared.proposals.patterns import GAP, Pattern, before

_SPOKEN_OF = re.compile(
    r"(?:immatricul|plaque|véhicule|voiture|camion|fourgon|remorque|berline|moto|plate|vehicle|car\b|truck|trailer|van\b|regist"
    r"|لوحة|اللوحة|الترقيم|ترقيم|سيارة|السيارة|مقطورة|شاحنة|الشاحنة|مركبة|المركبة|دراجة|الدراجة|مسجلة)",
    re.IGNORECASE,
)
_LETTER = r"[\u0621-\u064a]|[A-Z]"
_SURE_LETTERS = "أابدطيجر"  # with و ("and") or ه (of the Hijra) between spaces a vehicle must be spoken of
_NOT_FRENCH_BEFORE = frozenset({"DE", "ET", "LE", "EN", "DU", "LA", "AU", "NO"})
_NOT_FRENCH_AFTER = frozenset({"KG", "KM", "MG", "ML", "CM", "MM", "HA", "EN", "DE", "ET", "GR", "CV", "CH"})


def _is_spoken_of(match: re.Match[str]) -> bool:
    return _SPOKEN_OF.search(before(match, 60)) is not None


def _moroccan(match: re.Match[str]) -> ItemValue | None:
    """Serial, letter of the series, region 1 to 89."""
    if not 1 <= int(match["region"]) <= 89:
        return None
    return Vehicle(plate=f"{match['serial']}|{match['letter']}|{match['region']}", country="MA")


def _spaced_moroccan(match: re.Match[str]) -> ItemValue | None:
    sure = match["letter"] in _SURE_LETTERS and len(match["serial"]) > 3
    return _moroccan(match) if sure or _is_spoken_of(match) else None


def _temporary(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(plate=f"{match['serial']}-WW", country="MA")


def _french(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(plate=f"{match[1]}-{match[2]}-{match[3]}", country="FR")


def _spaced_french(match: re.Match[str]) -> ItemValue | None:
    """Without hyphens, a quantity ("DE 100 KG") has the same shape."""
    unsure = match[1] in _NOT_FRENCH_BEFORE or match[3] in _NOT_FRENCH_AFTER
    return None if unsure else _french(match)


def _older_french(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(plate=" ".join(match.groups()), country="FR") if _is_spoken_of(match) else None


def _spanish(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(plate=f"{match[1]} {match[2]}", country="ES") if _is_spoken_of(match) else None


def _chassis(match: re.Match[str]) -> ItemValue | None:
    return Vehicle(chassis=squeezed(match["number"]))


PATTERNS: tuple[Pattern, ...] = (
    (
        re.compile(
            rf"(?:châssis|chassis|\bVIN\b|(?:رقم\s+)?(?:ال)?هيكل(?:ها|ه)?){GAP}(?P<number>(?=[A-Z]*\d)[A-Z0-9]{{17}})\b", re.IGNORECASE
        ),
        _chassis,
    ),
    (
        re.compile(
            rf"(?<![\w|])(?P<serial>\d{{1,6}})\s?(?P<bar>[|\-])\s?(?P<letter>{_LETTER})\s?(?P=bar)\s?(?P<region>\d{{1,2}})(?![\w|])"
        ),
        _moroccan,
    ),
    (
        re.compile(
            rf"(?<![\w|])(?P<region>\d{{1,2}})\s?(?P<bar>[|\-])\s?(?P<letter>{_LETTER})\s?(?P=bar)\s?(?P<serial>\d{{3,6}})(?![\w|])"
        ),
        _moroccan,
    ),
    (
        re.compile(rf"(?<![\w|.,/])(?P<serial>\d{{3,6}})\s?(?P<letter>{_LETTER})\s?(?P<region>\d{{1,2}})(?![\w|]|[.,/:]\d)"),
        _spaced_moroccan,
    ),
    (re.compile(r"(?<![\w-])(?P<serial>\d{4,6})[ -]?WW\b"), _temporary),
    (re.compile(r"\bWW[ -]?(?P<serial>\d{4,6})(?![\w-])"), _temporary),
    (re.compile(r"(?<![\w-])([A-Z]{2})-(\d{3})-([A-Z]{2})(?![\w-])"), _french),
    (re.compile(r"\b([A-HJ-NP-TV-Z]{2}) ?(\d{3}) ?([A-HJ-NP-TV-Z]{2})\b"), _spaced_french),
    (re.compile(r"(?<![\w-])(\d{2,4})[ -]([A-HJ-NP-TV-Z]{2,3})[ -](\d{2}|2A|2B)(?![\w-])"), _older_french),
    (re.compile(r"(?<![\w-])(\d{4})[ -]?([B-DF-HJ-NPR-TV-Z]{3})(?![\w-])"), _spanish),
)
