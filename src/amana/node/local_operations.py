# SPDX-License-Identifier: EUPL-1.2
"""The events of operations that stay on the node: the private annex, the sets that were compared, and what was found.

Nothing of this is ever an entry: it has no type, no audience and no way out of the node.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, assert_never

from msgspec import Meta

from amana.dossiers.shared.points import MAX_POINTS, Point
from amana.node.local_event import LocalEvent
from amana.node.ports import LocalRow, RecordRow
from amana.protocol.canonical import Canonical, encode
from amana.protocol.comparison import MAX_TOKENS, SECRET_BYTES
from amana.protocol.identifiers import CodeField, MillisField

ANNEX, FIXED, FOUND = "annex", "comparison", "overlap"  # kinds of records
SecretField = Annotated[bytes, Meta(min_length=SECRET_BYTES, max_length=SECRET_BYTES)]
RoundNumber = Annotated[int, Meta(ge=1, le=255)]


class AnnexPart(StrEnum):
    """The parts of an annex."""

    OBJECTIVES = "objectives"
    SOURCES = "sources"
    FORCES = "forces"
    RISKS = "risks"
    COSTS = "costs"
    NOTES = "notes"


class AnnexText(Canonical, frozen=True, kw_only=True):
    """What is written under one part."""

    part: AnnexPart
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    language: Annotated[str, Meta(max_length=8, pattern=r"^([a-z]{2,3})?\Z")] = ""


class Annex(Canonical, frozen=True, kw_only=True):
    """A whole annex."""

    texts: Annotated[tuple[AnnexText, ...], Meta(max_length=len(AnnexPart))] = ()
    points: Annotated[tuple[Point, ...], Meta(max_length=MAX_POINTS)] = ()


class AnnexKept(LocalEvent, frozen=True, kw_only=True):
    """An officer wrote the annex anew; the dossier of this record is the operation."""

    annex: Annex


class AnnexRecord(Canonical, frozen=True, kw_only=True):
    """The annex as it was kept last."""

    at: MillisField
    annex: Annex
    author: str


class ComparisonFixed(LocalEvent, frozen=True, kw_only=True):
    """An officer let these points be compared in this round; with the secrets, so that the set can be opened."""

    asks: SecretField
    round: RoundNumber
    points: tuple[Point, ...]
    answers: SecretField


class ComparisonFound(LocalEvent, frozen=True, kw_only=True):
    """What came of asking in this round: how many tokens both hold, of which points; or the fault, with its check."""

    check: Annotated[int, Meta(ge=0, le=9)] = 0
    count: Annotated[int, Meta(ge=0, le=MAX_TOKENS)] = 0
    fault: Annotated[str, Meta(max_length=48)] = ""
    round: RoundNumber
    points: tuple[Annotated[int, Meta(ge=0)], ...] = ()


class FixedRecord(Canonical, frozen=True, kw_only=True):
    """A set as it was fixed, and who did it."""

    at: MillisField
    asks: SecretField
    points: tuple[Point, ...]
    account: CodeField
    answers: SecretField


def operation_record(row: LocalRow, event: AnnexKept | ComparisonFixed | ComparisonFound) -> RecordRow:
    """The annex of an operation as it is now; of a comparison, by round, the set that was fixed and what was found."""
    match event:
        case AnnexKept(annex=annex):
            kept = AnnexRecord(at=row.at, annex=annex, author=row.officer)
            return RecordRow(kind=ANNEX, key=row.dossier, value=encode(kept))
        case ComparisonFixed():
            fixed = FixedRecord(at=row.at, asks=event.asks, points=event.points, account=row.officer, answers=event.answers)
            return RecordRow(kind=FIXED, key=row.dossier + bytes([event.round]), value=encode(fixed))
        case ComparisonFound():
            return RecordRow(kind=FOUND, key=row.dossier + bytes([event.round]), value=encode(event))
        case _:
            assert_never(event)
