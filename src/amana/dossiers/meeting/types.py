# SPDX-License-Identifier: EUPL-1.2
"""The table of entry types of meetings, with the defaults each declares.

Minutes and decisions are records of the cooperation itself, like agreements: kept for thirty years. What prepares a
visit is not: five. Spec: spec/kinds/meeting.md.
"""

from __future__ import annotations

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.meeting import entries as e
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.protocol.canonical import Canonical
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "meeting"
RECORD_DAYS = 30 * 365
PREPARING_DAYS = 5 * 365
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.COOPERATION)


def _type(
    name: str,
    coded: type[Coded],
    *,
    days: int = RECORD_DAYS,
    detail: type[Canonical] | None = None,
    personal: Personal = Personal.NONE,
    opens: bool = False,
    binds: bool = False,
) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=days,
        personal=personal,
        kind=KIND,
        detail=detail,
        opens=opens,
        binds=binds,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("convene", e.Convene, detail=e.Held, opens=True),
        _type("reschedule", e.Reschedule),
        _type("cancel", e.Cancel),
        _type("delegation", e.Delegation, days=PREPARING_DAYS, detail=e.DelegationDetail),
        _type("programme", e.Programme, days=PREPARING_DAYS, detail=e.Held),
        _type("session", e.Session, detail=e.Held),
        _type("agenda_point", e.AgendaPoint),
        _type("minutes_point", e.MinutesPoint, personal=Personal.BODY_MAY),
        _type("decision", e.Decision),
        _type("translation", Translation, personal=Personal.BODY_MAY),
        _type("agree", Agree),
        _type("object", Object),
        _type("approve", e.Approve, binds=True),
        _type("withdraw_approval", WithdrawApproval, binds=True),
        _type("action", e.Action, days=PREPARING_DAYS),
        _type("progress", e.Progress),
        _type("leave", Leave, binds=True),
    )
}
