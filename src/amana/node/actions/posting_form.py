# SPDX-License-Identifier: EUPL-1.2
"""From a person's form to a wish: audience, legal basis, coded values, items and marking, filled from context.

Order: who receives it, what state the dossier is in, which article allows it, what follows from both. Refuses with
the rule's own reason, before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from amana.dossiers.fold import Cursor
from amana.dossiers.kind import EntryType
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import KINDS, coded_of, complete, default_marking, entry_type
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.items import count_items, item_from_plain
from amana.dossiers.shared.vocabulary import Area
from amana.node.actions.form import ActionForm, MarkingForm, parse_day, parse_hex, parse_level
from amana.node.context import Node
from amana.node.lawfulness import FORM_OF_KIND, require_basis
from amana.node.partners import load_partner
from amana.node.ports import DossierRow, Writing
from amana.node.posting import Wish
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import Header, parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import HandlingCode, LegalBasis, Level, Marking, Purpose, Tlp


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is already there when an entry is about to be made."""

    row: DossierRow | None  # None: the entry opens its dossier
    opening: Header | None
    state: Canonical | None
    parties: tuple[AgencyCode, ...]


def load_setting(writing: Writing, node: Node, row: DossierRow | None, form: ActionForm) -> Setting:
    """The dossier's state and the parties of the entry to be made."""
    if row is None:
        return Setting(row=None, opening=None, state=None, parties=tuple(sorted({node.code, *form.to})))
    entry = writing.entry(EntryId(row.id))
    cursor = parse(row.cursor, Cursor)
    state = cursor.state_of(KINDS[row.kind]) if row.kind in KINDS and not cursor.barred else None
    opening = parse_header(entry.header) if entry is not None else None
    return Setting(row=row, opening=opening, state=state, parties=row.parties)


def make_wish(writing: Writing, node: Node, form: ActionForm, setting: Setting, handle: bytes) -> Wish:
    """The wish that a form describes. Raises Refusal."""
    kind, _, type = form.action.partition(".")
    declared = entry_type(kind, type)
    _require_place(declared, setting)
    now = node.clock.now()
    audience = form.to or tuple(party for party in setting.parties if party != node.code)
    if not audience:
        raise Refusal("no_receiver")
    items = tuple(item_from_plain(item.type, item.value, item) for item in form.items)
    given = dict(form.coded)
    if items and "counts" in declared.coded.__struct_fields__ and "counts" not in given:
        given["counts"] = count_items(items)
    basis, conditions = _find_basis(writing, node, form, declared, setting, given, audience, now)
    completed = complete(kind, type, given, author=node.code, state=setting.state, agreement=conditions)
    coded = coded_of(kind, type, completed)
    marking = default_marking(kind, type, opening=setting.opening.marking if setting.opening else None, agreement=conditions, made_at=now)
    return Wish(
        kind=kind,
        type=type,
        dossier=setting.row.id if setting.row else DossierId(b""),
        audience=audience,
        coded=coded,
        marking=marked(marking, form.marking, basis, node.settings.limit),
        rules=_rules_version(writing, kind, audience) if declared.opens else 0,
        after=tuple(EntryId(parse_hex(id, what="after")) for id in form.after),
        title=form.title,
        text=form.text,
        language=form.language,
        items=items,
        detail=_detail(declared, form.detail),
        handle=handle,
    )


def _require_place(declared: EntryType, setting: Setting) -> None:
    if declared.automatic:
        raise Refusal("automatic_entry")
    if declared.opens and setting.row is not None:
        raise Refusal("second_opening")
    if not declared.opens and setting.row is None:
        raise Refusal("dossier_needed")


def _find_basis(
    writing: Writing,
    node: Node,
    form: ActionForm,
    declared: EntryType,
    setting: Setting,
    given: Mapping[str, Any],
    audience: tuple[AgencyCode, ...],
    now: Millis,
) -> tuple[LegalBasis | None, Conditions | None]:
    """The article the entry rests on and the agreement's conditions; nothing where the type needs none."""
    kind = form.action.partition(".")[0]
    if not declared.needs_basis or kind not in FORM_OF_KIND:
        return None, None
    area = setting.row.area if setting.row else str(given.get("area", ""))
    if area not in {known.value for known in Area}:
        raise Refusal("unknown_area")
    named = None
    if form.marking.agreement:
        agreement = parse_hex(form.marking.agreement, what="agreement")
        named = LegalBasis(article=form.marking.article or "", agreement=agreement)
    elif setting.opening is not None:
        named = setting.opening.marking.basis
    basis, allowed = require_basis(writing, kind=kind, area=Area(area), parties={node.code, *audience}, named=named, now=now)
    return basis, allowed.terms.conditions


def marked(default: Marking, given: MarkingForm, basis: LegalBasis | None, limit: Level) -> Marking:
    """The default marking with what the author chose. Raises Refusal `bad_marking`, `above_limit`."""
    try:
        codes = default.codes if given.codes is None else tuple(sorted({HandlingCode(code) for code in given.codes}))
        level = default.level if given.level is None else Level(parse_level(given.level))
        marking = replace(
            default,
            tlp=default.tlp if given.tlp is None else Tlp(given.tlp),
            basis=basis or default.basis,
            codes=codes,
            level=level,
            purpose=default.purpose if given.purpose is None else Purpose(given.purpose),
            national=default.national if given.national is None else given.national,
            erase_on=default.erase_on if given.erase_on is None else parse_day(given.erase_on, what="erase_on"),
            review_on=default.review_on if given.review_on is None else parse_day(given.review_on, what="review_on"),
        )
    except ValueError as error:
        raise Refusal("bad_marking") from error
    if marking.level > limit:
        raise Refusal("above_limit", limit=int(limit), got=int(marking.level))
    return marking


def _rules_version(writing: Writing, kind: str, audience: tuple[AgencyCode, ...]) -> int:
    """The highest rules version of a kind that this node and every receiver's card know. Raises Refusal."""
    versions = set(KINDS[kind].rules)
    for code in audience:
        partner = load_partner(writing, code)
        if partner is None:
            raise Refusal("unknown_partner", partner=code)
        declared = {rules.kind: rules.versions for rules in partner.card.card.rules}
        versions &= set(declared.get(kind, ()))
        if not versions:
            raise Refusal("kind_not_spoken", partner=code)
    return max(versions)


def _detail(declared: EntryType, given: Mapping[str, Any]) -> bytes:
    if not given:
        return b""
    if declared.detail is None:
        raise Refusal("bad_action", why="detail")
    return encode(from_plain(given, declared.detail))
