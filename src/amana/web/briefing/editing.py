# SPDX-License-Identifier: EUPL-1.2
"""A briefing file as a form and back: a field for the facts of each line, one for its words, one that leaves it out.

The order of the fields is the order of the lines, so what an officer has moved stays where he put it. A file that is
drawn anew takes over what he wrote: his words for the same thing, his order, what he left out; what is no longer open
stays at the end of its section, left out, until he removes it by keeping the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from amana.dossiers.plain import from_plain, to_plain
from amana.node.briefs import LONGEST_LINE, LONGEST_TEXT, MOST_LINES, Brief, BriefLine, BriefSection
from amana.phrases.bidi import reads_right_to_left
from amana.protocol.errors import Refusal

Fields = Mapping[str, Sequence[str]]
ARABIC, FRENCH = "ar", "fr"


def fields_of_brief(brief: Brief, title: str) -> dict[str, list[str]]:
    """The fields of a form that shows this file."""
    fields = {
        "title": [title],
        "since": [str(brief.since)],
        "units": list(brief.units),
        "drawn_at": [str(brief.drawn_at)],
        "section": [section.code for section in brief.sections],
    }
    for section in brief.sections:
        fields |= {
            f"line.{section.code}": [facts_field(line) for line in section.lines],
            f"text.{section.code}": [line.text for line in section.lines],
            f"on.{section.code}": [str(place) for place, line in enumerate(section.lines) if not line.off],
            f"own.{section.code}": [section.text],
            f"more.{section.code}": [str(section.more)],
        }
    return fields


def brief_of_fields(fields: Fields, language: str) -> Brief:
    """The file that a form says. Raises Refusal `bad_values`."""
    try:
        plain: dict[str, Any] = {
            "since": int(_one(fields, "since")),
            "units": list(fields.get("units", ())),
            "drawn_at": int(_one(fields, "drawn_at")),
            "language": language,
            "sections": [_section(fields, code, language) for code in fields.get("section", ())],
        }
    except (ValueError, RecursionError) as error:
        raise Refusal("bad_values", what=Brief.__name__, where="$") from error
    return from_plain(plain, Brief)


def moved(brief: Brief, way: str, code: str, place: int) -> Brief:
    """The file with one line a place higher (`up`) or lower (`down`) in its section."""
    sections = []
    for section in brief.sections:
        lines = list(section.lines)
        other = place + (-1 if way == "up" else 1)
        if section.code == code and 0 <= place < len(lines) and 0 <= other < len(lines):
            lines[place], lines[other] = lines[other], lines[place]
        sections.append(replace(section, lines=tuple(lines)))
    return replace(brief, sections=tuple(sections))


def drawn_anew(fresh: Brief, held: Brief) -> Brief:
    """A file drawn now, with what its officer wrote, ordered and left out in the one before."""
    before = {section.code: section for section in held.sections}
    return replace(
        fresh, sections=tuple(_joined(section, before[section.code]) if section.code in before else section for section in fresh.sections)
    )


def _joined(fresh: BriefSection, held: BriefSection) -> BriefSection:
    now = {_key(line): line for line in fresh.lines}
    known = {_key(line): line for line in held.lines}
    kept = [replace(now[key], text=line.text, off=line.off) for key, line in known.items() if key in now]
    new = [line for key, line in now.items() if key not in known]
    gone = [replace(line, off=True, urgent=False) for key, line in known.items() if key not in now and line.text]
    return replace(fresh, lines=tuple([*kept, *new, *gone][:MOST_LINES]), text=held.text, language=held.language)


def _key(line: BriefLine) -> tuple[object, ...]:
    """What makes two lines the same one: what they speak of, whatever its state."""
    return line.code, line.dossier, line.entry, line.agency, line.area, line.language if line.code == "released" else ""


def facts_field(line: BriefLine) -> str:
    """What a line speaks of, as a field that goes along with its words."""
    plain = to_plain(line)
    return json.dumps({name: value for name, value in plain.items() if name not in ("text", "off")}, sort_keys=True)


def _section(fields: Fields, code: str, language: str) -> dict[str, Any]:
    texts, on = fields.get(f"text.{code}", ()), set(fields.get(f"on.{code}", ()))
    lines = []
    for place, encoded in enumerate(fields.get(f"line.{code}", ())):
        facts = json.loads(encoded)
        if not isinstance(facts, dict):
            raise ValueError("no facts")  # noqa: TRY004 - what was posted is of the wrong form, whatever its type
        text = _typed(texts[place] if place < len(texts) else "", LONGEST_LINE)
        said = str(facts.get("language", "")) or language
        lines.append(facts | {"text": text, "off": str(place) not in on, "language": language_in(text, said, language)})
    own = _typed(_one(fields, f"own.{code}"), LONGEST_TEXT)
    return {
        "code": code,
        "more": int(_one(fields, f"more.{code}") or 0),
        "text": own,
        "language": language_in(own, language, language) if own else "",
        "lines": lines,
    }


def _typed(text: str, longest: int) -> str:
    return text.replace("\r\n", "\n").strip()[:longest]


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    return values[-1] if values else ""


def language_in(text: str, said: str, page: str) -> str:
    """The language of words that an officer may have rewritten: as it was said, unless their script belies it."""
    if reads_right_to_left(text):
        return ARABIC
    if said != ARABIC or not text:
        return said
    return page if page != ARABIC else FRENCH
