# SPDX-License-Identifier: EUPL-1.2
"""From the sentences of `amana.phrases` to HTML: what they isolate by invisible marks is isolated by elements here.

Promise: whatever goes through these functions is escaped; direction marks become `bdi` elements, so that references
read from left to right in an Arabic sentence and a partner's text cannot turn the words around it.
"""

from __future__ import annotations

import re

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from amana.phrases import Words, cleaned
from amana.phrases.bidi import FSI, LRI, PDI, reads_right_to_left

RTL = frozenset({"ar"})
LRM = "\u200e"
PLATE = re.compile(
    r"(?<![\w\u0600-\u06ff])(\d{1,5})([ \-]?)([\u0621-\u064a])([ \-]?)(\d{1,5})(?![\w\u0600-\u06ff])"
)  # one with an Arabic letter
LATIN = "0-9A-Za-z\u00c0-\u024f"  # digits and Latin letters; a word character would be an Arabic letter too
RUN = re.compile(rf"\+?[{LATIN}](?:[{LATIN}_.@/:\-'’ ]*[{LATIN}_/])?")  # in right-to-left prose: numbers, codes, names in Latin


def direction(language: str) -> str:
    """The direction of a language's script."""
    return "rtl" if language in RTL else "ltr"


def html(text: str) -> SafeString:
    """Words as HTML; a plain string is cleaned first, one that is HTML already stays."""
    if isinstance(text, SafeString):
        return text
    marked = str(text) if isinstance(text, Words) else cleaned(str(text))
    shown = escape(marked)
    for mark, element in ((LRI, '<bdi dir="ltr">'), (FSI, "<bdi>"), (PDI, "</bdi>")):
        shown = SafeString(str(shown).replace(mark, element))
    return mark_safe(shown)  # noqa: S308 - escaped above; only our own marks became elements


def code(text: str) -> SafeString:
    """An agency's code, an account, a hash: set in one run from left to right."""
    return mark_safe(f'<bdi class="code" dir="ltr">{escape(cleaned(str(text)))}</bdi>')  # noqa: S308 - escaped


def ltr(text: object) -> SafeString:
    """A number, an hour, a plate, a reference: from left to right, never broken."""
    return mark_safe(f'<bdi class="x" dir="ltr">{conditional_escape(cleaned(str(text)))}</bdi>')  # noqa: S308 - escaped


def prose(text: str, language: str) -> SafeString:
    """What a person wrote, escaped; numbers and Latin runs inside Arabic are isolated. Line ends stay line ends."""
    plain = cleaned(text)
    parts, last = [], 0
    for plate in PLATE.finditer(plain):
        first, gap, letter, other, end = plate.groups()
        cells = f"{first}{LRM}{gap}{letter}{other}{LRM}{end}"  # as on the vehicle, whatever the direction around it
        parts += [_runs(plain[last : plate.start()], language), f'<bdi dir="ltr">{escape(cells)}</bdi>']
        last = plate.end()
    return mark_safe("".join([*parts, _runs(plain[last:], language)]))  # noqa: S308 - escaped


def _runs(plain: str, language: str) -> str:
    """Cleaned text, escaped; in right-to-left prose with its runs of numbers and Latin letters isolated."""
    if language not in RTL or not reads_right_to_left(plain):  # what is said to be Arabic and has no Arabic letter is left whole
        return str(escape(plain))
    parts, last = [], 0
    for run in RUN.finditer(plain):
        parts += [escape(plain[last : run.start()]), f'<bdi dir="ltr">{escape(run[0])}</bdi>']
        last = run.end()
    return "".join([*parts, escape(plain[last:])])
