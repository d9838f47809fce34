# SPDX-License-Identifier: EUPL-1.2
"""Tables of venues, sessions and nations as acts that set an event up: all rows are read first, each fault with its line.

Comma or semicolon, with a head line whose names may be Arabic, French or English. Hours are in the event's zone. Nothing
here writes: the caller has the acts done in two writes, venues and nations first, then the sessions that name venues.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from amana.dossiers.shared.events import SessionType, VenueType
from amana.node.actions.act import Done
from amana.protocol.errors import Refusal

Plain = dict[str, Any]
Row = Mapping[str, str]
MAX_ROWS = 2_000
SHEETS = ("venues", "sessions", "nations")
NAMES: Mapping[str, tuple[str, ...]] = {  # a column, and what its head may be called
    "name": ("name", "nom", "الاسم"),
    "name_ar": ("name_ar", "nom_ar", "الاسم_بالعربية"),
    "name_fr": ("name_fr", "nom_fr", "الاسم_بالفرنسية"),
    "name_en": ("name_en", "nom_en", "الاسم_بالإنجليزية"),
    "type": ("type", "النوع"),
    "latitude": ("latitude", "خط_العرض"),
    "longitude": ("longitude", "خط_الطول"),
    "capacity": ("capacity", "capacite", "capacité", "الطاقة_الاستيعابية"),
    "venue": ("venue", "site", "الموقع"),
    "starts": ("starts", "debut", "début", "البداية"),
    "ends": ("ends", "fin", "النهاية"),
    "spectators": ("spectators", "spectateurs", "الجمهور"),
    "nations": ("nations", "pays", "البلدان"),
    "nation": ("nation", "pays", "البلد"),
    "delegation": ("delegation", "délégation", "الوفد"),
    "desk": ("desk", "bureau", "المكتب"),
}
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # of each sheet: what it needs, what it may have
    "venues": (("name", "latitude", "longitude"), ("name_ar", "name_fr", "name_en", "type", "capacity")),
    "sessions": (("venue", "name", "starts", "ends"), ("type", "spectators", "nations")),
    "nations": (("nation",), ("delegation", "desk")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFault:
    """What is wrong in which line of which sheet (the head is line 1)."""

    sheet: str
    line: int
    refusal: Refusal


@dataclass(slots=True, kw_only=True)
class Tables:
    """What the sheets say: acts, and what is wrong."""

    event: str
    first: list[Plain] = field(default_factory=list)  # venues and nations
    sessions: list[tuple[str, Plain]] = field(default_factory=list)  # each with the name of its venue
    known: dict[str, str] = field(default_factory=dict)  # names of venues that the event has, with their ids
    faults: list[TableFault] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows are right."""
        return len(self.first) + len(self.sessions)

    def then(self, done: Sequence[Done]) -> list[Plain]:
        """The acts of the sessions, once the venues are there."""
        named = dict(self.known)
        for act, made in zip(self.first, done, strict=True):
            if act["action"] == "major_event.venue" and made.entry is not None:
                named[act["title"].casefold()] = made.entry.hex()
        return [{**act, "coded": {**act["coded"], "venue": named[venue]}} for venue, act in self.sessions]


def read_tables(sheets: Mapping[str, str], event: Mapping[str, Any], zone: tzinfo) -> Tables:
    """The acts that the texts of the sheets describe for an event as `show_event` gives it. Raises nothing."""
    tables = Tables(event=event["dossier"])
    tables.known = {each["names"]["title"].casefold(): each["id"] for each in event["venues"] if each["names"]["title"]}
    coming = set(tables.known)
    for sheet in SHEETS:
        for line, row in _rows(sheet, sheets.get(sheet, ""), tables):
            try:
                match sheet:
                    case "venues":
                        tables.first.append(_venue(tables.event, row, coming))
                    case "sessions":
                        tables.sessions.append(_session(tables.event, row, coming, zone))
                    case _:
                        tables.first.append(_nation(tables.event, row))
            except Refusal as refusal:
                tables.faults.append(TableFault(sheet=sheet, line=line, refusal=refusal))
    return tables


