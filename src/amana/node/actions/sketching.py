# SPDX-License-Identifier: EUPL-1.2
"""A half-filled form as the entry that it may become: in the shape of a shown entry, with what is there so far.

Never raises: what does not fit is left out, and said beside it where it is an item. Nothing is looked up but the
dossier's state, to fill in what follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amana.dossiers.information_request.state import RequestState
from amana.dossiers.kind import EntryType
from amana.dossiers.plain import to_plain
from amana.dossiers.registry import KINDS, complete, default_marking, find_entry_type
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.items import item_from_plain
from amana.dossiers.shared.vocabulary import Area
from amana.node.actions.form import ActionForm, ItemForm
from amana.node.actions.posting_form import marked
from amana.node.context import Node
from amana.node.lawfulness import require_basis
from amana.node.ports import DossierRow, Reading
from amana.node.queries.entries import show_item
from amana.node.queries.rows import state_of
from amana.protocol.entry import parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.protocol.marking import Marking

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is there of an entry."""

    action: str
    area: str
    needs_basis: bool
    entry: Plain
    clock: Plain
    item_faults: list[Plain] = field(default_factory=list)


def sketch(reading: Reading, node: Node, form: ActionForm | None, given: Mapping[str, Any], row: DossierRow | None) -> Sketch:
    """The entry that this form describes so far."""
    action = _text(given, "action")
    kind, _, type = action.partition(".")
    declared = find_entry_type(kind, type)
    raw = given.get("coded")
    coded: Plain = dict(raw) if isinstance(raw, Mapping) else {}
    area = row.area if row is not None else str(coded.get("area", ""))
    receivers = form.to if form is not None and form.to else tuple(party for party in (row.parties if row else ()) if party != node.code)
    conditions = _conditions(reading, node, kind, area, receivers)
    completed = _completed(node, kind, declared, coded, row, conditions)
    items, faults = _items(form.items if form is not None else ())
    state = state_of(row) if row is not None else None
    total = completed.get("clock", 0) or (state.clock if isinstance(state, RequestState) and type == "reopen" else 0)
    entry = {
        "id": "",
        "author": node.code,
        "direction": "in",
        "kind": kind,
        "type": type,
        "understood": declared is not None,
        "automatic": False,
        "made_at": 0,
        "audience": list(receivers),
        "coded": completed,
        "marking": _marking(reading, node, kind, type, declared, form, row, conditions),
        "readable": True,
        "title": _text(given, "title"),
        "text": _text(given, "text"),
        "language": _text(given, "language"),
        "items": items,
        "attachments": [],
        "officer": "",
        "handle": "",
        "number": row.count + 1 if row is not None else 1,
        "refused": "",
        "waiting": False,
        "void": "",
    }
    needs_basis = declared is not None and declared.needs_basis
    clock = {"total": total if isinstance(total, int) else 0, "urgency": str(completed.get("urgency", ""))}
    return Sketch(action=action, area=area, needs_basis=needs_basis, entry=entry, clock=clock, item_faults=faults)


def _text(given: Mapping[str, Any], name: str) -> str:
    held = given.get(name)
    return held if isinstance(held, str) else ""


def _conditions(reading: Reading, node: Node, kind: str, area: str, receivers: Sequence[AgencyCode]) -> Conditions | None:
    """The conditions of the article that would be proposed, if there is one."""
    form = KINDS[kind].form if kind in KINDS else None
    if form is None or not receivers:
        return None
    try:
        parties = {node.code, *receivers}
        return require_basis(reading, form=form, area=Area(area), parties=parties, named=None, now=node.clock.now())[1].terms.conditions
    except (Refusal, ValueError):
        return None


def _completed(
    node: Node, kind: str, declared: EntryType | None, coded: Plain, row: DossierRow | None, conditions: Conditions | None
) -> Plain:
    """What was chosen, with what follows from the context where that can be said."""
    if declared is None:
        return coded
    try:
        state = state_of(row) if row is not None else None
        return dict(complete(kind, declared.name, coded, author=node.code, state=state, agreement=conditions))
    except (Refusal, ValueError, TypeError, AttributeError):  # half-filled values may have any shape
        return coded


def _marking(
    reading: Reading,
    node: Node,
    kind: str,
    type: str,
    declared: EntryType | None,
    form: ActionForm | None,
    row: DossierRow | None,
    conditions: Conditions | None,
) -> Plain:
    if declared is None:
        return to_plain(Marking())
    opening = reading.entry(EntryId(row.id)) if row is not None else None
    before = parse_header(opening.header).marking if opening is not None else None
    default = default_marking(kind, type, opening=before, agreement=conditions, made_at=node.clock.now())
    if form is None:
        return to_plain(default)
    try:
        return to_plain(marked(default, form.marking, None, node.settings.limit))
    except Refusal:
        return to_plain(default)


def _items(forms: Sequence[ItemForm]) -> tuple[list[Plain], list[Plain]]:
    """The items as they will be shown; those that do not fit as they were typed, with the reason."""
    shown: list[Plain] = []
    faults: list[Plain] = []
    for index, form in enumerate(forms):
        try:
            shown.append(show_item(item_from_plain(form.type, form.value, form)))
        except Refusal as refusal:
            faults.append({"index": index, "code": str(refusal.code), "facts": dict(refusal.facts)})
            shown.append(
                {"type": form.type, "fact": form.fact, "grade": form.grade, "category": form.category, "minor": form.minor} | _typed(form)
            )
    return shown, faults


def _typed(form: ItemForm) -> Plain:
    return {"understood": False, "value": dict(form.value)}
