# SPDX-License-Identifier: EUPL-1.2
"""What a dossier has on certain days, for calendars: coded values and ids alone, as headers hold them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amana.protocol.identifiers import AgencyCode, EntryId, Millis

NO_END = Millis(0)
OPENING = EntryId(b"")


class DatedKind(StrEnum):
    """What happens on a day."""

    VISIT = "visit"
    MEETING = "meeting"
    SESSION = "session"
    PROGRAMME = "programme"
    MISSION = "mission"
    ACTION = "action"  # of a joint operation
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One thing and its time. `entry` made it and stays its id, `worded` holds its words as they are now."""

    entry: EntryId = OPENING  # the one that opened the dossier
    worded: EntryId = OPENING
    changed_by: frozenset[str] = frozenset()  # types of entries that change it without naming it
    kind: DatedKind
    starts: Millis
    ends: Millis = NO_END  # what is due has a day
    host: AgencyCode | None = None
    level: str = ""
    area: str = ""
    type: str = ""  # a part of a programme; of what is due: decision, action
    cancelled: bool = False
