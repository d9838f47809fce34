# SPDX-License-Identifier: EUPL-1.2
"""A hostile partner in an assessment: as much as the lists take; it costs its own lists, and what is shown linear time."""

from __future__ import annotations

import hashlib
from time import perf_counter

from msgspec.structs import replace

from amana.dossiers.kind import Coded, Fact, Reason, Refused
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.rules import MAX_TEXTS, MAX_VERSIONS
from amana.dossiers.shared.joint_text.state import text_hash
from amana.dossiers.threat_assessment.entries import MAX_APPROVED, Approve, AssessmentPart, Passage, Source, SourceType
from amana.dossiers.threat_assessment.rules import MAX_SOURCES
from amana.dossiers.threat_assessment.state import SCOPE, AssessmentState, conditions_of
from amana.protocol.canonical import encode
from amana.protocol.identifiers import AgencyCode, EntryId, Millis
from tests.dossiers.telling import START
from tests.dossiers.threat_assessment.stories import FIVE, begun

KIND = KINDS["threat_assessment"]
FOREVER = Millis(2**50)


class Flood:
    """Everything that agencies say, taken by the rules as it comes."""

    def __init__(self) -> None:
        told = begun(FIVE)
        self.state: AssessmentState = told.state
        self.header = told.facts[0].header
        self.said = 0
        self.passages: list[EntryId] = []

    def say(self, author: AgencyCode, type: str, coded: Coded) -> str:
        """Say it; why it does not count."""
        self.said += 1
        header = replace(self.header, author=author, type=type, coded=encode(coded), made_at=Millis(START + self.said))
        id = EntryId(hashlib.sha256(str(self.said).encode()).digest())
        outcome = KIND.apply(self.state, Fact(id=id, header=header, effective=START + self.said), coded)
        if isinstance(outcome, Refused):
            return outcome.reason
        self.state = outcome
        if type == "passage":
            self.passages.append(id)
        return ""


def passage(place: int) -> Passage:
    part = AssessmentPart.OUTLOOK if place % 2 else AssessmentPart.SITUATION
    return Passage(part=part, place=place, language="fr", dissent=place % 3 == 0)


def approval(flood: Flood, first: int) -> Approve:
    versions = tuple(flood.passages[first : first + MAX_APPROVED])
    return Approve(
        hash=text_hash(SCOPE, versions, conditions_of(first + 1, FOREVER)), revision=first + 1, versions=versions, valid_until=FOREVER
    )


def test_lists_are_bounded_and_what_all_write_is_shown_in_its_time() -> None:
    flood = Flood()
    for author in FIVE:
        assert [flood.say(author, "passage", passage(place)) for place in range(MAX_VERSIONS + 1)][-1] == Reason.TOO_MANY_OPEN
    for author in FIVE:
        assert [flood.say(author, "approve", approval(flood, first)) for first in range(MAX_TEXTS)][-1] == ""
        assert [flood.say(author, "source", Source(type=SourceType.OTHER)) for _ in range(MAX_SOURCES + 1)][-1] == Reason.TOO_MANY_OPEN
    assert len(encode(flood.state)) < 4_000_000
    began = perf_counter()
    assert KIND.summary(flood.state).turn == tuple(sorted(FIVE))
    KIND.tasks(flood.state, FIVE[0])
    KIND.complete("approve", {}, author=FIVE[0], state=flood.state, agreement=None)
    assert perf_counter() - began < 3
