# SPDX-License-Identifier: EUPL-1.2
"""What is true of a report: its period and figures as last issued, and which entry has its words.

Spec: spec/kinds/situation_report.md.
"""

from __future__ import annotations

from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.events import ObserversField, ReportType, RiskLevel
from amana.dossiers.shared.vocabulary import Confidence
from amana.dossiers.situation_report.entries import Figure
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EffectiveField, EntryIdField, MillisField, SizeField


class ReportState(Canonical, frozen=True, kw_only=True):
    """The whole state of a report: `entry` has the words as they are now."""

    ends: MillisField
    host: AgencyCodeField
    type: ReportType
    entry: EntryIdField
    event: EntryIdField
    level: RiskLevel
    number: SizeField
    starts: MillisField
    figures: tuple[Figure, ...] = ()
    exercise: bool = False
    issued_at: EffectiveField
    languages: LanguagesField = ()
    observers: ObserversField = ()
    revisions: SizeField = 0
    withdrawn: bool = False
    confidence: Confidence
