# SPDX-License-Identifier: EUPL-1.2
"""The officers' handbook says the same in its three languages: the same pages, as many headings and the same pictures."""

from __future__ import annotations

import re
import struct

import polib  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.architecture.tree import ROOT

HANDBOOK = ROOT / "docs" / "use"
LANGUAGES = ("ar", "fr", "en")
SCREENS = {(1280, 800), (390, 844)}
MOST_BYTES = 4_000_000
PICTURE = re.compile(r"!\[([^\]]+)\]\(\.\./shots/([a-z-]+)-(ar|fr|en)\.png\)")


def pages(language: str) -> dict[str, str]:
    """Name and text of every page."""
    return {path.name: path.read_text(encoding="utf-8") for path in (HANDBOOK / language).glob("*.md")}


def shape(text: str) -> tuple[list[str], list[str], int]:
    """The levels of its headings, the names of its pictures, how many paragraphs it has."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip() and not part.strip().startswith(("#", "!", "<"))]
    return re.findall(r"^#+", text, re.MULTILINE), [name for _, name, _ in PICTURE.findall(text)], len(paragraphs)


def test_three_languages_have_the_same_pages() -> None:
    assert len(pages("en")) > 10
    assert {language: set(pages(language)) for language in LANGUAGES} == {language: set(pages("en")) for language in LANGUAGES}


@pytest.mark.parametrize("name", sorted(pages("en")))
def test_a_page_is_built_alike_in_three_languages(name: str) -> None:
    shapes = {language: shape(pages(language)[name]) for language in LANGUAGES}
    assert shapes == dict.fromkeys(LANGUAGES, shapes["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_in_the_language_of_their_page(language: str) -> None:
    shown = [(alternative, other) for text in pages(language).values() for alternative, _, other in PICTURE.findall(text)]
    assert len(shown) > 10
    assert {other for _, other in shown} == {language}
    assert len({alternative for alternative, _ in shown}) == len(shown)


def test_every_picture_is_shown_and_small() -> None:
    drawn = {path.stem for path in (HANDBOOK / "shots").glob("*.png")}
    shown = {f"{name}-{other}" for language in LANGUAGES for text in pages(language).values() for _, name, other in PICTURE.findall(text)}
    assert shown == drawn
    assert sum(path.stat().st_size for path in (HANDBOOK / "shots").iterdir()) < MOST_BYTES


def test_pictures_have_the_size_of_a_screen() -> None:
    for path in (HANDBOOK / "shots").glob("*.png"):
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert (width, height) in SCREENS or path.stem.startswith("print-"), path.name


def test_a_page_that_lacks_a_heading_or_a_picture_is_noticed() -> None:
    text = pages("en")["day.md"]
    assert shape(text.replace("## ", "", 1)) != shape(text)
    assert shape(text.replace("day-phone-en", "day-en")) != shape(text)


QUOTED = re.compile(r"[“«]\s*([^”»]+?)\s*[”»]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_handbook_quotes_stands_on_the_pages(language: str) -> None:
    catalogue = polib.pofile(str(ROOT / "src" / "amana" / "phrases" / "locale" / language / "LC_MESSAGES" / "amana.po"))
    worded = {(entry.msgstr or entry.msgid).replace("’", "'").lower() for entry in catalogue}
    quoted = {found.replace("’", "'").lower() for text in pages(language).values() for found in QUOTED.findall(text)}
    assert len(quoted) > 10
    assert quoted - worded == set()
