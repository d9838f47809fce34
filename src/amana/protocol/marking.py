# SPDX-License-Identifier: EUPL-1.2
"""The handling conditions an entry carries, how they join, and the one function that decides a further use.

A marking says who may use the content for what, until when. Derived content takes the strictest of its sources
(`join`). Passing on, printing, exporting, quoting, court and operational use all ask `decide_use`, which answers
`Allowed` or `Asking` with a reason and the agency to ask; it has an answer for every input. Spec: spec/08-marking.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Annotated

from msgspec import Meta

from amana.protocol.canonical import Canonical
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EntryId, EntryIdField, Millis, MillisField


class HandlingCode(StrEnum):
    """The handling codes of police information exchange, a set; their sentences are in the glossary."""

    H0 = "H0"  # for police use in the exchange's purpose
    H1 = "H1"  # not in court without the originator's permission
    H2 = "H2"  # not passed on without it: the third-party rule
    H3 = "H3"  # another restriction, in the body's text


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST, 2022), for technical communities; NONE: not used."""

    NONE = ""
    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


class Level(IntEnum):
    """National classification on one scale; each agency sets the highest that its node accepts."""

    UNMARKED = 0
    RESTRICTED = 1  # fr: Diffusion Restreinte
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4


class Purpose(StrEnum):
    """The closed list of purposes for which an entry may be used. Two that differ join to BY_GRANT."""

    PREVENTION = "prevention"  # prevention and detection of criminal offences
    INVESTIGATION = "investigation"  # criminal investigation
    PUBLIC_SECURITY = "public_security"  # immediate and serious threat to public security
    HUMANITARIAN = "humanitarian"  # missing persons, victims, disaster identification
    EVENT_SECURITY = "event_security"
    COOPERATION = "cooperation"  # running the cooperation itself: agreements, meetings, figures
    BY_GRANT = "by_grant"  # for information only: whoever wants to act on it asks the originator first


class LegalBasis(Canonical, frozen=True, kw_only=True):
    """The article of an agreement in force that allows the entry; empty only where the kind needs none."""

    article: Annotated[str, Meta(max_length=32)]
    agreement: Annotated[bytes, Meta(max_length=32)]  # DossierId of the agreement


class Marking(Canonical, frozen=True, kw_only=True):
    """The handling conditions of one entry. `codes` is sorted and without doubles; dates are UTC ms, 0 = none."""

    tlp: Tlp = Tlp.NONE
    basis: LegalBasis | None = None
    codes: tuple[HandlingCode, ...] = ()
    level: Level = Level.UNMARKED
    purpose: Purpose = Purpose.COOPERATION
    erase_on: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    national: Annotated[str, Meta(max_length=48)] = ""  # the national marking's own words, e.g. "Diffusion Restreinte"
    review_on: MillisField = 0  # type: ignore[assignment]  # as above


class ItemCategory(StrEnum):
    """What a person is to the matter; never a judgement. `none` for items that are no person."""

    NONE = "none"
    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    WITNESS = "witness"
    CONTACT = "contact"
    MISSING = "missing"
    DECEASED = "deceased"
    OTHER = "other"


class Use(StrEnum):
    """What an agency may want to do with content it holds. `recipient` may be given with any of them."""

    PASS_ON = "pass_on"  # noqa: S105 - no password; to another agency, which is named
    PRINT = "print"
    EXPORT = "export"  # into a file or another system
    QUOTE = "quote"  # in content of one's own: decided for each source, with each agency of the new audience
    COURT = "court"  # before a court or a judicial authority
    OPERATIONAL = "operational"  # act on it


class Because(StrEnum):
    """Why a use needs the originator first."""

    NOT_A_HOLDER = "not_a_holder"
    PAST_ERASE_DATE = "past_erase_date"
    COURT = "not_in_court"
    THIRD_PARTY = "third_party"
    OTHER_RESTRICTION = "other_restriction"
    TLP = "tlp"
    CLASSIFIED = "classified"
    INFORMATION_ONLY = "information_only"
    OTHER_PURPOSE = "other_purpose"


class GrantScope(Canonical, frozen=True, kw_only=True):
    """What an originator permits, as the coded values of its granting entry. It always ends."""

    to: Annotated[str, Meta(max_length=32)] = ""  # the agency that may receive it; empty: none does
    uses: Annotated[tuple[Use, ...], Meta(min_length=1, max_length=len(Use))]
    until: MillisField
    holder: AgencyCodeField  # the agency that may do it
    entries: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=64)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """A permission: `by` is the author of the entry `id` that holds it, never a value out of that entry."""

    id: EntryId
    by: AgencyCode
    scope: GrantScope


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """The use is allowed; by `grant` where the marking alone would not do."""

    grant: Grant | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """The use is not allowed unless `ask` permits it."""

    reason: Because
    ask: AgencyCode


_TLP_ORDER = tuple(Tlp)  # declared from the widest to the narrowest
_STAYS_INSIDE = frozenset({Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED})