def _rows(sheet: str, text: str, tables: Tables) -> Iterator[tuple[int, Row]]:
    if not text.strip():
        return
    head_line = text.lstrip().splitlines()[0]
    reader = csv.reader(io.StringIO(text.lstrip()), delimiter=";" if head_line.count(";") > head_line.count(",") else ",")
    needed, possible = COLUMNS[sheet]
    head: list[str] = []
    for number, cells in enumerate(reader, 1):
        if number == 1:
            head = [_column(cell, (*needed, *possible)) for cell in cells]
            if missing := [name for name in needed if name not in head]:
                tables.faults.append(TableFault(sheet=sheet, line=1, refusal=Refusal("table_column", column=missing[0])))
                return
        elif number > MAX_ROWS:
            tables.faults.append(TableFault(sheet=sheet, line=number, refusal=Refusal("table_too_long", most=MAX_ROWS)))
            return
        elif any(cell.strip() for cell in cells):
            yield number, {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}


def _column(cell: str, allowed: tuple[str, ...]) -> str:
    """The column that a head names; empty for one that nobody asked for."""
    said = cell.strip().casefold().replace(" ", "_")
    return next((name for name in allowed if said in NAMES[name]), "")


def _needed(row: Row, name: str) -> str:
    if not row.get(name):
        raise Refusal("table_empty", column=name)
    return row[name]


def _venue(event: str, row: Row, coming: set[str]) -> Plain:
    name = _needed(row, "name")
    if name.casefold() in coming:
        raise Refusal("table_twice", value=name[:60])
    coded = {
        "type": _choice(row, "type", VenueType.OTHER.value, [each.value for each in VenueType]),
        "latitude": _degrees(row, "latitude", 90),
        "longitude": _degrees(row, "longitude", 180),
        "capacity": _number(row, "capacity"),
    }
    detail = {language: row[f"name_{language}"] for language in ("ar", "fr", "en") if row.get(f"name_{language}")}
    coming.add(name.casefold())
    return {"action": "major_event.venue", "dossier": event, "title": name, "coded": coded, "detail": detail}


def _session(event: str, row: Row, coming: set[str], zone: tzinfo) -> tuple[str, Plain]:
    venue = _needed(row, "venue").casefold()
    if venue not in coming:
        raise Refusal("table_venue", value=row["venue"][:60])
    starts, ends = _moment(row, "starts", zone), _moment(row, "ends", zone)
    if ends < starts:
        raise Refusal("ends_before_it_starts")
    coded = {
        "type": _choice(row, "type", SessionType.COMPETITION.value, [each.value for each in SessionType]),
        "starts": starts,
        "ends": ends,
        "spectators": _number(row, "spectators"),
        "nations": [_nation_code(each) for each in row.get("nations", "").replace(",", " ").split()],
    }
    return venue, {"action": "major_event.session", "dossier": event, "title": _needed(row, "name"), "coded": coded}


def _nation(event: str, row: Row) -> Plain:
    coded: Plain = {"nation": _nation_code(_needed(row, "nation")), "delegation": _number(row, "delegation")}
    if row.get("desk"):
        coded["desk"] = row["desk"]
    return {"action": "major_event.nation", "dossier": event, "coded": coded}


def _nation_code(said: str) -> str:
    code = said.upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise Refusal("table_nation", value=said[:20])
    return code


def _choice(row: Row, name: str, default: str, allowed: Sequence[str]) -> str:
    said = row.get(name, "").casefold() or default
    if said not in allowed:
        raise Refusal("table_choice", column=name, value=said[:40])
    return said


def _number(row: Row, name: str) -> int:
    said = row.get(name, "").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not said:
        return 0
    if not said.isascii() or not said.isdecimal() or len(said) > 6:
        raise Refusal("table_number", column=name, value=said[:20])
    return int(said)


def _degrees(row: Row, name: str, most: int) -> int:
    said = _needed(row, name).replace(",", ".")
    try:
        value = float(said)
    except ValueError as error:
        raise Refusal("table_number", column=name, value=said[:20]) from error
    if not -most <= value <= most:
        raise Refusal("table_number", column=name, value=said[:20])
    return round(value * 100_000)


def _moment(row: Row, name: str, zone: tzinfo) -> int:
    said = _needed(row, name)
    try:
        return int(datetime.fromisoformat(said.replace(" ", "T")).replace(tzinfo=zone).timestamp() * 1000)
    except ValueError as error:
        raise Refusal("table_moment", column=name, value=said[:30]) from error
