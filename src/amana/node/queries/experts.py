# SPDX-License-Identifier: EUPL-1.2
"""The directory of expertise and the library of good practice, as people read them.

Facts come from headers, words from bodies that are here. A look is recorded in the log of consultation.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.expertise.entries import KIND as EXPERTISE
from amana.dossiers.expertise.state import ExpertiseState
from amana.dossiers.good_practice.entries import KIND as PRACTICE
from amana.dossiers.good_practice.state import PracticeState, translations_now, used_times
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.searching import searched
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.missions import missions_in
from amana.node.queries.rows import show_row, state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]


def list_expertise(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """`directory`: every line that stands, ours first; `missions` and `days` as `missions_in` says."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        lines = [line for row in visible_dossiers(reading, scope, kind=EXPERTISE) if (line := _line(reading, node, scope, row, now))]
        directory = sorted(lines, key=lambda one: (not one["ours"], one["author"], one["area"], one["dossier"]))
        return {"directory": directory} | missions_in(reading, node, scope, now)

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "expertise"))
    return {"agency": node.code, "now": now, **shown}


def list_practices(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """`practices`: every note that stands, the most used first."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=PRACTICE)
        shown = [_practice_line(reading, node, scope, row, state, now) for row in rows if isinstance(state := state_of(row), PracticeState)]
        return sorted((one for one in shown if not one["withdrawn"]), key=lambda one: (-one["used"], -one["opened_at"], one["dossier"]))

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "practices"))
    return {"agency": node.code, "now": now, "practices": shown}


def show_practice(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One note whole: its line, `words`, `translations` of the text as it is now, `uses`, `comments`. Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        state = state_of(row)
        if not isinstance(state, PracticeState):
            raise Refusal("not_found")
        return _practice_line(reading, node, scope, row, state, now) | _practice(reading, row, state)

    shown = node.journal.read(ask)
    if record:
        count = shown["entries"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "practice", dossier, count=count))
    return {"agency": node.code, "now": now, **shown}


def _line(reading: Reading, node: Node, scope: Scope, row: DossierRow, now: int) -> Plain | None:
    state = state_of(row)
    if not isinstance(state, ExpertiseState) or state.withdrawn:
        return None
    bodies = Bodies(reading, [EntryId(state.entry), EntryId(row.id)])
    words, detail = bodies.words(EntryId(state.entry)), bodies.detail(EntryId(state.entry))
    first = bodies.words(EntryId(row.id))
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "ours": state.author == node.code,
        "author": state.author,
        "people": state.people,
        "done": state.missions,
        "forms": [form.value for form in state.forms],
        "languages": list(state.languages),
        "starts": state.starts,
        "ends": state.ends,
        "over": bool(state.ends) and state.ends < now,
        "words": words if words["title"] or words["text"] else first,
        "specialisms": detail.get("specialisms", ()),
        "posts": detail.get("posts", ()),
        "references": detail.get("references", ()),
    }


def _practice_line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: PracticeState, now: int) -> Plain:
    translated = translations_now(state)
    ids = [EntryId(state.entry), *(EntryId(one.entry) for one in translated.values())]
    bodies = Bodies(reading, ids)
    words = bodies.words(EntryId(state.entry))
    languages = sorted({state.language, *translated})
    told = [bodies.words(id) for id in ids]
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "author": state.author,
        "ours": state.author == node.code,
        "language": state.language,
        "languages": languages,
        "missing": [each for each in ("ar", "fr", "en") if each not in languages],
        "words": words,
        "titles": {language: bodies.words(EntryId(one.entry)) for language, one in translated.items()},
        "searched": searched(" ".join(f"{one['title']} {one['text']}" for one in told)),
        "used": used_times(state),
        "commented": state.comments,
        "withdrawn": state.withdrawn,
        "event": state.event.hex(),
        "mission": state.mission.hex(),
    }


def _practice(reading: Reading, row: DossierRow, state: PracticeState) -> Plain:
    entries = [one for one in reading.dossier_entries(row.id) if one.type in ("used", "comment") and not one.outcome]
    bodies = Bodies(reading, [one.id for one in entries])
    spoken = [{"type": one.type, "author": one.author, "at": one.made_at, **bodies.words(one.id)} for one in entries]
    return {
        "uses": [to_plain(use) for use in state.uses],
        "comments": [one for one in spoken if one["text"]],
        "versions": len(state.versions),
    }
