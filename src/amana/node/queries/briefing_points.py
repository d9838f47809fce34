# SPDX-License-Identifier: EUPL-1.2
"""The parts of a briefing file that come from meetings, communiqués and assessments; each line names where its words are from.

Decisions and actions are those of every meeting with any of who meets now; a communiqué counts where all of them issued it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from msgspec.structs import replace

from amana.dossiers.communique.state import CommuniqueState
from amana.dossiers.information_request.state import RequestState, open_slots, overdue
from amana.dossiers.meeting.types import KIND
from amana.node.briefs import LONGEST_LINE as LONGEST
from amana.node.briefs import BriefLine
from amana.node.ports import DossierRow, Reading
from amana.node.queries.assessments import assessments_for_agenda
from amana.node.queries.decided import Plain, carried_into, meeting_state, show_decided
from amana.node.queries.meeting_parts import show_actions, show_sessions
from amana.node.queries.preparing import Preparing
from amana.node.queries.published import show_released
from amana.node.queries.rows import show_row, state_of
from amana.protocol.identifiers import EntryId

COMMUNIQUE = "communique"
FURTHER = {"action": 1}  # after decisions of the same day


def open_decisions(reading: Reading, before: Preparing) -> list[BriefLine]:
    """Open decisions and actions of those who meet, by date due, with the owner's last word."""
    found: list[BriefLine] = []
    for row in before.rows:
        state = meeting_state(row) if row.kind == KIND else None
        if state is None or state.cancelled:
            continue
        held = [("decision", "version", one) for one in show_decided(reading, row, before.now)]
        held += [("action", "entry", one) for one in show_actions(reading, state, before.now)]
        open_ones = [(code, name, one) for code, name, one in held if one["open"] and one["owner"] in before.parties]
        if open_ones:
            reference = show_row(reading, row, before.now, own=before.own)["reference"]
            found += [_carried_out(before, row, code, name, one, reference) for code, name, one in open_ones]
    return sorted(found, key=lambda one: (one.due, FURTHER.get(one.code, 0), one.entry))


def last_communique(reading: Reading, before: Preparing) -> list[BriefLine]:
    """The languages of the communiqué issued last, each with its heading, moment and code: by all who meet, else by some of them.

    It is public, so nothing of it is bound by the marking of its drafts.
    """
    issued: list[tuple[bool, int, bytes, DossierRow, list[Plain]]] = []
    for row in before.rows:
        state = state_of(row) if row.kind == COMMUNIQUE else None
        if not isinstance(state, CommuniqueState):
            continue
        if public := [one for one in show_released(reading, row.id, state, before.now) if one["public"]]:
            by_all = set(before.parties) <= set(row.parties)
            issued.append((by_all, max(one["at"] for one in public), row.id, row, public))
    if not issued:
        return []
    *_, row, public = max(issued, key=lambda one: one[:3])
    title = show_row(reading, row, before.now, own=before.own)["title"]
    return [
        BriefLine(
            due=one["at"],
            code="released",
            text=one["heading"] or title,
            agency=one["by"],
            dossier=row.id,
            language=one["language"],
            reference=one["code"],
        )
        for one in public
    ]


def points_proposed(reading: Reading, before: Preparing) -> list[BriefLine]:
    """What to raise: answers that are late or due before the meeting, decisions that the agenda has not taken up or that are due
    before it, its points that await our word, assessments."""
    carried = list(_not_taken_up(reading, before))
    return [
        *_answers(reading, before),
        *carried,
        *_due_before(reading, before, {one.entry for one in carried}),
        *_awaiting_us(reading, before),
        *_assessments(reading, before),
    ]


