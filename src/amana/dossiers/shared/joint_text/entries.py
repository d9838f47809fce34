# SPDX-License-Identifier: EUPL-1.2
"""What can be said of a joint text, beside its versions, whose coded values each kind declares itself (`Written`).

Spec: spec/kinds/joint-text.md.
"""

from __future__ import annotations

from typing import Annotated, Protocol

from msgspec import Meta

from amana.dossiers.kind import Coded
from amana.dossiers.shared.conditions import LanguageField
from amana.protocol.identifiers import DigestField, EntryId, EntryIdField

MAX_NAMED = 64  # versions that one word names
PlaceField = Annotated[int, Meta(ge=0, le=1_000_000)]
Reference = Annotated[bytes, Meta(max_length=32)]  # an entry's id, or empty
Named = Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=MAX_NAMED)]
Replaced = Annotated[tuple[EntryIdField, ...], Meta(max_length=MAX_NAMED)]


class Written(Protocol):
    """What the coded values of every version say. An empty `clause` begins one; `place` orders the clauses of a text."""

    @property
    def place(self) -> int: ...
    @property
    def clause(self) -> bytes: ...
    @property
    def struck(self) -> bool: ...
    @property
    def language(self) -> str: ...
    @property
    def replaces(self) -> tuple[EntryId, ...]: ...


def named_by(said: Written) -> tuple[EntryId, ...]:
    """The entries that a version speaks of."""
    clause = (EntryId(said.clause),) if said.clause else ()
    return tuple(dict.fromkeys((*clause, *said.replaces)))


class Agree(Coded, frozen=True, kw_only=True):
    """This agency agrees to these versions; an objection of its own to them is thereby over."""

    versions: Named

    def named(self) -> tuple[EntryId, ...]:
        return self.versions


class Object(Coded, frozen=True, kw_only=True):
    """This agency does not agree to these versions; the body may say why."""

    versions: Named

    def named(self) -> tuple[EntryId, ...]:
        return self.versions


class Translation(Coded, frozen=True, kw_only=True):
    """The body words that version in another language. It replaces earlier translations of the clause into it."""

    version: EntryIdField
    language: LanguageField
    replaces: Replaced = ()

    def named(self) -> tuple[EntryId, ...]:
        return (self.version, *self.replaces)


class WithdrawApproval(Coded, frozen=True, kw_only=True):
    """This agency takes its approval of the text with this hash back; where it was in force it no longer is."""

    hash: DigestField


class Leave(Coded, frozen=True, kw_only=True):
    """This agency leaves the dossier: it gets no more of it, says no more in it, and nothing waits for it."""
