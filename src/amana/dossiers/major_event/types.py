# SPDX-License-Identifier: EUPL-1.2
"""The table of entry types of major events, with the defaults each declares.

What an event is made of is kept for five years, its evaluation longer; what of it speaks of persons goes by the event's
own, earlier date. Spec: spec/kinds/major_event.md.
"""

from __future__ import annotations

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.major_event import entries as e
from amana.dossiers.shared.events import MAJOR_EVENT
from amana.dossiers.shared.joint_text.entries import Leave
from amana.protocol.canonical import Canonical
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = MAJOR_EVENT
EVENT_DAYS = 5 * 365
RECORD_DAYS = 10 * 365
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.EVENT_SECURITY)


def _type(
    name: str,
    coded: type[Coded],
    *,
    days: int = EVENT_DAYS,
    detail: type[Canonical] | None = None,
    opens: bool = False,
    binds: bool = False,
) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=days,
        personal=Personal.NONE,
        kind=KIND,
        detail=detail,
        opens=opens,
        binds=binds,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("announce", e.Announce, days=RECORD_DAYS, detail=e.Names, opens=True, binds=True),
        _type("revise", e.Revise, days=RECORD_DAYS),
        _type("venue", e.Venue, detail=e.Names),
        _type("session", e.Session, detail=e.Names),
        _type("nation", e.Nation),
        _type("guest", e.Guest, detail=e.Names),
        _type("risk", e.Risk),
        _type("evaluate", e.Evaluate, days=RECORD_DAYS, binds=True),
        _type("close", e.Close, days=RECORD_DAYS, binds=True),
        _type("leave", Leave, days=RECORD_DAYS, binds=True),
    )
}
