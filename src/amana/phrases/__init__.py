# SPDX-License-Identifier: EUPL-1.2
"""All sentences for people, in Arabic, French and English; below this layer there are codes only.

`sentence` and `label` put codes into words, `tell` and `tell_count` take whole sentences that a command, a page or
the demonstration says itself; each must be in every catalogue, which the checks require (`python -m amana.phrases.check`).
The wording is that of docs/glossary.md.
"""

from __future__ import annotations

from amana.phrases.bidi import Words, cleaned, isolated, on_one_line
from amana.phrases.catalogue import LANGUAGES, tell, tell_count
from amana.phrases.dates import day, hour, moment, span
from amana.phrases.reader import reader_language
from amana.phrases.sentences import About
from amana.phrases.sizes import file_size
from amana.phrases.telling import error_sentence, label, sentence

__all__ = [
    "LANGUAGES",
    "About",
    "Words",
    "cleaned",
    "day",
    "error_sentence",
    "file_size",
    "hour",
    "isolated",
    "label",
    "moment",
    "on_one_line",
    "reader_language",
    "sentence",
    "span",
    "tell",
    "tell_count",
]
