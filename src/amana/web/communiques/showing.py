# SPDX-License-Identifier: EUPL-1.2
"""The workshop of a communiqué in words: rows of clauses with their cells, the head with its clock, lines of the list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.utils.html import format_html
from django.utils.safestring import SafeString

from amana.dossiers.tasks import Task
from amana.phrases import Words, isolated, label, moment, tell
from amana.web.communiques.pieces import lacking_in, marked_in, notes_of, pieces_of
from amana.web.doors import Desk
from amana.web.html import direction, html

Plain = dict[str, Any]
MINUTE, WHOLE = 60_000, 100
MARK_DIGITS = 24
SETTLED = frozenset({"agreed", "struck"})
TONES = {  # shape and tint of a clause's state
    "agreed": ("done", "done"),
    "proposed": ("half", "warn"),
    "objected": ("urgent", "alarm"),
    "contested": ("turn", "alarm"),
    "pending": ("not_yet", ""),
    "struck": ("not_yet", ""),
}
APPROVALS = {"approved": ("done", "done"), "changed": ("half", "warn"), "waiting": ("not_yet", ""), "left": ("not_yet", "")}
CLAUSE_TASKS = (Task.AGREE.value, Task.REVISE.value)


def line_of(desk: Desk, line: Plain) -> Plain:
    """A communiqué in the list."""
    held = {name: value for name, value in line.items() if name != "partners"}  # the frame's own word
    return held | {
        "others": line["partners"],
        "stage_words": html(label(desk.language, "communique_stage", line["stage"])),
        "public_all": len(line["public"]) == len(line["languages"]),
        "task_words": html(label(desk.language, "task", line["task"])) if line["task"] != Task.NONE.value else "",
        **title_of(desk, line),
    }


def title_of(desk: Desk, shown: Plain) -> Plain:
    """The heading in the page's language, where it is written; else the working title."""
    heading = shown["headings"].get(desk.language, "")
    language = desk.language if heading else shown["title_language"] or desk.language
    return {"shown_title": heading or shown["title"], "shown_language": language, "title_dir": direction(language)}


def _titled(title: Plain) -> Plain:
    return {"title": title["shown_title"], "title_language": title["shown_language"], "title_dir": title["title_dir"]}


def rows_of(desk: Desk, shown: Plain) -> list[Plain]:
    """The clauses with their cells, the page's language first where they are stacked."""
    settled = {one["language"] for one in shown["released"]}
    return [_row(desk, row, settled) for row in shown["clauses"]]


def _row(desk: Desk, row: Plain, settled: set[str]) -> Plain:
    icon, tone = TONES[row["state"]]
    source = _source(row)
    return row | {
        "icon": icon,
        "tone": tone,
        "heading": row["role"] == "heading",
        "settled": row["state"] in SETTLED,
        "cells": [_cell(desk, row, cell, source, public=cell["language"] in settled) for cell in row["cells"]],
        "lacking": [cell["language"] for cell in row["cells"] if cell["state"] == "pending"],
        "writable": [cell["language"] for cell in row["cells"] if cell["language"] not in settled],
        "objectors": sorted({who for cell in row["cells"] for one in cell["versions"] for who in one["objected"]}),
        "silent": sorted({who for cell in row["cells"] for one in cell["versions"] for who in one["waits_for"]}),
    }


def _source(row: Plain) -> tuple[str, str]:
    """The language and words that the others are compared with: the first that has one wording."""
    for cell in row["cells"]:
        if len(cell["versions"]) == 1 and cell["versions"][0]["text"]:
            return cell["language"], cell["versions"][0]["text"]
    return "", ""


def _cell(desk: Desk, row: Plain, cell: Plain, source: tuple[str, str], *, public: bool) -> Plain:
    language = cell["language"]
    return cell | {
        "dir": direction(language),
        "first": language == desk.language,
        "versions": [_version(language, cell, one, source, public=public) for one in cell["versions"]],
        "several": len(cell["versions"]) > 1,
        "number": row["number"],
    }


def _version(language: str, cell: Plain, one: Plain, source: tuple[str, str], *, public: bool) -> Plain:
    """A wording with what it changes; once all agree, that is of no interest any more, and once it is public no advice is."""
    marked = () if public else marked_in(language, one["text"])
    changed = bool(one["before"]) and one["before"] != one["text"] and cell["state"] not in SETTLED
    lacking = lacking_in(source[0], source[1], language, one["text"]) if len(cell["versions"]) == 1 and not public else []
    return one | {
        "pieces": pieces_of(one["before"] if changed else "", one["text"], marked),
        "notes": [note | {"expected": _in_language(language, note["expected"])} for note in notes_of(marked)],
        "lacking": [_in_language(language, term) for term in lacking],
        "changed": changed,
        "moved": bool(one["before"]) and one["before"] == one["text"] and not one["struck"] and cell["state"] not in SETTLED,
    }


def _in_language(language: str, words: str) -> SafeString:
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), words)


