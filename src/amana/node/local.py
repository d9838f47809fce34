# SPDX-License-Identifier: EUPL-1.2
"""The node's own log: what happened here alone, as chained records whose content can be erased.

Officers, partners and their cards, officers' handles, assignments, internal notes, drafts, consultations,
quarantine: each is one event, appended once. Current values (`record` rows) are derived from the events by
`amana.node.records`, so rebuilding makes them again and verification compares them.

`chain` is SHA-256 over a label, the chain before and every field but the content, which counts by its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from amana.node.briefs import Brief
from amana.node.local_event import LocalEvent
from amana.node.local_operations import AnnexKept, ComparisonFixed, ComparisonFound
from amana.node.local_packs import PackBody, PackMade, PackPart, PackRemoved, PackTaken
from amana.node.ports import LocalRow
from amana.protocol.canonical import Canonical, encode
from amana.protocol.identifiers import (
    AgencyCodeField,
    CodeField,
    Digest,
    DigestField,
    DossierId,
    EntryIdField,
    Millis,
    NumberField,
    SizeField,
)

CHAIN_LABEL = b"amana/local/v1\0"
GENESIS = Digest(bytes(32))
AccountField = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[a-z0-9][a-z0-9._-]*\Z")]


class OwnCard(LocalEvent, frozen=True, kw_only=True):
    """This node's card from now on (signed bytes; public)."""

    card: bytes


class OwnSealing(LocalEvent, frozen=True, kw_only=True):
    """This node's newest sealing key statement (signed bytes; public), until the next card."""

    statement: bytes


class OfficerAdded(LocalEvent, frozen=True, kw_only=True):
    """A local account. Its name never leaves the node."""

    name: Annotated[str, Meta(max_length=200)]
    role: CodeField
    units: tuple[CodeField, ...]
    account: AccountField
    language: Annotated[str, Meta(max_length=8)]


class AccountInvited(LocalEvent, frozen=True, kw_only=True):
    """The administrator handed this account an invitation to its first sign-in; what it signed in by before is void."""

    account: AccountField


class AccountClosed(LocalEvent, frozen=True, kw_only=True):
    """The administrator closed this account: nobody works by it until it is invited again."""

    account: AccountField


class SignedIn(LocalEvent, frozen=True, kw_only=True):
    """The officer of this record signed in at the pages."""

    factor: CodeField  # beside the password: one_time_code, recovery_code; in a demonstration: demonstration


class SignedOut(LocalEvent, frozen=True, kw_only=True):
    """The officer of this record signed out, or was signed out (`idle`)."""

    why: CodeField = "officer"


class PartnerAdded(LocalEvent, frozen=True, kw_only=True):
    """A partner's first card was brought in; nothing is exchanged before the safety number was compared."""

    card: bytes


class PartnerConfirmed(LocalEvent, frozen=True, kw_only=True):
    """A person typed the safety number that the partner read out."""

    code: AgencyCodeField
    number: NumberField


class PartnerCard(LocalEvent, frozen=True, kw_only=True):
    """The partner showed a higher card, signed by the identity we compared or by its announced successor."""

    card: bytes


class PartnerSealing(LocalEvent, frozen=True, kw_only=True):
    """The partner's newer sealing key statement (signed bytes)."""

    code: AgencyCodeField
    statement: bytes


class PartnerStatus(LocalEvent, frozen=True, kw_only=True):
    """The administrator suspended or resumed a partner."""

    code: AgencyCodeField
    status: CodeField


class HandleMade(LocalEvent, frozen=True, kw_only=True):
    """An officer's handle in one dossier; only this node can say whose it is."""

    handle: bytes
    account: AccountField


class Consulted(LocalEvent, frozen=True, kw_only=True):
    """An officer opened a dossier, or a list; the log of consultation. Of a dossier: how much of it there was to see."""

    what: CodeField
    count: Annotated[int, Meta(ge=0, lt=2**53)] = 0  # entries in the dossier
    others: Annotated[int, Meta(ge=0, lt=2**53)] = 0  # of these, said by people of other agencies


