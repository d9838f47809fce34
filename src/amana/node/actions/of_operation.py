# SPDX-License-Identifier: EUPL-1.2
"""What an entry that opens something of a joint operation takes from it: who leads, who only looks on, who receives it.

Where the opening's coded values have such a field, the operation's value stands in it, whatever was given. Receivers are all
that have not left, unless the form names fewer of them: a deconfliction names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from amana.dossiers.registry import KINDS, entry_type
from amana.dossiers.shared.operations import JOINT_OPERATION, Operated
from amana.node.access import Scope, require_dossier
from amana.node.actions.form import ActionForm, parse_hex
from amana.node.ports import Reading
from amana.node.queries.rows import state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId

OPERATION = "operation"


def completed_by_operation(reading: Reading, scope: Scope, own: AgencyCode, form: ActionForm) -> ActionForm:
    """`form` with what its operation says; unchanged where it opens nothing of one. Raises Refusal `not_found`, also where
    what it names is no operation, and `not_of_the_operation` for a receiver that is no party of it."""
    kind, _, type = form.action.partition(".")
    named = form.coded.get(OPERATION)
    if form.dossier or not isinstance(named, str) or not named or not (declared := entry_type(kind, type)).opens:
        return form
    row = require_dossier(reading, scope, DossierId(parse_hex(named, what=OPERATION)))
    state = state_of(row)
    if row.kind != JOINT_OPERATION or state is None:
        raise Refusal("not_found")
    operation = cast(Operated, state)
    departed = KINDS[JOINT_OPERATION].departed(state)
    present = tuple(party for party in row.parties if party != own and party not in departed)
    if strangers := set(form.to) - set(present):
        raise Refusal("not_of_the_operation", partner=min(strangers))
    said: Mapping[str, Any] = {
        "area": operation.area.value,
        "lead": operation.lead,
        "observers": [one for one in operation.observers if one == own or one in (form.to or present)],
    }
    fields = declared.coded.__struct_fields__
    coded = {**form.coded, **{name: value for name, value in said.items() if name in fields}}
    return msgspec.structs.replace(form, to=form.to or present, coded=coded)
