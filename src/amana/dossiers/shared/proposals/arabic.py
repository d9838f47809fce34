# SPDX-License-Identifier: EUPL-1.2
"""Persons' names in Arabic script in a cleaned text. There are no capitals: a word announces the name, or a birth follows it.

A name is read as its grammar goes: given names, then one surname with its particle. It ends there, so that the verb
or the preposition behind it is not taken with it. Officials by post are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.shared.proposals import birth
from amana.dossiers.shared.proposals.given_names import ARABIC_GIVEN
from amana.dossiers.shared.proposals.named import Named
from amana.dossiers.shared.proposals.nations import NATION_OF

_TOKEN = re.compile(r"[\u0621-\u064a\u0671-\u06d3]+")
_START = r"(?<![\u0621-\u064a])[وفبلك]?"
# behind these any word may be a name …
ANNOUNCING = re.compile(
    rf"{_START}(?:(?:ال|لل)?(?:مسمى|مسماة|مسميان|مسميين|مسمون|مسماتين|مدعو|مدعوة|مدعوان|مدعوين)"
    r"|(?:شخصا?|رجلا?|امرأة|سيدة|مشتبه\s+(?:فيه|فيها))\s+(?:يدعى|تدعى|اسمه|اسمها|يسمى|تسمى))(?![\u0621-\u064a])\s*:?\s*[«\"“(]?\s*"
)
# … behind these only one that begins with a known given name: they stand before posts and descriptions as well
ADDRESSING = re.compile(
    rf"{_START}(?:ال|لل)(?:سيد|سيدة|سيدين|آنسة|مواطنة?\s+\w+|مشتبه\s+(?:فيه|فيها))(?![\u0621-\u064a])\s*:?\s*[«\"“(]?\s*"
)
FORM_FIELD = re.compile(r"(?:الاسم(?:\s+(?:الكامل|العائلي\s+والشخصي|والنسب|الشخصي\s+والعائلي))?|الهوية)\s*:\s*")
_PLURAL = re.compile(r"(?:ان|ين|ون)\s*:?\s*$")
_JOINED = re.compile(r"\s*،?\s*و\s?(?:(?:المسمى|المسماة|المدعو|المدعوة)\s+)?")
ALSO_CALLED = re.compile(
    r"\s*[،(]?\s*(?:الملقبة?|ملقبة?|المعروفة?|والملقبة?|المكناة?|الشهيرة?|[يت]لقب)\s*(?:باسم|بلقب|بكنية|بـ|ب)?\s*[«\"“(]?\s*"
)
_BIRTH = re.compile(r"\s*[،(]?\s*(?=(?:من\s+)?مواليد|و?(?:ال)?مزداد|و?(?:ال)?مولود|ازداد|تاريخ\s+(?:ال)?ازدياد)")
_POST_BEHIND = re.compile(
    r"(?:\s[\u0621-\u064a]+)?\s*[،(]\s*(?:ال)?(?:مدير|وزير|والي|عامل|رئيس|قاضي|وكيل|نائب|عميد|ضابط|مفتش"
    r"|مراقب|سفير|قنصل|مستشار|محامي|محامية|كاتب)"
)

_JOINING = frozenset("عبد بن ابن بنت ولد آيت أيت ايت بو أبو ابو أم ام آل ذو سيدي مولاي لالة لالا بل".split())
_POSTS = frozenset(
    """
    مدير وزير والي الوالي عامل العامل رئيس قاضي قاضية وكيل نائب عميد ضابط مفتش مراقب سفير قنصل مستشار محامي كاتب المدير الوزير
    الرئيس القاضي الوكيل العميد الضابط المفتش المراقب السفير القنصل المستشار الكاتب الأمين مدعي المدعي ملك الملك جلالة سمو معالي
    سعادة قائد القائد باشا الباشا ممثل الممثل
    """.split()
)
_STOP = frozenset(
    """
    من في على إلى الى عن مع منذ حتى بين لدى عند ضد خلال بعد قبل حول دون سوى غير كل بعض هذا هذه ذلك تلك هو هي هم الذي التي الذين
    اللذين أن إن قد لم لن لا ما كان كانت يكون تكون وهو وهي الذكر ذكره ذكرها المذكور المذكورة أعلاه أسفله المشار إليه اليه المعني
    المعنية الحامل الحاملة حامل حاملة صاحب صاحبة البالغ البالغة المقيم المقيمة مقيم مقيمة الساكن الساكنة القاطن القاطنة المزداد
    المزدادة مزداد مزدادة المولود المولودة مواليد المنحدر المنحدرة جنسيته جنسيتها الجنسية الملقب الملقبة ملقب المعروف المعروفة
    والملقب المكنى رقم هاتف الهاتف رقمه بطاقة جواز عنوان العنوان بتاريخ يوم سنة عام شهر ساعة مختلق المختلق مختلقة المختلقة مشتبه
    المشتبه متهم المتهم موقوف الموقوف مبحوث المبحوث مجهول مجهولة عنه فيه فيها به بها له لها لديه عليه عليها غادر غادرت دخل دخلت
    سافر سافرت صرح
    صرحت قام قامت حل حلت أقام اقام استعمل استعملت اتصل اتصلت أرسل أوقف أوقفت ضبط ضبطت حاول توجه توجهت اختفى عاد عادت ربط شوهد
    شوهدت تم تمت سبق وصل وصلت خرج خرجت اشترى باع حول كلف طلب أكد اعترف نفى التقى زار مثل مثلت رفقة برفقة صحبة بواسطة بمدينة بجواز
    ببطاقة بمطار بميناء بفرنسا بالمغرب قصد بقصد ضمن وفق حسب بصفته بصفتها باعتباره مسير مسيرة سائق سائقة
    """.split()
)
_TIED = ("بال", "فال", "كال", "وال", "لل")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def given(self) -> bool:
        return self.text in ARABIC_GIVEN

    @property
    def nation(self) -> bool:
        return self.text in NATION_OF or self.text.removeprefix("ال") in NATION_OF

    @property
    def fits(self) -> bool:
        """May be a part of a name: no preposition, no post, no verb in the present, no nationality."""
        if self.given:
            return True
        verb = (self.text[0] in "يتن" and len(self.text) > 3) or self.text.startswith("سي")
        tied = self.text.startswith(_TIED) and len(self.text) > 4
        return (
            len(self.text) > 2
            and self.text not in _STOP
            and self.text.rstrip("ة") not in _POSTS
            and not self.nation
            and not verb
            and not tied
        )


def arabic_names(text: str) -> Iterator[Named]:
    """Every name found, in no order; the same place may be found by several ways."""
    for match in ANNOUNCING.finditer(text):
        yield from _announced(text, match.end(), several=_PLURAL.search(match[0]) is not None)
    for match in ADDRESSING.finditer(text):
        first = _TOKEN.match(text, match.end())
        if first is not None and (first[0] in ARABIC_GIVEN or first[0] == "عبد"):
            yield from _announced(text, match.end(), several=_PLURAL.search(match[0]) is not None)
    for match in FORM_FIELD.finditer(text):
        yield from _announced(text, match.end(), several=False)
    yield from _before_birth(text)


def _announced(text: str, at: int, *, several: bool) -> Iterator[Named]:
    while (named := _read(text, at)) is not None and not _POST_BEHIND.match(text, named.end):
        yield named
        joined = _JOINED.match(text, named.reach) if several else None
        if joined is None:
            break
        at = joined.end()


def _read(text: str, at: int) -> Named | None:
    words = _name(text, at)
    if not words:
        return None
    end = words[-1].end
    aliases = []
    while (other := ALSO_CALLED.match(text, end)) is not None:
        more = _alias(text, other.end())
        if not more:
            break
        aliases.append(text[more[0].start : more[-1].end])
        end = more[-1].end + (text[more[-1].end : more[-1].end + 1] in ("»", '"', "”", ")"))
    return Named(name=text[words[0].start : words[-1].end], start=words[0].start, end=words[-1].end, reach=end, aliases=tuple(aliases))


def _unit(text: str, at: int) -> list[_Word]:
    """One part of a name: a word, with the particles before it."""
    words: list[_Word] = []
    while (match := _TOKEN.match(text, at)) is not None:
        word = _Word(match[0], *match.span())
        words.append(word)
        if word.text not in _JOINING:
            after_particle = len(words) > 1
            return words if word.fits or (after_particle and word.text not in _STOP) else []
        at = word.end + 1
        if text[word.end : word.end + 1] != " ":
            break
    return []


def _name(text: str, at: int) -> list[_Word]:
    """Given names as long as they are known ones, then one surname; of two with article the second may be its second half.

    Behind a father's name only a surname with article goes on: what else follows it is the rest of the sentence.
    """
    words: list[_Word] = []
    for place in range(5):
        unit = _unit(text, at)
        if not unit or (place == 0 and _is_post(unit)) or (_is_father(words) and not _has_article(unit)):
            break
        words += unit
        at = unit[-1].end + 1
        ended = place and not unit[-1].given and not _is_father(words)
        if ended or text[unit[-1].end : at] != " ":
            break
    if words and words[-1].text.startswith("ال") and len(words) > 1 and text[words[-1].end : at] == " ":
        second = _unit(text, at)
        if len(second) == 1 and _is_second_half(second[0]):
            words += second
    return words + _last_before_birth(text, words)


def _last_before_birth(text: str, words: list[_Word]) -> list[_Word]:
    """One more part, where it stands between the name and its birth: foreign names have parts that are known to nobody here."""
    if len(words) < 2 or text[words[-1].end : words[-1].end + 1] != " ":
        return []
    more = _unit(text, words[-1].end + 1)
    return more if len(more) == 1 and more[0].fits and _BIRTH.match(text, more[0].end) else []


def _is_post(unit: list[_Word]) -> bool:
    """A word with article that is no known given name: 'Mr the director'."""
    return len(unit) == 1 and unit[0].text.startswith("ال") and not unit[0].given


def _is_father(words: list[_Word]) -> bool:
    return len(words) > 1 and words[-2].text in ("بن", "ابن", "بنت", "ولد")


def _has_article(unit: list[_Word]) -> bool:
    return len(unit) == 1 and unit[0].text.startswith("ال")


def _is_second_half(word: _Word) -> bool:
    return word.text.startswith("ال") and word.text.endswith("ي") and len(word.text) > 5 and word.fits


def _alias(text: str, at: int) -> list[_Word]:
    """At most two parts; the quotes around it, where there are any, end it."""
    words = _unit(text, at)
    if words and text[words[-1].end : words[-1].end + 1] == " ":
        second = _unit(text, words[-1].end + 1)
        if len(words) > 1 or (second and second[0].text.startswith("ال")):
            words = words + (second if second and second[0].text.startswith("ال") else [])
    return words


def _before_birth(text: str) -> Iterator[Named]:
    """A name that begins with a known given name and goes right up to a statement of birth."""
    for match in birth.BORN.finditer(text):
        line = text[max(0, match.start() - 60) : match.start()]
        words = [
            _Word(token[0], token.start() + match.start() - len(line), token.end() + match.start() - len(line))
            for token in _TOKEN.finditer(line)
        ]
        for word in words:
            if not word.given or text[word.start - 2 : word.start].strip() in _JOINING:
                continue
            named = _read(text, word.start)
            behind = _BIRTH.match(text, named.reach) if named else None
            if named and behind and behind.end() >= match.start() and " " in named.name:
                yield named
                break
