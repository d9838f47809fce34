# SPDX-License-Identifier: EUPL-1.2
"""The one door for everything a person does that changes something: `act`.

Order inside the write: access → rule → append → queue. What is refused leaves nothing. The same form sent twice
makes one entry. Entry types that the agency put under four eyes become a draft that another person releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from amana.dossiers.information_request.entries import Correction, RecallAnswer, RecallRequest
from amana.node.access import (
    Role,
    Scope,
    load_officers,
    load_scope,
    open_scope,
    require_binding_role,
    require_content_role,
    require_dossier,
    require_open_account,
)
from amana.node.actions.form import ActionForm, parse_action, parse_hex
from amana.node.actions.posting_form import Wishing
from amana.node.actions.refusing import record_refusal
from amana.node.actions.within import completed_by_home
from amana.node.annexes import parse_annex
from amana.node.attachments.sending import files_of, lay_ready, pack, send_files
from amana.node.briefs_kept import parse_brief
from amana.node.comparing import fix_set
from amana.node.context import Node
from amana.node.items_index import dossiers_with, index_body
from amana.node.local import Assigned, BriefingKept, DraftEnded, DraftSaved, FormSent, HandleMade, NoteAdded, PartnerStatus
from amana.node.local_event import LocalEvent
from amana.node.local_operations import AnnexKept
from amana.node.ports import DossierRow, Writing
from amana.node.posting import Posting, Wish
from amana.node.records import CONFIRMED, NO_DOSSIER, SUSPENDED, DraftRecord, append_events
from amana.node.retention import erase_recalled
from amana.protocol.canonical import parse, require_fit
from amana.protocol.entry import PARTNERSHIP, Entry
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import HANDLE_BYTES, AgencyCode, DossierId, EntryId

PARTNER_STATUS = {"suspend": SUSPENDED, "resume": CONFIRMED}
Event = tuple[LocalEvent, str, DossierId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act made."""

    entry: EntryId | None = None
    dossier: DossierId | None = None
    draft: bytes = b""
    state: str = ""
    warnings: tuple[Mapping[str, Any], ...] = ()
    erased: tuple[EntryId, ...] = ()  # bodies destroyed here by this act

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        shown: dict[str, Any] = {}
        if self.entry is not None:
            shown["entry"] = self.entry.hex()
        if self.dossier is not None:
            shown["dossier"] = self.dossier.hex()
        if self.draft:
            shown |= {"draft": self.draft.hex(), "state": self.state}
        if self.erased:
            shown["erased"] = [id.hex() for id in self.erased]
        return shown | ({"warnings": [dict(warning) for warning in self.warnings]} if self.warnings else {})


def act(node: Node, account: str, given: Mapping[str, Any]) -> Done:
    """One action of one person. Raises Refusal with its reason; nothing is kept then."""
    return act_many(node, account, [given])[0]


def act_many(node: Node, account: str, given: Sequence[Mapping[str, Any]]) -> list[Done]:
    """Several actions of one person in one write: all are kept, or none."""
    scope = open_scope(node, account)
    forms = [parse_action(one) for one in given]
    for form in forms:
        _require_role(scope, form)
        if node.settings.supervisors_bind and not form.keep:
            require_binding_role(scope, form.action)
    packed = [pack(node, form, one) for form, one in zip(forms, given, strict=True)]
    reached: set[AgencyCode] = set()
    begun: list[ActionForm] = []

    def write(writing: Writing) -> list[Done]:
        acting = Acting(node, scope, writing)
        done = []
        for one in packed:
            begun.append(one.form)
            lay_ready(writing, node, scope.account, one)
            done.append(acting.take(one.form, one.given))
        acting.flush()
        reached.update(acting.posting.reached)
        return done

    node.fault("act.before_commit")
    try:
        done = node.journal.write(write)
    except Refusal as refusal:
        if begun:
            record_refusal(node, scope, begun[-1], refusal)
        raise
    node.fault("act.committed")
    for partner in reached:
        node.wake(partner)
    return done


def _require_fit(event: LocalEvent) -> None:
    """What could not be read again is not kept. Raises Refusal `bad_values`."""
    try:
        require_fit(event)
    except PeerFault as fault:
        raise Refusal("bad_values", what=type(event).__name__, where="$") from fault


def _require_role(scope: Scope, form: ActionForm) -> None:
    """Content is for officers, the relation to a partner for the administrator; to others neither is there."""
    if form.action.partition(".")[0] != PARTNERSHIP:
        require_content_role(scope)
    elif scope.role is not Role.ADMINISTRATOR:
        raise Refusal("administrator_only")


