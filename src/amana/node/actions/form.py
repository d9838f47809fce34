# SPDX-License-Identifier: EUPL-1.2
"""An action as a person gives it: plain JSON, strict about names, friendly about what the node can fill in.

The same form serves `amana act`, the pages and later interfaces. Ids are hex, enums their values, dates ISO days.
What does not fit is a Refusal `bad_action` with the place. Every entry type has an example in examples/actions/.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCodeField, Millis

LAST = 2**53  # exclusive: the end of the times that can be said
LEVEL_NAMES = ("unmarked", "restricted", "confidential", "secret", "top_secret")


class MarkingForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Handling conditions; what is left out comes from the dossier, the agreement and the entry type."""

    codes: tuple[str, ...] | None = None
    tlp: str | None = None
    level: str | int | None = None
    purpose: str | None = None
    national: Annotated[str, Meta(max_length=48)] | None = None
    agreement: str | None = None
    article: str | None = None
    erase_on: str | int | None = None
    review_on: str | int | None = None


class ItemForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One structured thing that the entry speaks of."""

    type: str
    value: dict[str, Any]
    grade: str = ""
    fact: bool = False
    category: str = "none"
    minor: bool = False


class AttachmentForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that goes with the entry: one laid ready before, by its token; or here, its content in base64."""

    staged: Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?\Z")] = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    type: Annotated[str, Meta(max_length=100)] = ""
    content: str = ""


class ActionForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One action. `action` is `<kind>.<type>` for an entry, or a local act (note, brief, annex, deconflict, assign, release, discard)."""

    action: str
    dossier: str = ""
    to: tuple[AgencyCodeField, ...] = ()
    coded: dict[str, Any] = {}
    title: Annotated[str, Meta(max_length=300)] = ""
    text: Annotated[str, Meta(max_length=200_000)] = ""
    language: Annotated[str, Meta(pattern=r"^([a-z]{2,3})?\Z")] = ""
    items: tuple[ItemForm, ...] = ()
    attachments: tuple[AttachmentForm, ...] = ()
    detail: dict[str, Any] = {}
    marking: MarkingForm = MarkingForm()
    after: tuple[str, ...] = ()
    unit: Annotated[str, Meta(max_length=48, pattern=r"^[a-z0-9_]*\Z")] = ""
    officer: str = ""
    draft: str = ""
    form: Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{8,64})?\Z")] = (
        ""  # a token of the sender's: the same form sent twice makes one entry
    )
    keep: bool = False  # save as a draft instead of sending


def parse_action(given: Mapping[str, Any]) -> ActionForm:
    """The form that `given` describes. Raises Refusal `bad_action`."""
    try:
        msgspec.json.encode(given)  # half a character is none: it could not be signed
    except (TypeError, ValueError, RecursionError) as error:
        raise Refusal("bad_action", why=type(error).__name__) from error
    try:
        return msgspec.convert(given, ActionForm)
    except msgspec.ValidationError as error:
        raise Refusal("bad_action", why=_without_value(str(error))) from error


def parse_hex(text: str, *, what: str, length: int = 32) -> bytes:
    """An id given as hex. Raises Refusal `bad_id`."""
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise Refusal("bad_id", what=what) from error
    if len(value) != length:
        raise Refusal("bad_id", what=what)
    return value


def parse_day(given: str | int, *, what: str) -> Millis:
    """A date as ISO day (its first instant, UTC) or milliseconds. Raises Refusal `bad_date`."""
    try:
        said = given if isinstance(given, int) else int(datetime.fromisoformat(given).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError as error:
        raise Refusal("bad_date", what=what) from error
    if not 0 <= said < LAST:
        raise Refusal("bad_date", what=what)
    return Millis(said)


def parse_level(given: str | int) -> int:
    """A classification level by name or number. Raises Refusal `bad_level`."""
    if isinstance(given, int) and 0 <= given < len(LEVEL_NAMES):
        return given
    if given in LEVEL_NAMES:
        return LEVEL_NAMES.index(str(given))
    raise Refusal("bad_level")


def _without_value(message: str) -> str:
    """Msgspec's message names the place and the type wanted, never the value; kept short all the same."""
    return message[:200]
