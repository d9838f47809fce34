# SPDX-License-Identifier: EUPL-1.2
"""What an opening takes from the dossier that it belongs to: an event (`of_event`) or a joint operation (`of_operation`)."""

from __future__ import annotations

from amana.node.access import Scope
from amana.node.actions.form import ActionForm
from amana.node.actions.of_event import completed_by_event
from amana.node.actions.of_operation import completed_by_operation
from amana.node.ports import Reading
from amana.protocol.identifiers import AgencyCode


def completed_by_home(reading: Reading, scope: Scope, own: AgencyCode, form: ActionForm) -> ActionForm:
    """`form` with what its event or operation says. Raises Refusal as these do."""
    return completed_by_operation(reading, scope, own, completed_by_event(reading, scope, own, form))
