# SPDX-License-Identifier: EUPL-1.2
"""What a word does to a joint text: the text after it, or the reason why it does not count.

Every word changes only registers of its author, or the versions that it names, so words that cross commute.
The checks have the numbers of their list in the spec; (1), that the author has not left, each kind makes for all its words.
Spec: spec/kinds/joint-text.md.
"""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from amana.dossiers.kind import Fact, Reason, Refused
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval, Written
from amana.dossiers.shared.joint_text.state import Approval, BoundText, JointText, Signatory, Span, Version, text_hash, version_of
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

MAX_VERSIONS = 300  # of one author in one dossier; every entry writes the state anew
MAX_TEXTS = 64  # that one party approves or has approved: each may name hundreds of versions
MAX_RENEWALS = 32  # times that a party approves one text again after it took the approval back
Word = Translation | Agree | Object | WithdrawApproval | Leave


def say(text: JointText, fact: Fact, said: Word) -> JointText | Refused:
    """A word that every kind with a joint text knows."""
    match said:
        case Translation():
            return translate(text, fact, said)
        case Agree() | Object():
            return speak(text, fact, said)
        case WithdrawApproval():
            return withdraw(text, fact, said)
        case Leave():
            return leave(text, fact)
        case _:
            assert_never(said)


def write(text: JointText, fact: Fact, said: Written, scope: str) -> JointText | Refused:
    """A new version; its author agrees to it."""
    author = fact.header.author
    own = _party(text, author)
    if own.written >= MAX_VERSIONS:
        return Refused(Reason.TOO_MANY_OPEN)  # (2)
    first = version_of(text, said.clause) if said.clause else None
    if said.clause and (first is None or first.clause != first.id):
        return Refused(Reason.NO_SUCH_VERSION)  # (3)
    replaced = [version_of(text, id) for id in said.replaces]
    if any(version is None for version in replaced):
        return Refused(Reason.NO_SUCH_VERSION)  # (4)
    clause = EntryId(said.clause) if said.clause else fact.id
    if any(held is not None and (held.clause != clause or held.scope != scope or held.translates) for held in replaced):
        return Refused(Reason.OTHER_CLAUSE)  # (5)
    if said.struck and not said.clause:
        return Refused(Reason.NO_SUCH_VERSION)  # (6)
    version = Version(
        at=Millis(fact.effective),
        id=fact.id,
        type=fact.header.type,
        coded=fact.header.coded,
        place=said.place,
        scope=scope,
        agreed=(author,),
        author=author,
        clause=clause,
        struck=said.struck,
        language=said.language,
    )
    return _with_version(text, own, version, said.replaces)


def translate(text: JointText, fact: Fact, said: Translation) -> JointText | Refused:
    """A version of the same clause in another language; it stands beside the one that it translates."""
    own = _party(text, fact.header.author)
    if own.written >= MAX_VERSIONS:
        return Refused(Reason.TOO_MANY_OPEN)  # (2)
    original = version_of(text, said.version)
    replaced = [version_of(text, id) for id in said.replaces]
    if original is None or original.translates or any(held is None for held in replaced):
        return Refused(Reason.NO_SUCH_VERSION)  # (7)
    if any(
        held is not None and (held.clause != original.clause or held.language != said.language or not held.translates) for held in replaced
    ):
        return Refused(Reason.OTHER_CLAUSE)  # (8)
    version = Version(
        at=Millis(fact.effective),
        id=fact.id,
        type=fact.header.type,
        coded=fact.header.coded,
        place=original.place,
        scope=original.scope,
        agreed=(fact.header.author,),
        author=fact.header.author,
        clause=original.clause,
        language=said.language,
        translates=original.id,
    )
    return _with_version(text, own, version, said.replaces)


def speak(text: JointText, fact: Fact, said: Agree | Object) -> JointText | Refused:
    """A party's word on versions; the last one of a party to a version stands."""
    author, named = fact.header.author, set(said.versions)
    if not named <= {held.id for held in text.versions}:
        return Refused(Reason.NO_SUCH_VERSION)  # (9)
    agrees = isinstance(said, Agree)
    if not agrees and any(held.id in named and held.author == author for held in text.versions):
        return Refused(Reason.OWN_VERSION)  # (10)
    versions = tuple(_worded(held, author, agrees=agrees) if held.id in named else held for held in text.versions)
    return Refused(Reason.ALREADY_SAID) if versions == text.versions else replace(text, versions=versions)  # (11)