class Acting:
    """One person's acts inside one write; `take` for what is meant, `post` to make an entry whatever release it needs."""

    def __init__(self, node: Node, scope: Scope, writing: Writing) -> None:
        self.node = node
        self.scope = scope
        self.writing = writing
        self.posting = Posting(node, writing)
        self.wishing = Wishing(node, self.posting)
        self.events: list[Event] = []
        self._rows: dict[str, DossierRow] = {}
        self._handles: dict[DossierId, bytes] = {}

    def take(self, form: ActionForm, given: Mapping[str, Any]) -> Done:
        match form.action:
            case "note":
                return self._note(form)
            case "brief":
                return self._brief(form)
            case "annex":
                return self._annex(form)
            case "deconflict":
                return self._deconflict(form)
            case "assign":
                return self._assign(form)
            case "release":
                return self._release(form)
            case "discard":
                return self._discard(form)
            case _ if "." not in form.action:
                raise Refusal("unknown_action")
            case "partnership.suspend" | "partnership.resume" | "partnership.introduction":
                return self._partnership(form)
            case _ if form.action.startswith(PARTNERSHIP):
                raise Refusal("automatic_entry")  # the node itself says this, when it is true
            case _ if form.keep or (form.action in self.node.settings.four_eyes):
                return self._keep_draft(form, given)
            case _:
                return self.post(form)

    def flush(self) -> None:
        self.posting.flush()
        for event, _, _ in self.events:
            _require_fit(event)
        if self.events:
            append_events(self.writing, self.events, at=self.node.clock.now())
            self.events = []

    def post(self, form: ActionForm, *, author: str = "") -> Done:
        account = author or self.scope.account
        if form.form and (sent := self.writing.record("form", form.form.encode())) is not None:
            raise Refusal("already_sent", entry=sent.hex())
        form = completed_by_home(self.writing, self.scope, self.node.code, form)
        row = self._require_dossier(form) if form.dossier else None
        handle = self._handle(row.id if row else None, account)
        wish = self.wishing.wish(form, self.wishing.setting(row, form), handle)
        self._require_own(wish)
        files = files_of(self.writing, account, form)
        entry = self.posting.append(replace(wish, attachments=files) if files else wish)
        send_files(self.writing, self.node, entry, form)
        dossier = DossierId(wish.dossier or entry.id)
        if row is None:
            self._open(dossier, handle, account, form)
        if form.form:
            self.events.append((FormSent(form=form.form, entry=entry.id), self.scope.account, dossier))
        erased: list[EntryId] = []
        if isinstance(wish.coded, RecallAnswer):
            erased = erase_recalled(self.writing, self.node, self.scope.account, dossier, wish.coded)
        return Done(entry=entry.id, dossier=dossier, warnings=self._index(entry, dossier), erased=tuple(erased))

    def _partnership(self, form: ActionForm) -> Done:
        """The administrator suspends or resumes a partner, or introduces another agency to it."""
        if len(form.to) != 1 or form.dossier:
            raise Refusal("one_partner_needed")
        wish = self.wishing.wish(form, self.wishing.setting(None, form), b"")
        entry = self.posting.append(replace(wish, rules=0))
        if (status := PARTNER_STATUS.get(wish.type)) is not None:
            self.events.append((PartnerStatus(code=form.to[0], status=status), self.scope.account, NO_DOSSIER))
        return Done(entry=entry.id)

    def _require_dossier(self, form: ActionForm) -> DossierRow:
        """The dossier a form names, if this person may see it; asked once for each in a write."""
        if form.dossier not in self._rows:
            dossier = DossierId(parse_hex(form.dossier, what="dossier"))
            self._rows[form.dossier] = require_dossier(self.writing, self.scope, dossier)
        return self._rows[form.dossier]

    def _require_own(self, wish: Wish) -> None:
        """Only its author recalls or corrects an entry; folds cannot tell, since they read one header at a time."""
        if isinstance(wish.coded, RecallRequest | Correction):
            named = self.writing.entry(wish.coded.entry)
            if named is not None and named.author != self.node.code:
                raise Refusal("not_the_author")

    def _handle(self, dossier: DossierId | None, account: str) -> bytes:
        """The officer's handle in this dossier; new for each."""
        if dossier is not None:
            held = self._handles.get(dossier) or self.writing.record("handle", dossier + account.encode())
            if held is not None:
                self._handles[dossier] = held
                return held
        handle = self.node.randomness.token(HANDLE_BYTES)
        if dossier is not None:
            self._handles[dossier] = handle
            self.events.append((HandleMade(handle=handle, account=account), account, dossier))
        return handle

    def _open(self, dossier: DossierId, handle: bytes, account: str, form: ActionForm) -> None:
        """A new dossier belongs to its author's unit and desk."""
        unit = form.unit or min(self.scope.units)
        if unit not in self.scope.units:
            raise Refusal("foreign_unit", unit=unit)
        self._handles[dossier] = handle
        self.events.append((HandleMade(handle=handle, account=account), account, dossier))
        self.events.append((Assigned(unit=unit, account=account), self.scope.account, dossier))

    def _index(self, entry: Entry, dossier: DossierId) -> tuple[Mapping[str, Any], ...]:
        """Warn of dossiers in which the same thing occurs already, and index this entry's items."""
        if entry.body is None or not entry.body.items:
            return ()
        elsewhere = dossiers_with(self.writing, entry.body.items) - {dossier}
        index_body(self.writing, entry.id, dossier, entry.body)
        seen = [id for id in sorted(elsewhere) if self._may_see(id)]
        return tuple({"code": "likely_duplicate", "dossier": id.hex()} for id in seen)

    def _may_see(self, dossier: DossierId) -> bool:
        try:
            require_dossier(self.writing, self.scope, dossier)
        except Refusal:
            return False
        return True

    def _note(self, form: ActionForm) -> Done:
        row = self._require_dossier(form)
        if not form.text:
            raise Refusal("text_needed")
        self.events.append((NoteAdded(text=form.text, language=form.language), self.scope.account, row.id))
        return Done(dossier=row.id)

    def _brief(self, form: ActionForm) -> Done:
        """Keep the briefing file before a meeting; it never leaves the node."""
        row = self._require_dossier(form)
        self.events.append((BriefingKept(brief=parse_brief(self.writing, self.scope, row, form.detail)), self.scope.account, row.id))
        return Done(dossier=row.id)

    def _annex(self, form: ActionForm) -> Done:
        """Write the agency's private annex to an operation anew; it never leaves the node."""
        row = self._require_dossier(form)
        self.events.append((AnnexKept(annex=parse_annex(row, form.detail)), self.scope.account, row.id))
        return Done(dossier=row.id)

    def _deconflict(self, form: ActionForm) -> Done:
        """Let the points of the operation's annex be compared: announce them for the next round of a deconfliction."""
        row = self._require_dossier(form)
        self.posting.reached |= fix_set(self.writing, self.node, self.scope.account, row)
        return Done(dossier=row.id)

    def _assign(self, form: ActionForm) -> Done:
        """Assign to a colleague or hand over to another unit."""
        row = self._require_dossier(form)
        unit = form.unit
        if form.officer:
            officer = load_scope(self.writing, self.node, form.officer)
            require_open_account(self.writing, form.officer)
            if officer.role is Role.ADMINISTRATOR or (unit and unit not in officer.units):
                raise Refusal("not_in_unit")
            unit = unit or min(officer.units)
        if not unit:
            raise Refusal("unit_needed")
        if not any(unit in known.units for known in load_officers(self.writing)):
            raise Refusal("not_in_unit")  # nobody could see the dossier any more
        self.events.append((Assigned(unit=unit, account=form.officer), self.scope.account, row.id))
        return Done(dossier=row.id)

    def _keep_draft(self, form: ActionForm, given: Mapping[str, Any]) -> Done:
        """Keep the action; one under four eyes waits for a second person, and must be able to be sent as it is."""
        form = completed_by_home(self.writing, self.scope, self.node.code, form)
        state = "draft" if form.keep else "awaiting_release"
        row = self._require_dossier(form) if form.dossier else None
        if not form.keep:
            self.wishing.wish(form, self.wishing.setting(row, form), b"")
        files_of(self.writing, self.scope.account, form)
        id = self.node.randomness.token(16)
        action = msgspec.json.encode({name: value for name, value in given.items() if name != "keep"})
        draft = DraftSaved(id=id, state=state, action=action, account=self.scope.account)
        self.events.append((draft, self.scope.account, row.id if row else NO_DOSSIER))
        return Done(draft=id, state=state)

    def _draft(self, form: ActionForm) -> tuple[bytes, DraftRecord]:
        id = parse_hex(form.draft, what="draft", length=16)
        held = self.writing.record("draft", id)
        if held is None:
            raise Refusal("not_found")
        draft = parse(held, DraftRecord)
        if draft.state not in ("draft", "awaiting_release"):
            raise Refusal("draft_ended")
        author = load_scope(self.writing, self.node, draft.author)
        if not author.units & self.scope.units:
            raise Refusal("not_found")
        return id, draft

    def _release(self, form: ActionForm) -> Done:
        """Send what another person wrote."""
        id, draft = self._draft(form)
        written = parse_action(msgspec.json.decode(draft.action))
        if written.action in self.node.settings.four_eyes and draft.author == self.scope.account:
            raise Refusal("own_draft")
        if self.node.settings.supervisors_bind:
            require_binding_role(self.scope, written.action)
        done = self.post(written, author=draft.author)
        entry = done.entry or b""
        self.events.append((DraftEnded(id=id, entry=entry, state="released"), self.scope.account, done.dossier or NO_DOSSIER))
        return done

    def _discard(self, form: ActionForm) -> Done:
        id, _ = self._draft(form)
        self.events.append((DraftEnded(id=id, state="discarded"), self.scope.account, NO_DOSSIER))
        return Done(draft=id, state="discarded")
