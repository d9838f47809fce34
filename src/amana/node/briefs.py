# SPDX-License-Identifier: EUPL-1.2
"""A briefing file as it is kept: sections of lines, each with what it came from in coded values and the words beside it.

Because facts stay coded, a file that was kept in one language is shown and printed in any of the three; what the officer
wrote stays as he wrote it. Nothing of it is ever an entry: it has no type, no audience and no way out of the node.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, CodeField, EffectiveField, MillisField, SizeField

MOST_SECTIONS, MOST_LINES = 12, 60
LONGEST_LINE, LONGEST_TEXT = 4_000, 20_000
LanguageField = Annotated[str, Meta(pattern=r"^([a-z]{2,3})?\Z")]
NameField = Annotated[str, Meta(max_length=48, pattern=r"^[a-z0-9_]*\Z")]  # a code, or nothing
IdField = Annotated[bytes, Meta(max_length=32)]
WordsField = Annotated[str, Meta(max_length=LONGEST_LINE)]


class BriefLine(Canonical, frozen=True, kw_only=True):
    """One line. What it speaks of: `dossier` and the `entry` whose words are in `text`; whose turn or figure it is:
    `agency`; `value` of `of`: a figure and how many cases it rests on; `last`: what the owner said last. `off`: left out
    by the officer. `unknown_to`: who of those that meet does not know the dossier."""

    of: SizeField = 0
    due: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    off: bool = False
    area: NameField = ""
    code: CodeField
    last: WordsField = ""
    text: WordsField = ""
    entry: IdField = b""
    state: NameField = ""
    value: SizeField = 0
    agency: Annotated[str, Meta(max_length=32)] = ""
    urgent: bool = False
    dossier: IdField = b""
    last_at: EffectiveField = 0  # type: ignore[assignment]  # as above
    language: LanguageField = ""
    reference: Annotated[str, Meta(max_length=64)] = ""
    last_entry: IdField = b""
    unknown_to: Annotated[tuple[AgencyCodeField, ...], Meta(max_length=64)] = ()
    last_language: LanguageField = ""


class BriefSection(Canonical, frozen=True, kw_only=True):
    """A section: what was drawn, in the officer's order; `more`: lines beyond the most that are drawn; `text`: his own words."""

    code: CodeField
    more: SizeField = 0
    text: Annotated[str, Meta(max_length=LONGEST_TEXT)] = ""
    lines: Annotated[tuple[BriefLine, ...], Meta(max_length=MOST_LINES)] = ()
    language: LanguageField = ""


class Brief(Canonical, frozen=True, kw_only=True):
    """A whole file. `since`: from when its figures count; `units`: whose dossiers went into it, so who may read it."""

    since: MillisField
    units: Annotated[tuple[CodeField, ...], Meta(max_length=64)]
    drawn_at: MillisField
    language: LanguageField = ""
    sections: Annotated[tuple[BriefSection, ...], Meta(max_length=MOST_SECTIONS)]


class BriefRecord(Canonical, frozen=True, kw_only=True):
    """What an officer last kept for a meeting."""

    at: MillisField
    brief: Brief
    author: str
