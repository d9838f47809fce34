# SPDX-License-Identifier: EUPL-1.2
"""Every message that the catalogues must hold: the tables of sentences, labels and model texts, and what callers of `tell` write.

For the checks and for bringing the catalogues up to date; never used by a running node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import amana
from amana.dossiers.agreement.flow import Shortfall
from amana.dossiers.information_request.state import Stage
from amana.dossiers.kind import Reason
from amana.dossiers.shared.vocabulary import DispositionCode
from amana.phrases.codes import Sources
from amana.phrases.labels import LABELS
from amana.phrases.sentences import SENTENCES
from amana.phrases.templates import DRAFTS, NAMES, TEXTS

ROOT = Path(amana.__file__).parent
CODED: tuple[type[Enum], ...] = (Reason, Shortfall, DispositionCode, Stage)  # enums whose members are raised or told by name


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Message:
    """One message: its context (a vocabulary, or nothing), the English, the plural where a count goes with it."""

    context: str = ""
    english: str
    plural: str = ""


def read_sources(root: Path = ROOT) -> Sources:
    """The product's own source, as the checks read it."""
    return Sources(root, {enum.__name__: {member.name: str(member.value) for member in enum} for enum in CODED})


def messages(sources: Sources) -> dict[Message, str]:
    """Every message with the place that needs it."""
    found: dict[Message, str] = {}
    for where, message in _needed(sources):
        found.setdefault(message, where)
    return dict(sorted(found.items()))


def _needed(sources: Sources) -> Iterator[tuple[str, Message]]:
    for about, table in SENTENCES.items():
        for code, english in table.items():
            yield f"{about}: {code}", Message(english=english)
    for vocabulary, labels in LABELS.items():
        for code, english in labels.items():
            yield f"{vocabulary}: {code}", Message(context=vocabulary, english=english)
    for draft in DRAFTS:
        yield f"template: {draft.code}", Message(context=NAMES, english=draft.name)
        yield f"template: {draft.code}", Message(context=TEXTS, english=draft.text)
    for where, texts in sources.written():
        match texts:
            case (english,):
                yield where.partition(":")[0], Message(english=english)
            case (english, plural):
                yield where.partition(":")[0], Message(english=english, plural=plural)
            case _:
                continue
