# SPDX-License-Identifier: EUPL-1.2
"""Search over what one may see: references, partners, and what people have written in entries.

The index names entries; this decides which of them the person may see, and shows where the words stand. Nothing of
what was asked is kept but that somebody searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from amana.dossiers.shared.searching import asked_numbers, asked_words, item_words, searched, squeezed_places, words_of
from amana.node.access import Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.partners import load_partners
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.register import Filters, fits, shown_fits
from amana.node.queries.rows import REFERENCE_DIGITS, show_row
from amana.protocol.entry import Body, parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]
Span = tuple[int, int]
SHOWN = 25
MOST_FOUND = 5000  # entries asked of the index, before what one may not see is left out
AROUND = 80  # characters shown on each side of the first match
LEAST_REFERENCE = 4


class Found(NamedTuple):
    """An entry that an index has found."""

    entry: EntryId
    dossier: DossierId


class TextIndex(Protocol):
    """What search asks of an index of bodies."""

    def catch_up(self, reading: Reading) -> None:
        """Take in what has come, let go of what was erased."""
        ...

    def find(self, question: str, limit: int) -> list[Found]: ...


def search(
    node: Node, scope: Scope, index: TextIndex, text: str, filters: Filters | None = None, *, limit: int = SHOWN, record: bool = True
) -> Plain:
    """What matches `text` in dossiers that this person may see: `hits` (at most `limit`) and how many there are."""
    require_content_role(scope)
    wanted, question = filters or Filters(), text[:400]

    def ask(reading: Reading) -> Plain:
        index.catch_up(reading)
        searching = _Searching(reading, node, scope, wanted, question)
        found = [*searching.by_row(), *searching.by_entry(index)]
        shown = [make() for make in found[:limit]]
        return {"hits": [hit for hit in shown if hit is not None], "total": len(found), "truncated": len(found) > limit}

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "search"))
    return {"agency": node.code, "query": question, **shown}


class _Searching:
    """One question of one person, inside one read."""

    def __init__(self, reading: Reading, node: Node, scope: Scope, wanted: Filters, question: str) -> None:
        self.reading, self.node, self.scope, self.question = reading, node, scope, question
        self.now = node.clock.now()
        self.words, self.numbers = asked_words(question), asked_numbers(question)
        self._lines: dict[DossierId, Plain] = {}
        rows = visible_dossiers(reading, scope, kind=wanted.kind, closed=wanted.closed)
        plain = wanted == Filters()  # nothing has to be read of a dossier before it is met
        self.rows = {row.id: row for row in rows if plain or (fits(row, wanted, node.code) and shown_fits(self._line(row), wanted, scope))}
        self._order: dict[DossierId, dict[EntryId, int]] = {}

    def by_row(self) -> Iterator[Callable[[], Plain | None]]:
        """Dossiers whose reference or partner is asked for."""
        if not self.words:
            return
        asked, _ = squeezed_places(self.question)
        meant = self._partners_meant()
        for row in self.rows.values():
            if len(asked) >= LEAST_REFERENCE and self._is_reference(row, asked):
                yield self._found_row(row, "reference", "")
            elif partner := next((code for code in row.parties if code in meant), ""):
                yield self._found_row(row, "partner", partner)

    def by_entry(self, index: TextIndex) -> Iterator[Callable[[], Plain | None]]:
        """Entries in which people wrote what is asked for."""
        for found in index.find(self.question, MOST_FOUND) if self.words else ():
            if found.dossier in self.rows:
                yield self._later(found)

    def _is_reference(self, row: DossierRow, asked: str) -> bool:
        """Whether this is the dossier's id from its start, or its reference with some of the dossier's own digits."""
        own = row.id.hex()[:REFERENCE_DIGITS]
        if row.id.hex().startswith(asked) or asked in own:
            return True
        if not any(asked.endswith(own[:digits]) for digits in range(1, REFERENCE_DIGITS + 1)):
            return False
        reference, _ = squeezed_places(self._line(row)["reference"])
        return asked in reference and reference.rfind(asked) + len(asked) > len(reference) - REFERENCE_DIGITS

    def _found_row(self, row: DossierRow, field: str, partner: str) -> Callable[[], Plain | None]:
        def make() -> Plain:
            line = self._line(row)
            return _hit(line, field, [{"text": partner or line["reference"], "hit": True}])

        return make

    def _later(self, found: Found) -> Callable[[], Plain | None]:
        return lambda: self._show(found)

    def _show(self, found: Found) -> Plain | None:
        entry = self.reading.entry(found.entry)
        body = _body(entry)
        if entry is None or body is None:
            return None
        row = self.rows[found.dossier]
        field, snippet = self._snippet(body)
        shown = {"entry": entry.id.hex(), "number": self._number(row.id, entry.id), "type": entry.type, "author": entry.author}
        return _hit(self._line(row), field, snippet) | shown | {"at": entry.made_at, "language": body.language}

    def _snippet(self, body: Body) -> tuple[str, list[Plain]]:
        """The field in which the question is met, and the words around it."""
        items = [" · ".join(item_words(item)) for item in body.items]
        fields = [("title", body.title), ("text", body.text), *(("items", text) for text in items)]
        best: tuple[int, str, str, list[Span]] = (0, "title", body.title, [])
        for field, text in fields:
            numbers = sorted(_number_spans(text, self.numbers))
            spans = numbers or sorted(_word_spans(text, self.words))
            if len(spans) and (numbers or best[0] < len(spans)):
                best = (len(spans), "numbers" if numbers and field == "items" else field, text, spans)
            if numbers:
                break
        return best[1], cut(best[2], best[3])

    def _partners_meant(self) -> set[str]:
        """The partners whose code or name is asked for."""
        meant: set[str] = set()
        for partner in load_partners(self.reading):
            names = partner.card.card.names
            if self._speaks_of(partner.code, (names.ar, names.fr, names.en)):
                meant.add(partner.code)
        return meant

    def _speaks_of(self, code: str, names: Iterable[str]) -> bool:
        """Whether every word asked for begins a word of one of the partner's names."""
        return any(all(any(held.startswith(word) for held in searched(name).split()) for word in self.words) for name in (code, *names))

    def _number(self, dossier: DossierId, entry: EntryId) -> int:
        if dossier not in self._order:
            rows = self.reading.dossier_entries(dossier)
            self._order[dossier] = {row.id: number for number, row in enumerate(rows, 1)}
        return self._order[dossier].get(entry, 0)

    def _line(self, row: DossierRow) -> Plain:
        if row.id not in self._lines:
            self._lines[row.id] = show_row(self.reading, row, self.now, own=self.node.code, account=self.scope.account)
        return self._lines[row.id]


