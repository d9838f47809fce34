# SPDX-License-Identifier: EUPL-1.2
"""Joint operations: what can be said in their dossiers, what their values are called, where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from amana.phrases.labels.operations import PHASE

KIND: Mapping[str, str] = {
    "joint_operation": "joint operation",
    "action_log": "action log",
    "exhibit": "exhibit",
    "deconfliction": "deconfliction",
}

ENTRY_TYPE: Mapping[str, str] = {
    "joint_operation.propose": "joint operation proposed",
    "joint_operation.basis": "legal basis of a party",
    "joint_operation.plan_point": "point of the plan",
    "joint_operation.translation": "translation of a point of the plan",
    "joint_operation.agree": "agreement to points of the plan",
    "joint_operation.object": "objection to points of the plan",
    "joint_operation.approve": "plan approved",
    "joint_operation.withdraw_approval": "approval of the plan taken back",
    "joint_operation.ready": "readiness",
    "joint_operation.contact": "contact point",
    "joint_operation.task": "task",
    "joint_operation.progress": "progress of a task",
    "joint_operation.document": "document of the operation",
    "joint_operation.start": "action begun",
    "joint_operation.stop": "action ended",
    "joint_operation.result": "result",
    "joint_operation.compare": "comparison of two results",
    "joint_operation.evaluate": "evaluation of the operation",
    "joint_operation.close": "operation closed",
    "joint_operation.leave": "party left",
    "action_log.open": "action log opened",
    "action_log.line": "line of the action log",
    "action_log.close": "action log closed",
    "exhibit.register": "exhibit registered",
    "exhibit.transfer": "exhibit handed over",
    "exhibit.receive": "exhibit received",
    "exhibit.decline": "exhibit not received",
    "exhibit.examine": "examination of the exhibit",
    "exhibit.court_request": "use in court asked for",
    "exhibit.court_grant": "use in court allowed",
    "exhibit.court_refuse": "use in court refused",
    "exhibit.dispose": "exhibit disposed of",
    "deconfliction.begin": "deconfliction begun",
    "deconfliction.announce": "set announced",
    "deconfliction.ask": "blinded question",
    "deconfliction.reply": "answer to the blinded question",
    "deconfliction.talk": "overlap, with a request to talk",
    "deconfliction.settle": "what was agreed on the overlap",
}

CODED_FIELD: Mapping[str, str] = {
    "amount": "amount",
    "answers": "set as the one that answers",
    "asks": "set as the one that asks",
    "authority": "authority that ordered or covered it",
    "count": "number of points in common",
    "currency": "currency (ISO 4217)",
    "exhibit": "exhibit",
    "first": "first result",
    "function": "to be reached for",
    "exhibit.type": "kind of thing",
    "held_by": "entry by which it is held",
    "broken": "seal broken",
    "joint_operation.agreement": "agreement on which it acts",
    "joint_operation.article": "article",
    "joint_operation.hash": "fingerprint of the plan",
    "joint_operation.lead": "leading agency",
    "joint_operation.time": "moment of the evaluation",
    "joint_operation.type": "type",
    "joint_operation.version": "version of the plan",
    "kinds": "kinds of points",
    "label": "label",
    "action_log.lead": "leading agency",
    "mine": "own announcement",
    "needs": "after these tasks",
    "operation": "joint operation",
    "origin": "lawful origin",
    "phone": "telephone",
    "withdrawn": "no longer ready",
    "reason": "reason",
    "joint_operation.result": "result that it changes",
    "round": "round",
    "same": "one and the same",
    "seal": "seal",
    "second": "second result",
    "substance": "substance",
    "task": "task",
    "theirs": "announcement of the other",
    "to": "handed over to",
    "transfer": "handover",
    "unit": "unit",
}

ACT: Mapping[str, str] = {
    "joint_operation.propose": "Propose a joint operation",
    "basis": "State the legal basis",
    "plan_point": "Write a point of the plan",
    "joint_operation.approve": "Approve the plan",
    "ready": "Declare readiness",
    "contact": "Name a contact point",
    "task": "Add a task",
    "joint_operation.progress": "Say how far the task is",
    "document": "Add a document",
    "joint_operation.start": "Begin the action",
    "stop": "End the action",
    "result": "Record a result",
    "compare": "Say whether two results are one",
    "joint_operation.evaluate": "Evaluate the operation",
    "joint_operation.close": "Close the operation",
    "action_log.open": "Open the action log",
    "action_log.line": "Write into the action log",
    "action_log.close": "Close the action log",
    "register": "Register an exhibit",
    "transfer": "Hand the exhibit over",
    "receive": "Confirm that it was received",
    "exhibit.decline": "Say that it was not received",
    "examine": "Record an examination",
    "court_request": "Ask for permission to use it in court",
    "court_grant": "Allow the use in court",
    "court_refuse": "Refuse the use in court",
    "dispose": "Say what became of it",
    "deconfliction.begin": "Begin a deconfliction",
    "deconfliction.announce": "Announce the own set",
    "ask": "Ask",
    "reply": "Reply",
    "talk": "Say that there is an overlap and ask to talk",
    "settle": "Say what was agreed",
}

OPENING: Mapping[str, str] = {
    "joint_operation.propose": "joint operation",
    "action_log.open": "action log",
    "register": "exhibit",
    "deconfliction.begin": "deconfliction",
}

TASK: Mapping[str, str] = {
    "basis": "state the legal basis",
    "contact": "name a contact point",
    "ready": "declare readiness",
    "start": "begin the action",
    "receive": "receive an exhibit",
    "compare": "settle a possible double count",
    "announce": "join the deconfliction",
    "talk": "talk about an overlap",
}

ACTION_LOG_STAGE: Mapping[str, str] = {"open": "open", "closed": "closed"}

EXHIBIT_STAGE: Mapping[str, str] = {"held": "held", "under_way": "on its way", "disposed": "disposed of"}

DECONFLICTION_STAGE: Mapping[str, str] = {
    "open": "not yet compared",
    "compared": "compared",
    "overlap": "overlap to be talked about",
    "settled": "settled",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "joint_operation_stage": PHASE,
    "action_log_stage": ACTION_LOG_STAGE,
    "exhibit_stage": EXHIBIT_STAGE,
    "deconfliction_stage": DECONFLICTION_STAGE,
}
