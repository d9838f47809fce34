# SPDX-License-Identifier: EUPL-1.2
"""The small forms of what is said in a meeting: what each asks, and with what it begins. Pure.

A form's fields have the names that the writing page gives them, so `action_of` reads both, and what is kept of one is
found again in the other. What an address or a button brings along (session, clause, versions) stands in hidden fields:
a new wording names the versions that its author had before him, so that two written at once stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from amana.dossiers.meeting.types import ENTRY_TYPES
from amana.dossiers.meeting.vocabulary import DelegationRole
from amana.dossiers.shared.forms import describe_fields

Plain = dict[str, Any]
Fields = dict[str, list[str]]
BROUGHT = (
    "session",
    "clause",
    "agenda",
    "decision",
    "of",
    "item",
    "action",
    "version",
    "versions",
    "replaces",
    "hash",
    "carried",
    "struck",
)
VERSIONED = frozenset({"agenda_point", "minutes_point", "decision"})
POSTS = "detail.posts."
POST_ROWS = 5  # posts that a delegation's form has room for, beyond those it holds
DAYS = frozenset({"due"})  # asked as a day; it is over when the day is
DAY_ENDS = "T23:59"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form asks beside what it brings along: `text` none, some (it may be left out) or needed."""

    title: bool = False
    text: str = ""
    coded: tuple[str, ...] = ()
    place: bool = False
    posts: bool = False
    saved: bool = False  # kept by itself while it is written


FORMS: Mapping[str, Asked] = {
    "reschedule": Asked(text="some", coded=("starts", "ends")),
    "cancel": Asked(text="some"),
    "delegation": Asked(coded=("members", "interpreters"), posts=True, saved=True),
    "programme": Asked(title=True, coded=("type", "starts", "ends"), place=True, saved=True),
    "session": Asked(title=True, coded=("starts", "ends"), place=True, saved=True),
    "agenda_point": Asked(title=True, text="some", coded=("area", "lead", "duration"), saved=True),
    "minutes_point": Asked(text="needed", coded=("speaker",), saved=True),
    "decision": Asked(text="needed", coded=("owner", "due", "area"), saved=True),
    "translation": Asked(text="needed", saved=True),
    "object": Asked(text="some", saved=True),
    "action": Asked(text="needed", coded=("due",), saved=True),
    "progress": Asked(text="some", coded=("state",)),
    "leave": Asked(text="some"),
    "withdraw_approval": Asked(text="some"),
}
CLICKS = frozenset({"agree", "approve", "agenda_point"})  # said by one press, without a form


def begun(type: str, given: Mapping[str, Sequence[str]], shown: Plain, *, language: str, zone: tzinfo | None) -> Fields:
    """The fields of a new form: what the address brings, then what is there already of what it changes."""
    fields: Fields = {f"coded.{name}": list(given[name]) for name in BROUGHT if given.get(name)}
    fields["language"] = [language]
    if type in VERSIONED and (clause := _clause(shown, fields)) is not None:
        _begin_version(fields, clause, zone)
    elif type == "translation":
        fields["language"] = [_other_language(shown, fields, language)]
    elif type in ("session", "programme", "action"):
        _begin_change(type, fields, shown, zone)
    elif type == "delegation":
        _begin_delegation(fields, shown, language)
    elif type == "reschedule":
        fields |= {"coded.starts": [local(shown["starts"], zone)], "coded.ends": [local(shown["ends"], zone)]}
    if type == "minutes_point" and not fields.get("coded.speaker") and "coded.clause" not in fields:
        fields["coded.speaker"] = [shown["agency"]]
    return fields


def sent(type: str, fields: Fields) -> Fields:
    """The fields as the action is read from them: the language of the words is the version's, a day ends at its end, and a
    row without a post is none, whatever role its list begins with."""
    read = {name: values for name, values in fields.items() if not name.startswith(POSTS) or _post_of(fields, name)}
    coded = {one.name for one in describe_fields(ENTRY_TYPES[type].coded)}
    if "language" in coded and "languages" not in coded:
        read["coded.language"] = read.get("language", [])
    for name in DAYS & coded:
        read[f"coded.{name}"] = [day + DAY_ENDS if len(day) == 10 else day for day in read.get(f"coded.{name}", [])]
    return read