def _answers(reading: Reading, before: Preparing) -> Iterable[BriefLine]:
    """Our requests whose answer is overdue, or due before the meeting begins."""
    found = []
    for row in before.rows:
        state = state_of(row)
        if not isinstance(state, RequestState) or state.asker != before.own or state.notice or state.closed_at:
            continue
        late = overdue(state, before.now)
        for slot in open_slots(state):
            if slot.agency in before.parties and slot.due and not slot.paused_at and slot.due < max(before.state.starts, before.now):
                code = "overdue" if slot.agency in late else "due_before"
                found.append(_of_dossier(reading, before, row, code, agency=slot.agency, due=slot.due, urgent=slot.agency in late))
    return sorted(found, key=lambda one: (one.due, one.dossier))


def _due_before(reading: Reading, before: Preparing, carried: Container[bytes]) -> Iterable[BriefLine]:
    """Decisions and actions that are due before the meeting begins."""
    for one in open_decisions(reading, before):
        if one.due < max(before.state.starts, before.now) and one.entry not in carried:
            yield replace(one, code="to_report")


def _not_taken_up(reading: Reading, before: Preparing) -> Iterable[BriefLine]:
    """Open decisions that this meeting takes up and that are no point of its agenda yet."""
    seen = {row.id.hex(): row for row in before.rows}
    for one in carried_into(reading, before.row, before.now):
        if not one["point"] and one["meeting"] in seen:
            yield _carried_out(before, seen[one["meeting"]], "carried", "version", one, one["reference"])


def _awaiting_us(reading: Reading, before: Preparing) -> Iterable[BriefLine]:
    """Points that others put on the agenda of a session to come, and of which we have said nothing."""
    for session in show_sessions(reading, before.state, before.own, before.now):
        for version in [] if session["ends"] <= before.now else [one for clause in session["agenda"] for one in clause["versions"]]:
            if version["author"] != before.own and not version["said"]:
                yield BriefLine(
                    code="agenda",
                    text=_worded(version),
                    entry=bytes.fromhex(version["id"]),
                    agency=version["author"],
                    dossier=before.row.id,
                    language=version["language"],
                )


def _assessments(reading: Reading, before: Preparing) -> Iterable[BriefLine]:
    """Shared assessments of the meeting's areas that ran out, run out soon, or are newer than the last meeting."""
    previous = meeting_state(before.previous) if before.previous is not None else None
    areas = [area.value for area in before.state.areas]
    since = previous.starts if previous is not None else before.now
    seen = {row.id.hex(): row for row in before.rows}
    for one in assessments_for_agenda(reading, before.scope, areas, before.now, parties=before.parties, since=since):
        if (row := seen.get(one["dossier"])) is not None:
            yield _of_dossier(reading, before, row, "assessment", due=one["valid_until"], state=one["why"], area=one["area"])


def _of_dossier(reading: Reading, before: Preparing, row: DossierRow, code: str, **more: object) -> BriefLine:
    """A line that speaks of a whole dossier."""
    shown = show_row(reading, row, before.now, own=before.own)
    known = {"text": shown["title"], "language": shown["title_language"], "reference": shown["reference"]}
    return BriefLine(code=code, entry=row.id, dossier=row.id, unknown_to=before.unknown_to(row), **known, **more)  # type: ignore[arg-type]  # named by the callers above


def _carried_out(before: Preparing, row: DossierRow, code: str, name: str, one: Plain, reference: str) -> BriefLine:
    """A decision or an action, with what its owner last said."""
    last = one["last"] or {"text": "", "language": "", "at": 0, "entry": ""}
    return BriefLine(
        due=one["due"],
        area=one.get("area", ""),
        code=code,
        last=last["text"][:LONGEST],
        text=_worded(one),
        entry=EntryId(bytes.fromhex(one[name])),
        state=one["state"],
        agency=one["owner"],
        urgent=one["overdue"],
        dossier=row.id,
        last_at=last["at"],
        language=one["language"],
        reference=reference,
        last_entry=bytes.fromhex(last["entry"]),
        unknown_to=before.unknown_to(row),
        last_language=last["language"],
    )


def _worded(one: Plain) -> str:
    return str(one["title"] or one["text"])[:LONGEST]