def join(markings: Sequence[Marking]) -> Marking:
    """The marking of content derived from content marked so: in every respect the strictest of the sources.

    All codes; the narrowest TLP; the highest level with its national words (of several, the last in code point order);
    the one purpose they share, else BY_GRANT; the earliest dates; the legal basis only where all have the same.
    Order and repetition change nothing. Raises Refusal `no_sources` where there is none.
    """
    if not markings:
        raise Refusal("no_sources")
    level, national = max((one.level, one.national) for one in markings)
    purposes = {one.purpose for one in markings}
    bases = [one.basis for one in markings]
    return Marking(
        tlp=max((one.tlp for one in markings), key=_TLP_ORDER.index),
        basis=bases[0] if all(basis == bases[0] for basis in bases) else None,
        codes=tuple(sorted({code for one in markings for code in one.codes})),
        level=level,
        purpose=purposes.pop() if len(purposes) == 1 else Purpose.BY_GRANT,
        erase_on=_earliest(one.erase_on for one in markings),
        national=national,
        review_on=_earliest(one.review_on for one in markings),
    )


def require_not_weaker(marking: Marking, sources: Sequence[Marking]) -> None:
    """An author may mark derived content more strictly than its sources ask, and give a legal basis of its own.

    Raises Refusal `weaker_than_sources` with the field that falls short.
    """
    if not sources:
        return
    stricter = join([marking, *sources])
    for field in ("tlp", "codes", "level", "purpose", "erase_on", "review_on"):
        if getattr(stricter, field) != getattr(marking, field):
            raise Refusal("weaker_than_sources", field=field)
    if stricter.level == join(sources).level and stricter.national != marking.national:
        raise Refusal("weaker_than_sources", field="national")


def require_level(marking: Marking, limit: Level) -> None:
    """This node takes content up to `limit`. Raises Refusal `above_level_limit`."""
    if marking.level > limit:
        raise Refusal("above_level_limit", limit=int(limit), got=int(marking.level))


def decide_use(
    marking: Marking,
    *,
    entry: EntryId,
    use: Use,
    by: AgencyCode,
    originator: AgencyCode,
    recipient: AgencyCode | None,
    audience: Collection[AgencyCode],
    grants: Iterable[Grant],
    now: Millis,
    purpose: Purpose | None = None,
) -> Allowed | Asking:
    """May `by` make this use of an entry it holds? `recipient`: the agency that would get it, or None.

    `audience` is everybody who holds the entry; `purpose` the purpose of the use, None for the one that is marked.

    (1) What an agency made itself it may use. (2) Only a holder may use it. (3) Past the erase date nobody may, not
    even with a grant. (4) A grant of the originator that names entry, holder, use, recipient and has not ended
    decides. (5) H1: not in court. (6) H2: not to anybody outside the audience, a court included. (7) H3: nothing but
    printing, quoting and passing on inside the audience. (8) TLP: amber and red stay inside, green stays out of court,
    red is not copied. (9) What is classified does not leave the audience. (10) The purpose is the marked one.
    """
    if by == originator:  # (1)
        return Allowed()
    if by not in audience:  # (2)
        return Asking(reason=Because.NOT_A_HOLDER, ask=originator)
    if marking.erase_on and now >= marking.erase_on:  # (3)
        return Asking(reason=Because.PAST_ERASE_DATE, ask=originator)
    if use is Use.PASS_ON and not recipient:  # (4), (6): nobody permits passing on to nobody knows whom
        return Asking(reason=Because.THIRD_PARTY, ask=originator)
    outside = bool(recipient) and recipient not in {*audience, originator}
    to = recipient if recipient and (outside or use is Use.PASS_ON) else ""
    for grant in grants:  # (4)
        if grant.by == originator and _covers(grant.scope, entry=entry, use=use, by=by, to=to, now=now):
            return Allowed(grant=grant)
    reason = _restriction(marking, use=use, leaves=outside or use is Use.COURT, purpose=purpose)
    return Allowed() if reason is None else Asking(reason=reason, ask=originator)


def _restriction(marking: Marking, *, use: Use, leaves: bool, purpose: Purpose | None) -> Because | None:
    """Rules (5) to (10): the first condition of the marking that stands against the use."""
    if use is Use.COURT and HandlingCode.H1 in marking.codes:  # (5)
        return Because.COURT
    if leaves and HandlingCode.H2 in marking.codes:  # (6)
        return Because.THIRD_PARTY
    if HandlingCode.H3 in marking.codes and (leaves or use not in (Use.PRINT, Use.QUOTE, Use.PASS_ON)):  # (7)
        return Because.OTHER_RESTRICTION
    if _tlp_forbids(marking.tlp, use=use, leaves=leaves):  # (8)
        return Because.TLP
    if leaves and marking.level > Level.UNMARKED:  # (9)
        return Because.CLASSIFIED
    if marking.purpose is Purpose.BY_GRANT and (leaves or use is Use.OPERATIONAL):  # (10)
        return Because.INFORMATION_ONLY
    if purpose is not None and purpose is not marking.purpose:  # (10)
        return Because.OTHER_PURPOSE
    return None


def _tlp_forbids(tlp: Tlp, *, use: Use, leaves: bool) -> bool:
    if leaves and tlp in _STAYS_INSIDE:
        return True
    if use is Use.COURT:
        return tlp is Tlp.GREEN
    return tlp is Tlp.RED and use is not Use.OPERATIONAL


def _covers(scope: GrantScope, *, entry: EntryId, use: Use, by: AgencyCode, to: str, now: Millis) -> bool:
    return entry in scope.entries and use in scope.uses and scope.holder == by and scope.to == to and now < scope.until


def _earliest(dates: Iterable[Millis]) -> Millis:
    """The earliest date; 0, which means none, never wins."""
    return min((date for date in dates if date), default=Millis(0))
