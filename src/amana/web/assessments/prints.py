# SPDX-License-Identifier: EUPL-1.2
"""An assessment on paper, where every entry of it may be printed; refusals are kept and shown, as with any dossier."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from amana.node.partners import load_partners
from amana.node.queries.printing import record_print
from amana.phrases import Words, label
from amana.protocol.errors import Refusal
from amana.web.assessments.editing import Editing
from amana.web.assessments.views import load_assessment, page
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.units import unit_name

Plain = dict[str, Any]


def print_assessment(request: HttpRequest, dossier: str) -> HttpResponse:
    """The text as it stands, with its dissents, sources and approvals."""
    from amana.web.printing import require_printable
    from amana.web.printing.assessment import Assessment, assessment_pdf
    from amana.web.printing.permission import marking_on

    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_assessment(desk, id, record=False)
    whole, _ = load_dossier(desk, id, record=False)
    paper = _paper(desk)
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
        title=_wording(shown["title_language"] or desk.language, shown["title"]) if shown["title"] else None,
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
    response = HttpResponse(assessment_pdf(printed, paper), content_type="application/pdf")
    name = f"{shown['reference'].replace('/', '-')}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _paper(desk: Desk) -> Any:
    from amana.web.printing.joint import Paper

    cards = {partner.code: partner.card.card.names for partner in desk.node.journal.read(load_partners)}
    cards[desk.node.code] = desk.node.card.card.names
    comma = "، " if desk.language == "ar" else ", "
    units = [unit_name(desk.language, unit) for unit in sorted(desk.scope.units)]
    return Paper(
        language=desk.language,
        own=desk.node.code,
        made_at=desk.node.clock.now(),
        zone=desk.zone,
        names={code: {"ar": names.ar, "fr": names.fr, "en": names.en} for code, names in cards.items()},
        demonstration=desk.here.demonstration,
        post=Words(comma.join([label(desk.language, "role", desk.scope.role.value), *units])),
    )


def _wording(language: str, text: str) -> Any:
    from amana.web.printing.joint import Wording

    return Wording(language=language, text=text)


def _translation(desk: Desk, version: Plain) -> Any:
    """The translation that is printed beside the original: into the reader's language, else the first."""
    held = sorted(version["translations"], key=lambda one: one["language"] != desk.language)
    return _wording(held[0]["language"], held[0]["text"]) if held else None


def _passages(desk: Desk, shown: Plain) -> Any:
    from amana.web.printing.assessment import Passage

    return tuple(
        Passage(
            part=passage["part"],
            number=passage["number"],
            wording=_wording(version["language"], version["text"]),
            translation=_translation(desk, version),
            likelihood=label(desk.language, "likelihood", version["likelihood"]) if version["likelihood"] else "",
            confidence=label(desk.language, "confidence", version["confidence"]) if version["confidence"] else "",
            settled=passage["state"] == "agreed",
            dissents=_dissents(desk, passage["dissents"]) if version is passage["versions"][-1] else (),
        )
        for part in shown["parts"]
        for passage in part["passages"]
        for version in passage["versions"]
    )


def _dissents(desk: Desk, held: list[Plain]) -> Any:
    from amana.web.printing.assessment import Dissent

    return tuple(
        Dissent(agency=one["author"], wording=_wording(one["language"], one["text"]), translation=_translation(desk, one)) for one in held
    )


def _sources(shown: Plain) -> Any:
    from amana.web.printing.assessment import Source

    return tuple(
        Source(number=one["number"], agency=one["author"], grade=one["grade"], wording=_wording(one["language"], one["text"]), at=one["at"])
        for one in shown["sources"]
    )


def _approvals(shown: Plain) -> Any:
    """Where each party stands to the newest text that anybody approved."""
    from amana.web.printing.joint import Approval

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
