# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a session as a paper in the language of the page; what its marking forbids is said, and nothing is printed.

The text in force is printed where there is one, else the draft, which says so at its head.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from amana.node.queries.printing import record_print
from amana.phrases import label
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.meetings.showing import APPROVAL, DECISION
from amana.web.meetings.views import load_meeting, shown_page
from amana.web.papers import PDF, download, file_named, paper_of, translation_of
from amana.web.printing import require_printable
from amana.web.printing.joint import Approval, Wording
from amana.web.printing.minutes import DecisionLine, Delegation, Minutes, MinutesPoint, Sitting, minutes_pdf
from amana.web.printing.permission import marking_on

Plain = dict[str, Any]


def print_minutes(request: HttpRequest, dossier: str, entry: str) -> HttpResponse:
    """The minutes of the session that `entry` names."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown = load_meeting(desk, id, record=False)
    session = next((one for one in shown["sessions"] if one["id"] == entry), None)
    if session is None:
        raise Http404
    whole, _ = load_dossier(desk, id, record=False)
    versions = _versions(session)
    paper = paper_of(desk)
    used = _entries(shown, session, versions)
    try:
        require_printable(whole, now=paper.made_at, entries=used)
        record_print(desk.node, desk.scope, id, count=len(used))
    except Refusal as refusal:
        require_present(refusal)
        keep_refused_print(desk, id, refusal, whole, "")
        return shown_page(request, desk, dossier, refusal)
    marking = marking_on([one for one in whole["entries"] if one["id"] in used])
    pdf = minutes_pdf(_minutes(desk, shown, session, versions, marking), paper)
    return download(pdf, PDF, file_named(shown["reference"], f"-{session['number']}.pdf"))


def _versions(session: Plain) -> list[Plain]:
    """The versions that are printed, in order, each with its `translations` and whether it is `settled`."""
    if session["in_force"]:
        return [one | {"settled": True} for one in session["in_force"]["versions"]]
    return [version | {"settled": clause["state"] == "agreed"} for clause in session["minutes"] for version in clause["versions"]]


def _entries(shown: Plain, session: Plain, versions: list[Plain]) -> set[str]:
    """The entries whose words the paper holds."""
    wordings = {held["id"] for one in versions for held in (one, *one["translations"])}
    return {shown["dossier"], session["entry"], *wordings, *(one["entry"] for one in shown["delegations"])}


def _minutes(desk: Desk, shown: Plain, session: Plain, versions: list[Plain], marking: Any) -> Minutes:
    language, in_force = desk.language, session["in_force"]
    title = Wording(language=session["language"] or language, text=session["title"]) if session["title"] else None
    return Minutes(
        dossier=shown["dossier"],
        reference=shown["reference"],
        titles=(Wording(language=shown["title_language"] or language, text=shown["title"]),),
        kind=label(language, "meeting_form", shown["form"]),
        level=label(language, "meeting_level", shown["level"]),
        place=session["place"] or shown["place"],
        host=shown["host"],
        starts=session["starts"],
        ends=session["ends"],
        next_at=min((one["starts"] for one in shown["next"]), default=0),
        areas=tuple(shown["areas"]),
        delegations=tuple(_delegation(language, one) for one in shown["delegations"]),
        sittings=(
            Sitting(
                starts=session["starts"],
                ends=session["ends"],
                title=title,
                number=session["number"],
                points=_points(desk, session, versions),
            ),
        ),
        decisions=_decisions(desk, shown, versions),
        approvals=_approvals(session),
        digest=in_force["hash"] if in_force else session["approvals"]["hash"],
        marking=marking,
    )


def _points(desk: Desk, session: Plain, versions: list[Plain]) -> tuple[MinutesPoint, ...]:
    titles = {clause["clause"]: clause["versions"][0] for clause in session["agenda"]}
    said = [one for one in versions if one["type"] != DECISION]
    numbers = {clause: number for number, clause in enumerate(dict.fromkeys(one["clause"] for one in said), 1)}
    shown = []
    for one in said:
        about = titles.get(str(one["coded"].get("agenda", "")))
        shown.append(
            MinutesPoint(
                number=numbers[one["clause"]],
                wording=Wording(language=one["language"] or desk.language, text=one["text"]),
                translation=translation_of(desk, one),
                speaker=one["coded"].get("speaker") or "",
                title=Wording(language=about["language"] or desk.language, text=about["title"]) if about and about["title"] else None,
                settled=one["settled"],
            )
        )
    return tuple(shown)


def _decisions(desk: Desk, shown: Plain, versions: list[Plain]) -> tuple[DecisionLine, ...]:
    states = {one["version"]: one["state"] for one in shown["decisions"]}
    taken = [one for one in versions if one["type"] == DECISION]
    return tuple(
        DecisionLine(
            number=number,
            wording=Wording(language=one["language"] or desk.language, text=one["text"]),
            translation=translation_of(desk, one),
            owners=(one["coded"]["owner"],) if one["coded"].get("owner") else (),
            due=one["coded"].get("due", 0),
            area=one["coded"].get("area", ""),
            state=label(desk.language, "progress_state", states[one["id"]]) if one["id"] in states else "",
        )
        for number, one in enumerate(taken, 1)
    )


def _approvals(session: Plain) -> tuple[Approval, ...]:
    return tuple(
        Approval(
            agency=one["agency"],
            state="approved" if one["hash"] and one["state"] != "left" else APPROVAL[one["state"]],
            digest=one["hash"],
            at=one["since"],
        )
        for one in session["approvals"]["parties"]
    )


def _delegation(language: str, one: Plain) -> Delegation:
    posts = tuple(Wording(language=one["language"] or language, text=post["post"]) for post in one["posts"])
    return Delegation(agency=one["agency"], posts=posts, interpreters=one["interpreters"])
