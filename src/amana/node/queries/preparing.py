# SPDX-License-Identifier: EUPL-1.2
"""A meeting that is prepared: who meets, the last meeting of the same agencies, and what the reader may see of what they share.

Every part of a briefing file starts from the `rows` here and from no other list of dossiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amana.dossiers.meeting.state import MeetingState
from amana.dossiers.meeting.types import KIND
from amana.dossiers.shared.joint_text.state import present
from amana.node.access import Scope, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.decided import meeting_state
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """The meeting that is prepared, and what this person may see."""

    node: Node
    scope: Scope
    row: DossierRow
    state: MeetingState
    rows: Sequence[DossierRow]  # those with at least one of who meets, beside us
    parties: tuple[AgencyCode, ...]
    previous: DossierRow | None
    now: Millis

    @property
    def own(self) -> AgencyCode:
        """Our agency."""
        return self.node.code

    def unknown_to(self, row: DossierRow) -> tuple[AgencyCode, ...]:
        """Who of those that meet is no party of this dossier."""
        return tuple(sorted(set(self.parties) - set(row.parties)))


def load_preparing(reading: Reading, node: Node, scope: Scope, dossier: DossierId, now: Millis) -> Preparing:
    """The meeting, its parties, and the dossiers shared with them. Raises Refusal `not_found`, also for another kind."""
    row = require_dossier(reading, scope, dossier)
    state = meeting_state(row)
    if state is None:
        raise Refusal("not_found")
    parties = present(state.text)
    partners = {code for code in parties if code != node.code}
    rows = [one for one in visible_dossiers(reading, scope) if partners & set(one.parties)]
    return Preparing(
        node=node,
        scope=scope,
        row=row,
        state=state,
        rows=rows,
        parties=tuple(parties),
        previous=_previous(rows, row, state, now),
        now=now,
    )


def _previous(rows: Iterable[DossierRow], row: DossierRow, state: MeetingState, now: Millis) -> DossierRow | None:
    """The last meeting before this one at which the same agencies met."""
    held = []
    for other in rows:
        then = meeting_state(other) if other.kind == KIND and other.id != row.id else None
        if then is None or then.cancelled or then.starts >= min(state.starts, now):
            continue
        if set(present(state.text)) <= set(present(then.text)):
            held.append((then.starts, other.id, other))
    return max(held)[2] if held else None
