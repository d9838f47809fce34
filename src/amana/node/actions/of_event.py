# SPDX-License-Identifier: EUPL-1.2
"""What an entry that opens something of an event takes from the event: who receives it, and how it is marked.

Nobody may forget to say that it is an exercise, who hosts or who only looks on: where the opening's coded values have
such a field, the event's value stands in it, whatever was given. Receivers are the event's parties that have not left,
unless the form names fewer of them: what some are not to see is sent to the others. A mission of experts goes between two
services and takes from its event only whether it is an exercise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from amana.dossiers.kind import EntryType
from amana.dossiers.registry import KINDS, entry_type
from amana.dossiers.shared.events import MAJOR_EVENT, Hosted
from amana.dossiers.shared.vocabulary import Area
from amana.node.access import Scope, require_dossier
from amana.node.actions.form import ActionForm, parse_hex
from amana.node.ports import Reading
from amana.node.queries.rows import state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId

EVENT = "event"


def completed_by_event(reading: Reading, scope: Scope, own: AgencyCode, form: ActionForm) -> ActionForm:
    """`form` with what its event says; unchanged where it opens nothing of an event. Raises Refusal `not_found`, also where
    what it names is no event, and `not_of_the_event` for a receiver that is no party of it."""
    kind, _, type = form.action.partition(".")
    named = form.coded.get(EVENT)
    if form.dossier or not isinstance(named, str) or not named:
        return form
    declared = entry_type(kind, type)
    fields = declared.coded.__struct_fields__
    if not declared.opens or "exercise" not in fields:
        return form  # a note may speak of an event without belonging to it
    row = require_dossier(reading, scope, DossierId(parse_hex(named, what=EVENT)))
    state = state_of(row)
    if row.kind != MAJOR_EVENT or state is None:
        raise Refusal("not_found")
    event = cast(Hosted, state)
    if "host" not in fields:
        return msgspec.structs.replace(form, coded={**form.coded, "exercise": event.exercise})
    departed = KINDS[MAJOR_EVENT].departed(state)
    present = tuple(party for party in row.parties if party != own and party not in departed)
    if strangers := set(form.to) - set(row.parties):
        raise Refusal("not_of_the_event", partner=min(strangers))
    said: dict[str, Any] = {
        "exercise": event.exercise,
        "host": event.host,
        "observers": [one for one in event.observers if one in (form.to or present)],
    }
    coded = {**_areas(declared), **form.coded, **{name: value for name, value in said.items() if name in fields}}
    return msgspec.structs.replace(form, to=form.to or present, coded=coded)


def _areas(declared: EntryType) -> Mapping[str, Any]:
    """The area of what has one by default: the article that allows it is found by it."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(declared.coded)}
    area = defaults.get("area")
    return {"area": area.value} if isinstance(area, Area) else {}
