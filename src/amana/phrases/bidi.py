# SPDX-License-Identifier: EUPL-1.2
"""Text of two directions on one line: references stay readable in Arabic, and foreign text stays where it is put.

Isolates are those of Unicode (UAX 9: LRI U+2066, FSI U+2068, PDI U+2069). What others wrote is cleaned first:
control characters, terminal escapes and direction overrides never reach a screen.
"""

from __future__ import annotations

import re
import unicodedata

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT = frozenset({"R", "AL"})
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")  # line feed and tab stay
_LATIN_RUN = re.compile(r"`[^`]*`|<?[A-Za-z-]*[A-Za-z][A-Za-z0-9]*(?:[ ._/:+>-]+[A-Za-z0-9]+)*>?|\d+(?:[-:]\d+)+")


class Words(str):
    """Text of our own, already cleaned and isolated: it goes into a sentence as it is."""

    __slots__ = ()


def cleaned(text: str) -> str:
    """`text` without control characters and direction overrides; line feeds and tabs stay, line ends are one."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def on_one_line(text: str) -> str:
    """`text` cleaned, for a place that holds one line."""
    return " ".join(cleaned(text).split())


def reads_right_to_left(text: str) -> bool:
    """Whether any letter of `text` runs from right to left."""
    return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text)


def isolated(language: str, text: str) -> Words:
    """`text` cleaned, and shut off from the words around it where its direction could disturb them."""
    if isinstance(text, Words):
        return text
    text = cleaned(text)
    if reads_right_to_left(text):
        return Words(f"{FSI}{text}{PDI}")
    return Words(f"{LRI}{text}{PDI}" if language == "ar" and text else text)


def with_isolated_runs(language: str, text: str) -> str:
    """A sentence of ours with its commands, codes and dates shut off, where the language is Arabic."""
    return _LATIN_RUN.sub(lambda run: f"{LRI}{run[0]}{PDI}", text) if language == "ar" else text