def original_of(shown: Plain, fields: Fields) -> list[Plain]:
    """The words that the form speaks of: the version to translate or to object to, those that a new wording replaces, the
    decision or action that is carried out."""
    named = {*fields.get("coded.version", ()), *fields.get("coded.versions", ()), *fields.get("coded.replaces", ())}
    served = {*fields.get("coded.of", ()), *fields.get("coded.decision", ())}
    decided = [one | {"author": one["owner"]} for one in shown["decisions"] if one["clause"] in served]
    undertaken = [one | {"author": one["owner"]} for one in shown["actions"] if one["id"] in served]
    return [*decided, *undertaken, *(one for clause in _clauses(shown) for one in clause["versions"] if one["id"] in named)]


def post_rows(fields: Fields) -> list[Plain]:
    """The rows for posts: those that are filled, and room for more."""
    filled = [place for place in range(100) if (fields.get(f"detail.posts.{place}.post") or [""])[-1].strip()]
    rows = [
        {"place": new, "post": fields[f"detail.posts.{old}.post"][-1], "role": (fields.get(f"detail.posts.{old}.role") or [""])[-1]}
        for new, old in enumerate(filled)
    ]
    empty = max(POST_ROWS - len(rows), 2)
    return [*rows, *({"place": len(rows) + more, "post": "", "role": DelegationRole.MEMBER.value} for more in range(empty))]


def _post_of(fields: Fields, name: str) -> str:
    """The post in the row to which this field belongs."""
    return (fields.get(f"{name.rpartition('.')[0]}.post") or [""])[-1].strip()


def local(at: int, zone: tzinfo | None) -> str:
    """A moment as a date field of a browser holds it."""
    return datetime.fromtimestamp(at / 1000, tz=zone or UTC).strftime("%Y-%m-%dT%H:%M")


def _clauses(shown: Plain) -> list[Plain]:
    return [clause for session in shown["sessions"] for clause in (*session["agenda"], *session["minutes"])]


def _clause(shown: Plain, fields: Fields) -> Plain | None:
    wanted = (fields.get("coded.clause") or [""])[-1]
    return next((clause for clause in _clauses(shown) if clause["clause"] == wanted), None)


def _begin_version(fields: Fields, clause: Plain, zone: tzinfo | None) -> None:
    """The last wording, to be changed; it replaces all that stand."""
    version = clause["versions"][-1]
    fields |= {"title": [version["title"]], "text": [version["text"]], "language": [version["language"]]}
    fields["coded.replaces"] = [one["id"] for one in clause["versions"]]
    fields["coded.place"] = [str(clause["place"])]
    for name in ("session", "area", "lead", "duration", "speaker", "owner", "agenda", "carried"):
        if value := version["coded"].get(name):
            fields.setdefault(f"coded.{name}", [str(value)])
    if due := version["coded"].get("due"):
        fields["coded.due"] = [local(due, zone)[:10]]


def _begin_change(type: str, fields: Fields, shown: Plain, zone: tzinfo | None) -> None:
    """What is there of a session, a part of the programme or an action."""
    name = {"session": "session", "programme": "item", "action": "action"}[type]
    rows = {"session": shown["sessions"], "programme": shown["programme"], "action": shown["actions"]}[type]
    wanted = (fields.get(f"coded.{name}") or [""])[-1]
    row = next((one for one in rows if one["id"] == wanted), None)
    if row is None:
        return
    fields |= {"title": [row["title"]], "text": [row["text"]], "language": [row["language"] or fields["language"][-1]]}
    if row.get("place"):
        fields["detail.place"] = [row["place"]]
    for each in ("starts", "ends"):
        if each in row:
            fields[f"coded.{each}"] = [local(row[each], zone)]
    if "due" in row:
        fields |= {"coded.due": [local(row["due"], zone)[:10]], "coded.decision": [row["decision"]] if row["decision"] else []}
    if row.get("type"):
        fields["coded.type"] = [row["type"]]


def _begin_delegation(fields: Fields, shown: Plain, language: str) -> None:
    held = next((one for one in shown["delegations"] if one["agency"] == shown["agency"]), None)
    if held is None:
        return
    fields |= {"coded.members": [str(held["members"])], "coded.interpreters": [str(held["interpreters"])]}
    fields |= {"coded.languages": list(held["languages"]), "language": [held["language"] or language]}
    for place, post in enumerate(held["posts"]):
        fields |= {f"detail.posts.{place}.post": [post["post"]], f"detail.posts.{place}.role": [post.get("role", "member")]}


def _other_language(shown: Plain, fields: Fields, language: str) -> str:
    """The reader's language, unless that is the one to translate from."""
    found = original_of(shown, fields)
    source = found[0]["language"] if found else ""
    return language if language != source else next(code for code in ("fr", "ar", "en") if code != source)
