# SPDX-License-Identifier: EUPL-1.2
"""No template holds text of its own: every sentence, also in attributes, comes through the catalogue's tags."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

TEMPLATES = sorted((ROOT / "src" / "amana").rglob("templates/**/*.html"))
READ_ALOUD = frozenset({"title", "aria-label", "placeholder", "alt", "label", "aria-description", "aria-roledescription", "summary"})
CLASSES = re.compile(r"\{% block \w+_class %\}[\w -]*\{% endblock %\}")  # of an element, not read by anybody
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
SAME_EVERYWHERE = re.compile(r"[\W\d_]*|/|ع")  # signs and digits; the letter that stands for Arabic
KEYS = frozenset({"kbd"})  # what is engraved on a key is not translated


class Texts(HTMLParser):
    """Collects what a person would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        if not self._inside or self._inside[-1] not in KEYS:
            self.found.append(data)


def untranslated(template: str) -> list[str]:
    """Text that no tag brought."""
    reading = Texts()
    reading.feed(TAG.sub("", CLASSES.sub("", template)))
    return [text.strip() for text in reading.found if not SAME_EVERYWHERE.fullmatch(text.strip())]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_by_itself(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<p>{% say "Sign in" %}</p>', []),
        ("<p>Sign in</p>", ["Sign in"]),
        ('<input placeholder="Reference">', ["Reference"]),
        ('<input placeholder="{% words "Reference" %}">', []),
        ("<button>{{ name }} · 3</button>", []),
        ("<p><kbd>Enter</kbd></p>", []),
        ("{% if a %}<td>oui</td>{% endif %}", ["oui"]),
    ],
)
def test_the_search_finds_what_it_must(template: str, found: list[str]) -> None:
    assert untranslated(template) == found


def test_no_template_styles_or_scripts_inline() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", re.IGNORECASE)
    assert [path.name for path in TEMPLATES if inline.search(TAG.sub("", path.read_text(encoding="utf-8")))] == []
