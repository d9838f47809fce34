# SPDX-License-Identifier: EUPL-1.2
"""One entry of a dossier as a block of lines: author, type, coded values, text, items, marking, delivery, refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amana.cli.pages.coded import coded_lines
from amana.cli.pages.items import item_line
from amana.cli.pages.page import REFERENCE, Page
from amana.phrases import About, Words, cleaned, isolated, label, on_one_line, sentence, tell

Entry = Mapping[str, Any]
INDENT = "     "
CONDITIONS = ("codes", "level", "national", "tlp", "basis", "purpose")


def entries_lines(page: Page, entries: Sequence[Entry]) -> Iterator[str]:
    """All entries in order, each a block; handling conditions that repeat those of an earlier entry point to it."""
    first_with: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        yield ""
        yield f"{number:>3} {'↑' if entry['author'] == page.own else '↓'} {_heading(page, entry)}"
        yield from (INDENT + line for line in _inside(page, entry))
        if "kind" in entry and not entry["automatic"]:
            conditions = repr([entry["marking"].get(name) for name in CONDITIONS])
            yield from (INDENT + line for line in _marking(page, entry["marking"], first_with.get(conditions)))
            first_with.setdefault(conditions, number)
        yield from (INDENT + line for line in _travel(page.language, entry))


def _heading(page: Page, entry: Entry) -> Words:
    at = page.moment(entry.get("made_at", entry["arrived_at"]))
    if "kind" not in entry:
        return tell(page.language, "{at} · {author} · set aside", at=at, author=entry["author"])
    name = label(page.language, "entry_type", f"{entry['kind']}.{entry['type']}")
    if entry["automatic"]:
        return tell(page.language, "{at} · {author} · {type} (by the node itself)", at=at, author=entry["author"], type=name)
    return tell(page.language, "{at} · {author} · {type}", at=at, author=entry["author"], type=name)


def _inside(page: Page, entry: Entry) -> Iterator[str]:
    if "kind" in entry:
        yield from _said(page, entry)
    yield from _fate(page.language, entry)


def _said(page: Page, entry: Entry) -> Iterator[str]:
    """Coded values, title, text and items."""
    language = page.language
    if not entry["understood"]:
        yield tell(language, "not understood by this version; kept, and read again after an upgrade")
    if entry["aside"]:
        yield tell(language, "an aside, only to {audience}", audience=page.comma.join(entry["audience"]))
    yield from coded_lines(page, entry)
    if not entry.get("readable", True):
        yield tell(language, "its content cannot be read")
    if entry.get("title"):
        yield isolated(language, on_one_line(entry["title"]))
    if entry.get("text"):
        if entry["language"] and entry["language"] != language:
            yield tell(language, "written in: {language}", language=label(language, "language", entry["language"]))
        yield from text_lines(language, entry["text"])
    for item in entry.get("items", ()):
        yield f"• {item_line(page, item)}"
    if entry.get("officer"):
        yield tell(language, "by {officer}", officer=entry["officer"])


def text_lines(language: str, text: str) -> Iterator[str]:
    """What a person wrote, line by line, each in its own direction."""
    yield from (f"| {isolated(language, line)}" for line in cleaned(text).split("\n"))


def _fate(language: str, entry: Entry) -> Iterator[Words]:
    """What became of it where it was not simply taken."""
    if entry.get("void"):
        yield label(language, "void", entry["void"])
    if entry.get("waiting"):
        yield sentence(language, "waiting", {}, About.ARRIVAL)
    if entry["refused"] and entry["refused"] != entry["disposition"]:
        yield tell(language, "✗ refused: {reason}", reason=sentence(language, entry["refused"], {}, About.ENTRY))
    if entry["disposition"]:
        yield tell(language, "✗ {reason}", reason=sentence(language, entry["disposition"], {}, About.ARRIVAL))


def _marking(page: Page, marking: Mapping[str, Any], same_as: int | None) -> Iterator[Words]:
    language = page.language
    if same_as is not None:
        yield tell(language, "marking as in entry {number}", number=same_as)
    else:
        yield from _conditions(language, marking)
    for name in ("review_on", "erase_on"):
        if marking.get(name):
            yield tell(language, "{name}: {value}", name=label(language, "marking_field", name), value=page.moment(marking[name]))


def _conditions(language: str, marking: Mapping[str, Any]) -> Iterator[Words]:
    for code in marking.get("codes", ()):
        yield tell(language, "{code} {meaning}", code=code, meaning=label(language, "handling", code))
    if marking.get("level"):
        level = label(language, "level", marking["level"])
        yield tell(language, "classification: {level}", level=level)
    if marking.get("national"):
        yield tell(language, "national marking: {national}", national=on_one_line(marking["national"]))
    if marking.get("tlp"):
        yield label(language, "tlp", marking["tlp"])
    if basis := marking.get("basis"):
        article, agreement = on_one_line(basis["article"]), basis["agreement"][:REFERENCE]
        yield tell(language, "legal basis: article {article} of the agreement {agreement}", article=article, agreement=agreement)
    if marking.get("purpose"):
        yield tell(language, "purpose: {purpose}", purpose=label(language, "purpose", marking["purpose"]))


def _travel(language: str, entry: Entry) -> Iterator[Words]:
    for delivery in entry.get("delivery", ()):
        yield tell(language, "to {code}: {state}", code=delivery["partner"], state=label(language, "delivery", delivery["state"]))
    yield tell(language, "entry {reference}", reference=entry["id"])