def cut(text: str, spans: list[Span]) -> list[Plain]:
    """The text around its first match, in parts that say whether they are a match; ellipses where it was cut."""
    first = spans[0][0] if spans else 0
    start = max(0, first - AROUND)
    end = min(len(text), first + 2 * AROUND)
    parts: list[Plain] = [{"text": "…", "hit": False}] if start else []
    at = start
    for begin, stop in spans:
        if begin < at or begin >= end:
            continue
        parts += [{"text": text[at:begin], "hit": False}] if begin > at else []
        parts.append({"text": text[begin:stop], "hit": True})
        at = stop
    rest = text[at:end] + ("…" if end < len(text) else "")
    return parts + ([{"text": rest, "hit": False}] if rest else [])


def _word_spans(text: str, words: list[str]) -> Iterator[Span]:
    for held in words_of(text):
        if any(held.stem.startswith(word) for word in words):
            yield held.start, held.end


def _number_spans(text: str, numbers: list[str]) -> Iterator[Span]:
    if not numbers:
        return
    plain, places = squeezed_places(text)
    for number in numbers:
        at = plain.find(number)
        if at >= 0:
            yield places[at], places[at + len(number) - 1] + 1
            return


def _body(entry: EntryRow | None) -> Body | None:
    if entry is None or not entry.body:
        return None
    try:
        return parse_body(entry.body)
    except PeerFault:
        return None


def _hit(line: Plain, field: str, snippet: list[Plain]) -> Plain:
    return {
        "dossier": line,
        "entry": "",
        "number": 0,
        "type": "",
        "author": "",
        "at": 0,
        "language": "",
        "field": field,
        "snippet": snippet,
    }
