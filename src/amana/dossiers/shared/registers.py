# SPDX-License-Identifier: EUPL-1.2
"""Lists that a state keeps, each thing under the entry that first named it, with a bound of its author's own."""

from __future__ import annotations

from typing import Protocol, TypeVar

from amana.dossiers.kind import Reason, Refused
from amana.protocol.identifiers import EntryId


class Registered(Protocol):
    """What stands in such a list."""

    @property
    def id(self) -> EntryId: ...


Kept = TypeVar("Kept", bound=Registered)


def keep(held: tuple[Kept, ...], one: Kept, *, new: bool, most: int, missing: Reason) -> tuple[Kept, ...] | Refused:
    """The list with `one` in it, in place of its earlier form where it changes one; sorted by id.

    Refused with `missing` where it changes what is not there, and with `too_many_open` where the list is full.
    """
    others = [other for other in held if other.id != one.id]
    if new == (len(others) < len(held)):
        return Refused(missing)
    if len(others) >= most:
        return Refused(Reason.TOO_MANY_OPEN)
    return tuple(sorted((*others, one), key=lambda kept: kept.id))


def find(held: tuple[Kept, ...], id: bytes) -> Kept | None:
    """The thing with this id."""
    return next((one for one in held if one.id == id), None)
