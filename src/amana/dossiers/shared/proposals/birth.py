# SPDX-License-Identifier: EUPL-1.2
"""When and where a person was born, as a text says it beside the name: a day, a month or a year.

Days come before months, as in Arabic and French usage; an English date with the month's name may have it first.
A date that cannot be is left out, never guessed.
"""

from __future__ import annotations

import re

_MONTHS = (
    "janvier|january|jan|يناير",
    "février|fevrier|february|feb|فبراير",
    "mars|march|mar|مارس",
    "avril|april|apr|أبريل|ابريل|إبريل",
    "mai|may|ماي|مايو",
    "juin|june|jun|يونيو|يونيه",
    "juillet|july|jul|يوليوز|يوليو",
    "août|aout|august|aug|غشت|أغسطس",
    "septembre|september|sept|sep|شتنبر|سبتمبر",
    "octobre|october|oct|أكتوبر|اكتوبر",
    "novembre|november|nov|نونبر|نوفمبر",
    "décembre|decembre|december|dec|دجنبر|ديسمبر",
)
MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split("|")}
_MONTH = f"(?i:{'|'.join(sorted(MONTH_OF, key=len, reverse=True))})"
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    rf"(?:(?P<iso>{_YEAR}-\d{{2}}-\d{{2}})"
    rf"|(?P<day>\d{{1,2}})\s?[/.\-]\s?(?P<month>\d{{1,2}})\s?[/.\-]\s?(?P<year>{_YEAR})"
    rf"|(?P<day2>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<word2>{_MONTH})\.?,?\s+(?:سنة\s+|عام\s+)?(?P<year2>{_YEAR})"
    rf"|(?P<word3>{_MONTH})\s+(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year3>{_YEAR})"
    rf"|(?P<word4>{_MONTH})\.?\s+(?:سنة\s+|عام\s+)?(?P<year4>{_YEAR})"
    rf"|(?P<year5>{_YEAR}))(?![\d/\-])"
)
_PLACE = r"[A-ZÀ-Ý][\w'-]*(?:[ -](?:(?:sur|la|le|de)[ -])*[A-ZÀ-Ý][\w'-]*)*"
_FRENCH = (
    rf"[Nn]é(?:e|es|s)?\s+(?:[A-ZÀ-Ý][\w'-]+\s+(?=le\s|en\s|à\s))?(?:(?i:présumée?\s+))?(?:à\s+(?P<in_fr>{_PLACE})(?:\s*\([^)]{{1,40}}\))?,?\s*)?"
    rf"(?:(?:le|en|vers|courant|aux environs de|l'an)\s+)*"
)
_ENGLISH = (
    rf"(?:[Bb]orn|DOB|D\.O\.B\.|[Dd]ate of birth|[Dd]ate de naissance)\s*:?\s*"
    rf"(?:in\s+(?P<in_en>{_PLACE}),?\s*)?(?:(?:on|in|circa|around|c\.|the)\s+)*"
)
_ARABIC_TOWN = r"(?P<in_ar>[\u0621-\u064a]{3,})"
_ARABIC = (
    r"(?:(?:من\s+)?مواليد|(?:ال)?مزدادة?|(?:ال)?مولودة?|ازدادت?|تاريخ\s+(?:ال)?(?:ازدياد|ولادة)|ولدت?)\s*:?\s*"
    rf"(?:(?:بمدينة\s+|في\s+مدينة\s+|ب){_ARABIC_TOWN}\s*،?\s*)?(?:(?:سنة|عام|في|بتاريخ|يوم|خلال|شهر|حوالي)\s+)*"
)
BORN = re.compile(rf"(?<![\w])و?(?:{_FRENCH}|{_ENGLISH}|{_ARABIC}){_DATE}")


def born_in(text: str) -> tuple[str, str]:
    """(the date, the place) of the first statement of birth in a stretch of text; empty where there is none."""
    match = BORN.search(text)
    if match is None:
        return "", ""
    place = match["in_fr"] or match["in_en"] or match["in_ar"] or ""
    return _part_date(match), "" if place in ("تاريخ", "سنة") else place


def _part_date(match: re.Match[str]) -> str:
    if match["iso"]:
        return _dated(*(int(part) for part in match["iso"].split("-")))
    for number in "2", "3", "4":
        if word := match[f"word{number}"]:
            day = int(match[f"day{number}"]) if number != "4" else 0
            return _dated(int(match[f"year{number}"]), MONTH_OF[word.casefold()], day)
    if match["year5"]:
        return str(match["year5"])
    return _dated(int(match["year"]), int(match["month"]), int(match["day"]))


def _dated(year: int, month: int, day: int) -> str:
    """A day, a month where no day is said, only the year where day and month cannot be."""
    if not 1 <= month <= 12 or day > 31:
        return str(year)
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
