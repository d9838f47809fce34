# SPDX-License-Identifier: EUPL-1.2
"""The entry types of a joint operation and how each is treated. Spec: spec/kinds/joint_operation.md."""

from __future__ import annotations

from amana.dossiers.joint_operation import entries as e
from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.dossiers.shared.operations import JOINT_OPERATION
from amana.protocol.canonical import Canonical
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = JOINT_OPERATION
KEPT_DAYS = 5 * 365
_CONTENT = Marking(codes=(HandlingCode.H0, HandlingCode.H1, HandlingCode.H2), purpose=Purpose.INVESTIGATION)
_RECORD = Marking(codes=(HandlingCode.H0,), purpose=Purpose.COOPERATION)


def _content(name: str, coded: type[Coded], *, opens: bool = False) -> EntryType:
    """What speaks of the matter: needs a legal basis, may speak of persons."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_CONTENT,
        retention=KEPT_DAYS,
        personal=Personal.BODY_MAY,
        kind=KIND,
        opens=opens,
        needs_basis=True,
    )


def _record(
    name: str,
    coded: type[Coded],
    *,
    binds: bool = False,
    detail: type[Canonical] | None = None,
    control: bool = False,
    personal: Personal = Personal.NONE,
) -> EntryType:
    """What an agency says of the operation."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_RECORD,
        retention=KEPT_DAYS,
        personal=personal,
        kind=KIND,
        detail=detail,
        binds=binds,
        control=control,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _content("propose", e.Propose, opens=True),
        _record("basis", e.Basis, binds=True),
        _content("plan_point", e.PlanPoint),
        _content("translation", Translation),
        _record("agree", Agree),
        _record("object", Object, personal=Personal.BODY_MAY),
        _record("approve", e.Approve, binds=True),
        _record("withdraw_approval", WithdrawApproval, binds=True, control=True),
        _record("ready", e.Ready, binds=True),
        _record("contact", e.Contact, detail=e.Reachable),
        _content("task", e.Task),
        _record("progress", e.Progress, personal=Personal.BODY_MAY),
        _content("document", e.Document),
        _record("start", e.Start, binds=True),
        _record("stop", e.Stop, binds=True),
        _content("result", e.Result),
        _record("compare", e.Compare),
        _record("evaluate", e.Evaluate, binds=True),
        _record("close", e.Close, binds=True),
        _record("leave", Leave, binds=True, control=True),
    )
}
