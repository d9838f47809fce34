# SPDX-License-Identifier: EUPL-1.2
"""The report of a joint operation on paper: parties, plan, tasks, decisions, results by the counting rule, exhibits, evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from amana.dossiers.shared.operations import OperationCriterion
from amana.phrases import Words, isolated, label, on_one_line, tell
from amana.phrases.amounts import amount
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, Wording, from_to, wording_value
from amana.web.printing.page import page_value
from amana.web.printing.permission import conditions_of
from amana.web.printing.sheet import Sheet, headed, paragraphs, said
from amana.web.printing.typesetting import typeset

Plain = dict[str, Any]
Lines = list[tuple[Words, list[Words]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation as it is printed: what `node.queries` answers of it, piece by piece (the names are those of the answers)."""

    shown: Plain
    plan: Plain
    tasks: Sequence[Plain]
    decisions: Sequence[Plain]
    tallies: Sequence[Plain]
    agencies: Sequence[str]
    exhibits: Sequence[Plain]
    figures: Sequence[Plain]
    evaluations: Sequence[Plain]
    marking: Marking = field(default_factory=Marking)


def operation_pdf(one: Operation, paper: Paper) -> bytes:
    """The PDF of an operation; whether it may be printed is the caller's to ask (`require_printable`)."""
    return typeset("operation", operation_value(paper.sheet(), one), made_at=paper.made_at)


def operation_value(sheet: Sheet, one: Operation) -> Plain:
    """What the template of an operation gets."""
    language, shown = sheet.language, one.shown
    title = on_one_line(shown["title"]) or shown["reference"]
    page = {"reference": shown["reference"], "dossier": shown["dossier"]}
    return page_value(sheet, page, one.marking, title=title) | {
        "kind": headed(tell(language, "Report of a joint operation")),
        "title": said(title, shown["title_language"] or language),
        "standing": headed(label(language, "phase", shown["phase"])),
        "facts": _facts(sheet, one),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "conditions": conditions_of(sheet, one.marking),
        "parties": _table(
            headed(label(language, "printed", "parties")),
            [tell(language, "Agency"), tell(language, "Role"), tell(language, "Legal basis"), tell(language, "Contact points")],
            [_party(sheet, each) for each in shown["parties"]],
        ),
        "plan_name": headed(tell(language, "Plan")),
        "plan": [_part(sheet, each) for each in one.plan["parts"] if each["clauses"]],
        "results": _results(sheet, one),
        "rule": tell(
            language,
            "A result counts for the agency that recorded it. Results of one exhibit, or that an author calls the same, count once.",
        ),
        "exhibits": _table(
            headed(tell(language, "Exhibits")),
            [tell(language, "Label"), tell(language, "What"), tell(language, "Lawful origin"), tell(language, "Held by")],
            [_exhibit(sheet, each) for each in one.exhibits],
        ),
        "tasks": _table(
            headed(tell(language, "Tasks")),
            [tell(language, "Task"), tell(language, "Agency"), tell(language, "Due"), tell(language, "State")],
            [_task(sheet, each) for each in one.tasks],
        ),
        "decisions": _table(
            headed(tell(language, "Decisions")),
            [tell(language, "Hour"), tell(language, "Agency"), tell(language, "Decision"), tell(language, "Taken by")],
            [_decision(sheet, each) for each in reversed(one.decisions)],
        ),
        "evaluations": [_evaluation(sheet, time, one.evaluations) for time in ("mid_term", "final") if _at(one.evaluations, time)],
    }


def _facts(sheet: Sheet, one: Operation) -> Lines:
    language, shown = sheet.language, one.shown
    lines: Lines = [
        (label(language, "paper", "area"), [label(language, "area", shown["area"])]),
        (tell(language, "Lead"), [isolated(language, sheet.named(shown["lead"]))]),
        (tell(language, "Planned hours"), [from_to(sheet, shown["starts"], shown["ends"])]),
    ]
    if shown["version"]:
        lines.append((tell(language, "Version of the plan"), [Words(str(shown["version"]))]))
    if shown["started_at"]:
        ended = sheet.moment(shown["ended_at"]) if shown["ended_at"] else label(language, "phase", "action")
        lines.append((tell(language, "Action"), [sheet.moment(shown["started_at"]), ended]))
    return [(headed(name), value) for name, value in lines]


def _table(name: Words, head: Sequence[Words], rows: Sequence[Sequence[Any]], codes: Sequence[Words] = ()) -> Plain:
    """`codes`: heads of further columns, which are written as they are."""
    return {"name": name, "head": [*(headed(each) for each in head), *codes], "rows": [list(row) for row in rows]}


