# SPDX-License-Identifier: EUPL-1.2
"""What is true of an action log: how many lines of which category each agency wrote, and the sum of their numbers.

The lines themselves are not in the state: it is as large after ten thousand of them as after ten. Spec: spec/kinds/action_log.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.shared.operations import ActionCategory, LookersField
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EffectiveField, EntryIdField, SizeField

Total = Annotated[int, Meta(ge=-(2**53), lt=2**53)]


class Tally(Canonical, frozen=True, kw_only=True):
    """One agency's lines of one category."""

    sum: Total
    lines: SizeField
    agency: AgencyCodeField
    category: ActionCategory


class LogState(Canonical, frozen=True, kw_only=True):
    """The whole state of a log."""

    area: Area
    lead: AgencyCodeField
    author: AgencyCodeField
    closed: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; 0: it is open
    tallies: tuple[Tally, ...] = ()  # sorted by agency and category
    observers: LookersField = ()
    operation: EntryIdField
