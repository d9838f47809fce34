# SPDX-License-Identifier: EUPL-1.2
"""Phones, handsets and documents in a cleaned text: by their shape where it is sure, by the word before it elsewhere."""

from __future__ import annotations

import re

from amana.dossiers.shared.items import Document, ItemValue, Phone, phone_number, squeezed
from amana.dossiers.shared.proposals.nations import ARABIC, LATIN, NATION_OF
from amana.dossiers.shared.proposals.patterns import GAP, Made, Pattern, before

_REFERENCE = re.compile(
    r"(?:réf(?:érence)?|ref(?:erence)?|dossier|procédure|P\.?V|procès-verbal|file|مرجع|ملف|محضر|عدد)\b[^\d\n]{0,14}$", re.IGNORECASE
)
_LINE = re.compile(
    r"(?:tél|phone|ligne|numéro|number|mobile|portable|whatsapp|GSM|call|appel|رقم|هاتف|الهاتف)[^\d\n]{0,25}$", re.IGNORECASE
)


def _phone(match: re.Match[str]) -> ItemValue | None:
    """Nine to fifteen digits that are no reference of a file."""
    number = phone_number(match[0])
    fits = 9 <= len(number.lstrip("+")) <= 15 and not _REFERENCE.search(before(match, 40))
    return Phone(number=number) if fits else None


def _without_plus(match: re.Match[str]) -> ItemValue | None:
    """Country code without sign: only where the words before it speak of a line."""
    return Phone(number=f"+{squeezed(match[0])}") if _LINE.search(before(match, 40)) else None


def _imei(match: re.Match[str]) -> ItemValue | None:
    """A handset number whose Luhn check digit is right."""
    digits = squeezed(match["imei"])
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(digits)]
    return Phone(imei=digits) if sum(d - 9 * (d > 9) for d in doubled) % 10 == 0 else None


def _imsi(match: re.Match[str]) -> ItemValue | None:
    return Phone(imsi=squeezed(match["imsi"]))


def _document(kind: str) -> Made:
    def made(match: re.Match[str]) -> ItemValue | None:
        nation = (match["nation"] or "").casefold()
        return Document(kind=kind, number=squeezed(match["number"]), issued_by=NATION_OF.get(nation, ""))

    return made


_WORDS = {
    "passport": r"passeports?|passports?|جواز(?:\s+(?:ال)?سفر)?|جوازات",
    "identity_card": (
        r"C\.?N\.?I\.?E?\.?|C\.?I\.?N\.?|cartes?\s+(?:nationales?\s+)?d'identité(?:\s+nationales?)?|(?:national\s+)?(?:identity|ID)\s+cards?"
        r"|(?:ال)?بطاقة\s+(?:ال)?(?:تعريف|وطنية|هوية)(?:\s+(?:ال)?(?:وطنية|تعريف))?(?:\s+(?:ال)?[إا]لكترونية)?"
    ),
    "residence_permit": (
        r"titre\s+de\s+séjour|carte\s+de\s+(?:séjour|résident)|residence\s+(?:permit|card)"
        r"|(?:ال)?بطاقة\s+(?:ال)?[إا]قامة|سند\s+(?:ال)?[إا]قامة"
    ),
    "driving_licence": r"permis\s+de\s+conduire|driv(?:ing|er'?s?)\s+licen[cs]e|رخصة\s+(?:ال)?(?:سياقة|قيادة)",
    "visa": r"visa|تأشيرة",
    "vehicle_papers": r"carte\s+grise|certificat\s+d'immatriculation|ورقة\s+رمادية|البطاقة\s+الرمادية",
}
_KINDS_OF = (
    r"biométriques?|ordinaires?|diplomatiques?|électroniques?|de\s+service|biometric|ordinary|diplomatic"
    r"|البيومتري|بيومتري|العادي|الدبلوماسي"
)
_NUMBERS = {
    "passport": r"(?:[A-Z]{1,3}[ -]?\d{5,9}|[A-Z0-9]*\d[A-Z0-9]{4,11})",
    "identity_card": r"(?:[A-Z]{1,2}[ -]?\d{4,7}|[A-Z0-9]*\d[A-Z0-9]{3,13})",
}


def _document_pattern(kind: str) -> re.Pattern[str]:
    """The document's word, what kind or whose it is, then the number; some words need "number" said to be sure."""
    said = GAP if kind in _NUMBERS else r"\s*(?:n[°o]s?\.?|no\.?|number|numéro|رقمها|رقم|:)" + GAP
    number = _NUMBERS.get(kind, r"[A-Z0-9]*\d[A-Z0-9-]{4,15}")
    nation = rf"(?:\s+(?:ال)?(?P<nation>{LATIN}|{ARABIC})\b)?"
    return re.compile(
        rf"(?<!\w)[وبلف]?(?:{_WORDS[kind]})(?:\s+(?:{_KINDS_OF}))?{nation}(?:\s+(?:{_KINDS_OF}))?{said}(?P<number>{number})\b",
        re.IGNORECASE,
    )


_SEP = r"[ .\-\u2013]"
_MOROCCAN = rf"0[5-8]\d{{2}}{_SEP}?\d{{3}}{_SEP}?\d{{3}}|0[5-8]\d{{2}}{_SEP}\d{{2}}{_SEP}\d{{2}}{_SEP}\d{{2}}"
PATTERNS: tuple[Pattern, ...] = (
    (re.compile(rf"\bIMEI{GAP}(?P<imei>\d{{2}}[ /-]?\d{{6}}[ /-]?\d{{6}}[ /-]?\d)\b", re.IGNORECASE), _imei),
    (re.compile(rf"\bIMSI{GAP}(?P<imsi>\d{{14,15}})\b", re.IGNORECASE), _imsi),
    *((_document_pattern(kind), _document(kind)) for kind in _WORDS),
)
PHONES: tuple[Pattern, ...] = (
    (re.compile(rf"(?<![\w+])(?:\+{_SEP}?|00{_SEP}?)\d(?:{_SEP}?\(?\d\)?){{7,14}}(?!\d)"), _phone),
    (re.compile(rf"(?<![\w+.\-/])0[1-9](?:{_SEP}?\d{{2}}){{4}}(?![\d/]|-\d)"), _phone),
    (re.compile(rf"(?<![\w+.\-/])(?:{_MOROCCAN})(?![\d/]|-\d)"), _phone),
    (re.compile(r"(?<![\w+.\-/])0[1-9](?:/\d{2}){4}(?![\d/])"), _phone),
    (re.compile(r"(?<![\w+.\-/])(?:212[ ]?[5-8](?:[ .-]?\d){8}|33[ ]?[1-79](?:[ .-]?\d){8})(?!\d)"), _without_plus),
)
