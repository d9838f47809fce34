# SPDX-License-Identifier: EUPL-1.2
"""What an agreement sets for the flows it allows: clocks, languages, default marking, categories of data.

Other kinds take these values as an argument, so that no kind imports another. Spec: spec/kinds/agreement.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.shared.vocabulary import DataCategory, Urgency
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import Millis
from amana.protocol.marking import HandlingCode, Level

ClockField = Annotated[Millis, Meta(ge=60_000, le=366 * 24 * 3_600_000)]  # a minute to a year
LanguageField = Annotated[str, Meta(pattern=r"^[a-z]{2,3}\Z")]
LanguagesField = Annotated[tuple[LanguageField, ...], Meta(max_length=8)]


class Clocks(Canonical, frozen=True, kw_only=True):
    """Within what time an answer is due, from delivery."""

    other: ClockField
    urgent: ClockField
    urgent_direct: ClockField


class Conditions(Canonical, frozen=True, kw_only=True):
    """The conditions of an agreement."""

    codes: Annotated[tuple[HandlingCode, ...], Meta(max_length=4)] = ()  # default handling codes
    level: Level = Level.UNMARKED  # default classification
    clocks: Clocks
    languages: LanguagesField = ()  # in which requests and answers may be written
    categories: Annotated[tuple[DataCategory, ...], Meta(max_length=16)] = ()


def decide_clock(clocks: Clocks, urgency: Urgency, *, direct: bool) -> Millis:
    """The time for an answer to a request of this urgency; `direct`: the information is directly accessible."""
    if urgency is not Urgency.URGENT:
        return clocks.other
    return clocks.urgent_direct if direct else clocks.urgent
