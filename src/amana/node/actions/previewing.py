# SPDX-License-Identifier: EUPL-1.2
"""What a partner's node will hold and show, before anything is sent: the real entry, made in a write that is taken back.

Nothing stays of it, not a number in any sequence. A form that is only half filled gives a sketch of the entry and says
what is missing, instead of raising; only what this person may not see is Refusal `not_found`. What will not leave is
counted beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.dossiers.registry import KINDS
from amana.dossiers.shared.vocabulary import Area
from amana.node.access import Scope, open_scope, require_content_role, require_dossier
from amana.node.actions.act import Acting, Done
from amana.node.actions.form import ActionForm, parse_action, parse_hex
from amana.node.actions.sketching import Sketch, sketch
from amana.node.actions.within import completed_by_home
from amana.node.context import Node
from amana.node.lawfulness import require_basis
from amana.node.ports import DossierRow, Reading, Writing
from amana.node.queries.drafts import list_drafts
from amana.node.queries.entries import show_entry
from amana.node.queries.missing import find_supply
from amana.node.queries.rows import show_row
from amana.node.queries.standing import show_basis
from amana.protocol.entry import parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.protocol.marking import LegalBasis

Plain = dict[str, Any]
NOT_PREVIEWED = ("form", "keep")  # a token is used up by sending alone, and a draft is no entry
AREAS = frozenset(area.value for area in Area)


class _TakenBack(Exception):
    """Carries the preview out of the write, which keeps nothing of it."""

    def __init__(self, shown: Plain) -> None:
        super().__init__()
        self.shown = shown


def preview(node: Node, account: str, given: Mapping[str, Any], *, partner: str = "") -> Plain:
    """The entry as `partner` (left out: the first receiver) will have it, what stays, and what stands against sending.

    Keys: partner, receivers, exact, entry, row, stays, basis, missing, clock, warnings, item_faults, four_eyes,
    refusal, may_send. Raises Refusal `not_found`.
    """
    scope = open_scope(node, account)
    require_content_role(scope)
    clean = {name: value for name, value in given.items() if name not in NOT_PREVIEWED}
    clean["attachments"] = [one for one in given.get("attachments") or () if isinstance(one, Mapping) and one.get("staged")]
    form, refusal = _parsed(clean)
    form, refusal = _of_event(node, scope, form, refusal)
    row = node.journal.read(lambda reading: _row(reading, scope, clean))
    receivers = _receivers(node, form, row)
    seer = AgencyCode(partner if partner in receivers else (receivers[0] if receivers else ""))
    made = _made(node, scope, form, seer) if form is not None else refusal
    shown: Plain = made if isinstance(made, dict) else {}
    refusal = made if isinstance(made, Refusal) else refusal
    sketched = node.journal.read(lambda reading: sketch(reading, node, form, clean, row))
    around = node.journal.read(lambda reading: _around(reading, node, scope, sketched, row, receivers, form))
    return {
        "partner": seer,
        "receivers": list(receivers),
        "exact": bool(shown),
        "entry": sketched.entry,
        "row": None,
        "warnings": [],
        "clock": sketched.clock,
        "item_faults": sketched.item_faults,
        "four_eyes": sketched.action in node.settings.four_eyes,
        "refusal": None if refusal is None else {"code": str(refusal.code), "facts": dict(refusal.facts)},
        "may_send": refusal is None,
        **around,
        **shown,
    }


def _parsed(clean: Mapping[str, Any]) -> tuple[ActionForm | None, Refusal | None]:
    try:
        return parse_action(clean), None
    except Refusal as refusal:
        return None, refusal


def _row(reading: Reading, scope: Scope, clean: Mapping[str, Any]) -> DossierRow | None:
    """The dossier that the form names. Raises Refusal `not_found`."""
    named = clean.get("dossier")
    if not named:
        return None
    try:
        dossier = DossierId(parse_hex(str(named), what="dossier"))
    except Refusal as refusal:
        raise Refusal("not_found") from refusal
    return require_dossier(reading, scope, dossier)


def _receivers(node: Node, form: ActionForm | None, row: DossierRow | None) -> tuple[AgencyCode, ...]:
    if form is not None and form.to:
        return tuple(sorted(set(form.to) - {node.code}))
    return tuple(party for party in (row.parties if row is not None else ()) if party != node.code)


def _of_event(node: Node, scope: Scope, form: ActionForm | None, refusal: Refusal | None) -> tuple[ActionForm | None, Refusal | None]:
    """The form with what its event says; who would receive it is asked before the entry is made."""
    if form is None:
        return form, refusal
    try:
        return node.journal.read(lambda reading: completed_by_home(reading, scope, node.code, form)), refusal
    except Refusal as said:
        return form, refusal or said


def _made(node: Node, scope: Scope, form: ActionForm, seer: AgencyCode) -> Plain | Refusal:
    """The real entry as the partner sees it, or why there can be none."""

    def write(writing: Writing) -> None:
        acting = Acting(node, scope, writing)
        done = acting.post(form)
        acting.flush()
        raise _TakenBack(_seen(writing, node, done, seer, known=bool(form.dossier)))

    try:
        node.journal.write(write)
    except _TakenBack as back:
        return back.shown
    except Refusal as refusal:
        return refusal
    except (AttributeError, TypeError, ValueError):  # coded values of a half-filled form may have any shape
        return Refusal("bad_action", why="coded")
    raise AssertionError("a preview was kept")


def _seen(writing: Writing, node: Node, done: Done, seer: AgencyCode, *, known: bool) -> Plain:
    """From the partner's point of view: its own desk's columns are its own, and our officer is a handle to it."""
    entry, row = writing.entry(done.entry or EntryId(b"")), writing.dossier(done.dossier or DossierId(b""))
    if entry is None or row is None:
        raise AssertionError("an entry was posted")
    shown = show_entry(writing, entry, seer, row.parties) | {"arrived_at": 0, "number": row.count if known else 1}
    if not known:
        shown["handle"] = ""  # a new one is drawn when it is sent
    line = show_row(writing, row, node.clock.now(), own=seer) | {"unit": "", "officer": "", "new": True}
    coded = shown.get("coded", {})
    clock = {"total": coded.get("clock", 0), "urgency": coded.get("urgency", "")}
    return {
        "entry": shown,
        "row": line,
        "clock": clock,
        "warnings": [dict(warning) for warning in done.warnings],
        "basis": _basis(writing, node, parse_header(entry.header).marking.basis),
    }


def _basis(reading: Reading, node: Node, basis: LegalBasis | None) -> Plain | None:
    return None if basis is None else show_basis(reading, basis, node.clock.now())


def _around(
    reading: Reading,
    node: Node,
    scope: Scope,
    sketched: Sketch,
    row: DossierRow | None,
    receivers: Sequence[AgencyCode],
    form: ActionForm | None,
) -> Plain:
    """What the form rests on or lacks, and what will not leave."""
    own, _ = list_drafts(reading, node, scope)
    home = row.id.hex() if row is not None else ""
    notes = len(reading.records("note", row.id)) if row is not None else 0
    stays = {"officer": scope.account, "notes": notes, "drafts": sum(1 for draft in own if draft["dossier"] == home)}
    area = row.area if row is not None else sketched.area
    allowing = KINDS[sketched.action.partition(".")[0]].form if sketched.needs_basis else None
    if allowing is None or area not in AREAS or not receivers:
        return {"stays": stays, "basis": None, "why": "", "proposed": False, "missing": None}
    named = _named(reading, form, row)
    parties = {node.code, *receivers}
    asked: Plain = {"area": Area(area), "parties": parties, "now": node.clock.now()}
    try:
        basis, allowed = require_basis(reading, form=allowing, named=named, **asked)
    except Refusal as refusal:
        supply = find_supply(reading, form=allowing, **asked)
        missing = {"code": str(refusal.code), "facts": dict(refusal.facts), "supply": supply}
        return {"stays": stays, "basis": None, "why": "", "proposed": False, "missing": missing}
    shown = _basis(reading, node, basis)
    return {"stays": stays, "basis": shown, "why": allowed.why.value, "proposed": named is None, "missing": None}


def _named(reading: Reading, form: ActionForm | None, row: DossierRow | None) -> LegalBasis | None:
    """The article that the form names, else the one of the dossier's opening entry."""
    if form is not None and form.marking.agreement:
        try:
            return LegalBasis(article=form.marking.article or "", agreement=parse_hex(form.marking.agreement, what="agreement"))
        except Refusal:
            return None
    opening = reading.entry(EntryId(row.id)) if row is not None else None
    return parse_header(opening.header).marking.basis if opening is not None else None
