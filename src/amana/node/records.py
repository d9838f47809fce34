# SPDX-License-Identifier: EUPL-1.2
"""Current values derived from local events: what `record` rows hold, and the only way events are appended.

A record is a pure function of the events before it, so `amana rebuild` makes the same rows from the node's own
log. Keys sort bytewise; compound keys put the fixed-length part first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, assert_never

from msgspec import Meta

from amana.node.briefs import BriefRecord
from amana.node.local import (
    AccountClosed,
    AccountInvited,
    ActRefused,
    Assigned,
    AttachmentSettled,
    AttachmentStaged,
    BodiesErased,
    BriefingKept,
    Consulted,
    Disposed,
    DossierVerified,
    DraftEnded,
    DraftSaved,
    EvidenceKept,
    FormSent,
    HandleMade,
    NoteAdded,
    OfficerAdded,
    OwnCard,
    OwnSealing,
    PartnerAdded,
    PartnerCard,
    PartnerConfirmed,
    PartnerSealing,
    PartnerStatus,
    Quarantined,
    SignedIn,
    SignedOut,
    StagedEnded,
    chained,
)
from amana.node.local_event import LocalEvent
from amana.node.local_operations import AnnexKept, ComparisonFixed, ComparisonFound, operation_record
from amana.node.local_packs import PackBody, PackMade, PackPart, PackRemoved, PackTaken, kept_pack
from amana.node.ports import LocalRow, Reading, RecordRow, Writing
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.card import Card, SignedCard
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    CodeField,
    DossierId,
    EntryId,
    Millis,
    MillisField,
    NumberField,
    SizeField,
)

ADDED, CONFIRMED, SUSPENDED = "added", "confirmed", "suspended"
INVITED, CLOSED = "invited", "closed"
NO_DOSSIER = DossierId(b"")
LOOKS = frozenset({"dossier", "meeting", "communique", "threat_assessment"})  # consultations that show a dossier whole


class PartnerRecord(Canonical, frozen=True, kw_only=True):
    """What this node holds of a partner: its card in force and whether two people compared the safety number."""

    card: bytes
    code: AgencyCodeField
    since: MillisField
    number: NumberField
    status: CodeField
    sealing: bytes = b""


class AccountRecord(Canonical, frozen=True, kw_only=True):
    """What the administrator last did with an account's sign-in."""

    at: MillisField
    by: str = ""
    state: CodeField  # invited, closed


class NoteRecord(Canonical, frozen=True, kw_only=True):
    """An internal note."""

    at: MillisField
    text: str
    author: str
    language: str = ""


class DraftRecord(Canonical, frozen=True, kw_only=True):
    """A draft as it stands."""

    at: MillisField
    entry: bytes = b""
    state: CodeField
    action: bytes
    author: str


class QuarantineRecord(Canonical, frozen=True, kw_only=True):
    """Refused bytes as the administrator sees them: who they claim to be from, what failed."""

    at: MillisField
    code: CodeField
    fact: str
    size: int
    check: int
    claimed: str


class DispositionRecord(Canonical, frozen=True, kw_only=True):
    """How an arrived entry was taken where it was not simply taken."""

    at: MillisField
    body: bytes = b""
    code: CodeField
    told: bool = False
    partner: Annotated[str, Meta(max_length=32)]


class SeenRecord(Canonical, frozen=True, kw_only=True):
    """How much of a dossier an account last saw; whatever others have said beyond is new to it."""

    at: MillisField
    count: SizeField = 0
    others: SizeField = 0


class VerifiedRecord(Canonical, frozen=True, kw_only=True):
    """When a dossier's proofs were last checked, and what came of it."""

    at: MillisField
    ok: bool
    heads: SizeField = 0
    erased: SizeField = 0
    entries: SizeField = 0
    failure: str = ""
    officer: str = ""
    receipts: SizeField = 0


class StagedRecord(Canonical, frozen=True, kw_only=True):
    """A file laid ready to be sent, and the local record that holds its key until then."""

    at: MillisField
    key: bytes
    seq: NumberField
    name: str
    size: int
    type: str
    sha256: bytes
    account: str


def append_events(writing: Writing, events: Sequence[tuple[LocalEvent, str, DossierId]], *, at: Millis) -> list[LocalRow]:
    """Append (event, officer, dossier) to the node's own log inside a write, with the records derived from them."""
    rows = chained(writing.local_head(), events, at=at)
    writing.add_local(rows)
    for row, (event, _, _) in zip(rows, events, strict=True):
        derive_records(writing, row, event)
    return rows


