# SPDX-License-Identifier: EUPL-1.2
"""Whole sentences in the reader's language: looked up by their English wording, then filled with facts.

Catalogues are compiled beforehand and committed; nothing is compiled at run time. An unknown language reads English.
Facts are cleaned and isolated on the way in (see `bidi`), so that nothing a partner sends can turn a sentence around.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter

from amana.phrases.bidi import Words, isolated, with_isolated_runs

LANGUAGES = ("ar", "fr", "en")
ENGLISH = "en"
DOMAIN = "amana"
LOCALES = Path(__file__).parent / "locale"
UNSAID = "–"  # stands where a fact was not given
Fact = str | int


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, languages=[language])


def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English where there is none."""
    return _catalogue(language if language in LANGUAGES else ENGLISH)


def tell(language: str, sentence: str, /, **facts: Fact) -> Words:
    """`sentence` (its English wording, with {named} places) in the reader's language, filled with facts."""
    return filled(language, catalogue(language).gettext(sentence), facts)


def tell_count(language: str, one: str, many: str, /, *, count: int, **facts: Fact) -> Words:
    """As `tell`, in the form that goes with `count`, which is the fact {count}."""
    return filled(language, catalogue(language).ngettext(one, many, count), {"count": count, **facts})


def tell_in(language: str, context: str, wording: str) -> Words:
    """A wording that means something in one list only, such as the code of a vocabulary."""
    return Words(with_isolated_runs(language, catalogue(language).pgettext(context, wording)))


def filled(language: str, template: str, facts: Mapping[str, Fact]) -> Words:
    """The template with its places filled; a fact that was not given shows as a dash."""
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(with_isolated_runs(language, literal))
        if name is not None:
            fact = facts.get(name, UNSAID)
            parts.append(str(fact) if isinstance(fact, int) else isolated(language, fact))
    return Words("".join(parts))


def places(template: str) -> frozenset[str]:
    """The names of the places of a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)
