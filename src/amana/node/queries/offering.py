# SPDX-License-Identifier: EUPL-1.2
"""Which acts a person can do in a dossier now, and of the others why not: tried by the very rules that would refuse.

Each entry type is completed and folded over the dossier's state with values made up where a person would choose;
nothing is kept. So no page shows a button that a rule refuses, and no second table says what the rules say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.information_request.state import RequestState
from amana.dossiers.kind import Coded, EntryType, Fact, Reason, Refused
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import KINDS, complete
from amana.dossiers.sample import first_of, sample_values
from amana.dossiers.shared.forms import describe_fields
from amana.dossiers.shared.vocabulary import Area
from amana.dossiers.tasks import SERVED_BY
from amana.node.access import Scope, require_binding_role, require_content_role, require_dossier
from amana.node.context import Node
from amana.node.lawfulness import require_basis
from amana.node.partners import require_reachable
from amana.node.ports import ACCEPTED, DossierRow, EntryRow, Reading
from amana.node.queries.rows import is_automatic, state_of, tasks_of
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import Header, parse_body, parse_header
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, Digest, DossierId, EntryId, Millis
from amana.protocol.marking import Marking

Plain = dict[str, Any]
LOCAL = ("note", "assign")
NEVER_OURS = frozenset(
    {
        Reason.ONLY_IN_REQUESTS,
        Reason.ONLY_IN_NOTICES,
        Reason.NOT_THE_ASKER,
        Reason.NOT_A_RESPONDENT,
        Reason.NOT_A_RECEIVER,
        Reason.NOT_THE_HOST,
    }
)
OF_OURS = frozenset({"correction", "recall_request"})  # speak of an entry of one's own
OF_OTHERS = frozenset({"permission_request"})
OF_ANY = frozenset({"translation", "translation_request"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The dossier in which acts are tried."""

    node: Node
    scope: Scope
    reading: Reading
    row: DossierRow
    state: Canonical
    now: Millis
    ours: tuple[str, ...]  # entries of ours that say something, and are not recalled
    others: tuple[tuple[str, AgencyCode], ...]


def actions_for(node: Node, scope: Scope, dossier: DossierId) -> Plain:
    """The acts in a dossier: `primary` serve what is expected of us, `secondary` are possible, `unavailable` say why not.

    Each has `action`, `type`, `four_eyes`, and in `choices` the entries that it can name. Raises Refusal `not_found`.
    """
    require_content_role(scope)

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        local = [{"action": name, "type": name, "four_eyes": False, "choices": {}} for name in LOCAL]
        shown: Plain = {"dossier": row.id.hex(), "primary": [], "secondary": [], "unavailable": [], "local": local}
        state = state_of(row)
        if state is None:
            return shown | {"refused": parse(row.cursor, Cursor).barred}
        place = _place(node, scope, reading, row, state)
        serving = [type for task in tasks_of(row, node.code) for type in SERVED_BY[task]]
        for declared in KINDS[row.kind].entry_types.values():
            if not declared.opens and not declared.automatic:
                _offer(place, declared, shown, serving)
        shown["primary"].sort(key=lambda offered: serving.index(offered["type"]))
        return shown

    return node.journal.read(ask)


def _offer(place: _Place, declared: EntryType, shown: Plain, serving: Sequence[str]) -> None:
    """Add one entry type where it belongs."""
    action = f"{place.row.kind}.{declared.name}"
    four_eyes = action in place.node.settings.four_eyes
    offered: Plain = {"action": action, "type": declared.name, "four_eyes": four_eyes}
    try:
        offered["choices"] = _try(place, declared)
    except Refusal as refusal:
        ever = refusal.code not in NEVER_OURS
        shown["unavailable"].append({**offered, "choices": {}, "code": str(refusal.code), "facts": dict(refusal.facts), "ever": ever})
        return
    shown["primary" if declared.name in serving else "secondary"].append(offered)


def _place(node: Node, scope: Scope, reading: Reading, row: DossierRow, state: Canonical) -> _Place:
    placed = [entry.id for entry in reading.dossier_entries(row.id) if entry.outcome == ACCEPTED]
    rows = [entry for entry in reading.entries(placed).values() if _says_something(entry)]
    recalled = {(held.entry, held.author) for held in state.recalls} if isinstance(state, RequestState) else set()
    standing = sorted((entry for entry in rows if (entry.id, entry.author) not in recalled), key=lambda entry: (entry.effective, entry.id))
    return _Place(
        node=node,
        scope=scope,
        reading=reading,
        row=row,
        state=state,
        now=node.clock.now(),
        ours=tuple(entry.id.hex() for entry in standing if entry.author == node.code),
        others=tuple((entry.id.hex(), entry.author) for entry in standing if entry.author != node.code),
    )


