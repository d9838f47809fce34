# SPDX-License-Identifier: EUPL-1.2
"""A meeting as its page draws it: days, sessions with their points, what differs, what departs from the glossary. Pure.

Nothing is decided here: what a person can do is what `actions_for` has tried; the states of texts are the node's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from amana.phrases.differences import differences
from amana.phrases.terms import departures, missing_terms
from amana.web.html import direction

Plain = dict[str, Any]
LANGUAGES = ("ar", "fr", "en")
APPROVAL = {"approved": "approved", "changed": "earlier", "waiting": "not_yet", "left": "left"}
DECISION = "decision"
SHOWN_DIGITS = 16  # of a fingerprint, where it is compared by eye


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """For whom the page is made, and which words the rules would take from this person now."""

    language: str
    own: str
    zone: tzinfo | None
    now: int
    can: Collection[str] = ()


def weekday(at: int, zone: tzinfo | None) -> int:
    """The day of the week, 0 for Monday, where the reader sits."""
    return _local(at, zone).weekday()


def programme_days(programme: Iterable[Plain], zone: tzinfo | None) -> list[Plain]:
    """The programme by day: `at`, `weekday` and the `parts` of each."""
    days: dict[Any, Plain] = {}
    for part in programme:
        date = _local(part["starts"], zone).date()
        days.setdefault(date, {"at": part["starts"], "weekday": date.weekday(), "parts": []})["parts"].append(part)
    return list(days.values())


def sessions_of(seen: Seen, shown: Mapping[str, Any]) -> list[Plain]:
    """The sessions with everything that their templates draw."""
    return [_session(seen, shown, one) for one in shown["sessions"]]


def decisions_of(seen: Seen, shown: Mapping[str, Any]) -> list[Plain]:
    """The decisions in force, each with the actions that serve it."""
    serving: dict[str, list[Plain]] = {}
    for action in shown["actions"]:
        serving.setdefault(action["decision"], []).append(_action(seen, action))
    return [_decided(seen, one) | {"actions": serving.get(one["clause"], [])} for one in shown["decisions"]]


def free_actions(seen: Seen, shown: Mapping[str, Any]) -> list[Plain]:
    """The actions that serve no decision in force: the preparation of the visit, among others."""
    decided = {one["clause"] for one in shown["decisions"]}
    return [_action(seen, one) for one in shown["actions"] if one["decision"] not in decided]


def carried_of(seen: Seen, shown: Mapping[str, Any]) -> list[Plain]:
    """What earlier meetings left open."""
    return [_decided(seen, one) for one in shown["carried"]]


def worded(seen: Seen, one: Mapping[str, Any]) -> Plain:
    """The words that a reader of this language is shown first: the original, or its translation beside it."""
    language = one["language"] or seen.language
    others = [each | {"dir": direction(each["language"] or seen.language)} for each in one.get("translations", ())]
    return dict(one) | {"language": language, "dir": direction(language), "translations": others}


def _session(seen: Seen, shown: Mapping[str, Any], one: Plain) -> Plain:
    titles = {clause["clause"]: clause["versions"][0] for clause in one["agenda"]}
    agenda = [_clause(seen, clause, titles) | {"number": place} for place, clause in enumerate(one["agenda"], 1)]
    points = [_clause(seen, clause, titles) for clause in one["minutes"]]
    _number(points)
    in_force = one["in_force"]
    approved = {version["id"] for version in in_force["versions"]} if in_force else set()
    for point in points:
        point["in_force"] = not point["contested"] and point["versions"][0]["id"] in approved
    return {
        **one,
        "dir": direction(one["language"] or seen.language),
        "weekday": weekday(one["starts"], seen.zone),
        "agenda": agenda,
        "points": points,
        "open_agenda": _unanswered(agenda),
        "open_points": _unanswered(points),
        "parties": [_party(party, one["approvals"]["hash"]) for party in one["approvals"]["parties"]],
        "ours_missing": seen.own in one["approvals"]["awaited"],
        "earlier": _earlier(seen, in_force),
        "carried": carried_of(seen, shown) if one["id"] == shown["carried_session"] else [],
        "decisions": sum(point["decides"] for point in points),
    }


def _number(points: list[Plain]) -> None:
    """Points and decisions are counted apart, as minutes do."""
    counted = {True: 0, False: 0}
    for point in points:
        counted[point["decides"]] += 1
        point["number"] = counted[point["decides"]]


def _clause(seen: Seen, clause: Plain, titles: Mapping[str, Plain]) -> Plain:
    held = clause["versions"]
    first = held[0]
    contested = len(held) > 1
    shown = [_version(seen, one, first if contested and one is not first else None, plain=contested and one is first) for one in held]
    agenda = titles.get(str(first["coded"].get("agenda", "")))
    return {
        **clause,
        "versions": shown,
        "contested": contested,
        "decides": first["type"] == DECISION,
        "type": first["type"],
        "speaker": first["coded"].get("speaker", ""),
        "about": None if agenda is None else worded(seen, agenda),
        "struck": any(one["struck"] for one in held),
        "unanswered": [one["id"] for one in shown if not one["said"] and one["author"] != seen.own],
    }


def _version(seen: Seen, one: Plain, beside: Plain | None, *, plain: bool) -> Plain:
    """A version with its translations, its differences from what it replaces (or from what stands beside it), and advice."""
    before = one["before"] if beside is None else beside["text"]
    settled = not one["waits_for"] and not one["objected"] and beside is None
    compared = bool(before) and not settled and not plain and before != one["text"] and not one["void"]
    shown = worded(seen, one)
    shown["translations"] = [_advised(seen, each) | {"lacks": _lacking(one, each)} for each in shown["translations"]]
    have = {one["language"], *(each["language"] for each in one["translations"])}
    return _advised(seen, shown) | {
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in differences(before, one["text"])] if compared else [],
        "beside": beside is not None,
        "wanting": [code for code in LANGUAGES if code not in have][:2] if one["text"] or one["title"] else [],
    }


def _advised(seen: Seen, one: Plain) -> Plain:
    """The text in runs, those marked that depart from the glossary, and what it would have instead."""
    language, text = one["language"] or seen.language, one["text"]
    found = departures(language, text) if language in LANGUAGES else ()
    runs: list[Plain] = []
    last = 0
    for departure in found:
        runs += [{"text": text[last : departure.start], "marked": False}, {"text": text[departure.start : departure.end], "marked": True}]
        last = departure.end
    runs.append({"text": text[last:], "marked": False})
    advice = [{"found": each.found, "expected": each.expected, "note": each.note} for each in found]
    return one | {"runs": [run for run in runs if run["text"]], "advice": advice}


def _lacking(source: Plain, translation: Plain) -> list[str]:
    """The terms of the original that its translation has not."""
    if source["language"] not in LANGUAGES or translation["language"] not in LANGUAGES:
        return []
    found = missing_terms(source["language"], source["text"], translation["language"], translation["text"])
    return list(dict.fromkeys(each.expected for each in found))


def _unanswered(clauses: Iterable[Plain]) -> list[str]:
    return [id for clause in clauses for id in clause["unanswered"]]


def _party(party: Plain, hash: str) -> Plain:
    return party | {"code": APPROVAL[party["state"]], "shown": party["hash"][:SHOWN_DIGITS], "same": bool(hash) and party["hash"] == hash}


def _earlier(seen: Seen, in_force: Plain | None) -> list[Plain]:
    """The text that is in force, where another is being written by now."""
    if in_force is None or in_force["stands"]:
        return []
    return [worded(seen, one) | {"decides": one["type"] == DECISION} for one in in_force["versions"]]


def _decided(seen: Seen, one: Plain) -> Plain:
    return worded(seen, one) | {"ours": one["owner"] == seen.own, "last": _last(seen, one)}


def _action(seen: Seen, one: Plain) -> Plain:
    return worded(seen, one) | {"ours": one["owner"] == seen.own, "last": _last(seen, one)}


def _last(seen: Seen, one: Plain) -> Plain | None:
    last = one["last"]
    return None if last is None else last | {"dir": direction(last["language"] or seen.language)}


def _local(at: int, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(min(at, 253_402_214_400_000) / 1000, tz=zone or UTC)  # the last day that a calendar here knows
