# SPDX-License-Identifier: EUPL-1.2
"""What is true of a line of the directory: what its author last said of it. Spec: spec/kinds/expertise.md."""

from __future__ import annotations

from amana.dossiers.expertise.entries import PeopleField
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.missions import MissionType
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryIdField, MillisField


class ExpertiseState(Canonical, frozen=True, kw_only=True):
    """The whole state of a line: `entry` has its words as they are now."""

    area: Area
    ends: MillisField
    entry: EntryIdField
    forms: tuple[MissionType, ...]
    author: AgencyCodeField
    people: PeopleField
    starts: MillisField
    missions: PeopleField
    languages: LanguagesField = ()
    withdrawn: bool = False
