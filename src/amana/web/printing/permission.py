# SPDX-License-Identifier: EUPL-1.2
"""Whether content may be printed, and under which handling conditions the print stands.

Asks `decide_use` of every entry that would be on paper; the print as a whole carries the strictest of their markings
(`join`), because paper cannot be marked line by line. Spec: spec/08-marking.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from amana.dossiers.plain import from_plain
from amana.phrases import Words, label, tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId, Millis
from amana.protocol.marking import Allowed, Grant, Marking, Use, decide_use, join
from amana.web.printing.sheet import REFERENCE, Plain, Sheet, headed, value_of


def require_printable(shown: Plain, *, now: int, entries: Collection[str] | None = None, grants: Iterable[Grant] = ()) -> None:
    """Every entry of the dossier (or those named by id) may be printed by the agency whose node shows it.

    Raises Refusal `not_printable` with the entry's number, why, and the agency to ask; `not_found` where an entry named
    is not there.
    """
    known = {entry["id"] for entry in shown["entries"]}
    if entries is not None and not known.issuperset(entries):
        raise Refusal("not_found")
    grants = tuple(grants)
    for number, entry in numbered(shown):
        if "marking" not in entry or (entries is not None and entry["id"] not in entries):
            continue
        answer = decide_use(
            _binding(entry),
            entry=EntryId(bytes.fromhex(entry["id"])),
            use=Use.PRINT,
            by=AgencyCode(shown["agency"]),
            originator=AgencyCode(entry["author"]),
            recipient=None,
            audience=entry["audience"],
            grants=grants,
            now=Millis(now),
        )
        if not isinstance(answer, Allowed):
            raise Refusal("not_printable", number=number, because=answer.reason.value, ask=answer.ask)


def numbered(shown: Plain) -> list[tuple[int, Plain]]:
    """The entries with the numbers they have in the dossier."""
    return [(entry.get("number") or place, entry) for place, entry in enumerate(shown["entries"], 1)]


def _binding(entry: Plain) -> Marking:
    """What still binds an entry. Where its content is gone, the erase date has done its work: only the header is left to print."""
    marking = marking_of(entry)
    return replace(marking, erase_on=Millis(0)) if entry.get("void") else marking


def marking_of(entry: Plain) -> Marking:
    """The marking of one entry as it is shown."""
    return from_plain(entry["marking"], Marking)


def marking_on(entries: Sequence[Plain]) -> Marking:
    """The marking that a print of these entries carries: the strictest of theirs."""
    markings = [marking_of(entry) for entry in entries if "marking" in entry]
    return join(markings) if markings else Marking()


def heading_of(sheet: Sheet, marking: Marking) -> dict[str, Any]:
    """A marking as every page carries it: classification, national words, TLP, each handling code with its sentence."""
    language = sheet.language
    return {
        "level": headed(label(language, "level", marking.level.value)),
        "classified": marking.level.value > 0,
        "national": value_of(language, marking.national),
        "tlp": label(language, "tlp", marking.tlp.value) if marking.tlp.value else "",
        "codes": [{"code": code.value, "meaning": label(language, "handling", code.value)} for code in marking.codes],
    }


def conditions_of(sheet: Sheet, marking: Marking) -> list[tuple[Words, Words]]:
    """What else a marking says, as pairs: purpose, legal basis in words, dates."""
    language = sheet.language
    pairs = [(headed(label(language, "marking_field", "purpose")), label(language, "purpose", marking.purpose.value))]
    if marking.basis is not None:
        pairs.append((headed(label(language, "marking_field", "basis")), basis_of(sheet, marking)))
    for name, at in (("review_on", marking.review_on), ("erase_on", marking.erase_on)):
        if at:
            pairs.append((headed(label(language, "marking_field", name)), sheet.moment(at)))
    return pairs


def basis_of(sheet: Sheet, marking: Marking) -> Words:
    """The article and the agreement by its title, where this node knows it; else by its reference."""
    if marking.basis is None:
        return Words("")
    article, agreement = value_of(sheet.language, marking.basis.article), marking.basis.agreement.hex()
    if title := sheet.agreements.get(agreement):
        return tell(sheet.language, "article {article} of: {title}", article=article, title=value_of(sheet.language, title))
    return tell(sheet.language, "article {article} of the agreement {agreement}", article=article, agreement=agreement[:REFERENCE])
