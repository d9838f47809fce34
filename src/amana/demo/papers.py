# SPDX-License-Identifier: EUPL-1.2
"""What the officers of the scenario write: action files as `amana act --file` takes them, one TOML file per chapter.

A value "@name" stands for the id of the entry that the paper of that name became, "@chapter/name" for one of an
earlier chapter; a TOML date is its first instant. Each text, and each preamble of a wording, gets the line that says, in its
own language, that everything in it is invented: no paper can forget it. A TOML date with an hour is that moment.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

Paper = Mapping[str, Any]
# Versions of a text that goes to paper word by word: what opens its dossier says that it is invented, and so does the page.
WRITTEN_TOGETHER = frozenset(
    {
        "meeting.agenda_point",
        "meeting.minutes_point",
        "meeting.decision",
        "meeting.translation",
        "joint_operation.plan_point",
        "joint_operation.translation",
        "communique.clause",
        "threat_assessment.passage",
        "threat_assessment.translation",
    }
)
INVENTED = {
    "ar": "عرض توضيحي، معطيات مختلقة",
    "fr": "démonstration, données fictives",
    "en": "demonstration, invented data",
}


def load_papers(chapter: str) -> dict[str, Paper]:
    """The papers of a chapter by name."""
    text = files("amana.demo").joinpath("papers", f"{chapter}.toml").read_text(encoding="utf-8")
    return {name: _marked(paper) for name, paper in tomllib.loads(text).items()}


def with_ids(value: Any, entries: Mapping[str, str], chapter: str) -> Any:
    """`value` with ids in the place of "@name" and milliseconds in the place of dates."""
    match value:
        case str() if value.startswith("@"):
            name = value[1:]
            return entries[name if "/" in name else f"{chapter}/{name}"]
        case datetime():
            return int(value.timestamp() * 1000)
        case date():
            return int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000)
        case dict():
            return {key: with_ids(inner, entries, chapter) for key, inner in value.items()}
        case list():
            return [with_ids(inner, entries, chapter) for inner in value]
        case _:
            return value


def _marked(paper: Paper) -> Paper:
    if clauses := paper.get("detail", {}).get("clauses"):
        paper = {**paper, "detail": {"clauses": [_marked_clause(clause) for clause in clauses]}}
    if not paper.get("text") or paper["action"] in WRITTEN_TOGETHER:
        return paper
    return {**paper, "text": f"[{INVENTED[paper['language']]}]\n{paper['text'].strip()}"}


def _marked_clause(clause: Paper) -> Paper:
    """The preamble says it, for the whole wording in its language."""
    if clause["number"] != "preamble":
        return clause
    return {**clause, "text": f"[{INVENTED[clause['language']]}]\n{clause['text']}"}