def append_event(writing: Writing, event: LocalEvent, *, at: Millis, officer: str = "", dossier: DossierId = NO_DOSSIER) -> LocalRow:
    """Append one event; see `append_events`."""
    return append_events(writing, [(event, officer, dossier)], at=at)[0]


def derive_records(writing: Writing, row: LocalRow, event: LocalEvent) -> None:
    """Bring the records up to date with one event; called when it happens and again by a rebuild."""
    match event:
        case OfficerAdded():
            _put(writing, "officer", event.account.encode(), encode(event))
        case AccountInvited() | AccountClosed():
            state = INVITED if isinstance(event, AccountInvited) else CLOSED
            _put(writing, "account", event.account.encode(), encode(AccountRecord(at=row.at, by=row.officer, state=state)))
        case OwnCard(card=signed):
            card = read_card(signed)
            _put(writing, "own_card", b"", signed)
            writing.drop_records("own_sealing", [b""])  # a card states its own key
            _put(writing, "card", card_key(card.code, card.number), signed)
        case OwnSealing(statement=statement):
            _put(writing, "own_sealing", b"", statement)
        case PartnerAdded() | PartnerConfirmed() | PartnerCard() | PartnerSealing() | PartnerStatus():
            _derive_partner(writing, row, event)
        case Disposed():
            disposition = DispositionRecord(at=row.at, body=event.body, code=event.code, told=event.told, partner=event.partner)
            _put(writing, "disposition", event.entry, encode(disposition))
        case Quarantined():
            record = QuarantineRecord(
                at=row.at, code=event.code, fact=event.fact, size=event.size, check=event.check, claimed=event.claimed
            )
            _put(writing, "quarantine", sequence_key(row.seq), encode(record))
        case EvidenceKept(origin=origin, evidence=evidence):
            _put(writing, "evidence", origin.encode(), evidence)
        case BodiesErased() | ActRefused() | SignedIn() | SignedOut():
            pass  # the event itself is the record
        case Consulted() | DossierVerified():
            _derive_looks(writing, row, event)
        case AttachmentStaged() | StagedEnded() | AttachmentSettled():
            _derive_attachment(writing, row, event)
        case _:
            _derive_desk(writing, row, event)


def _derive_pack(writing: Writing, row: LocalRow, event: PackMade | PackPart | PackBody | PackTaken | PackRemoved) -> None:
    """Which packs can be read."""
    match event:
        case PackTaken():
            _put(writing, "pack", row.dossier, encode(kept_pack(event, at=row.at, account=row.officer)))
        case PackRemoved():
            writing.drop_records("pack", [row.dossier])
        case PackMade() | PackPart() | PackBody():
            pass  # the event itself is the record
        case _:
            assert_never(event)


def _derive_looks(writing: Writing, row: LocalRow, event: Consulted | DossierVerified) -> None:
    """What an account has seen of a dossier, and when the dossier's proofs were last checked."""
    match event:
        case Consulted():
            if event.what in LOOKS and row.dossier:
                seen = SeenRecord(at=row.at, count=event.count, others=event.others)
                _put(writing, "seen", row.dossier + row.officer.encode(), encode(seen))
        case DossierVerified():
            verified = VerifiedRecord(
                at=row.at,
                ok=event.ok,
                heads=event.heads,
                erased=event.erased,
                entries=event.entries,
                failure=event.failure,
                officer=row.officer,
                receipts=event.receipts,
            )
            _put(writing, "verified", row.dossier, encode(verified))
        case _:
            assert_never(event)


def _derive_attachment(writing: Writing, row: LocalRow, event: AttachmentStaged | StagedEnded | AttachmentSettled) -> None:
    """What is laid ready, and what is settled of an attachment with a partner: no more asked for, or no more offered."""
    match event:
        case AttachmentStaged():
            staged = StagedRecord(
                at=row.at,
                key=event.key,
                seq=row.seq,
                name=event.name,
                size=event.size,
                type=event.type,
                sha256=event.sha256,
                account=row.officer,
            )
            _put(writing, "staged", event.token, encode(staged))
        case StagedEnded():
            writing.drop_records("staged", [event.token])
        case AttachmentSettled(code="taken"):
            _put(writing, "attachment_taken", attachment_key(event.entry, event.place) + event.partner.encode(), b"")
            writing.drop_records("attachment_offered", [partner_key(event.partner) + attachment_key(event.entry, event.place)])
        case AttachmentSettled():
            _put(writing, "attachment_settled", attachment_key(event.entry, event.place) + event.partner.encode(), event.code.encode())
            writing.drop_records("attachment_wanted", [partner_key(event.partner) + attachment_key(event.entry, event.place)])
        case _:
            assert_never(event)


