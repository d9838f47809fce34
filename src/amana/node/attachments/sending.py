# SPDX-License-Identifier: EUPL-1.2
"""Files on their way into an entry: those of a form are checked and sealed before the write, then laid ready inside it.

So a form that is refused leaves nothing, a draft holds tokens and no file, and every file goes the same way: laid ready,
then given to the entry whose body holds its key. Whose draft it is may not matter to who releases it: the files are the
author's.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from amana.node.actions.form import ActionForm, AttachmentForm
from amana.node.attachments.staging import MAX_PER_ENTRY, MAX_TOTAL, Prepared, give_staged, prepare_file, require_staged, stage_prepared
from amana.node.attachments.wanted import index_attachments
from amana.node.context import Node
from amana.node.ports import Reading, Writing
from amana.protocol.entry import Attachment, Entry
from amana.protocol.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A form whose files are all named by token, and the files that came inside it."""

    form: ActionForm
    given: Mapping[str, Any]
    prepared: tuple[Prepared, ...] = ()


def pack(node: Node, form: ActionForm, given: Mapping[str, Any]) -> Packed:
    """Seal the files that a form brings. Raises Refusal as `prepare_file`, also `bad_action`, `too_many_attachments`, …."""
    if not form.attachments:
        return Packed(form=form, given=given)
    if "." not in form.action or form.action.startswith("partnership."):
        raise Refusal("bad_action", why="attachments")
    if len(form.attachments) > MAX_PER_ENTRY:
        raise Refusal("too_many_attachments", limit=MAX_PER_ENTRY)
    tokens: list[str] = []
    prepared: list[Prepared] = []
    for one in form.attachments:
        if one.staged:
            tokens.append(one.staged)
            continue
        prepared.append(prepare_file(node, name=one.name, type=one.type, content=_decoded(one.content)))
        tokens.append(prepared[-1].token.hex())
    total = sum(one.attachment.size for one in prepared)
    if total > MAX_TOTAL:
        raise Refusal("attachments_too_large", limit=MAX_TOTAL, got=total)
    named = replace(form, attachments=tuple(AttachmentForm(staged=token) for token in tokens))
    return Packed(form=named, given={**given, "attachments": [{"staged": token} for token in tokens]}, prepared=tuple(prepared))


def lay_ready(writing: Writing, node: Node, account: str, packed: Packed) -> None:
    """Keep the files that came inside a form."""
    for prepared in packed.prepared:
        stage_prepared(writing, node, account, prepared)


def files_of(reading: Reading, account: str, form: ActionForm) -> tuple[Attachment, ...]:
    """What the body of a form's entry says of its files. Raises Refusal as `require_staged`."""
    return tuple(attachment for _, attachment in require_staged(reading, account, _tokens(form)))


def send_files(writing: Writing, node: Node, entry: Entry, form: ActionForm) -> None:
    """Give the files of a form to the entry that was made of it."""
    if form.attachments and entry.body is not None:
        give_staged(writing, node, entry.id, _tokens(form))
        index_attachments(writing, node.code, entry.id, entry.header, entry.body)


def _tokens(form: ActionForm) -> Sequence[bytes]:
    return [bytes.fromhex(one.staged) for one in form.attachments]


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal("bad_action", why="attachments: base64") from error