def head_of(desk: Desk, shown: Plain) -> Plain:
    """Title, draft, whose turn, and the clock to the end of the embargo."""
    until, now = shown["embargo_until"], shown["now"]
    since = min(shown["opened_at"], until)
    run = min(max(now - since, 0), max(until - since, 1))
    public = [one for one in shown["released"] if one["public"]]
    total = max(until - since, 1)
    turn = next((one for one in shown["tasks"] if one != Task.NONE.value), "")
    clause = _turn_clause(shown) if turn in CLAUSE_TASKS else None
    return {
        **_titled(title_of(desk, shown)),
        "turn": html(label(desk.language, "task", turn)) if turn else "",
        "turn_clause": clause["number"] if clause is not None else 0,
        "turn_anchor": clause["clause"][:12] if clause is not None else "",
        "embargo_left": until - now if until > now else 0,
        "run": run,
        "total": total,
        "clock_place": f"{run * WHOLE // total}%",
        "public_since": min((one["at"] for one in public), default=0),
        "public_all": len(public) == len(shown["languages"]),
        "stage_words": html(label(desk.language, "communique_stage", shown["stage"])),
    }


def _turn_clause(shown: Plain) -> Plain | None:
    """The first clause that waits for a word of ours."""
    own = shown["agency"]
    for row in shown["clauses"]:
        written = {one["author"] for cell in row["cells"] for one in cell["versions"]}
        revise = row["state"] in ("contested", "objected") and own in written
        if row["open"] or revise:
            return dict(row)
    return None


def matrix_of(shown: Plain) -> list[Plain]:
    """One row for each agency, one cell for each language: who approved which hash."""
    settled = {one["language"] for one in shown["released"]}
    rows = []
    for agency in shown["parties"]:
        cells = []
        for held in shown["approvals"]:
            one = next(party for party in held["parties"] if party["agency"] == agency)
            icon, tone = APPROVALS[one["state"]]
            cells.append(
                one
                | {
                    "language": held["language"],
                    "icon": icon,
                    "tone": tone,
                    "short": short_hash(one["hash"]),
                    "now": held["hash"],
                    "now_short": short_hash(held["hash"]),
                    "versions": " ".join(held["versions"]),
                    "settled": held["language"] in settled,
                    "agreed": held["agreed"],
                    "ours": agency == shown["agency"],
                }
            )
        rows.append({"agency": agency, "ours": agency == shown["agency"], "cells": cells})
    return rows


def short_hash(hash: str) -> str:
    """The beginning of a hash, as two people compare it."""
    return f"{hash[:4]} {hash[4:8]}".strip()


def conditions_of(desk: Desk, shown: Plain) -> list[Plain]:
    """What is still to do before release, each as a sentence."""
    return [one | {"words": html(_condition(desk, one))} for one in shown["conditions"]]


def _condition(desk: Desk, one: Plain) -> Words:
    language, number = desk.language, one["number"]
    names = languages_in_words(language, one["languages"])
    who = agencies_in_words(language, one["agencies"])
    match one["code"]:
        case "contested":
            return tell(language, "clause {number}: two wordings side by side; join them ({languages})", number=number, languages=names)
        case "objected":
            said = {"number": number, "agencies": who, "languages": names}
            return tell(language, "clause {number}: {agencies} objects; revise the wording ({languages})", **said)
        case "not_agreed":
            said = {"number": number, "agencies": who, "languages": names}
            return tell(language, "clause {number}: the word of {agencies} is awaited ({languages})", **said)
        case "language_pending":
            return tell(language, "clause {number}: to be written in this language: {languages}", number=number, languages=names)
        case "text_changed":
            return tell(language, "{languages}: {agencies} approves again, the text has changed", languages=names, agencies=who)
        case "approval_missing":
            return tell(language, "{languages}: the approval of {agencies} is awaited", languages=names, agencies=who)
        case "release_missing":
            return tell(language, "the release has not been said yet: {languages}", languages=names)
        case _:
            return tell(language, "the embargo runs until {moment}", moment=moment(language, one["at"], desk.zone))


def languages_in_words(language: str, languages: Sequence[str]) -> Words:
    """Names of languages, one after the other."""
    return Words(_comma(language).join(label(language, "language", one) for one in languages))


def agencies_in_words(language: str, agencies: Sequence[str]) -> Words:
    """Codes of agencies, one after the other."""
    return Words(_comma(language).join(isolated(language, one) for one in agencies))


def _comma(language: str) -> str:
    return "، " if language == "ar" else ", "


def mark_of(shown: Plain, offered: Mapping[str, Any]) -> str:
    """A mark of everything shown: the same mark, the same page. A running embargo is another page every minute."""
    minute = shown["now"] // MINUTE if shown["embargo_until"] > shown["now"] else 0
    kept = {name: value for name, value in shown.items() if name not in ("now", "new")}
    return hashlib.sha256(msgspec.json.encode([kept, offered, minute])).hexdigest()[:MARK_DIGITS]
