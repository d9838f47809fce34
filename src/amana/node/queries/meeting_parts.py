# SPDX-License-Identifier: EUPL-1.2
"""The parts of a meeting as people read them: programme, delegations, sessions with their texts, actions.

Each takes the state that headers made and adds the words of bodies that are here. What was struck is left out, but for
sessions, which other parts name.
"""

from __future__ import annotations

from collections import Counter

from amana.dossiers.meeting.state import AGENDA, MINUTES, MeetingState, Sitting, actions, minutes_of, reported, scope_of
from amana.dossiers.meeting.vocabulary import ProgressState
from amana.dossiers.shared.joint_text.state import (
    ClauseState,
    JointText,
    clause_state,
    clauses,
    in_force_since,
    standing,
    version_of,
)
from amana.node.ports import Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.decided import Plain
from amana.node.queries.joint_texts import Words, show_approvals, show_clauses
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

_UNSETTLED = (ClauseState.CONTESTED, ClauseState.OBJECTED, ClauseState.PROPOSED)


def show_programme(reading: Reading, state: MeetingState) -> list[Plain]:
    """The programme by its hours: `id`, `entry`, `starts`, `ends`, `type`, words, `place`."""
    held = sorted((one for one in state.programme if not one.struck), key=lambda one: (one.starts, one.ends, one.id))
    bodies = Bodies(reading, [id for one in held for id in (one.entry, one.id)])
    return [
        {
            "id": one.id.hex(),
            "entry": one.entry.hex(),
            "starts": one.starts,
            "ends": one.ends,
            "type": one.type.value,
            **bodies.latest(one.entry, one.id),
        }
        for one in held
    ]


def show_delegations(reading: Reading, state: MeetingState) -> list[Plain]:
    """Who comes: `agency`, `members`, `interpreters`, `languages` of those, `posts` (`post`, `role`), words."""
    ids = [one.entry for one in state.delegations]
    bodies, coded = Bodies(reading, ids), Words(reading, ids)
    return [
        {
            "agency": one.agency,
            "entry": one.entry.hex(),
            "members": one.members,
            "interpreters": one.interpreters,
            "languages": list(coded.of(one.entry)["coded"].get("languages", ())),
            "posts": bodies.detail(one.entry).get("posts", []),
            **bodies.words(one.entry),
        }
        for one in state.delegations
    ]


def show_actions(reading: Reading, state: MeetingState, now: int) -> list[Plain]:
    """What agencies undertook, by date due: `id`, `owner`, `due`, `since`, `decision` (a clause or empty), `state`, words,
    the owner's `last` word, `open`, `overdue`."""
    found = actions(state)
    told = {one.id: reported(state, one.id, one.owner) for one, _ in found}
    ids = [id for one, _ in found for id in (one.entry, one.id)]
    bodies = Bodies(reading, [*ids, *(said.entry for said in told.values() if said is not None)])
    shown = []
    for one, progress in found:
        said, open = told[one.id], progress in (ProgressState.OPEN, ProgressState.IN_PROGRESS)
        words = bodies.latest(one.entry, one.id)
        shown.append(
            {
                "id": one.id.hex(),
                "entry": one.entry.hex(),
                "owner": one.owner,
                "due": one.due,
                "since": one.since,
                "decision": one.decision.hex(),
                "state": progress.value,
                "open": open,
                "overdue": open and one.due < now,
                "last": None
                if said is None
                else {"at": said.at, "entry": said.entry.hex(), "author": said.author, **bodies.words(said.entry)},
                **{name: words[name] for name in ("title", "text", "language", "void")},
            }
        )
    return shown


def show_sessions(reading: Reading, state: MeetingState, own: AgencyCode, now: Millis) -> list[Plain]:
    """The sessions by their hours. Each: `id`, `entry`, `number`, `starts`, `ends`, `over`, words, `place`, `agenda` and
    `minutes` (as `show_clauses`; decisions are among the minutes, `type` says which), `approvals` (as `show_approvals`),
    `in_force` (the approved text: `hash`, `since`, `versions`, each with `translations`, and whether it is the one that
    `stands`) or None, `missing`: what is still wanting before the minutes are in force."""
    held = sorted((one for one in state.sessions if not one.struck), key=lambda one: (one.starts, one.id))
    bodies = Bodies(reading, [id for one in held for id in (one.entry, one.id)])
    return [
        _session(reading, state, one, own) | {"number": number, "over": one.ends <= now} | bodies.latest(one.entry, one.id)
        for number, one in enumerate(held, 1)
    ]


def _session(reading: Reading, state: MeetingState, one: Sitting, own: AgencyCode) -> Plain:
    agenda, minutes = scope_of(AGENDA, one.id), scope_of(MINUTES, one.id)
    approvals = show_approvals(state.text, minutes)
    return {
        "id": one.id.hex(),
        "entry": one.entry.hex(),
        "starts": one.starts,
        "ends": one.ends,
        "agenda": show_clauses(reading, state.text, agenda, own),
        "minutes": show_clauses(reading, state.text, minutes, own),
        "approvals": approvals,
        "in_force": _in_force(reading, state, one.id, approvals["hash"]),
        "missing": _missing(state.text, minutes, approvals),
    }


def _in_force(reading: Reading, state: MeetingState, session: EntryId, now: str) -> Plain | None:
    """The minutes that every party approved, in their order."""
    bound = minutes_of(state, session)
    if bound is None:
        return None
    words = Words(reading, bound.versions)
    versions = [held for id in bound.versions if (held := version_of(state.text, id)) is not None]
    return {
        "hash": bound.hash.hex(),
        "since": in_force_since(state.text, bound.hash),
        "stands": bound.hash.hex() == now,
        "versions": [
            words.show(one) | {"translations": [words.show(held) for held in versions if held.translates == one.id]}
            for one in versions
            if not one.translates
        ],
    }


def _missing(text: JointText, scope: str, approvals: Plain) -> list[Plain]:
    """`what` and `count`, or `agencies`, of each condition that is not met: no text, clauses contested, objected to, not
    agreed, one that is to be struck, approvals awaited."""
    held = [standing(text, scope, clause) for clause in clauses(text, scope)]
    if not held:
        return [{"what": "no_minutes", "count": 0, "agencies": []}]
    counted = Counter(clause_state(text, versions) for versions in held)
    found: list[Plain] = [{"what": state.value, "count": counted[state], "agencies": []} for state in _UNSETTLED if counted[state]]
    if approvals["awaited"]:
        found.append({"what": "approval", "count": len(approvals["awaited"]), "agencies": approvals["awaited"]})
    return found
