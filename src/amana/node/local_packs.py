# SPDX-License-Identifier: EUPL-1.2
"""The events of packs: one made here, one brought in with its parts and bodies, one removed. Spec: spec/13-pack.md."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.node.local_event import LocalEvent
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, CodeField, DigestField, EntryIdField, MillisField, SizeField


class PackMade(LocalEvent, frozen=True, kw_only=True):
    """A case left as a pack; the dossier of this record is the case."""

    to: Annotated[str, Meta(max_length=32)] = ""  # empty: for the agency's own files
    digest: DigestField
    entries: SizeField
    persons: bool = False


class PackPart(LocalEvent, frozen=True, kw_only=True):
    """Frames of a pack that was brought in, without bodies; the dossier of this record is the pack's id."""

    frames: bytes


class PackBody(LocalEvent, frozen=True, kw_only=True):
    """The body of one entry of a pack, and the chunks of its attachments, as frames; erased when it is due."""

    entry: EntryIdField
    frames: bytes
    erase_on: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType


class PackTaken(LocalEvent, frozen=True, kw_only=True):
    """An officer brought a pack in, after its parts; from now on it can be read."""

    at: MillisField  # when it was made
    by: AgencyCodeField
    case: EntryIdField
    kind: CodeField
    entries: SizeField


class PackRemoved(LocalEvent, frozen=True, kw_only=True):
    """A supervisor removed a pack; its parts and bodies are erased."""

    why: CodeField = "removed"


class PackRecord(Canonical, frozen=True, kw_only=True):
    """A pack that was brought in and can be read."""

    at: MillisField
    by: AgencyCodeField
    case: EntryIdField
    kind: CodeField
    account: str
    entries: SizeField
    made_at: MillisField


def kept_pack(event: PackTaken, *, at: MillisField, account: str) -> PackRecord:
    """The record of a pack that was brought in at a time by an account."""
    return PackRecord(at=at, by=event.by, case=event.case, kind=event.kind, account=account, entries=event.entries, made_at=event.at)
