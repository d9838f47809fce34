# SPDX-License-Identifier: EUPL-1.2
"""Vessels and organisations in a cleaned text: only where the word for them, and then quotes, capitals or a legal form, are sure."""

from __future__ import annotations

import re

from amana.dossiers.shared.items import ItemValue, Organisation, Vessel
from amana.dossiers.shared.proposals.patterns import Pattern

_QUOTED = r"[«\"“]\s?(?P<name>[^«»\"“”\n]{2,60}?)\s?[»\"”]|'(?P<single>[^'\n]{2,60})'"
_CAPITALS = r"(?P<capitals>[A-ZÀ-Ý][A-ZÀ-Ý0-9'-]+(?:\s[A-ZÀ-Ý0-9][A-ZÀ-Ý0-9'-]*){0,4})(?![\w'-])"
_BOATS = (
    r"navire|chalutier|voilier|cargo|ferry|roulier|vraquier|porte-conteneurs|pétrolier|vedette|yacht|bateau|go-fast"
    r"|vessel|ship|trawler|sailing\s+boat|bulk\s+carrier|tanker|container\s+ship"
)
_ARABIC_BOATS = r"(?:ال)?(?:سفينة|باخرة|مركب|يخت|قارب|عبارة)"
_NAMED = r"(?:(?:dénommée?|nommée?|baptisée?|named|called|المسماة|المسمى|تسمى|تدعى|اسمها)\s+)?"
_KIND = r"(?:de\s+pêche\s+|de\s+plaisance\s+|de\s+commerce\s+|roulier\s+|marocaine?\s+|français\s+|السياحية\s+|التجارية\s+)?"
_COMPANIES = r"sociétés?|entreprise|association|fondation|coopérative|company|firm|association|foundation"
_ARABIC_COMPANIES = r"(?<![\u0621-\u064a])[لبو]?(?:ال|لل)?(?:شركة|مقاولة|جمعية|مؤسسة|تعاونية)"
_FORMS = r"S\.?A\.?R\.?L\.?(?:\s?A\.?U\.?)?|SARLAU|SASU?|EURL|S\.A\.?|GmbH|Ltd\.?|LLC|S\.L\.?|SL|Inc\.?|BV"
_WORD = r"[A-ZÀ-Ý][\w&'-]*"
_LINK = r"(?:de la|de|du|des|d'|et|&|and|of|the|la|le|les)"
_PHRASE = rf"{_WORD}(?:\s(?:{_LINK}\s?)?{_WORD}){{0,6}}"
_NO_NAME = re.compile(
    r"(?:Nationale?|Générale?|Royale?|Anonyme|Civile|Mère|Écran|Ecran)\b|(?:L[ae]s?|L'|Une?|Cette|The|This|A|Our|Notre|Nos)$"
)
_FLAGS = re.compile(
    r"(?:IMO|OMI)\s*(?:n[°o]\.?|:|number|رقم)?\s*(?P<imo>\d{7})(?!\d)|MMSI\s*(?:n[°o]\.?|:|number|رقم)?\s*(?P<mmsi>\d{9})(?!\d)"
)


def _vessel(match: re.Match[str]) -> ItemValue | None:
    """A vessel with its numbers, where they stand close behind the name."""
    held = match.groupdict()
    name = next(filter(None, (held.get(group) for group in ("name", "single", "capitals"))), "")
    numbers = {key: value for found in _FLAGS.finditer(_behind(match)) for key, value in found.groupdict().items() if value}
    return Vessel(name=" ".join(name.split()), **numbers)


def _behind(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + 80].partition("\n")[0].partition(". ")[0]


def _numbered(match: re.Match[str]) -> ItemValue | None:
    """A vessel of which only a number is said; one that belongs to a name before it was taken with it."""
    near = match.string[max(0, match.start() - 80) : match.start()]
    if any(pattern.search(near) for pattern, _ in _NAMED_VESSELS):
        return None
    return Vessel(**{key: value for key, value in match.groupdict().items() if value})


def _organisation(match: re.Match[str]) -> ItemValue | None:
    held = match.groupdict()
    name = " ".join(next(filter(None, (held.get(group) for group in ("name", "single", "phrase"))), "").split())
    return None if _NO_NAME.match(name) else Organisation(name=name)


_NAMED_VESSELS: tuple[Pattern, ...] = (
    (re.compile(rf"(?<!\w)(?i:{_BOATS})\s+{_KIND}{_NAMED}(?:{_QUOTED}|{_CAPITALS})"), _vessel),
    (re.compile(rf"(?<!\w)(?:M/?V|F/?V|S/?Y|M/?T)\s+(?:{_QUOTED}|{_CAPITALS})"), _vessel),
    (re.compile(rf"(?<![\u0621-\u064a])[وبل]?{_ARABIC_BOATS}\s+{_KIND}{_NAMED}(?:{_QUOTED}|{_CAPITALS})"), _vessel),
)
PATTERNS: tuple[Pattern, ...] = (
    *_NAMED_VESSELS,
    (_FLAGS, _numbered),
    (re.compile(rf"(?<!\w)(?i:{_COMPANIES})\s+(?:dénommée?\s+|nommée?\s+|named\s+|called\s+)?(?:{_QUOTED})"), _organisation),
    (re.compile(rf"{_ARABIC_COMPANIES}\s+(?:المسماة\s+|تدعى\s+)?(?:{_QUOTED})"), _organisation),
    (re.compile(rf"(?<!\w)(?:(?i:{_COMPANIES})\s+)?(?P<phrase>{_PHRASE})\s(?:{_FORMS})(?!\w)"), _organisation),
    (
        re.compile(rf"(?<!\w)(?:société|entreprise|association|company)\s+(?:dénommée\s+|named\s+)?(?P<phrase>{_PHRASE})(?!\w)"),
        _organisation,
    ),
)
