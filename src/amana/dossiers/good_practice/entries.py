# SPDX-License-Identifier: EUPL-1.2
"""What can be said in the library of good practice: a note, its revisions and translations, its uses, comments.

Area, language and what it was learnt from are coded; title and text are in bodies. Spec: spec/kinds/good_practice.md.
"""

from __future__ import annotations

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguageField
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import Area, Usefulness
from amana.protocol.identifiers import EntryId, EntryIdField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "good_practice"
RETENTION = 10 * 365


class Publish(Coded, frozen=True, kw_only=True):
    """Opens a note, in the language in which it was written."""

    area: Area
    event: Reference = b""  # DossierId of the event from which it was learnt
    mission: Reference = b""  # DossierId of the mission
    language: LanguageField


class Revise(Coded, frozen=True, kw_only=True):
    """The note as it is now, by its originator; earlier translations are of an earlier text."""

    area: Area
    language: LanguageField


class Translate(Coded, frozen=True, kw_only=True):
    """The body words that version in another language."""

    version: EntryIdField
    language: LanguageField

    def named(self) -> tuple[EntryId, ...]:
        return (self.version,)


class Used(Coded, frozen=True, kw_only=True):
    """This service has used it, and says what it was worth; the body may say how."""

    usefulness: Usefulness


class Comment(Coded, frozen=True, kw_only=True):
    """A remark; in the body."""


class Withdraw(Coded, frozen=True, kw_only=True):
    """Its originator takes it out of the library."""


PracticeCoded = Publish | Revise | Translate | Used | Comment | Withdraw
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.COOPERATION)


def _type(name: str, coded: type[Coded], *, opens: bool = False) -> EntryType:
    return EntryType(name=name, coded=coded, default_marking=_MARKING, retention=RETENTION, personal=Personal.NONE, kind=KIND, opens=opens)


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("publish", Publish, opens=True),
        _type("revise", Revise),
        _type("translation", Translate),
        _type("used", Used),
        _type("comment", Comment),
        _type("withdraw", Withdraw),
    )
}
