# SPDX-License-Identifier: EUPL-1.2
"""A communiqué for the public as PDF: one language, two side by side, or three one after the other, each set alike.

No emblem, no marking: title, place and date in words, paragraphs, who issues it, and at the foot the code by which anybody
can ask whether the text is the one released. Before its release it is a draft and says so across every page, with its
embargo. Text and HTML of the same are in `copies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amana.phrases import Words, day, hour, isolated, label, on_one_line, tell
from amana.phrases.dates import Zone, zone_name
from amana.web.printing.page import counted_pages
from amana.web.printing.sheet import direction, headed, paragraphs, said, wrapped
from amana.web.printing.typesetting import typeset

CONFIRM = "amana verify DIR --code {code}"
PLACE = "\ue002"  # stands in a sentence for what the template must not break


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The text in one language; `place` where it is dated from, in that language; `code` of the released text."""

    language: str
    heading: str
    paragraphs: tuple[str, ...]
    place: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Communique:
    """A communiqué as it is given out. `released_at` 0: a draft, then `embargo_until` is what it waits for (0: none said).

    `parties`: agency codes; `names` their official names by code and language; `confirm_at`: the address of the page
    where a code is confirmed, empty where there is none; `made_at`: UTC ms, when this copy is made.
    """

    editions: tuple[Edition, ...]
    parties: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]
    released_at: int = 0
    embargo_until: int = 0
    confirm_at: str = ""
    made_at: int
    zone: Zone = None
    demonstration: bool = False


def communique_pdf(communique: Communique, languages: Sequence[str] = (), *, side_by_side: bool = False) -> bytes:
    """The PDF of its editions, or of those in `languages`, in that order; `side_by_side` sets two of them in columns."""
    chosen = editions_in(communique, languages)
    return typeset("communique", communique_value(communique, chosen, side_by_side=side_by_side), made_at=communique.made_at)


def editions_in(communique: Communique, languages: Sequence[str]) -> tuple[Edition, ...]:
    """The editions in these languages, in this order; all where none is named."""
    by_language = {one.language: one for one in communique.editions}
    return tuple(by_language[one] for one in languages if one in by_language) if languages else communique.editions


def communique_value(communique: Communique, editions: Sequence[Edition], *, side_by_side: bool = False) -> dict[str, Any]:
    """What the template of a communiqué gets."""
    first = editions[0].language
    return {
        "language": first,
        "dir": direction(first),
        "subject": tell(first, "{kind}: {title}", kind=headed(label(first, "paper", "communique")), title=editions[0].heading),
        "demonstration": "",  # of the whole page: each edition has its own
        "columns": side_by_side and len(editions) == 2,
        "draft": not communique.released_at,
        "editions": [_edition(communique, one) for one in editions],
    }


def _edition(communique: Communique, one: Edition) -> dict[str, Any]:
    language = one.language
    return {
        "language": language,
        "dir": direction(language),
        "demonstration": headed(tell(language, "demonstration, invented data")) if communique.demonstration else "",
        "title": said(on_one_line(one.heading).strip() or label(language, "paper", "communique"), language),
        "dated": dated(communique, one),
        "paragraphs": [line for text in one.paragraphs for line in paragraphs(text, language)],
        "issued_name": headed(label(language, "paper", "issued_by")),
        "parties": [wrapped(official(communique, code, language)) for code in communique.parties],
        "state": state_words(communique, language),
        "watermark": headed(label(language, "paper", "draft")),
        "code_name": headed(label(language, "paper", "code")),
        "code": one.code,
        "confirm": [_around(sentence) for sentence in confirmations(communique, one)],
        "count": counted_pages(language),
    }


def official(communique: Communique, code: str, language: str) -> str:
    """The official name of a party in a language, its code where it is not known."""
    return communique.names.get(code, {}).get(language) or code


def dated(communique: Communique, one: Edition) -> Words:
    """Place and day of the release in words; of a draft the place only."""
    if not communique.released_at:
        return isolated(one.language, one.place)
    at = day(one.language, communique.released_at, communique.zone)
    return tell(one.language, "{place}, {day}", place=isolated(one.language, one.place), day=at) if one.place else at


def state_words(communique: Communique, language: str) -> Words:
    """Since when it is public; or that it is a draft, and until when it is under embargo."""
    at = communique.released_at or communique.embargo_until
    when: dict[str, str] = {}
    if at:
        when = {
            "day": day(language, at, communique.zone),
            "hour": Words(hour(at, communique.zone)),
            "zone": Words(zone_name(communique.zone, at)),
        }
    if communique.released_at:
        return tell(language, "Released on {day} at {hour} ({zone})", **when)
    if communique.embargo_until:
        return tell(language, "Draft, under embargo until {day} at {hour} ({zone}): not to be published", **when)
    return tell(language, "Draft, not released: not to be published")


def confirmations(communique: Communique, one: Edition) -> list[tuple[Words, str]]:
    """How a reader finds out whether the text is genuine, each as a sentence with PLACE in it and what stands there."""
    language = one.language
    sentences: list[tuple[Words, str]] = []
    if not one.code:
        return sentences
    if communique.confirm_at:
        page = tell(language, "To confirm that this is the text that was released, type its code at {address}.", address=Words(PLACE))
        sentences.append((page, communique.confirm_at))
    command = tell(language, "An agency that issued it confirms it with {command}.", command=Words(PLACE))
    return [*sentences, (command, CONFIRM.format(code=one.code))]


def _around(sentence: tuple[Words, str]) -> list[str]:
    before, _, after = sentence[0].partition(PLACE)
    return [before, sentence[1], after]
