# SPDX-License-Identifier: EUPL-1.2
"""What is written and not sent: one's own drafts, and what colleagues wrote that this person may release.

The action of a draft is an officer's own JSON and is shown as it is to whoever may see the draft; nothing of it is
assumed but that it once was an action.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from amana.dossiers.fold import NOT_UNDERSTOOD
from amana.node.access import Scope, require_content_role, require_dossier
from amana.node.actions.form import parse_hex
from amana.node.context import Node
from amana.node.local import OfficerAdded
from amana.node.ports import Reading
from amana.node.queries.rows import dossier_title
from amana.node.records import DraftRecord
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId

Plain = dict[str, Any]
OPEN = frozenset({"draft", "awaiting_release"})


def show_draft(node: Node, scope: Scope, draft: bytes) -> Plain:
    """One open draft with the whole action. Raises Refusal `not_found`, also of what is forbidden or over."""
    require_content_role(scope)

    def ask(reading: Reading) -> Plain:
        held = reading.record("draft", draft)
        record = parse(held, DraftRecord) if held is not None else None
        if record is None or record.state not in OPEN or not _sees(reading, scope, record):
            raise Refusal("not_found")
        return _show(reading, node, scope, draft, record) | {"given": _action(record)}

    return node.journal.read(ask)


def list_drafts(reading: Reading, node: Node, scope: Scope) -> tuple[list[Plain], list[Plain]]:
    """Own drafts (also those that await a release), and what awaits a release that this person may give."""
    own, releases = [], []
    for row in reading.records("draft"):
        record = parse(row.value, DraftRecord)
        if record.state not in OPEN or not _sees(reading, scope, record):
            continue
        shown = _show(reading, node, scope, row.key, record)
        if record.author == scope.account:
            own.append(shown)
        if shown["may_release"]:
            releases.append(shown)
    return sorted(own, key=_latest), sorted(releases, key=_latest)


def _latest(draft: Plain) -> int:
    return -int(draft["at"])


def _action(record: DraftRecord) -> Mapping[str, Any]:
    try:
        action = msgspec.json.decode(record.action)
    except msgspec.DecodeError:
        return {}
    return action if isinstance(action, dict) else {}


def _dossier(action: Mapping[str, Any]) -> DossierId | None:
    try:
        return DossierId(parse_hex(str(action.get("dossier") or ""), what="dossier"))
    except Refusal:
        return None


def _sees(reading: Reading, scope: Scope, record: DraftRecord) -> bool:
    """One's own, or one that awaits release by a colleague of a unit of one's own, in a dossier that one may see."""
    if record.author == scope.account:
        return True
    held = reading.record("officer", record.author.encode())
    units = parse(held, OfficerAdded).units if held is not None else ()
    if record.state != "awaiting_release" or not scope.units & set(units):
        return False
    dossier = _dossier(_action(record))
    return dossier is None or _visible(reading, scope, dossier)


def _visible(reading: Reading, scope: Scope, dossier: DossierId) -> bool:
    try:
        require_dossier(reading, scope, dossier)
    except Refusal:
        return False
    return True


def _show(reading: Reading, node: Node, scope: Scope, id: bytes, record: DraftRecord) -> Plain:
    action = _action(record)
    dossier = _dossier(action)
    row = reading.dossier(dossier) if dossier is not None and _visible(reading, scope, dossier) else None
    coded = action.get("coded")
    given: Mapping[str, Any] = coded if isinstance(coded, dict) else {}
    four_eyes = action.get("action") in node.settings.four_eyes
    to = [str(code) for code in action.get("to") or ()]
    return {
        "draft": id.hex(),
        "state": record.state,
        "author": record.author,
        "at": record.at,
        "action": str(action.get("action", "")),
        "title": str(action.get("title") or "") or (dossier_title(reading, row.id) if row is not None else ""),
        "language": str(action.get("language") or ""),
        "dossier": row.id.hex() if row is not None else "",
        "receivers": to or [party for party in (row.parties if row is not None else ()) if party != node.code],
        "area": row.area if row is not None and row.stage != NOT_UNDERSTOOD else str(given.get("area", "")),
        "urgency": row.urgency if row is not None else str(given.get("urgency", "")),
        "four_eyes": four_eyes,
        "may_release": record.state == "awaiting_release" and not (four_eyes and record.author == scope.account),
    }
