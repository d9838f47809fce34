# SPDX-License-Identifier: EUPL-1.2
"""One entry as an official letter: request, answer, refusal, notice and every other.

In the margin what belongs to time and registry, beside the double rule what is said: sender, receivers, object, coded
values, text in its own language and direction (with a translation where the dossier holds one), items, handling
conditions in full, and how the entry can be verified. Officers appear by their handle only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.phrases import Words, day, hour, isolated, label, span, tell
from amana.phrases.dates import Zone
from amana.protocol.errors import Refusal
from amana.web.printing.entries import entry_value, officer_of, translations_in
from amana.web.printing.outcome import VERIFY
from amana.web.printing.page import page_value
from amana.web.printing.permission import conditions_of, heading_of, marking_on, numbered, require_printable
from amana.web.printing.sheet import Plain, Sheet, headed, reference_of_dossier, said
from amana.web.printing.typesetting import typeset
from amana.web.printing.values import coded_pairs

IN_MARGIN = frozenset("urgency clock informed counts".split())


def letter_pdf(
    shown: Plain,
    entry_id: str,
    *,
    language: str,
    zone: Zone,
    names: Mapping[str, Mapping[str, str]],
    demonstration: bool,
    made_at: int,
    post: str = "",
    agreements: Mapping[str, str] | None = None,
) -> bytes:
    """The PDF of one entry. `names`: of agencies by code and language; `post`: by which post it is printed, in words;
    `agreements`: titles of agreements by id, for the legal basis; `made_at`: UTC ms, when it is printed.

    Raises Refusal `not_found`, `not_printable` (see `require_printable`).
    """
    require_printable(shown, now=made_at, entries={entry_id})
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
    return typeset("letter", letter_value(sheet, shown, entry_id), made_at=made_at)


def agreements_known(shown: Plain, given: Mapping[str, str] | None) -> dict[str, str]:
    """Titles of agreements by id: those given, and that of the agreement on which the dossier rests."""
    basis = shown.get("agreement") or {}
    return {**({basis["agreement"]: basis["title"]} if basis.get("title") else {}), **(given or {})}


def letter_value(sheet: Sheet, shown: Plain, entry_id: str) -> dict[str, Any]:
    """What the template of a letter gets. Raises Refusal `not_a_letter` for an entry that was set aside unread."""
    language = sheet.language
    number, entry = next((number, entry) for number, entry in numbered(shown) if entry["id"] == entry_id)
    if "kind" not in entry:
        raise Refusal("not_a_letter", number=number)
    translation = _translation(sheet, shown, entry)
    marking = marking_on([entry, *([translation] if translation else [])])
    value = entry_value(sheet, entry, number, {entry_id: translation} if translation else {})
    value["coded"] = coded_pairs(sheet, entry, without=IN_MARGIN)
    about = value["title"] or (said(shown["title"], language) if shown.get("title") else None)
    return page_value(
        sheet,
        shown,
        marking,
        title=tell(language, "{type}, dossier {reference}", type=value["type"], reference=isolated(language, reference_of_dossier(shown))),
    ) | {
        "entry": value,
        "about": about,
        "about_name": headed(label(language, "printed", "about")),
        "from": sheet.agency(entry["author"]),
        "to_name": headed(label(language, "printed", "to")),
        "to": [sheet.agency(code) for code in _asked(entry)],
        "copy_name": headed(label(language, "printed", "copy")),
        "copy": [sheet.agency(code) for code in entry["coded"].get("informed", ()) if code in entry["audience"]],
        "margin": margin_pairs(sheet, shown, entry, number),
        "dossier_name": headed(label(language, "printed", "dossier")),
        "urgency_name": headed(label(language, "coded_field", "urgency")) if entry["coded"].get("urgency") == "urgent" else "",
        "items_name": headed(label(language, "printed", "items")),
        "items_head": items_head(language),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "handling": heading_of(sheet, marking),
        "conditions": conditions_of(sheet, marking_on([entry])),
        "verify": _verification(sheet, number, reference_of_dossier(shown)),
        "id_name": headed(label(language, "printed", "entry")),
    }


def items_head(language: str) -> list[Words]:
    """The head of the table of items."""
    return [
        headed(label(language, "printed", "number")),
        headed(label(language, "printed", "item")),
        headed(label(language, "printed", "particulars")),
        headed(label(language, "printed", "grade")),
    ]


def margin_pairs(sheet: Sheet, shown: Plain, entry: Plain, number: int) -> list[tuple[Words, list[Words]]]:
    """What belongs to time and registry: date, dossier, number, urgency, deadline, who follows it."""
    language = sheet.language
    at = entry["made_at"]
    pairs = [
        (headed(label(language, "printed", "date")), [day(language, at, sheet.zone), Words(hour(at, sheet.zone))]),
        (headed(label(language, "printed", "dossier")), [Words(reference_of_dossier(shown))]),
        (headed(label(language, "printed", "entry")), [tell(language, "no. {number}", number=number)]),
    ]
    if urgency := entry["coded"].get("urgency"):
        pairs.append((headed(label(language, "coded_field", "urgency")), [label(language, "urgency", urgency)]))
    if due := due_words(sheet, shown, entry):
        pairs.append((headed(label(language, "printed", "deadline")), due))
    if officer := officer_of(sheet, entry):
        pairs.append((headed(label(language, "printed", "followed")), [officer]))
    return pairs


def due_words(sheet: Sheet, shown: Plain, entry: Plain) -> list[Words]:
    """The time for an answer that a request gives, and until when that is, where its delivery is known."""
    clock = entry["coded"].get("clock")
    if not clock:
        return []
    due = {one["due"] for one in shown.get("clocks", ()) if one.get("due")}
    words = [tell(sheet.language, "{span} from delivery", span=span(sheet.language, clock))]
    return [*words, sheet.moment(min(due))] if due else words


def _asked(entry: Plain) -> Sequence[str]:
    informed = entry["coded"].get("informed", ())
    return [code for code in entry["audience"] if code not in informed] or entry["audience"]


def _translation(sheet: Sheet, shown: Plain, entry: Plain) -> Plain | None:
    """What is set beside a text in another language: its translation into this one, where that may be printed too."""
    found = translations_in(sheet, shown["entries"]).get(entry["id"])
    if found is None or entry.get("language") == sheet.language or found["language"] != sheet.language:
        return None
    try:
        require_printable(shown, now=sheet.made_at, entries={found["id"]})
    except Refusal:
        return None
    return found


def _verification(sheet: Sheet, number: int, reference: str) -> Words:
    return tell(
        sheet.language,
        "This is a print. What counts is entry {number} of dossier {reference}, signed in the log of its author: {command}, run at "
        "an agency that holds it, checks it to the byte.",
        number=number,
        reference=isolated(sheet.language, reference),
        command=isolated(sheet.language, VERIFY),
    )
