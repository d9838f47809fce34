# SPDX-License-Identifier: EUPL-1.2
"""Tags of every template: `say` and `say_count` (whole sentences), `label` (coded values), dates, codes, icons.

Sentences are written out in English where they are said; the catalogues hold the others (`amana.phrases`). `say`
gives HTML; `words` the same as plain text, for attributes and titles. The language is the page's.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import lucide as icons
from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from amana import phrases
from amana.phrases import Words, amounts
from amana.phrases.bidi import FSI, LRI, PDI
from amana.phrases.catalogue import catalogue, filled
from amana.phrases.dates import DAY, HOUR, NO_BREAK, Zone
from amana.phrases.labels import of_kind
from amana.web import html as marked
from amana.web.shapes import SHAPES
from amana.web.units import unit_and_code, unit_name

register = template.Library()
HELD = "\ue000"  # a private character that cleaned text may hold, but no sentence of ours: stands for a piece of HTML
Context = template.Context


def _language(context: Context) -> str:
    return str(context.get("language", phrases.LANGUAGES[-1]))


def _zone(context: Context) -> Zone:
    zone: Zone = context.get("zone")
    return zone


def _filled(language: str, template: str, facts: dict[str, Any]) -> SafeString:
    """The template as HTML; facts that are HTML already (another tag's) go in as they are."""
    given: dict[str, Any] = {}
    pieces: list[str] = []
    for name, fact in facts.items():
        if isinstance(fact, SafeString):
            given[name] = Words(f"{HELD}{len(pieces)}{HELD}")
            pieces.append(str(fact))
        else:
            given[name] = fact if isinstance(fact, int | Words) else str(fact)
    shown = str(marked.html(filled(language, template, given)))
    for place, piece in enumerate(pieces):
        shown = shown.replace(f"{HELD}{place}{HELD}", piece)
    return mark_safe(shown)  # noqa: S308 - escaped by html; the pieces were HTML before


@register.simple_tag(takes_context=True)
def say(context: Context, sentence: str, **facts: Any) -> SafeString:
    """A whole sentence as HTML."""
    language = _language(context)
    return _filled(language, catalogue(language).gettext(str(sentence)), facts)


@register.simple_tag(takes_context=True)
def say_count(context: Context, one: str, many: str, **facts: Any) -> SafeString:
    """A whole sentence in the form that goes with `count`."""
    language = _language(context)
    return _filled(language, catalogue(language).ngettext(str(one), str(many), int(facts["count"])), facts)


@register.simple_tag(takes_context=True)
def words(context: Context, sentence: str, **facts: Any) -> str:
    """A whole sentence as plain text, for an attribute or a title; Django escapes it."""
    language = _language(context)
    given = {name: strip_tags(fact) if isinstance(fact, SafeString) else fact for name, fact in facts.items()}
    given = {name: fact if isinstance(fact, int | Words) else str(fact) for name, fact in given.items()}
    return _plain(filled(language, catalogue(language).gettext(str(sentence)), given))


@register.simple_tag(takes_context=True)
def label(context: Context, vocabulary: str, value: Any) -> SafeString:
    """The name of a coded value as HTML."""
    return marked.html(phrases.label(_language(context), vocabulary, value))


@register.simple_tag(takes_context=True)
def act(context: Context, kind: str, type: str) -> SafeString:
    """What a person can do, as a button of one kind of dossier says it."""
    return marked.html(phrases.label(_language(context), "act", of_kind("act", kind, type)))


@register.simple_tag(takes_context=True)
def entry_name(context: Context, kind: str, type: str) -> SafeString:
    """What an entry is called."""
    return marked.html(phrases.label(_language(context), "entry_type", f"{kind}.{type}"))


@register.simple_tag(takes_context=True)
def label_text(context: Context, vocabulary: str, value: Any) -> str:
    """The name of a coded value as plain text, for an attribute or an option."""
    return _plain(phrases.label(_language(context), vocabulary, value))


@register.simple_tag(takes_context=True)
def reason(context: Context, reason_code: str, facts: dict[str, Any] | None = None, about: str = "") -> SafeString:
    """What a reason code means, with what to do about it."""
    where = phrases.About(about) if about else None
    return marked.html(phrases.sentence(_language(context), reason_code, facts or {}, where))


@register.simple_tag(takes_context=True)
def day(context: Context, millis: int) -> SafeString:
    """A date: 21 December 2023."""
    return _time(phrases.day(_language(context), millis, _zone(context)), _language(context))


@register.simple_tag(takes_context=True)
def hour(context: Context, millis: int) -> SafeString:
    """The hour of a day: 09:12."""
    return marked.ltr(phrases.hour(millis, _zone(context)))


@register.simple_tag(takes_context=True)
def moment(context: Context, millis: int) -> SafeString:
    """Date and hour."""
    return _time(phrases.moment(_language(context), millis, _zone(context)), _language(context))


@register.simple_tag(takes_context=True)
def when(context: Context, millis: int) -> SafeString:
    """The hour where it is today, else date and hour: as short as it can be without being wrong."""
    language, zone, now = _language(context), _zone(context), int(context["now"])
    same = phrases.day(language, millis, zone) == phrases.day(language, now, zone)
    return marked.ltr(phrases.hour(millis, zone)) if same else moment(context, millis)


@register.simple_tag(takes_context=True)
def short_day(context: Context, millis: int) -> SafeString:
    """A date for a margin: the year only where it is another."""
    language, zone, now = _language(context), _zone(context), int(context["now"])
    told = phrases.day(language, millis, zone).split(NO_BREAK)
    this_year = phrases.day(language, now, zone).split(NO_BREAK)[-1]
    return _time(Words(NO_BREAK.join(told[:-1] if told[-1] == this_year else told)), language)


@register.simple_tag(takes_context=True)
def short_when(context: Context, millis: int) -> SafeString:
    """The hour where it is today, else the date for a margin."""
    language, zone, now = _language(context), _zone(context), int(context["now"])
    same = phrases.day(language, millis, zone) == phrases.day(language, now, zone)
    return marked.ltr(phrases.hour(millis, zone)) if same else short_day(context, millis)


@register.simple_tag(takes_context=True)
def span(context: Context, millis: int) -> SafeString:
    """A span of time in words: 2 days and 17 hours."""
    return marked.html(phrases.span(_language(context), millis))


@register.simple_tag(takes_context=True)
def short_span(context: Context, millis: int) -> SafeString:
    """A span of time for a margin: 2 d 17 h."""
    language = _language(context)
    days, rest = divmod(abs(int(millis)), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // 60_000
    if days:
        told = (
            phrases.tell(language, "{days} d {hours} h", days=days, hours=hours) if hours else phrases.tell(language, "{days} d", days=days)
        )
    elif hours:
        told = phrases.tell(language, "{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}")
    else:
        told = phrases.tell(language, "{minutes} min", minutes=minutes)
    return marked.html(told)


def _plain(text: str) -> str:
    """Without the invisible marks, which an attribute's reader would stumble over."""
    return str(text).replace(LRI, "").replace(FSI, "").replace(PDI, "")


def _time(shown: Words, language: str) -> SafeString:
    """A date keeps its order in a right-to-left line: day, month, year from the right; it is never broken by its neighbours."""
    return mark_safe(f'<bdi class="x" dir="{marked.direction(language)}">{marked.html(shown)}</bdi>')  # noqa: S308 - escaped by html


@register.simple_tag(takes_context=True)
def size(context: Context, count: int) -> SafeString:
    """A file's size in the unit that people use."""
    return marked.html(phrases.file_size(_language(context), count))


@register.simple_tag(takes_context=True)
def unit(context: Context, code: str) -> SafeString:
    """The name of a unit of this agency."""
    return marked.html(unit_name(_language(context), code))


@register.simple_tag(takes_context=True)
def unit_text(context: Context, code: str) -> str:
    """The name of a unit as plain text, for an attribute or an option."""
    return _plain(unit_name(_language(context), code))


@register.simple_tag(takes_context=True)
def unit_code(context: Context, code: str) -> SafeString:
    """The name of a unit with its code."""
    return marked.html(unit_and_code(_language(context), code))


@register.filter
def code(text: Any) -> SafeString:
    """An agency's code, an account, a hash."""
    return marked.code(str(text))


@register.filter
def codes(held: Any) -> SafeString:
    """Several agencies' codes."""
    return mark_safe(" ".join(marked.code(str(one)) for one in held))  # noqa: S308 - each is escaped by code


@register.filter
def ltr(text: Any) -> SafeString:
    """A number, an hour, a reference."""
    return marked.ltr(text)


@register.filter
def prose(text: Any, language: str) -> SafeString:
    """What a person wrote in this language."""
    return marked.prose(str(text), language)


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return marked.direction(str(language))


@register.filter
def line(text: Any) -> SafeString:
    """What a person wrote, for a place that holds one line; isolated from its neighbours."""
    return mark_safe(f"<bdi>{escape(phrases.on_one_line(str(text)))}</bdi>")  # noqa: S308 - escaped


@register.filter
def plain(text: Any) -> str:
    """What a person wrote, on one line and without marks, for an attribute or an option; Django escapes it."""
    return str(phrases.on_one_line(str(text)))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the installed set, or one of our shapes; never without a word beside it, so hidden from screen readers."""
    if name in SHAPES:
        return mark_safe(f'<svg class="i f" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{SHAPES[name]}</svg>')  # noqa: S308 - our own drawing, by a name of ours
    return mark_safe(_drawn(name))  # noqa: S308 - from the installed package, by a name that templates write


@cache
def _drawn(name: str) -> str:
    """An icon as it is drawn once: a page has some thirty, and each drawing copies a tree."""
    drawn: str = icons._render_icon(name, None, **{"class": "i", "aria-hidden": "true", "focusable": "false"})
    return drawn


@register.simple_tag(takes_context=True)
def amount(context: Context, unit: str, number: int, currency: str = "") -> SafeString:
    """An amount with its unit, held together and in one direction."""
    return marked.ltr(amounts.amount(_language(context), unit, number, currency))


@register.filter
def unlocalised(number: Any) -> str:
    """A number as machines read it, whatever the language: for drawings and addresses."""
    return str(number)


@register.filter
def words_of(text: Any) -> list[str]:
    """The words of a text, to go through one by one."""
    return str(text).split()


@register.filter
def minus(number: Any, other: Any) -> int:
    """The difference of two moments."""
    return int(number) - int(other)
