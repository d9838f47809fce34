# SPDX-License-Identifier: EUPL-1.2
"""A published text confirmed by its code, offline: found in what the node holds, and everything behind it checked.

Works beside a running node and changes nothing. Checks, in this order:
(1) the code is the one of a text that is public now, made again from the stored words;
(2) every entry of its dossier: header, body, signed heads, receipts, and the folded state, as for any dossier;
(3) the release was said, and at its moment every party present approved exactly this text by its hash.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amana.compose.config import load_config
from amana.compose.ports import SystemClock
from amana.dossiers.shared.public_text import parse_code
from amana.node.ports import Reading
from amana.node.queries.proof import prove_dossier
from amana.node.queries.published import find_published, require_released, show_published
from amana.node.queries.rows import reference_of
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import require_sound_database

Plain = dict[str, Any]


def confirm_code(directory: Path, typed: str) -> Plain:
    """Which released text has this code: `ok`, `code`, `dossier`, `language`, `released_at`, `parties`, `text`.

    Raises Refusal `bad_public_code`, `unknown_public_code`. Where the text is here and something behind it does not hold,
    `ok` is False and `first_failure` names it.
    """
    code = parse_code(typed)
    config = load_config(directory)
    now = SystemClock().now()
    require_sound_database(directory / config.database)

    def ask(reading: Reading) -> Plain:
        row, state, one, text = find_published(reading, code, now)  # (1)
        proof = prove_dossier(reading, row, config.code)  # (2)
        require_released(state, one)  # (3)
        opening = reading.dossier_entries(row.id)[0]
        shown = show_published(state, one, text)
        return {
            "ok": proof["ok"],
            **{name: shown[name] for name in ("code", "dossier", "language", "released_at", "released_by", "hash", "parties", "approvals")},
            "reference": reference_of(row, opening.author),
            "text": "\n\n".join([*([text.heading] if text.heading else []), *text.paragraphs]),
            **{name: proof[name] for name in ("entries", "heads", "receipts", "pending", "first_failure")},
        }

    with OrmJournal(directory / config.database) as journal:
        return journal.read(ask)
