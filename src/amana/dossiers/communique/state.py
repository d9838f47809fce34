# SPDX-License-Identifier: EUPL-1.2
"""What is true of a communiqué: its text in each language, each party's embargoes and releases; the rest is derived.

Each entry changes only its author's own registers or what it names, so concurrent entries commute. Registers keep when
they were set. "Released" is derived from that: the first moment at which the release is said, every party present then
approves every text it names, and no party's embargo of that moment runs. So a word before that moment can prevent it,
and a word after it changes nothing. Spec: spec/kinds/communique.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.dossiers.communique.entries import LANGUAGES
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.joint_text.state import JointText, Signatory, present
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    Digest,
    DigestField,
    EffectiveField,
    EntryId,
    EntryIdField,
    Millis,
    MillisField,
)

MAX_EMBARGOES = 64  # that one party sets one after the other; beyond, it takes its approval back
MAX_RELEASES = 16  # that one party says
ALWAYS = 2**63  # later than every moment
Times = tuple[tuple[int, int], ...]  # from a moment up to, but not at, a later one; in order, none touching the next


class EmbargoSet(Canonical, frozen=True, kw_only=True):
    """From `at` on, this party wanted nothing released before `until`; 0: it had no embargo."""

    at: EffectiveField
    until: MillisField


class ReleaseSaid(Canonical, frozen=True, kw_only=True):
    """A release: said in which entry, when, of which texts."""

    at: EffectiveField
    entry: EntryIdField
    hashes: tuple[DigestField, ...]  # sorted


class Party(Canonical, frozen=True, kw_only=True):
    """One party's registers beside those of the text: only its own entries change them."""

    agency: AgencyCodeField
    releases: tuple[ReleaseSaid, ...] = ()  # oldest first
    embargoes: tuple[EmbargoSet, ...] = ()  # oldest first


class CommuniqueState(Canonical, frozen=True, kw_only=True):
    """The whole state of a communiqué. The text in a language has the scope `text.<language>`."""

    text: JointText
    about: Reference = b""
    parties: tuple[Party, ...]  # sorted by agency
    languages: LanguagesField


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A text that is public, or will be at `at` if nobody says anything before."""

    at: Millis
    by: AgencyCode  # who said the release
    hash: Digest
    entry: EntryId  # the release
    language: str
    versions: tuple[EntryId, ...]


def scope_of(language: str) -> str:
    """The scope of the text in that language."""
    return f"text.{language}"


def known_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those that a communiqué can have, each once, in the order in which they are given."""
    return tuple(dict.fromkeys(language for language in languages if language in LANGUAGES))


def embargo_until(state: CommuniqueState) -> Millis:
    """The latest embargo of all present parties, by their last words; 0 none."""
    here = set(present(state.text))
    return max((party.embargoes[-1].until for party in state.parties if party.agency in here and party.embargoes), default=Millis(0))


def release_moment(state: CommuniqueState, release: ReleaseSaid) -> Millis:
    """The first moment at which nothing stands against this release, by all that is known; 0 none."""
    open_: Times = ((0, ALWAYS),)
    for party, signatory in zip(state.parties, state.text.parties, strict=True):
        free = _unembargoed(party)
        for hash in release.hashes:
            free = _both(free, _approving(signatory, hash))
        if signatory.left:
            free = (*_both(free, ((0, signatory.left),)), (signatory.left, ALWAYS))
        open_ = _both(open_, free)
    if not present(state.text):  # when the last one had left, nobody was there to release anything
        open_ = _both(open_, ((0, max(signatory.left for signatory in state.text.parties)),))
    return next((Millis(max(begins, release.at)) for begins, ends in open_ if ends > release.at), Millis(0))


def _unembargoed(party: Party) -> Times:
    """The times in which this party's embargo, as it then was, did not run."""
    words = [(0, 0), *((held.at, held.until) for held in party.embargoes)]
    ends = [*(at for at, _ in words[1:]), ALWAYS]
    return tuple((max(at, until), end) for (at, until), end in zip(words, ends, strict=True) if max(at, until) < end)


def _approving(signatory: Signatory, hash: Digest) -> Times:
    """The times in which this party approved this hash."""
    held = next((approval for approval in signatory.approvals if approval.hash == hash), None)
    if held is None:
        return ()
    return (*((span.since, span.ended) for span in held.past), (held.since, held.ended or ALWAYS))


def _both(ones: Times, others: Times) -> Times:
    """The times that lie in both."""
    found = []
    one, other = 0, 0
    while one < len(ones) and other < len(others):
        begins, ends = max(ones[one][0], others[other][0]), min(ones[one][1], others[other][1])
        if begins < ends:
            found.append((begins, ends))
        if ones[one][1] < others[other][1]:
            one += 1
        else:
            other += 1
    return tuple(found)


def releases_to_come(state: CommuniqueState) -> tuple[Released, ...]:
    """For each language the text that is or will be public, as things stand, in the order of `languages`."""
    texts = {bound.hash: bound for bound in state.text.texts}
    found: dict[str, Released] = {}
    for party in state.parties:
        for said in party.releases:
            moment = release_moment(state, said)
            for hash in said.hashes if moment else ():
                bound = texts[hash]
                language = bound.scope.removeprefix("text.")
                one = Released(at=moment, by=party.agency, hash=hash, entry=said.entry, language=language, versions=bound.versions)
                earlier = found.get(language, one)
                found[language] = min(earlier, one, key=lambda held: (held.at, held.entry, held.hash))
    return tuple(found[language] for language in state.languages if language in found)


def released(state: CommuniqueState, now: Millis) -> tuple[Released, ...]:
    """What is public at `now`, one for each language; the first release of a language is the one that counts."""
    return tuple(one for one in releases_to_come(state) if one.at <= now)


def released_in(state: CommuniqueState, language: str, now: Millis) -> Released | None:
    """The text that is public in this language; None where it is not."""
    return next((one for one in released(state, now) if one.language == language), None)