def approve(text: JointText, fact: Fact, bound: BoundText) -> JointText | Refused:
    """A party binds itself to a text, and thereby agrees to each of its versions; the hash must be theirs."""
    if bound.hash != text_hash(bound.scope, bound.versions, bound.conditions):
        return Refused(Reason.HASH_DIFFERS)  # (12)
    if not bound.versions:
        return Refused(Reason.EMPTY_TEXT)  # (13)
    if (refused := _unfit(text, bound)) is not None:
        return refused
    own = _party(text, fact.header.author)
    held = next((approval for approval in own.approvals if approval.hash == bound.hash), None)
    if held is not None and not held.ended:
        return Refused(Reason.ALREADY_SAID)  # (16)
    if held is None and len(own.approvals) >= MAX_TEXTS:
        return Refused(Reason.TOO_MANY_OPEN)  # (17)
    past = (*held.past, Span(ended=held.ended, since=held.since)) if held is not None else ()
    if len(past) > MAX_RENEWALS:
        return Refused(Reason.TOO_MANY_OPEN)  # (17)
    fresh, named = Approval(hash=bound.hash, past=past, since=Millis(fact.effective)), set(bound.versions)
    versions = tuple(_worded(one, own.agency, agrees=True) if one.id in named else one for one in text.versions)
    texts = {known.hash: known for known in (*text.texts, bound)}
    text = replace(text, texts=tuple(texts[hash] for hash in sorted(texts)), versions=versions)
    return _with_party(text, _with_approval(own, fresh))


def _unfit(text: JointText, bound: BoundText) -> Refused | None:
    """A text has each version once, one wording of each clause, and none that strikes its clause."""
    known = {version.id: version for version in text.versions}
    if any(id not in known for id in bound.versions):
        return Refused(Reason.NO_SUCH_VERSION)  # (14)
    named = [known[id] for id in bound.versions]
    worded = [(version.scope, version.clause) for version in named if not version.translates]
    if len(set(bound.versions)) < len(bound.versions) or len(set(worded)) < len(worded) or any(one.struck for one in named):
        return Refused(Reason.OTHER_CLAUSE)  # (15)
    return None


def withdraw(text: JointText, fact: Fact, said: WithdrawApproval) -> JointText | Refused:
    """A party takes its approval back."""
    own = _party(text, fact.header.author)
    held = next((approval for approval in own.approvals if approval.hash == said.hash and not approval.ended), None)
    if held is None:
        return Refused(Reason.NOT_APPROVED)  # (18)
    return _with_party(text, _with_approval(own, replace(held, ended=Millis(fact.effective))))


def leave(text: JointText, fact: Fact) -> JointText | Refused:
    """A party leaves for good."""
    own = _party(text, fact.header.author)
    return _with_party(text, replace(own, left=Millis(fact.effective)))


def _worded(version: Version, agency: AgencyCode, *, agrees: bool) -> Version:
    agreed, objected = set(version.agreed) - {agency}, set(version.objected) - {agency}
    (agreed if agrees else objected).add(agency)
    return replace(version, agreed=tuple(sorted(agreed)), objected=tuple(sorted(objected)))


def _with_version(text: JointText, own: Signatory, version: Version, replaces: tuple[EntryId, ...]) -> JointText:
    named = set(replaces)
    versions = [replace(held, replaced=True) if held.id in named else held for held in text.versions]
    versions.append(version)
    return _with_party(replace(text, versions=tuple(sorted(versions, key=lambda held: held.id))), replace(own, written=own.written + 1))


def _party(text: JointText, agency: AgencyCode) -> Signatory:
    return next(party for party in text.parties if party.agency == agency)


def _with_party(text: JointText, party: Signatory) -> JointText:
    return replace(text, parties=tuple(party if held.agency == party.agency else held for held in text.parties))


def _with_approval(own: Signatory, approval: Approval) -> Signatory:
    kept = (held for held in own.approvals if held.hash != approval.hash)
    return replace(own, approvals=tuple(sorted((*kept, approval), key=lambda held: held.hash)))
