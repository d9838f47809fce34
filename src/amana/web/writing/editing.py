# SPDX-License-Identifier: EUPL-1.2
"""What the form's own buttons do to its fields: add and drop items, take proposals, a model text, files. Pure but for files."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from amana.dossiers.shared.items import ITEM_TYPES
from amana.node.actions.form import parse_hex
from amana.node.attachments.staging import drop_staged, stage_attachment
from amana.phrases.templates import DRAFTS, template_text
from amana.protocol.errors import Refusal
from amana.web.doors import Desk
from amana.web.writing.reading import one
from amana.web.writing.showing import DISMISSED, LANGUAGES, Writing, next_item, proposals

Edited = dict[str, list[str]]
MAX_FILE = 10 * 1024 * 1024


def edited(writing: Writing, what: str, files: Sequence[UploadedFile[Any]], *, new_item: str = "") -> Edited:
    """The fields after a button was pressed. Raises Refusal where a file is not taken."""
    fields: Edited = {name: list(values) for name, values in writing.fields.items()}
    verb, _, named = what.partition(":")
    match verb:
        case "add_item" if (type := named or new_item) in ITEM_TYPES:
            _add_item(fields, type, {})
        case "drop_item":
            _drop(fields, f"items.{named}.")
        case "keep_proposals":
            for proposed in proposals(writing):
                if not named or proposed["key"] == named:
                    _add_item(fields, proposed["type"], proposed["value"])
        case "dismiss":
            fields.setdefault(DISMISSED, []).extend(proposed["key"] for proposed in proposals(writing) if named in ("", proposed["key"]))
        case "template":
            _take_template(fields, one(fields, "template"), writing.reader.language)
        case "attach":
            for file in files:
                fields.setdefault("attachments", []).append(_stage(writing.desk, file))
        case "detach":
            fields["attachments"] = [token for token in fields.get("attachments", []) if token != named]
            drop_staged(writing.desk.node, writing.desk.account, parse_hex(named, what="attachment", length=len(named) // 2))
            writing.desk.here.opened.journal.truncate_wal()
        case _:
            pass  # a button of another version of the page: nothing changes, nothing is lost
    return fields


def _add_item(fields: Edited, type: str, value: dict[str, Any]) -> None:
    number = next_item(fields)
    fields[f"items.{number}.type"] = [type]
    for name, held in value.items():
        fields[f"items.{number}.value.{name}"] = ["\n".join(str(one) for one in held)] if isinstance(held, list) else [str(held)]
    if type == "vehicle" and "|" in str(value.get("plate", "")):
        fields[f"items.{number}.value.plate"] = [str(value["plate"])]


def _drop(fields: Edited, prefix: str) -> None:
    for name in [name for name in fields if name.startswith(prefix)]:
        del fields[name]


def _take_template(fields: Edited, code: str, language: str) -> None:
    """The model's text below what is written already, and the coded values that it sets."""
    wanted = one(fields, "language")
    text = template_text(code, wanted if wanted in LANGUAGES else language)
    if not text:
        return
    written = (fields.get("text") or [""])[-1].rstrip()
    fields["text"] = [f"{written}\n\n{text}" if written else text]
    drafted = next(draft for draft in DRAFTS if draft.code == code)
    for name, value in drafted.coded.items():
        fields[f"coded.{name}"] = list(value) if isinstance(value, list | tuple) else [str(value)]
    fields["template"] = [""]


def _stage(desk: Desk, file: UploadedFile[Any]) -> str:
    """Lay a file ready. Raises Refusal with what is wrong."""
    if file.size is None or file.size > MAX_FILE:
        raise Refusal("attachment_too_large", limit=MAX_FILE, got=file.size or 0)
    name = file.name or "file"
    type = mimetypes.guess_type(name)[0] or file.content_type or "application/octet-stream"
    staged = stage_attachment(desk.node, desk.account, name=name, type=type, content=file.read())
    return str(staged["token"])
