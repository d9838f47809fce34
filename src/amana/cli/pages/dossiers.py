# SPDX-License-Identifier: EUPL-1.2
"""A dossier whole, a list of dossiers, an inbox: as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amana.cli.pages.entries import INDENT, entries_lines, text_lines
from amana.cli.pages.page import REFERENCE, Page
from amana.cli.pages.rows import Row, clock, described, row_lines, standing, title_of
from amana.phrases import About, Words, label, sentence, tell, tell_count
from amana.phrases.dates import Zone, zone_name

Shown = Mapping[str, Any]
STANDING_STILL = frozenset({"answered", "refused", "withdrawn", "paused"})  # stages in which no clock runs


def dossier_lines(language: str, shown: Shown, now: int, zone: Zone) -> Iterator[str]:
    """One dossier: its state, its entries in order, the notes that never leave."""
    numbers = {entry["id"]: number for number, entry in enumerate(shown["entries"], 1)}
    page = Page(language=language, own=shown["agency"], now=now, zone=zone, numbers=numbers)
    yield title_of(page, shown)
    yield described(page, shown)
    yield standing(page, shown)
    yield tell(language, "dossier {reference}", reference=shown["dossier"])
    if shown["unit"]:
        yield tell(language, "assigned to {unit} {officer}", unit=shown["unit"], officer=shown["officer"])
    yield from (f"  {line}" for line in _state(page, shown["state"]))
    count = tell_count(language, "{count} entry", "{count} entries", count=len(shown["entries"]))
    yield tell(language, "{count}, in order; times are {zone}", count=count, zone=zone_name(zone, now))
    yield from entries_lines(page, shown["entries"])
    for note in shown["notes"]:
        yield ""
        yield tell(
            language, "Internal note of {author}, {at}; it never leaves the agency", author=note["author"], at=page.moment(note["at"])
        )
        yield from (INDENT + line for line in text_lines(language, note["text"]))


def _state(page: Page, state: Shown) -> Iterator[Words]:
    """Where each agency stands, in requests, notices and agreements."""
    if state.get("refused"):
        reason = sentence(page.language, state["refused"], {}, About.ENTRY)
        yield tell(page.language, "✗ refused: {reason}", reason=reason)
    if state.get("expires"):
        yield tell(page.language, "valid until {at}", at=page.moment(state["expires"]))
    for slot in state.get("slots", ()):
        yield _slot(page, slot)
    texts: Sequence[Shown] = state.get("texts", ())
    for party in state.get("parties", ()) if texts else ():
        yield _party(page.language, party, texts)


def _slot(page: Page, slot: Shown) -> Words:
    """Where one agency asked stands."""
    language = page.language
    stage = "withdrawn" if slot.get("withdrawn") else slot.get("stage", "sent")
    parts = [label(language, "information_request_stage", stage)]
    if slot.get("refusal"):
        parts.append(label(language, "refusal", slot["refusal"]))
    if slot.get("due") and stage not in STANDING_STILL:
        parts.append(clock(page, slot["due"]))
    if slot.get("reminders"):
        parts.append(tell_count(language, "{count} reminder", "{count} reminders", count=slot["reminders"]))
    if slot.get("questions"):
        parts.append(tell_count(language, "{count} open question", "{count} open questions", count=len(slot["questions"])))
    if slot.get("usefulness"):
        parts.append(tell(language, "usefulness: {usefulness}", usefulness=label(language, "usefulness", slot["usefulness"])))
    return tell(language, "{code}: {value}", code=slot["agency"], value=Words(" · ".join(parts)))


def _party(language: str, party: Shown, texts: Sequence[Shown]) -> Words:
    """A party of an agreement: the texts it consents to, and whether it suspended or ended it."""
    consents = {consent["hash"] for consent in party.get("consents", ())}
    parts = [
        tell(language, "consents to the text {hash}", hash=text["hash"][:REFERENCE])
        if text["hash"] in consents
        else tell(language, "does not consent to the text {hash}", hash=text["hash"][:REFERENCE])
        for text in texts
    ]
    if party.get("suspended"):
        parts.append(label(language, "agreement_stage", "suspended"))
    if party.get("ended"):
        parts.append(label(language, "agreement_stage", "ended"))
    return tell(language, "{code}: {value}", code=party["agency"], value=Words(" · ".join(parts)))


def list_lines(page: Page, rows: Sequence[Row]) -> Iterator[str]:
    """Dossiers one under the other."""
    for row in rows:
        yield from row_lines(page, row)
        yield ""


def inbox_lines(language: str, shown: Shown, zone: Zone) -> Iterator[str]:
    """The day of one officer: ours to do by clock, what waits for others, drafts, what was set aside."""
    page = Page(language=language, own=shown["agency"], now=shown["now"], zone=zone)
    yield tell(language, "To do today: {count}", count=len(shown["to_do"]))
    yield ""
    yield from list_lines(page, shown["to_do"])
    if not shown["to_do"]:
        yield tell(language, "Nothing awaits you.")
        yield ""
    if shown["waiting_for_others"]:
        yield tell(language, "Awaiting partners: {count}", count=len(shown["waiting_for_others"]))
        yield ""
        yield from list_lines(page, shown["waiting_for_others"])
    for draft in shown["drafts"]:
        state = label(language, "draft_state", draft["state"])
        at = page.moment(draft["at"])
        yield tell(
            language, "draft {reference} of {author}, {at}: {state}", reference=draft["draft"], author=draft["author"], at=at, state=state
        )
    for aside in shown["set_aside"]:
        reason = sentence(language, aside["code"], {}, About.ARRIVAL)
        yield tell(
            language, "entry {reference} of {code}: {reason}", reference=aside["entry"][:REFERENCE], code=aside["partner"], reason=reason
        )