def _cell(text: str, language: str) -> Plain:
    """What a person wrote, in one cell."""
    return {"written": paragraphs(text, language)}


def _party(sheet: Sheet, one: Plain) -> list[Any]:
    language, basis = sheet.language, one.get("basis")
    stated = label(language, "basis_type", basis["type"]) if basis else tell(language, "not stated")
    if basis and basis.get("article"):
        stated = tell(language, "{basis}, article {article}", basis=stated, article=isolated(language, basis["article"]))
    contacts = [
        tell(language, "{function}: {post}", function=label(language, "contact_function", each["function"]), post=sheet.typed(each["post"]))
        for each in one["contacts"]
        if each.get("post")
    ]
    return [sheet.named(one["agency"]), label(language, "party_role", one["role"]), stated, sheet.listed(contacts)]


def _part(sheet: Sheet, one: Plain) -> Plain:
    language = sheet.language
    versions = [clause["versions"][0] for clause in one["clauses"]]
    return {
        "name": headed(label(language, "plan_part", one["part"])),
        "points": [_point(sheet, each) for each in versions],
    }


def _point(sheet: Sheet, version: Plain) -> Plain:
    translated = next((each for each in version["translations"] if each["language"] == sheet.language), None)
    translation = Wording(language=translated["language"], text=translated["text"]) if translated is not None else None
    return wording_value(sheet, Wording(language=version["language"] or sheet.language, text=version["text"]), translation)


def _results(sheet: Sheet, one: Operation) -> Plain:
    language = sheet.language
    agencies = sorted({each["agency"] for total in one.figures for each in total["by_agency"]})
    rows = []
    for total in one.figures:
        by_agency = {each["agency"]: each["amount"] for each in total["by_agency"]}
        what = label(language, "result_type", total["type"])
        if total["substance"]:
            substance = label(language, "substance", total["substance"])
            what = tell(language, "{what}: {substance}", what=what, substance=substance)
        cells = [_amount(language, total, by_agency[code]) if code in by_agency else Words("–") for code in agencies]
        rows.append([headed(what), _amount(language, total, total["amount"]), *cells])
    head = [tell(language, "Result"), tell(language, "Together")]
    return _table(headed(tell(language, "Results")), head, rows, [isolated(language, code) for code in agencies])


def _amount(language: str, total: Plain, number: int) -> Words:
    return amount(language, total["unit"], number, total["currency"])


def _exhibit(sheet: Sheet, one: Plain) -> list[Any]:
    language = sheet.language
    held = sheet.named(one["held_by"]) if one["held_by"] else label(language, "exhibit_stage", "disposed")
    what = tell(
        language,
        "{what}, {amount}",
        what=label(language, "substance", one["substance"]) if one["substance"] else label(language, "result_type", one["type"]),
        amount=amount(language, one["unit"], one["amount"], one["currency"]),
    )
    return [sheet.typed(str(one["labelled"].get("label", ""))), headed(what), label(language, "lawful_origin", one["origin"]), held]


def _task(sheet: Sheet, one: Plain) -> list[Any]:
    language = sheet.language
    return [
        _cell(one["title"] or one["text"], one["language"] or language),
        sheet.named(one["owner"]),
        sheet.moment(one["due"]),
        label(language, "work_state", one["state"]),
    ]


def _decision(sheet: Sheet, one: Plain) -> list[Any]:
    language = sheet.language
    post = str(one["detail"].get("post", ""))
    return [
        sheet.moment(one["at"]),
        sheet.named(one["author"]),
        _cell(one["text"], one["language"] or language),
        sheet.typed(post) if post else Words("–"),
    ]


def _at(held: Sequence[Plain], time: str) -> list[Plain]:
    return sorted((one for one in held if one["time"] == time), key=lambda one: str(one["agency"]))


def _evaluation(sheet: Sheet, time: str, held: Sequence[Plain]) -> Plain:
    language, said_by = sheet.language, _at(held, time)
    rows = []
    for criterion in OperationCriterion:
        marks = [next((mark["mark"] for mark in one["marks"] if mark["criterion"] == criterion.value), 0) for one in said_by]
        if any(marks):
            cells = [Words(str(mark) if mark else "–") for mark in marks]
            rows.append([headed(label(language, "operation_criterion", criterion.value)), *cells])
    codes = [isolated(language, one["agency"]) for one in said_by]
    return _table(headed(label(language, "evaluation_time", time)), [tell(language, "Criterion")], rows, codes) | {
        "words": [
            {"agency": one["agency"], "paragraphs": paragraphs(one["words"]["text"], one["words"]["language"] or language)}
            for one in said_by
            if one["words"]["text"]
        ]
    }
