# SPDX-License-Identifier: EUPL-1.2
"""The table of entry types of information requests and notices, with the defaults each declares.

Default retentions are this product's own, to be set by the agency: three years for what speaks of a matter, five
for the bare record of the exchange. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from amana.dossiers.information_request import entries as e
from amana.dossiers.kind import Coded, EntryType, Personal
from amana.protocol.canonical import Canonical
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "information_request"
_ASKED = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.INVESTIGATION)
_TOLD = Marking(codes=(HandlingCode.H0, HandlingCode.H1, HandlingCode.H2), purpose=Purpose.INVESTIGATION)
_BARE = Marking(codes=(HandlingCode.H0,), purpose=Purpose.COOPERATION)
MATTER_DAYS = 3 * 365
RECORD_DAYS = 5 * 365


def _content(
    name: str,
    coded: type[Coded],
    *,
    marking: Marking = _TOLD,
    personal: Personal = Personal.BODY_DOES,
    detail: type[Canonical] | None = None,
    opens: bool = False,
    starts_clock: bool = False,
    control: bool = False,
    aside: bool = True,
) -> EntryType:
    """What speaks of the matter: needs a legal basis, may hold personal data."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=marking,
        retention=MATTER_DAYS,
        personal=personal,
        kind=KIND,
        detail=detail,
        opens=opens,
        starts_clock=starts_clock,
        control=control,
        needs_basis=True,
        aside=aside,
    )


def _record(
    name: str,
    coded: type[Coded],
    *,
    personal: Personal = Personal.NONE,
    automatic: bool = False,
    control: bool = False,
    aside: bool = False,
) -> EntryType:
    """What runs the exchange: says little or nothing of the matter."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_BARE,
        retention=RECORD_DAYS,
        personal=personal,
        kind=KIND,
        automatic=automatic,
        control=control,
        aside=aside,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _content("request", e.Request, marking=_ASKED, opens=True, starts_clock=True, aside=False),
        _content("notice", e.Notice, opens=True, starts_clock=True, aside=False),
        _record("delivered", e.Delivered, automatic=True),
        _record("acknowledge", e.Acknowledge, personal=Personal.BODY_MAY),
        _record("progress", e.Progress, personal=Personal.BODY_MAY),
        _content("ask_back", e.AskBack, personal=Personal.BODY_MAY),
        _content("clarify", e.Clarify, marking=_ASKED, personal=Personal.BODY_MAY),
        _content("supplement", e.Supplement),
        _content("part_answer", e.PartAnswer),
        _content("answer", e.Answer, aside=False),
        _record("refuse", e.Refuse, personal=Personal.BODY_MAY),
        _record("pause", e.Pause, personal=Personal.BODY_MAY),
        _record("unpause", e.Unpause, personal=Personal.BODY_MAY),
        _record("reminder", e.Reminder, personal=Personal.BODY_MAY),
        _record("withdraw", e.Withdraw, personal=Personal.BODY_MAY, control=True),
        _record("close", e.Close, personal=Personal.BODY_MAY),
        _content("reopen", e.Reopen, marking=_ASKED, personal=Personal.BODY_MAY, starts_clock=True, aside=False),
        _record("rate", e.Rate, personal=Personal.BODY_MAY),
        _content("update", e.Update, aside=False),
        _record("cancel", e.Cancel, personal=Personal.BODY_MAY, control=True),
        _content("correction", e.Correction, control=True),
        _record("translation_request", e.TranslationRequest, aside=True),
        _content("translation", e.Translation, detail=e.TranslationDetail),
        _record("recall_request", e.RecallRequest, personal=Personal.BODY_MAY, control=True, aside=True),
        _record("recall_answer", e.RecallAnswer, control=True, aside=True),
        _record("permission_request", e.PermissionRequest, personal=Personal.BODY_MAY, aside=True),
        _record("permission_grant", e.PermissionGrant, aside=True),
        _record("permission_refuse", e.PermissionRefuse, aside=True),
    )
}
