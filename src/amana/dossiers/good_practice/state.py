# SPDX-License-Identifier: EUPL-1.2
"""What is true of a note: which entry has its words, which translate it, who used it how often.

Spec: spec/kinds/good_practice.md.
"""

from __future__ import annotations

from amana.dossiers.shared.conditions import LanguageField
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import Area, Usefulness
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField, SizeField


class Translated(Canonical, frozen=True, kw_only=True):
    """A translation: of which version, by whom."""

    at: EffectiveField
    entry: EntryIdField
    author: AgencyCodeField
    version: EntryIdField
    language: LanguageField


class Use(Canonical, frozen=True, kw_only=True):
    """How often a service has used it, and what it last was worth."""

    times: SizeField
    agency: AgencyCodeField
    usefulness: Usefulness


class PracticeState(Canonical, frozen=True, kw_only=True):
    """The whole state of a note: `entry` has its words as they are now."""

    area: Area
    uses: tuple[Use, ...] = ()  # sorted by agency
    entry: EntryIdField
    event: Reference = b""
    author: AgencyCodeField
    mission: Reference = b""
    comments: SizeField = 0
    language: LanguageField
    versions: tuple[EntryIdField, ...]
    withdrawn: bool = False
    translations: tuple[Translated, ...] = ()  # sorted by author and language


def used_times(state: PracticeState) -> int:
    """How often it was used, by anybody but its originator."""
    return sum(use.times for use in state.uses if use.agency != state.author)


def translations_now(state: PracticeState) -> dict[str, Translated]:
    """By language the latest translation of the text as it is now."""
    found: dict[str, Translated] = {}
    for one in sorted(state.translations, key=lambda each: (each.at, each.entry)):
        if one.version == state.entry:
            found[one.language] = one
    return found


def is_version(state: PracticeState, version: EntryId) -> bool:  # bool: a rule asks it
    """Whether an entry is a version of the note."""
    return version in state.versions


def use_of(state: PracticeState, agency: AgencyCode) -> Use | None:
    """What a service said of its use."""
    return next((use for use in state.uses if use.agency == agency), None)
