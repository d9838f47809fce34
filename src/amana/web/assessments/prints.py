# SPDX-License-Identifier: EUPL-1.2
"""An assessment on paper, where every entry of it may be printed; refusals are kept and shown, as with any dossier."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from amana.node.queries.printing import record_print
from amana.phrases import label
from amana.protocol.errors import Refusal
from amana.web.assessments.editing import Editing
from amana.web.assessments.views import load_assessment, page
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.papers import PDF, download, file_named, paper_of, translation_of
from amana.web.printing import require_printable
from amana.web.printing.assessment import Assessment, Dissent, Passage, Source, assessment_pdf
from amana.web.printing.joint import Approval, Wording
from amana.web.printing.permission import marking_on

Plain = dict[str, Any]


def print_assessment(request: HttpRequest, dossier: str) -> HttpResponse:
    """The text as it stands, with its dissents, sources and approvals."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_assessment(desk, id, record=False)
    whole, _ = load_dossier(desk, id, record=False)
    paper = paper_of(desk)
    newest = next((one for one in shown["revisions"] if one["now"]), None)
    try:
        require_printable(whole, now=paper.made_at)
        record_print(desk.node, desk.scope, id, count=len(whole["entries"]))
    except Refusal as refusal:
        require_present(refusal)
        keep_refused_print(desk, id, refusal, whole, "")
        return page(request, desk, id, Editing(), refusal)
    printed = Assessment(
        dossier=dossier,
        reference=shown["reference"],
        area=shown["area"],
        title=Wording(language=shown["title_language"] or desk.language, text=shown["title"]) if shown["title"] else None,
        revision=newest["revision"] if newest else shown["draft"]["next"],
        valid_until=newest["valid_until"] if newest else 0,
        parties=tuple(shown["parties"]),
        passages=_passages(desk, shown),
        sources=_sources(shown),
        approvals=_approvals(shown),
        digest=newest["hash"] if newest else "",
        dissents=_dissents(desk, shown["whole_dissents"]),
        marking=marking_on(whole["entries"]),
    )
    return download(assessment_pdf(printed, paper), PDF, file_named(shown["reference"], ".pdf"))


def _passages(desk: Desk, shown: Plain) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            part=passage["part"],
            number=passage["number"],
            wording=Wording(language=version["language"], text=version["text"]),
            translation=translation_of(desk, version),
            likelihood=label(desk.language, "likelihood", version["likelihood"]) if version["likelihood"] else "",
            confidence=label(desk.language, "confidence", version["confidence"]) if version["confidence"] else "",
            settled=passage["state"] == "agreed",
            dissents=_dissents(desk, passage["dissents"]) if version is passage["versions"][-1] else (),
        )
        for part in shown["parts"]
        for passage in part["passages"]
        for version in passage["versions"]
    )


def _dissents(desk: Desk, held: list[Plain]) -> tuple[Dissent, ...]:
    return tuple(
        Dissent(agency=one["author"], wording=Wording(language=one["language"], text=one["text"]), translation=translation_of(desk, one))
        for one in held
    )


def _sources(shown: Plain) -> tuple[Source, ...]:
    return tuple(
        Source(
            number=one["number"],
            agency=one["author"],
            grade=one["grade"],
            wording=Wording(language=one["language"], text=one["text"]),
            at=one["at"],
        )
        for one in shown["sources"]
    )


def _approvals(shown: Plain) -> tuple[Approval, ...]:
    """Where each party stands to the newest text that anybody approved."""
    if not shown["revisions"]:
        return tuple(Approval(agency=one["agency"], state="left" if one["left"] else "not_yet") for one in shown["signatories"])
    newest = shown["revisions"][0]
    return tuple(
        Approval(
            agency=one["agency"],
            state="not_yet" if one["state"] == "waiting" else one["state"],
            digest=newest["hash"] if one["state"] == "approved" else "",
            at=one["since"],
        )
        for one in newest["parties"]
    )
