# SPDX-License-Identifier: EUPL-1.2
"""What a dossier can expect of an agency: short codes for badges and for the order of a day.

Each kind says which of them hold in a state (`Kind.tasks`), from the same registers as whose turn it is. `SERVED_BY`
says which entry types serve a task, so that pages put these first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Task(StrEnum):
    """What is expected of an agency, the most pressing first."""

    ACKNOWLEDGE = "acknowledge"  # take a request in hand
    ANSWER = "answer"
    COMPLETE_ANSWER = "complete_answer"  # a part was sent
    RESUME = "resume"  # we stopped the clock, or suspended the agreement
    CLARIFY = "clarify"  # a respondent asked back
    RECALL_ANSWER = "recall_answer"
    PERMISSION_ANSWER = "permission_answer"
    CONSENT = "consent"  # to a text of an agreement, or decline
    AMEND = "amend"  # our text was declined
    APPROVE = "approve"  # a text that others have approved, by its hash
    RELEASE = "release"  # a text that all approve
    AGREE = "agree"  # to clauses of others, or object
    REVISE = "revise"  # a clause of ours to which somebody objects
    DELEGATION = "delegation"  # we are invited: say who comes
    BASIS = "basis"  # say on what we act in an operation
    CONTACT = "contact"  # say whom to call
    READY = "ready"  # say that we are ready
    START = "start"  # nothing is missing: begin the action
    RECEIVE = "receive"  # an exhibit is handed over to us
    COMPARE = "compare"  # say whether two results are one
    ANNOUNCE = "announce"  # the other has announced a comparison: join it
    TALK = "talk"  # the other asks to talk about an overlap
    READ = "read"  # take note of a notice
    TRANSLATE = "translate"
    CARRY_OUT = "carry_out"  # a decision or an action that is ours
    COMMIT = "commit"  # offers of reinforcements wait for us
    OFFER = "offer"  # reinforcements are asked of us
    DEPLOY = "deploy"  # what we committed is to be sent
    ACCEPT = "accept"  # terms of a mission wait for us
    FEEDBACK = "feedback"  # a mission of experts is over: say what it was worth
    FOLLOW_UP = "follow_up"  # six months after a mission
    EVALUATE = "evaluate"  # an event is over
    CLOSE = "close"  # everybody has answered: say what it was worth
    NONE = "none"


_ORDER = {task: rank for rank, task in enumerate(Task)}
SERVED_BY: Mapping[Task, tuple[str, ...]] = {
    Task.ACKNOWLEDGE: ("acknowledge", "answer", "part_answer"),
    Task.ANSWER: ("answer", "part_answer", "ask_back"),
    Task.COMPLETE_ANSWER: ("answer", "part_answer", "ask_back"),
    Task.RESUME: ("unpause", "resume", "answer"),
    Task.CLARIFY: ("clarify",),
    Task.RECALL_ANSWER: ("recall_answer",),
    Task.PERMISSION_ANSWER: ("permission_grant", "permission_refuse"),
    Task.CONSENT: ("consent", "decline"),
    Task.AMEND: ("amend",),
    Task.APPROVE: ("approve",),
    Task.RELEASE: ("release",),
    Task.AGREE: ("agree", "object"),
    Task.REVISE: ("agenda_point", "minutes_point", "decision", "clause", "passage", "plan_point"),
    Task.DELEGATION: ("delegation",),
    Task.BASIS: ("basis",),
    Task.CONTACT: ("contact",),
    Task.READY: ("ready",),
    Task.START: ("start",),
    Task.RECEIVE: ("receive", "decline"),
    Task.COMPARE: ("compare",),
    Task.ANNOUNCE: ("announce",),
    Task.TALK: ("settle",),
    Task.READ: ("acknowledge",),
    Task.TRANSLATE: ("translation",),
    Task.CARRY_OUT: ("progress",),
    Task.COMMIT: ("commit",),
    Task.OFFER: ("offer", "decline"),
    Task.DEPLOY: ("status",),
    Task.ACCEPT: ("accept", "terms", "decline"),
    Task.FEEDBACK: ("feedback",),
    Task.FOLLOW_UP: ("follow_up",),
    Task.EVALUATE: ("evaluate",),
    Task.CLOSE: ("close", "reopen"),
    Task.NONE: (),
}


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Each task once, the most pressing first."""
    return tuple(sorted(set(tasks), key=_ORDER.__getitem__))
