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

from amana.dossiers.agreement.wording import Wording, require_wording, wording_hash
from amana.dossiers.kind import EntryType
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import KINDS, coded_of, complete, default_marking, entry_type, needs_form
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.items import count_items, item_from_plain
from amana.dossiers.shared.vocabulary import Area
from amana.node.actions.form import ActionForm, MarkingForm, parse_day, parse_hex, parse_level
from amana.node.context import Node
from amana.node.folding import partnership_home
from amana.node.lawfulness import require_basis
from amana.node.partners import load_partner
from amana.node.ports import DossierRow, Writing
from amana.node.posting import Posting, Wish
from amana.protocol.canonical import encode
from amana.protocol.entry import PARTNERSHIP, Header, parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import HandlingCode, LegalBasis, Level, Marking, Purpose, Tlp

NOTHING_CHOSEN = MarkingForm()
AREAS = frozenset(area.value for area in Area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is already there when an entry is about to be made."""

    row: DossierRow | None  # None: the entry opens its dossier
    opening: Header | None
    parties: tuple[AgencyCode, ...]


class Wishing:
    """Forms turned into wishes inside one write; what several of them ask for is looked up once."""

    def __init__(self, node: Node, posting: Posting) -> None:
        self._node = node
        self._posting = posting
        self._writing = posting.writing
        self._settings: dict[DossierId, Setting] = {}
        self._bases: dict[tuple[object, ...], tuple[LegalBasis, Conditions]] = {}

    def setting(self, row: DossierRow | None, form: ActionForm) -> Setting:
        """The dossier and the parties of the entry to be made."""
        if row is None:
            return Setting(row=None, opening=None, parties=tuple(sorted({self._node.code, *form.to})))
        if row.id not in self._settings:
            entry = self._writing.entry(EntryId(row.id))
            opening = parse_header(entry.header) if entry is not None else None
            state = self._posting.state(row.id)
            departed = KINDS[row.kind].departed(state) if state is not None else frozenset()
            present = tuple(party for party in row.parties if party not in departed)
            self._settings[row.id] = Setting(row=row, opening=opening, parties=present)
        return self._settings[row.id]

    def wish(self, form: ActionForm, setting: Setting, handle: bytes) -> Wish:
        """The wish that a form describes. Raises Refusal."""
        node = self._node
        kind, _, type = form.action.partition(".")
        declared = entry_type(kind, type)
        _require_place(kind, declared, setting)
        now = node.clock.now()
        audience = form.to or tuple(party for party in setting.parties if party != node.code)
        if not audience:
            raise Refusal("no_receiver")
        if setting.row is not None and (gone := set(audience) & set(setting.row.parties) - set(setting.parties)):
            raise Refusal("has_left", partner=min(gone))
        items = tuple(item_from_plain(item.type, item.value, item) for item in form.items)
        given = dict(form.coded)
        if items and "counts" in declared.coded.__struct_fields__ and "counts" not in given:
            given["counts"] = count_items(items)
        detail = _detail(declared, form.detail)
        if declared.detail is Wording:
            given["wording"] = wording_hash(detail).hex()  # so that the hash of the terms binds the wording too
        basis, conditions = self._find_basis(form, declared, setting, given, audience, now)
        dossier = setting.row.id if setting.row else DossierId(b"")
        home = partnership_home(node.code, audience[0]) if kind == PARTNERSHIP else dossier
        state = self._posting.state(home) if home else None
        completed = complete(kind, type, given, author=node.code, state=state, agreement=conditions)
        opening = setting.opening.marking if setting.opening else None
        marking = default_marking(kind, type, opening=opening, agreement=conditions, made_at=now)
        return Wish(
            kind=kind,
            type=type,
            dossier=dossier,
            audience=audience,
            coded=coded_of(kind, type, completed),
            marking=marked(marking, form.marking, basis, node.settings.limit),
            rules=_rules_version(self._writing, kind, audience) if declared.opens else 0,
            after=tuple(EntryId(parse_hex(id, what="after")) for id in form.after),
            title=form.title,
            text=form.text,
            language=form.language,
            items=items,
            detail=detail,
            handle=handle,
        )

    def _find_basis(
        self,
        form: ActionForm,
        declared: EntryType,
        setting: Setting,
        given: Mapping[str, Any],
        audience: tuple[AgencyCode, ...],
        now: Millis,
    ) -> tuple[LegalBasis | None, Conditions | None]:
        """The article the entry rests on and the agreement's conditions; nothing where the type needs none."""
        kind = form.action.partition(".")[0]
        allowing = needs_form(kind, declared, given)
        if allowing is None:
            return None, None
        area = setting.row.area if setting.row else str(given.get("area", ""))
        if area not in AREAS:
            raise Refusal("unknown_area")
        named = None
        if form.marking.agreement:
            agreement = parse_hex(form.marking.agreement, what="agreement")
            named = LegalBasis(article=form.marking.article or "", agreement=agreement)
        elif setting.opening is not None:
            named = setting.opening.marking.basis
        question = (kind, area, audience, named)
        if question not in self._bases:
            parties = {self._node.code, *audience}
            basis, allowed = require_basis(self._writing, form=allowing, area=Area(area), parties=parties, named=named, now=now)
            self._bases[question] = (basis, allowed.terms.conditions)
        return self._bases[question]


def _require_place(kind: str, declared: EntryType, setting: Setting) -> None:
    if declared.automatic:
        raise Refusal("automatic_entry")
    if declared.opens and setting.row is not None:
        raise Refusal("second_opening")
    if setting.row is not None and setting.row.kind != kind:
        raise Refusal("foreign_kind")
    if not declared.opens and setting.row is None and kind != PARTNERSHIP:
        raise Refusal("dossier_needed")


def marked(default: Marking, given: MarkingForm, basis: LegalBasis | None, limit: Level) -> Marking:
    """The default marking with what the author chose. Raises Refusal `bad_marking`, `above_limit`."""
    if given == NOTHING_CHOSEN and default.level <= limit:
        return replace(default, basis=basis or default.basis)
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
    detail = from_plain(given, declared.detail)
    if isinstance(detail, Wording):
        require_wording(detail)
    return encode(detail)