def _derive_desk(writing: Writing, row: LocalRow, event: LocalEvent) -> None:
    """What officers leave: handles, notes, assignments, drafts, forms, packs."""
    match event:
        case HandleMade():
            _put(writing, "handle", row.dossier + event.account.encode(), event.handle)
            _put(writing, "handle_owner", event.handle, row.dossier + event.account.encode())
        case NoteAdded():
            note = NoteRecord(at=row.at, text=event.text, author=row.officer, language=event.language)
            _put(writing, "note", row.dossier + sequence_key(row.seq), encode(note))
        case BriefingKept(brief=brief):
            kept = BriefRecord(at=row.at, brief=brief, author=row.officer)
            _put(writing, "briefing", row.dossier + row.officer.encode(), encode(kept))
        case AnnexKept() | ComparisonFixed() | ComparisonFound():
            writing.store_records([operation_record(row, event)])
        case Assigned():
            _put(writing, "assignment", row.dossier, encode(event))
        case DraftSaved():
            draft = DraftRecord(at=row.at, state=event.state, action=event.action, author=event.account)
            _put(writing, "draft", event.id, encode(draft))
        case FormSent():
            _put(writing, "form", event.form.encode(), event.entry)
        case DraftEnded():
            _derive_draft_end(writing, row, event)
        case PackMade() | PackPart() | PackBody() | PackTaken() | PackRemoved():
            _derive_pack(writing, row, event)
        case _:
            raise AssertionError(type(event).__name__)


def _derive_partner(
    writing: Writing,
    row: LocalRow,
    event: PartnerAdded | PartnerConfirmed | PartnerCard | PartnerSealing | PartnerStatus,
) -> None:
    match event:
        case PartnerAdded(card=signed) | PartnerCard(card=signed):
            card = read_card(signed)
            held = load_partner_record(writing, card.code)
            status = held.status if held and isinstance(event, PartnerCard) else ADDED
            partner = PartnerRecord(card=signed, code=card.code, since=row.at, number=card.number, status=status)
            _put(writing, "card", card_key(card.code, card.number), signed)
        case PartnerConfirmed(code=code):
            partner = _changed(writing, code, status=CONFIRMED, since=row.at)
        case PartnerStatus(code=code, status=status):
            partner = _changed(writing, code, status=status, since=row.at)
        case PartnerSealing(code=code, statement=statement):
            partner = _changed(writing, code, sealing=statement)
        case _:
            assert_never(event)
    _put(writing, "partner", partner.code.encode(), encode(partner))


def _changed(
    writing: Writing, code: AgencyCode, *, status: str = "", since: Millis | None = None, sealing: bytes | None = None
) -> PartnerRecord:
    held = load_partner_record(writing, code)
    if held is None:
        raise AssertionError("a partner event without a partner")
    return PartnerRecord(
        card=held.card,
        code=held.code,
        since=held.since if since is None else since,
        number=held.number,
        status=status or held.status,
        sealing=held.sealing if sealing is None else sealing,
    )


def _derive_draft_end(writing: Writing, row: LocalRow, event: DraftEnded) -> None:
    held = writing.record("draft", event.id)
    if held is None:
        raise AssertionError("a draft ended that never was")
    draft = parse(held, DraftRecord)
    ended = DraftRecord(at=row.at, entry=event.entry, state=event.state, action=draft.action, author=draft.author)
    _put(writing, "draft", event.id, encode(ended))


def load_partner_record(reading: Reading, code: str) -> PartnerRecord | None:
    """What this node holds of a partner, or None."""
    held = reading.record("partner", code.encode())
    return None if held is None else parse(held, PartnerRecord)


def read_card(signed: bytes) -> Card:
    """The card inside signed bytes that were verified before they were stored."""
    return parse(parse(signed, SignedCard).card, Card)


def card_key(code: str, number: int) -> bytes:
    """Key of a card by agency and number."""
    return code.encode() + b"\0" + number.to_bytes(4, "big")


def attachment_key(entry: EntryId, place: int) -> bytes:
    """Key of an attachment: the entry, and the place in the list of its body."""
    return entry + bytes([place])


def partner_key(code: str) -> bytes:
    """Key part that collects what concerns one partner."""
    return code.encode() + b"\0"


def sequence_key(seq: int) -> bytes:
    """Key part that sorts in order of local records."""
    return seq.to_bytes(8, "big")


def _put(writing: Writing, kind: str, key: bytes, value: bytes) -> None:
    writing.store_records([RecordRow(kind=kind, key=key, value=value)])
