# SPDX-License-Identifier: EUPL-1.2
"""Codes into words: `sentence` for what happened and what to do about it, `label` for what was chosen from a list.

Facts that are codes, levels or dates themselves are put into words on the way.
"""

from __future__ import annotations

from collections.abc import Mapping

from amana.phrases.bidi import Words
from amana.phrases.catalogue import Fact, catalogue, filled, tell, tell_in
from amana.phrases.dates import day
from amana.phrases.labels import LABELS
from amana.phrases.sentences import FALLBACKS, SENTENCES, About
from amana.protocol.errors import AmanaError, OperatorFault, PeerFault

# facts that are coded values
VOCABULARIES = {
    "area": "area",
    "form": "form",
    "field": "marking_field",
    "because": "because",
    "gate": "gate",
}
LEVELS_IN = frozenset({"above_limit", "above_level_limit"})  # where `limit` and `got` are classifications
DATES = frozenset({"from", "since", "until"})
REFERENCE = 12  # characters of an id that a sentence shows


def sentence(language: str, code: str, facts: Mapping[str, Fact], about: About | None = None) -> Words:
    """What `code` means, filled with its facts. `about` picks among codes of one name; None looks everywhere."""
    english = find_sentence(code, about)
    if english is None:
        return tell(language, "There is no sentence for {code} yet. Look it up in the documentation.", code=code)
    shown = {name: _fact(language, code, name, fact) for name, fact in facts.items()}
    return filled(language, catalogue(language).gettext(english), shown)


def find_sentence(code: str, about: About | None = None) -> str | None:
    """The English sentence of a code, or None."""
    order = tuple(SENTENCES) if about is None else (about, *FALLBACKS.get(about, ()))
    word = code.partition(" ")[0]  # a verification names the record as well: "record partner"
    return next((SENTENCES[one][word] for one in order if word in SENTENCES[one]), None)


def error_sentence(language: str, error: AmanaError) -> Words:
    """What an error means to the one who reads it."""
    return sentence(language, error.code, error.facts, about_error(error))


def about_error(error: AmanaError) -> About:
    """What an error of this family is said of."""
    match error:
        case PeerFault():
            return About.PEER
        case OperatorFault():
            return About.MACHINE
        case _:
            return About.ACT


def label(language: str, vocabulary: str, code: str | int) -> Words:
    """The name of a coded value. One that this version does not know is shown as it came."""
    english = LABELS[vocabulary].get(str(code))
    return filled(language, "{code}", {"code": str(code)}) if english is None else tell_in(language, vocabulary, english)


def _fact(language: str, code: str, name: str, fact: Fact) -> Fact:
    if name in VOCABULARIES:
        return label(language, VOCABULARIES[name], fact)
    if name in DATES and isinstance(fact, int):
        return day(language, fact)
    if code in LEVELS_IN:
        return label(language, "level", fact)
    if name == "entry" and isinstance(fact, str):
        return fact[:REFERENCE]
    return fact
