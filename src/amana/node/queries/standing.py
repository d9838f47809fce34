# SPDX-License-Identifier: EUPL-1.2
"""Where a whole dossier stands: every respondent's clock, who holds how much of it, the agreement it rests on.

All from headers and derived rows, so it is the same before and after an erasure. Dates are UTC ms, 0 = none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from amana.dossiers.agreement.state import consented_since, in_force_since, suspended_by, terms_in_force
from amana.dossiers.information_request.state import RequestState, Slot, answered_on_time, overdue, stage_of
from amana.node.lawfulness import load_agreement
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.rows import dossier_title, state_of
from amana.protocol.entry import parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import LegalBasis

Plain = dict[str, Any]


def show_clocks(row: DossierRow, now: Millis) -> list[Plain]:
    """The clock of every respondent of a request; of a notice, of its receivers without dates."""
    state = state_of(row)
    if not isinstance(state, RequestState):
        return []
    late = overdue(state, now)
    return [_clock(state, slot) | {"overdue": slot.agency in late} for slot in state.slots]


def _clock(state: RequestState, slot: Slot) -> Plain:
    return {
        "agency": slot.agency,
        "stage": stage_of(state, slot).value,
        "started_at": slot.delivered_at if slot.due else 0,
        "due": slot.due,
        "total": slot.due - slot.delivered_at if slot.due else state.clock,
        "paused_at": slot.paused_at,
        "acknowledged_at": slot.acknowledged_at,
        "expected": slot.expected,
        "settled_at": slot.settled_at,
        "on_time": answered_on_time(slot),
        "reminders": slot.reminders,
        "questions": len(slot.questions),
        "withdrawn": slot.withdrawn,
        "usefulness": slot.usefulness.value if slot.usefulness else "",
    }


def show_turn(row: DossierRow, own: AgencyCode, now: Millis) -> Plain:
    """Whose turn it is: ours, that of which partners, and who of them is late."""
    state = state_of(row)
    late = overdue(state, now) if isinstance(state, RequestState) else ()
    return {"ours": own in row.turn, "partners": [code for code in row.turn if code != own], "late": list(late)}


def count_held(rows: Iterable[EntryRow], parties: Iterable[AgencyCode]) -> dict[str, int]:
    """How many of these entries each agency holds; every party is named, also with none."""
    held: Counter[str] = Counter(dict.fromkeys(parties, 0))
    for row in rows:
        try:
            header = parse_header(row.header)
        except PeerFault:
            continue
        held.update({header.author, *header.audience})
    return dict(sorted(held.items()))


def show_basis_of(reading: Reading, row: DossierRow, now: Millis) -> Plain | None:
    """The agreement that the dossier's opening entry rests on; None where it names none."""
    opening = reading.entry(EntryId(row.id))
    if opening is None:
        return None
    try:
        basis = parse_header(opening.header).marking.basis
    except PeerFault:
        return None
    return show_basis(reading, basis, now) if basis is not None else None


def show_basis(reading: Reading, basis: LegalBasis, now: Millis) -> Plain:
    """An article of an agreement in coded values. Of one that is not here, the bare reference."""
    shown: Plain = {
        "agreement": basis.agreement.hex(),
        "article": basis.article,
        "here": False,
        "title": "",
        "areas": [],
        "forms": [],
        "version": 0,
        "in_force": False,
        "in_force_since": 0,
        "suspended_by": [],
    }
    dossier = DossierId(basis.agreement)
    state = load_agreement(reading, dossier)
    if state is None:
        return shown
    shown |= {"here": True, "title": dossier_title(reading, dossier), "suspended_by": list(suspended_by(state))}
    found = terms_in_force(state, now)
    if found is None:
        return shown
    text, terms = found
    article = next((one for one in terms.articles if one.number == basis.article), None)
    areas = article.areas if article is not None and article.areas else terms.areas
    forms = article.forms if article is not None and article.forms else terms.forms
    return shown | {
        "areas": [area.value for area in areas],
        "forms": [form.value for form in forms],
        "version": terms.version,
        "in_force": True,
        "in_force_since": in_force_since(state, text),
        "consented_since": consented_since(state, text.hash),
    }
