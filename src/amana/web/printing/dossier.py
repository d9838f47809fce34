# SPDX-License-Identifier: EUPL-1.2
"""One dossier whole: what it is and where it stands, its entries in order, what was refused, what is proved.

Every entry is a line of the register: number, hour and direction in the margin, what was said beside the double rule.
Internal notes never leave the agency and are never printed: nothing here reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amana.phrases import Words, isolated, label, span, tell, tell_count
from amana.phrases.dates import Zone, zone_name
from amana.phrases.labels import LABELS
from amana.web.printing.entries import entry_value, translations_in
from amana.web.printing.letter import agreements_known, items_head
from amana.web.printing.outcome import proof_lines, refused_lines
from amana.web.printing.page import page_value
from amana.web.printing.permission import conditions_of, heading_of, marking_on, numbered, require_printable
from amana.web.printing.sheet import Plain, Sheet, headed, reference_of_dossier, said, value_of
from amana.web.printing.typesetting import typeset

Pair = tuple[Words, list[Words]]
STANDING_STILL = frozenset({"answered", "refused", "withdrawn", "paused", "closed", "cancelled"})  # stages in which no clock runs
NOT_UNDERSTOOD = "not_understood"


def dossier_pdf(
    shown: Plain,
    *,
    language: str,
    zone: Zone,
    names: Mapping[str, Mapping[str, str]],
    demonstration: bool,
    made_at: int,
    post: str = "",
    agreements: Mapping[str, str] | None = None,
) -> bytes:
    """The PDF of a dossier; arguments as of `letter_pdf`. Raises Refusal `not_printable` (see `require_printable`)."""
    require_printable(shown, now=made_at)
    sheet = Sheet(
        language=language,
        own=shown["agency"],
        made_at=made_at,
        zone=zone,
        post=post,
        demonstration=demonstration,
        names=names,
        agreements=agreements_known(shown, agreements),
        numbers={entry["id"]: number for number, entry in numbered(shown)},
    )
    return typeset("dossier", dossier_value(sheet, shown), made_at=made_at)


def dossier_value(sheet: Sheet, shown: Plain) -> dict[str, Any]:
    """What the template of a dossier gets."""
    language = sheet.language
    entries = numbered(shown)
    marking = marking_on(shown["entries"])
    translations = translations_in(sheet, shown["entries"])
    beside = {entry["id"] for entry in translations.values()}
    title = (
        said(shown["title"], shown.get("title_language") or language) if shown["title"] else said(tell(language, "(no title)"), language)
    )
    kind = _kind_of(language, shown)
    heading = tell(language, "{type}, dossier {reference}", type=kind, reference=isolated(language, reference_of_dossier(shown)))
    values = [
        _with_pointer(sheet, entry_value(sheet, entry, number, translations), entry, beside, shown["dossier"]) for number, entry in entries
    ]
    return page_value(sheet, shown, marking, title=heading) | {
        "kind": headed(kind),
        "title": title,
        "facts": fact_pairs(sheet, shown),
        "clocks": clock_pairs(sheet, shown),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "handling": heading_of(sheet, marking),
        "conditions": conditions_of(sheet, marking),
        "entries_name": headed(label(language, "printed", "entries")),
        "entries_count": _count(sheet, shown),
        "entries": values,
        "items_head": items_head(language),
        "refused_name": headed(label(language, "printed", "refused")),
        "refused": refused_lines(sheet, shown),
        "proof_name": headed(label(language, "printed", "proof")),
        "proof": proof_lines(sheet, shown),
        "proof_head": [
            headed(label(language, "printed", "number")),
            headed(label(language, "printed", "author")),
            headed(label(language, "printed", "entry")),
        ],
        "id_name": headed(label(language, "printed", "dossier")),
        "id": shown["dossier"],
    }


def _with_pointer(sheet: Sheet, value: dict[str, Any], entry: Plain, beside: set[str], entry_of_cover: str) -> dict[str, Any]:
    """A translation that stands beside its original is not printed twice, nor the title that is on the cover."""
    if entry["id"] == entry_of_cover:
        value = value | {"title": None}
    if entry["id"] not in beside:
        return value
    about = sheet.numbers.get(entry["coded"]["entry"], 0)
    pointer = tell(sheet.language, "its text stands beside entry {number}", number=about)
    return value | {"text": None, "title": None, "remarks": [*value["remarks"], pointer]}


def _kind_of(language: str, shown: Plain) -> Words:
    """A notice is of the same kind as a request, and has no urgency."""
    if shown["kind"] == "information_request" and not shown["urgency"] and shown["stage"] != NOT_UNDERSTOOD:
        return label(language, "entry_type", "information_request.notice")
    return label(language, "kind", shown["kind"])


def _count(sheet: Sheet, shown: Plain) -> Words:
    count = tell_count(sheet.language, "{count} entry", "{count} entries", count=len(shown["entries"]))
    return tell(sheet.language, "{count}, in order; times are {zone}", count=count, zone=zone_name(sheet.zone, sheet.made_at))


def fact_pairs(sheet: Sheet, shown: Plain) -> list[Pair]:
    """Parties, state, whose turn, area, urgency, clock, to whom it is assigned."""
    language = sheet.language
    vocabulary = f"{shown['kind']}_stage"
    stage = label(language, vocabulary if shown["stage"] in LABELS.get(vocabulary, {}) else "stage", shown["stage"])
    pairs: list[Pair] = [
        (headed(label(language, "printed", "parties")), [sheet.named(code) for code in shown["parties"]]),
        (headed(label(language, "printed", "state")), [stage]),
    ]
    if shown["turn"]:
        pairs.append((headed(label(language, "printed", "turn")), [_turn(sheet, code) for code in shown["turn"]]))
    if shown["area"]:
        pairs.append((headed(label(language, "coded_field", "area")), [label(language, "area", shown["area"])]))
    if shown["urgency"]:
        pairs.append((headed(label(language, "coded_field", "urgency")), [label(language, "urgency", shown["urgency"])]))
    pairs.append((headed(label(language, "printed", "opened")), [sheet.moment(shown["opened_at"])]))
    if shown["due"] and not shown["closed"]:
        pairs.append((headed(label(language, "printed", "deadline")), [clock_words(sheet, shown["due"])]))
    if expires := shown.get("state", {}).get("expires"):
        pairs.append((headed(label(language, "coded_field", "valid_until")), [sheet.moment(expires)]))
    if shown.get("unit"):  # the unit only: an account may be made of a name
        pairs.append((headed(label(language, "printed", "assigned")), [value_of(language, shown["unit"])]))
    return pairs


def _turn(sheet: Sheet, code: str) -> Words:
    return label(sheet.language, "printed", "ours") if code == sheet.own else sheet.named(code)


def clock_words(sheet: Sheet, due: int) -> Words:
    """A deadline, and what was left of it when this was printed."""
    language, at = sheet.language, sheet.moment(due)
    if due < sheet.made_at:
        return tell(language, "{at}, passed {span} ago", at=at, span=span(language, sheet.made_at - due))
    return tell(language, "{at}, in {span}", at=at, span=span(language, due - sheet.made_at))


def clock_pairs(sheet: Sheet, shown: Plain) -> list[Pair]:
    """Where each agency that was asked stands, and its clock."""
    return [(value_of(sheet.language, one["agency"]), list(_clock(sheet, shown, one))) for one in shown.get("clocks", ())]


def _clock(sheet: Sheet, shown: Plain, one: Plain) -> Iterator[Words]:
    language = sheet.language
    stage = "withdrawn" if one["withdrawn"] else one["stage"]
    yield label(language, "information_request_stage", stage)
    if one["due"] and stage not in STANDING_STILL and not shown["closed"]:
        yield clock_words(sheet, one["due"])
    if one["settled_at"] and one["on_time"] is not None:
        at = sheet.moment(one["settled_at"])
        yield tell(language, "answered in time, {at}", at=at) if one["on_time"] else tell(language, "answered late, {at}", at=at)
    if one["reminders"]:
        yield tell_count(language, "{count} reminder", "{count} reminders", count=one["reminders"])
    if one["questions"]:
        yield tell_count(language, "{count} open question", "{count} open questions", count=one["questions"])
    if one["usefulness"]:
        yield tell(language, "usefulness: {usefulness}", usefulness=label(language, "usefulness", one["usefulness"]))
