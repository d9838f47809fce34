# SPDX-License-Identifier: EUPL-1.2
"""Every flow rests on an article of an agreement in force: found for the author, checked again on arrival.

The author's node refuses to send without one and says what is missing; the receiver's node keeps what arrives
without one, marks it (disposition `no_legal_basis`) and tells the author's. Spec: spec/kinds/agreement.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amana.dossiers.agreement.flow import Allowed, Missing, decide_flow, propose_article
from amana.dossiers.agreement.state import AgreementState
from amana.dossiers.fold import NOT_UNDERSTOOD, Cursor, parse_coded
from amana.dossiers.kind import EntryType
from amana.dossiers.plain import to_plain
from amana.dossiers.registry import KINDS, find_entry_type, needs_form
from amana.dossiers.shared.vocabulary import Area, Form
from amana.node.folding import load_cursor
from amana.node.ports import Reading
from amana.protocol.canonical import parse
from amana.protocol.entry import Header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import LegalBasis

AGREEMENT = "agreement"
NO_LEGAL_BASIS = "no_legal_basis"


def load_agreement(reading: Reading, dossier: DossierId) -> AgreementState | None:
    """The state of an agreement, or None."""
    cursor = load_cursor(reading, dossier)
    return _state(cursor) if cursor is not None else None


def load_agreements(reading: Reading) -> list[tuple[DossierId, AgreementState]]:
    """Every agreement this node is a party of."""
    found = []
    for row in reading.dossiers(kind=AGREEMENT):
        state = _state(parse(row.cursor, Cursor))
        if state is not None:
            found.append((row.id, state))
    return found


def _state(cursor: Cursor) -> AgreementState | None:
    if cursor.kind != AGREEMENT or cursor.barred:
        return None
    state = cursor.state_of(KINDS[AGREEMENT])
    return state if isinstance(state, AgreementState) else None


def require_basis(
    reading: Reading,
    *,
    form: Form,
    area: Area,
    parties: Iterable[AgencyCode],
    named: LegalBasis | None,
    now: Millis,
) -> tuple[LegalBasis, Allowed]:
    """The article that allows this flow: the one named, or the narrowest over all agreements.

    Raises Refusal with the shortfall's code (`no_agreement`, `area_not_covered`, …) and facts: what is missing.
    """
    if named is None or not named.agreement:
        proposed = propose_article(load_agreements(reading), form=form, area=area, parties=parties, now=now)
        if isinstance(proposed, Missing):
            raise Refusal(proposed.code, **proposed.facts)
        return LegalBasis(article=proposed.allowed.article, agreement=proposed.agreement), proposed.allowed
    state = load_agreement(reading, DossierId(named.agreement))
    if state is None:
        raise Refusal("no_agreement")
    decision = decide_flow(state, form=form, area=area, parties=parties, article=named.article or None, now=now)
    if isinstance(decision, Missing):
        raise Refusal(decision.code, **decision.facts)
    return LegalBasis(article=decision.article, agreement=named.agreement), decision


class BasisCheck:
    """Whether arrived entries of one step rest on an article in force here; the same question is asked once."""

    def __init__(self, reading: Reading, now: Millis) -> None:
        self._reading = reading
        self._now = now
        self._known: dict[tuple[object, ...], str] = {}

    def decide(self, id: EntryId, header: Header) -> str:
        """Empty where the entry rests on an article in force here, or needs none; else `no_legal_basis`."""
        declared = find_entry_type(header.kind, header.type)
        form = needs_form(header.kind, declared, _given(header, declared)) if declared is not None else None
        if form is None:
            return ""
        basis = header.marking.basis
        if basis is None:
            return NO_LEGAL_BASIS
        question = (header.kind, header.dossier or id, basis, header.author, header.audience)
        if question not in self._known:
            self._known[question] = self._ask(id, header, form)
        return self._known[question]

    def _ask(self, id: EntryId, header: Header, form: Form) -> str:
        row = self._reading.dossier(DossierId(header.dossier or id))
        if row is None or header.author not in row.parties:
            return ""  # not here yet: asked of its opening; and no party may learn whether a dossier of others is here
        if row.stage == NOT_UNDERSTOOD:
            return ""  # refused for another reason already
        if row.area not in {known.value for known in Area}:
            return NO_LEGAL_BASIS
        parties = {header.author, *header.audience}
        named = header.marking.basis
        try:
            require_basis(self._reading, form=form, area=Area(row.area), parties=parties, named=named, now=self._now)
        except Refusal:
            return NO_LEGAL_BASIS
        return ""


def _given(header: Header, declared: EntryType) -> Mapping[str, Any]:
    """The plain coded values of an opening, on which its form may depend; nothing where they are not understood."""
    coded = parse_coded(header.coded, declared.coded) if declared.opens else None
    return to_plain(coded) if coded is not None else {}