def _says_something(row: EntryRow) -> bool:
    """Whether a person wrote a text or items that are still here."""
    if is_automatic(row.kind, row.type) or not row.body:
        return False
    try:
        body = parse_body(row.body)
    except PeerFault:
        return False
    return bool(body.text or body.items or body.title or body.attachments)


def _try(place: _Place, declared: EntryType) -> dict[str, list[str]]:
    """The choices of an act that is possible now. Raises Refusal with the rule's reason where it is not."""
    kind, own = KINDS[place.row.kind], place.node.code
    if place.node.settings.supervisors_bind:
        require_binding_role(place.scope, f"{place.row.kind}.{declared.name}")
    choices = _choices(place, declared)
    given: Plain = _agencies(declared, own) | first_of(declared.coded, choices)
    if declared.name in OF_OTHERS and place.others:
        given["originator"] = place.others[0][1]
    completed = complete(place.row.kind, declared.name, given, author=own, state=place.state, agreement=None)
    _require_named(declared.name, choices)
    coded = from_plain({**sample_values(declared.coded, later=place.now + 86_400_000), **completed}, declared.coded)
    tried = kind.apply(place.state, _fact(place, declared, coded), coded)
    if isinstance(tried, Refused):
        raise Refusal(tried.reason)
    receivers = [party for party in place.row.parties if party not in {own, *kind.departed(place.state)}]
    if not receivers:
        raise Refusal("no_receiver")
    for party in receivers:
        require_reachable(place.reading, party, control=declared.control)
    if declared.needs_basis:
        _require_basis(place)
    return choices


def _require_named(type: str, choices: Mapping[str, list[str]]) -> None:
    if choices.get("entry", ["none needed"]):
        return
    if type in OF_OURS:
        raise Refusal(Reason.NOT_THE_AUTHOR)
    raise Refusal(Reason.NOT_ASKED_OF_YOU if type in OF_OTHERS else Reason.NO_SUCH_REQUEST)


def _agencies(declared: EntryType, own: AgencyCode) -> Plain:
    """An agency wherever one must be named: this one, which is a party of every dossier it acts in."""
    return {field.name: own for field in describe_fields(declared.coded) if field.kind == "agency" and field.required and not field.many}


def _choices(place: _Place, declared: EntryType) -> dict[str, list[str]]:
    """The entries that an act of this type can name, by coded field."""
    type, names_entry = declared.name, "entry" in declared.coded.__struct_fields__
    if type in OF_OURS and names_entry:
        return {"entry": list(place.ours)}
    if type in OF_OTHERS and names_entry:
        return {"entry": [id for id, _ in place.others]}
    if type in OF_ANY and names_entry:
        return {"entry": [*(id for id, _ in place.others), *place.ours]}
    named = KINDS[place.row.kind].choices(place.state, type, place.node.code)
    return {field: [id.hex() for id in ids] for field, ids in named.items()}


def _fact(place: _Place, declared: EntryType, coded: Coded) -> Fact:
    """The entry that the act would make, as rules read it."""
    row, own = place.row, place.node.code
    header = Header(
        run=1,
        body=Digest(bytes(32)),
        kind=row.kind,
        type=declared.name,
        coded=encode(coded),
        nonce=bytes(16),
        author=own,
        dossier=row.id,
        made_at=place.now,
        marking=Marking(),
        audience=tuple(party for party in row.parties if party != own),
    )
    return Fact(id=EntryId(bytes(32)), header=header, effective=max(place.now, row.last_effective + 1))


def _require_basis(place: _Place) -> None:
    """What flows in this dossier rests on an article in force. Raises Refusal with what is missing."""
    form = KINDS[place.row.kind].form
    if form is None:
        return
    if place.row.area not in {area.value for area in Area}:
        raise Refusal("unknown_area")
    opening = place.reading.entry(EntryId(place.row.id))
    named = parse_header(opening.header).marking.basis if opening is not None else None
    area = Area(place.row.area)
    require_basis(place.reading, form=form, area=area, parties=place.row.parties, named=named, now=place.now)
