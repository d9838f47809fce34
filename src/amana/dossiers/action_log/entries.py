# SPDX-License-Identifier: EUPL-1.2
"""What can be said in the log of an action: lines, of which some are decisions, and its end.

The words of a line, and who decided by post, are in bodies; here are hours, categories and numbers.
Spec: spec/kinds/action_log.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.operations import ActionCategory, LookersField
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "action_log"
RETENTION = 5 * 365


class Open(Coded, frozen=True, kw_only=True):
    """Opens the log of an operation: any of its parties may, so that nobody waits for a line that is cut."""

    area: Area
    lead: AgencyCodeField
    observers: LookersField = ()
    operation: EntryIdField  # DossierId


class Line(Coded, frozen=True, kw_only=True):
    """A line. `number`: how many persons or things it speaks of; figures are sums, so a correction says the difference."""

    at: MillisField
    task: Reference = b""  # of the operation
    number: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    category: ActionCategory
    corrects: Reference = b""  # an earlier line

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.corrects),) if self.corrects else ()


class Decided(Canonical, frozen=True, kw_only=True):
    """In the body of a decision: who took it, by post and never by name, and why."""

    post: Annotated[str, Meta(max_length=200)] = ""
    reason: Annotated[str, Meta(max_length=1000)] = ""


class Close(Coded, frozen=True, kw_only=True):
    """Its opener or the lead closes it. Lines that come late still count."""


LogCoded = Open | Line | Close
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H1, HandlingCode.H2), purpose=Purpose.INVESTIGATION)


def _type(
    name: str,
    coded: type[Coded],
    *,
    detail: type[Canonical] | None = None,
    opens: bool = False,
    personal: Personal = Personal.NONE,
) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=personal,
        kind=KIND,
        detail=detail,
        opens=opens,
        needs_basis=True,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("open", Open, opens=True),
        _type("line", Line, detail=Decided, personal=Personal.BODY_MAY),
        _type("close", Close),
    )
}
