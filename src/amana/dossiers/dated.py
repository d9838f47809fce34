# SPDX-License-Identifier: EUPL-1.2
"""What a dossier has on certain days, for calendars: coded values and ids alone, as headers hold them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amana.protocol.identifiers import AgencyCode, EntryId, Millis


NO_END = Millis(0)


class DatedKind(StrEnum):
    """What happens on a day."""

    VISIT = "visit"
    SESSION = "session"
    PROGRAMME = "programme"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One thing and its time; `entry` made it and stays its id, however often it is changed."""

    entry: EntryId
    worded: EntryId  # the entry whose body holds its words as they are now
    kind: DatedKind
    starts: Millis
    ends: Millis = NO_END  # what is due has a day
    host: AgencyCode | None = None
    level: str = ""
    area: str = ""
    type: str = ""  # of what is due: decision, action
    sequence: int = 0  # how often it was changed
    cancelled: bool = False
    changed_at: Millis
