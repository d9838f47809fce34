# SPDX-License-Identifier: EUPL-1.2
"""What the release of a communiqué is made of on the page, and its copies as text, HTML and PDF.

(1) a copy of a language is given out only once it is public by the node's clock; (2) before that there is one thing to
take away, the PDF that says on every page that it is a draft; (3) that a copy was taken is kept, as every print is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse

from amana.node.queries.printing import record_print
from amana.phrases import Words, hour, label, moment, tell
from amana.protocol.identifiers import DossierId
from amana.web.communiques.showing import languages_in_words
from amana.web.doors import Desk
from amana.web.html import html
from amana.web.papers import PDF, download, file_named, names_of
from amana.web.printing.communique import Communique, Edition, communique_pdf
from amana.web.printing.copies import communique_html, communique_text

Plain = dict[str, Any]
FORMS = {"text": ("text/plain; charset=utf-8", "txt"), "html": ("text/html; charset=utf-8", "html"), "pdf": (PDF, "pdf")}
ALL = "all"
DAY = 86_400_000


def release_of(desk: Desk, shown: Plain, acts: Plain) -> Plain:
    """The state of the release: `ready` to be said for `languages` by `hashes`, `said` and to come, what is `public`."""
    said = {one["language"] for one in shown["released"]}
    open_ = [one for one in shown["approvals"] if one["language"] not in said]
    approved = [one for one in open_ if one["hash"] and not one["awaited"]]
    until = shown["embargo_until"] if shown["embargo_until"] > shown["now"] else 0
    names = [one["language"] for one in approved]
    return {
        "open": bool(open_),
        "ready": bool(approved) and len(approved) == len(open_),
        "partly": bool(approved) and len(approved) < len(open_),
        "languages": names,
        "hashes": " ".join(one["hash"] for one in approved),
        "possible": "release" in acts,
        "only": html(tell(desk.language, "Release only these languages: {languages}", languages=languages_in_words(desk.language, names))),
        "button": html(_button(desk, until)),
        "coming": [one for one in shown["released"] if not one["public"]],
        "public": [one for one in shown["released"] if one["public"]],
        "all_public": len([one for one in shown["released"] if one["public"]]) == len(shown["languages"]),
        "until": until,
    }


def _button(desk: Desk, until: int) -> Words:
    if not until:
        return tell(desk.language, "Release now")
    if until - desk.node.clock.now() < DAY:
        return tell(desk.language, "Release at {hour}", hour=Words(hour(until, desk.zone)))
    return tell(desk.language, "Release on {moment}", moment=moment(desk.language, until, desk.zone))


def not_public_yet(desk: Desk, shown: Plain, languages: Sequence[str]) -> Words:
    """Why nothing of these languages is given out, and when it will be; empty where all are public."""
    held = {one["language"]: one for one in shown["released"]}
    waiting = [one for one in languages if one not in held or not held[one]["public"]]
    if not waiting:
        return Words("")
    coming = [held[one]["at"] for one in waiting if one in held]
    if len(coming) == len(waiting):
        at = moment(desk.language, max(coming), desk.zone)
        return tell(desk.language, "Nothing is given out before the release: this text is public on {moment}.", moment=at)
    until = shown["embargo_until"]
    if until > shown["now"]:
        at = moment(desk.language, until, desk.zone)
        return tell(
            desk.language,
            "Nothing is given out before the release. The embargo runs until {moment}, and the release waits for what is listed below.",
            moment=at,
        )
    return tell(desk.language, "Nothing is given out before the release, and the release waits for what is listed below.")


def chosen_languages(shown: Plain, given: str) -> list[str]:
    """The languages that an address names. Raises Http404."""
    if given == ALL:
        return list(shown["languages"])
    if given not in shown["languages"]:
        raise Http404
    return [given]


def copy_response(desk: Desk, shown: Plain, form: str, languages: Sequence[str]) -> HttpResponse:
    """A released text as a file; the caller has made sure that it is public. (1)"""
    type, ending = FORMS[form]
    paper = _paper(desk, shown, [_released(one) for one in shown["released"] if one["language"] in languages])
    content: bytes | str
    if form == "pdf":
        content = communique_pdf(paper, languages)
    elif form == "html":
        content = communique_html(paper, languages)
    else:
        content = communique_text(paper, languages)
    return _file(desk, shown, content, type, file_named(shown["reference"], f"-{'-'.join(languages)}.{ending}"))


def draft_response(desk: Desk, shown: Plain, languages: Sequence[str]) -> HttpResponse:
    """The draft as PDF, marked as one on every page. (2)"""
    editions = [edition for code in languages if (edition := _drafted(shown, code)) is not None]
    if not editions:
        raise Http404
    paper = _paper(desk, shown, editions, draft=True)
    name = file_named(shown["reference"], f"-draft-{shown['draft']}-{'-'.join(one.language for one in editions)}.pdf")
    return _file(desk, shown, communique_pdf(paper, [one.language for one in editions]), *(FORMS["pdf"][0], name))


def _paper(desk: Desk, shown: Plain, editions: Sequence[Edition], *, draft: bool = False) -> Communique:
    public = [one for one in shown["released"] if one["language"] in {each.language for each in editions}]
    return Communique(
        editions=tuple(editions),
        parties=tuple(public[0]["parties"] if public and not draft else shown["present"]),
        names=names_of(desk),
        released_at=0 if draft else max(one["at"] for one in public),
        embargo_until=shown["embargo_until"] if shown["embargo_until"] > shown["now"] else 0,
        made_at=shown["now"],
        zone=desk.zone,
        demonstration=desk.here.demonstration,
    )


def _released(one: Plain) -> Edition:
    heading = _heading(one["language"], one["heading"])
    return Edition(language=one["language"], heading=heading, paragraphs=tuple(one["paragraphs"]), code=one["code"])


def _drafted(shown: Plain, language: str) -> Edition | None:
    """The text as it stands, wordings side by side one after the other; None where nothing is written."""
    heading = ""
    paragraphs: list[str] = []
    for row in shown["clauses"]:
        for version in next(cell["versions"] for cell in row["cells"] if cell["language"] == language):
            if version["text"] and not version["struck"]:
                if row["role"] == "heading" and not heading and not paragraphs:
                    heading = version["text"]
                else:
                    paragraphs.append(version["text"])
    return Edition(language=language, heading=_heading(language, heading), paragraphs=tuple(paragraphs)) if heading or paragraphs else None


def _heading(language: str, heading: str) -> str:
    return heading or str(label(language, "paper", "communique"))


def _file(desk: Desk, shown: Plain, content: bytes | str, type: str, name: str) -> HttpResponse:
    record_print(desk.node, desk.scope, DossierId(bytes.fromhex(shown["dossier"])), count=1)  # (3)
    return download(content, type, name)