class NoteAdded(LocalEvent, frozen=True, kw_only=True):
    """An internal note that never leaves the node."""

    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    language: Annotated[str, Meta(max_length=8)] = ""


class BriefingKept(LocalEvent, frozen=True, kw_only=True):
    """An officer's briefing file before a meeting, as edited; it never leaves the node."""

    brief: Brief


class Assigned(LocalEvent, frozen=True, kw_only=True):
    """The dossier belongs to this unit and, if named, to this officer's desk."""

    unit: CodeField
    account: Annotated[str, Meta(max_length=32)] = ""


class DraftSaved(LocalEvent, frozen=True, kw_only=True):
    """An entry written but not sent: saved by its author, or waiting for a second person's release."""

    id: Annotated[bytes, Meta(min_length=16, max_length=16)]
    state: CodeField  # draft, awaiting_release
    action: bytes  # the action as JSON
    account: AccountField


class DraftEnded(LocalEvent, frozen=True, kw_only=True):
    """A draft was released (sent as `entry`) or discarded."""

    id: Annotated[bytes, Meta(min_length=16, max_length=16)]
    entry: bytes = b""
    state: CodeField  # released, discarded


class FormSent(LocalEvent, frozen=True, kw_only=True):
    """The form with this token became this entry; sending it again makes no second one."""

    form: Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+\Z")]
    entry: EntryIdField


class Disposed(LocalEvent, frozen=True, kw_only=True):
    """How an arrived entry was taken where it was not simply taken; told to the partner where `told`."""

    body: Annotated[bytes, Meta(max_length=32)] = b""  # SHA-256 of the body where no readable header commits to one
    code: CodeField
    told: bool = False
    entry: EntryIdField
    partner: AgencyCodeField


class Quarantined(LocalEvent, frozen=True, kw_only=True):
    """Bytes from outside that failed a check; they changed nothing. `fact` holds the error's facts as one line."""

    code: CodeField
    fact: Annotated[str, Meta(max_length=500)]
    size: Annotated[int, Meta(ge=0, lt=2**53)]
    check: Annotated[int, Meta(ge=0, lt=100)]
    sample: Annotated[bytes, Meta(max_length=65_536)]
    claimed: Annotated[str, Meta(max_length=32)]


class RefusalFact(Canonical, frozen=True, kw_only=True):
    """One fact of a refusal: a code, a number, a hash or an agency code."""

    name: CodeField
    value: Annotated[str, Meta(max_length=64)] | Annotated[int, Meta(gt=-(2**53), lt=2**53)]


class ActRefused(LocalEvent, frozen=True, kw_only=True):
    """A rule refused what an officer wanted to do in a dossier. Never what was written, never a name."""

    code: CodeField
    entry: Annotated[bytes, Meta(max_length=32)] = b""  # the entry that the act spoke of, where it named one
    facts: Annotated[tuple[RefusalFact, ...], Meta(max_length=8)] = ()
    action: Annotated[str, Meta(max_length=100)]


class DossierVerified(LocalEvent, frozen=True, kw_only=True):
    """An officer had the proofs of one dossier checked; what was counted, and what did not hold (empty: everything did)."""

    ok: bool
    heads: SizeField = 0
    erased: SizeField = 0
    entries: SizeField = 0
    failure: Annotated[str, Meta(max_length=48)] = ""
    receipts: SizeField = 0


class EvidenceKept(LocalEvent, frozen=True, kw_only=True):
    """The author of this log stands by two truths; anybody can verify it with that agency's cards."""

    origin: Annotated[str, Meta(max_length=100)]
    evidence: bytes


class AttachmentStaged(LocalEvent, frozen=True, kw_only=True):
    """A file was sealed and laid ready to be sent; its content here is erased when it is sent or dropped."""

    key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    size: Annotated[int, Meta(ge=0, le=10 * 1024 * 1024)]
    type: Annotated[str, Meta(min_length=3, max_length=100)]
    token: Annotated[bytes, Meta(min_length=16, max_length=16)]
    sha256: DigestField


