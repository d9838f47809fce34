# SPDX-License-Identifier: EUPL-1.2
"""Keeping a briefing file, who may read it again, and taking words out of it that had to be destroyed.

A file shows what its author could see. So (1) it is read only by who sees every unit whose dossiers went into it, figures
included; (2) its author cannot say less units than his lines come from; (3) a line whose dossier has since gone to another
unit is left out. (4) When a body is destroyed, every kept file loses the words that came from it, the earlier files whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from amana.dossiers.meeting.types import KIND
from amana.dossiers.plain import from_plain
from amana.node.access import Scope, require_dossier, unit_of
from amana.node.briefs import Brief, BriefLine, BriefRecord
from amana.node.local import BriefingKept
from amana.node.ports import DossierRow, Reading, Writing
from amana.node.records import append_event
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId, Millis

RECORD, EVENT = "briefing", "briefing_kept"
_NOBODY: frozenset[EntryId] = frozenset()


def parse_brief(reading: Reading, scope: Scope, row: DossierRow, given: Mapping[str, Any]) -> Brief:
    """The file that an officer hands in for a meeting. Raises Refusal `bad_values`; `not_found` for what he may not see."""
    if row.kind != KIND:
        raise Refusal("not_found")
    brief = from_plain(given, Brief)
    sources = {line.dossier for section in brief.sections for line in section.lines if line.dossier}
    units = {unit_of(reading, scope, require_dossier(reading, scope, DossierId(source)).id) for source in sources}
    said = set(brief.units) or scope.units
    if not said <= scope.units:
        raise Refusal("not_found")
    return replace(brief, units=tuple(sorted({*said, *units})))  # (2)


def load_brief(reading: Reading, scope: Scope, dossier: DossierId) -> BriefRecord | None:
    """The file that was kept last among those that this person may read; None where there is none."""
    held = [parse(row.value, BriefRecord) for row in reading.records(RECORD, dossier)]
    readable = [one for one in held if scope.units >= set(one.brief.units)]  # (1)
    if not readable:
        return None
    last = max(readable, key=lambda one: (one.at, one.author))
    return replace(last, brief=only_visible(reading, scope, last.brief))


def only_visible(reading: Reading, scope: Scope, brief: Brief) -> Brief:
    """The file without the lines whose dossier this person may not see. (3)"""
    sections = (
        replace(section, lines=tuple(line for line in section.lines if _may_see(reading, scope, line))) for section in brief.sections
    )
    return replace(brief, sections=tuple(sections))


def forget_words(writing: Writing, entries: Iterable[EntryId], *, at: Millis) -> None:
    """Take the words of these entries out of every kept file. (4)"""
    gone = frozenset(entries)
    for key in [row.key for row in writing.records(RECORD)]:
        dossier, officer = DossierId(key[:32]), key[32:].decode()
        rows = [row for row in writing.local_of(dossier, EVENT) if row.officer == officer and row.content is not None]
        kept = [(row.seq, parse(row.content or b"", BriefingKept).brief) for row in rows]
        named = [seq for seq, brief in kept if _named(brief) & gone]
        if not named:
            continue
        if kept[-1][0] in named:
            append_event(writing, BriefingKept(brief=_without(kept[-1][1], gone)), at=at, officer=officer, dossier=dossier)
        writing.erase_local(named)


def _named(brief: Brief) -> frozenset[EntryId]:
    """The entries whose words are in the file."""
    lines = [line for section in brief.sections for line in section.lines]
    return _NOBODY.union(EntryId(id) for line in lines for id in (line.entry, line.last_entry) if id)


def _without(brief: Brief, gone: frozenset[EntryId]) -> Brief:
    sections = [replace(section, lines=_emptied(section.lines, gone)) for section in brief.sections]
    return replace(brief, sections=tuple(sections))


def _emptied(lines: Sequence[BriefLine], gone: frozenset[EntryId]) -> tuple[BriefLine, ...]:
    emptied = [replace(line, text="", entry=b"") if line.entry in gone else line for line in lines]
    return tuple(replace(line, last="", last_entry=b"") if line.last_entry in gone else line for line in emptied)


def _may_see(reading: Reading, scope: Scope, line: BriefLine) -> bool:  # bool: which lines are shown; `require_dossier` decides
    if not line.dossier:
        return True
    try:
        require_dossier(reading, scope, DossierId(line.dossier))
    except Refusal:
        return False
    return True
