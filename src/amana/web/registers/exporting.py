# SPDX-License-Identifier: EUPL-1.2
"""A register as a CSV file: what may leave, in the page's language; what its marking keeps here is counted, in words.

(1) a row leaves only where its marking allows export (`node.queries.exporting`); (2) a cell that a spreadsheet would
take for a formula is made text; (3) the last line says what is not in the file. UTF-8 with a byte order mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from amana.phrases import Words, label, on_one_line, tell, tell_count
from amana.phrases.bidi import FSI, LRI, PDI
from amana.web.doors import Desk
from amana.web.inbox.hours import local
from amana.web.inbox.lines import opening_words, reader_of, stage_words
from amana.web.units import unit_name

Plain = dict[str, Any]
MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
DIRECTIONS = {"in": "incoming", "out": "outgoing"}


def csv_of(desk: Desk, shown: Plain) -> str:
    """The whole file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(safe(one) for one in headings(desk.language))
    posts = reader_of(desk).posts
    for row in shown["rows"]:
        writer.writerow(safe(one) for one in _cells(desk, row, posts.get(row["officer"], row["officer"])))
    for words in withheld_words(desk.language, shown["withheld"]):
        writer.writerow([safe(Words(f"# {words}"))])  # (3)
    return MARK + out.getvalue()


def headings(language: str) -> list[Words]:
    """The names of the columns."""
    return [
        tell(language, "Reference"),
        tell(language, "Direction"),
        tell(language, "Kind"),
        tell(language, "Subject"),
        tell(language, "Language of the subject"),
        tell(language, "Area"),
        tell(language, "Partners"),
        tell(language, "State"),
        tell(language, "Urgency"),
        tell(language, "Expected of us"),
        tell(language, "Unit"),
        tell(language, "Officer"),
        tell(language, "Opened"),
        tell(language, "Last entry"),
        tell(language, "Deadline"),
        tell(language, "Closed"),
        tell(language, "Markings"),
    ]


def _cells(desk: Desk, row: Plain, officer: str) -> list[str]:
    language = desk.language

    def when(at: int) -> str:
        return local(at, desk.zone).strftime("%Y-%m-%d %H:%M") if at else ""  # type: ignore[arg-type]  # milliseconds of a row

    return [
        row["reference"],
        label(language, "direction", DIRECTIONS[row["direction"]]),
        _kind_words(language, row),
        on_one_line(row["title"]),
        row["title_language"],
        label(language, "area", row["area"]) if row["area"] else "",
        " ".join(row["partners"]),
        stage_words(language, row),
        label(language, "urgency", row["urgency"]) if row["urgency"] else "",
        label(language, "task", row["task"]) if row["tasks"] else "",
        unit_name(language, row["unit"]) if row["unit"] else "",
        officer,
        when(row["opened_at"]),
        when(row["changed_at"]),
        when(row["clock_due"]),
        tell(language, "yes") if row["closed"] else tell(language, "no"),
        marking_words(language, row["marking"]),
    ]


def _kind_words(language: str, row: Plain) -> Words:
    """What the dossier is; that it is an exercise stands before it."""
    what = opening_words(language, row)
    return tell(language, "Exercise: {what}", what=what) if row["exercise"] else what


def marking_words(language: str, marking: Plain) -> str:
    """Handling codes, TLP, classification and national marking of an opening entry, in one cell."""
    parts = [*marking.get("codes", ())]
    if marking.get("tlp"):
        parts.append(f"TLP:{str(marking['tlp']).upper()}")
    if marking.get("level"):
        parts.append(plain(label(language, "level", marking["level"])))
    if marking.get("national"):
        parts.append(on_one_line(str(marking["national"])))
    return " ".join(parts)


def withheld_words(language: str, withheld: Iterable[Plain]) -> list[Words]:
    """How many dossiers are not in the file, and why, one sentence for each reason; or that all are."""
    told = [
        tell_count(
            language,
            "{count} dossier is not in this file: {reason}.",
            "{count} dossiers are not in this file: {reason}.",
            count=one["count"],
            reason=label(language, "because", one["code"]),
        )
        for one in withheld
    ]
    return told or [tell(language, "No dossier of this list was left out.")]


def plain(words: str) -> str:
    """Without the invisible marks, which no spreadsheet needs."""
    return str(words).replace(LRI, "").replace(FSI, "").replace(PDI, "")


def safe(words: str) -> str:
    """A cell that no spreadsheet computes."""
    text = plain(words)
    return f"'{text}" if text.startswith(FORMULA) else text  # (2)