class StagedEnded(LocalEvent, frozen=True, kw_only=True):
    """What was laid ready was sent with an entry, dropped by its officer, or destroyed because it was never sent."""

    entry: Annotated[bytes, Meta(max_length=32)] = b""
    state: CodeField  # sent, dropped, expired
    token: Annotated[bytes, Meta(min_length=16, max_length=16)]


class AttachmentSettled(LocalEvent, frozen=True, kw_only=True):
    """What became of one attachment towards one partner: the attachment's own disposition.

    `taken`: it needs nothing more of ours. Of theirs: `refused` (it will not be given), `damaged` (its bytes are not
    what the entry says), `other_type` (here, and of another type than the entry says).
    """

    code: CodeField
    entry: EntryIdField
    place: Annotated[int, Meta(ge=0, lt=20)]
    partner: AgencyCodeField


class BodiesErased(LocalEvent, frozen=True, kw_only=True):
    """Bodies of these entries were destroyed here."""

    reason: CodeField
    entries: tuple[EntryIdField, ...]


EVENTS: dict[str, type[LocalEvent]] = {
    "own_card": OwnCard,
    "own_sealing": OwnSealing,
    "officer_added": OfficerAdded,
    "partner_added": PartnerAdded,
    "partner_confirmed": PartnerConfirmed,
    "partner_card": PartnerCard,
    "partner_sealing": PartnerSealing,
    "partner_status": PartnerStatus,
    "handle_made": HandleMade,
    "consulted": Consulted,
    "note_added": NoteAdded,
    "briefing_kept": BriefingKept,
    "annex_kept": AnnexKept,
    "comparison_fixed": ComparisonFixed,
    "comparison_found": ComparisonFound,
    "assigned": Assigned,
    "draft_saved": DraftSaved,
    "draft_ended": DraftEnded,
    "form_sent": FormSent,
    "disposed": Disposed,
    "quarantined": Quarantined,
    "evidence_kept": EvidenceKept,
    "bodies_erased": BodiesErased,
    "attachment_staged": AttachmentStaged,
    "staged_ended": StagedEnded,
    "attachment_settled": AttachmentSettled,
    "act_refused": ActRefused,
    "dossier_verified": DossierVerified,
    "account_invited": AccountInvited,
    "account_closed": AccountClosed,
    "signed_in": SignedIn,
    "signed_out": SignedOut,
    "pack_made": PackMade,
    "pack_part": PackPart,
    "pack_body": PackBody,
    "pack_taken": PackTaken,
    "pack_removed": PackRemoved,
}
TYPE_OF: dict[type[LocalEvent], str] = {shape: name for name, shape in EVENTS.items()}


class _ChainLink(Canonical, frozen=True, kw_only=True):
    """What one chain value covers."""

    at: int
    seq: int
    type: str
    digest: bytes
    dossier: bytes
    officer: str
    previous: bytes


def chain_value(previous: Digest, row: LocalRow) -> Digest:
    """The chain value of a local record after `previous`."""
    link = _ChainLink(
        at=row.at,
        seq=row.seq,
        type=row.type,
        digest=row.digest,
        dossier=row.dossier,
        officer=row.officer,
        previous=previous,
    )
    return Digest(hashlib.sha256(CHAIN_LABEL + encode(link)).digest())


def content_digest(content: bytes) -> Digest:
    """The digest that stays when the content is erased."""
    return Digest(hashlib.sha256(content).digest())


def chained(head: tuple[int, Digest], events: Sequence[tuple[LocalEvent, str, DossierId]], *, at: Millis) -> list[LocalRow]:
    """Rows for events (event, officer, dossier) that follow the local record `head` = (seq, chain)."""
    seq, chain = head
    rows = []
    for event, officer, dossier in events:
        seq += 1
        content = encode(event)
        bare = LocalRow(
            seq=seq,
            at=at,
            type=TYPE_OF[type(event)],
            officer=officer,
            dossier=dossier,
            content=content,
            digest=content_digest(content),
            chain=GENESIS,
        )
        chain = chain_value(chain, bare)
        rows.append(bare._replace(chain=chain))
    return rows
