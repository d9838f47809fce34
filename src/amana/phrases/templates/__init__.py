# SPDX-License-Identifier: EUPL-1.2
"""Model texts for requests and answers, whole, in the reader's language, as an official writes them to a partner.

An officer picks one, fills its blanks ("…") and changes what he likes; nothing of the choice is on the wire. A text may
be taken in another language than the reader's own: the letter's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from string import Formatter

from amana.phrases.bidi import Words
from amana.phrases.catalogue import catalogue, tell_in
from amana.phrases.templates.answers import ANSWERS
from amana.phrases.templates.course import COURSE
from amana.phrases.templates.drafted import Drafted
from amana.phrases.templates.refusals import REFUSALS
from amana.phrases.templates.requests import REQUESTS

BLANK = "…"
NAMES, TEXTS = "template", "template_text"  # their contexts in the catalogues
DRAFTS: tuple[Drafted, ...] = (*REQUESTS, *ANSWERS, *REFUSALS, *COURSE)
_BY_CODE = {draft.code: draft for draft in DRAFTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A model text as it is offered: its name in the reader's language, and the coded values that choosing it sets."""

    code: str
    name: Words
    entry_type: str
    coded: Mapping[str, str | list[str]]


def templates_for(entry_type: str, request_types: Collection[str], language: str) -> list[Template]:
    """The model texts for an entry type (`<kind>.<type>`), those made for these types of request or notice first.

    Texts made for other types are left out; with no type chosen yet all are offered.
    """
    fitting = [
        (not set(draft.serves) & set(request_types), place, draft)
        for place, draft in enumerate(DRAFTS)
        if draft.entry_type == entry_type and (not draft.serves or not request_types or set(draft.serves) & set(request_types))
    ]
    return [
        Template(code=draft.code, name=tell_in(language, NAMES, draft.name), entry_type=draft.entry_type, coded=draft.coded)
        for _, _, draft in sorted(fitting, key=lambda found: found[:2])
    ]


def template_text(code: str, language: str, known: Mapping[str, str] | None = None) -> str:
    """The whole text of a model in a language, to be edited: blanks where nothing is known. Empty for an unknown code."""
    draft = _BY_CODE.get(code)
    if draft is None:
        return ""
    given = known or {}
    parts = Formatter().parse(catalogue(language).pgettext(TEXTS, draft.text))
    return "".join(literal + ("" if name is None else given.get(name, BLANK)) for literal, name, _, _ in parts)
