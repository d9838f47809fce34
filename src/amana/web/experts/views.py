# SPDX-License-Identifier: EUPL-1.2
"""The directory with the missions under way, the library, one note. What is said is written in the general form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.dossiers.shared.searching import asked_words
from amana.node.queries.experts import list_expertise, list_practices, show_practice
from amana.node.queries.offering import actions_for
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.experts.narrowing import chosen_in, offered_in
from amana.web.html import direction

Plain = dict[str, Any]
CHOSEN = ("area", "form", "speaks", "from")
MOST_ASKED = 200  # characters of a question


def expertise(request: HttpRequest) -> HttpResponse:
    """What services can give, ours and our partners'; narrowed by field, form, language and partner."""
    desk = desk_of(request)
    shown = list_expertise(desk.node, desk.scope)
    directory, given = shown["directory"], chosen_in(request, CHOSEN)
    lines = [one for one in directory if _fits(one, given)]
    context = {
        "theirs": [one for one in lines if not one["ours"]],
        "ours": [one for one in lines if one["ours"]],
        "hidden": len(directory) - len(lines),
        "missions": [one for one in shown["missions"] if not one["closed"]],
        "ended": sum(one["closed"] for one in shown["missions"]),
        "days": shown["days"],
        "given": given,
        "areas": offered_in(directory, "area"),
        "forms": offered_in(directory, "forms"),
        "spoken": offered_in(directory, "languages"),
        "services": offered_in(directory, "author"),
        "own": desk.node.code,
    }
    return render(request, "experts/expertise.html", context)


def _fits(one: Plain, given: Plain) -> bool:  # bool: whether a line is listed; nothing is decided by it
    return (
        given["area"] in ("", one["area"])
        and given["from"] in ("", one["author"])
        and (not given["form"] or given["form"] in one["forms"])
        and (not given["speaks"] or given["speaks"] in one["languages"])
    )


def practices(request: HttpRequest) -> HttpResponse:
    """The library; found by words in any of its languages, narrowed by field, language and service."""
    desk = desk_of(request)
    shown = list_practices(desk.node, desk.scope)["practices"]
    given = {name: request.GET.get(name, "") for name in ("area", "speaks", "from", "q")}
    asked = asked_words(given["q"][:MOST_ASKED])
    lines = [
        one
        for one in shown
        if given["area"] in ("", one["area"])
        and (not given["speaks"] or given["speaks"] in one["languages"])
        and given["from"] in ("", one["author"])
        and all(any(word.startswith(stem) for word in one["searched"].split()) for stem in asked)
    ]
    for one in lines:
        one["shown"] = _in_language(one, desk.language)
    context = {
        "lines": lines,
        "given": given,
        "areas": sorted({one["area"] for one in shown}),
        "spoken": sorted({each for one in shown for each in one["languages"]}),
        "services": sorted({one["author"] for one in shown}),
        "any": bool(shown),
    }
    return render(request, "experts/practices.html", context)


def practice(request: HttpRequest, dossier: str) -> HttpResponse:
    """One note whole; that it was looked at is recorded."""
    desk = desk_of(request)
    try:
        shown = show_practice(desk.node, desk.scope, dossier_of(dossier))
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    sides = [{"language": language, "dir": direction(language), **words} for language, words in sorted(shown["titles"].items())]
    context = {"practice": shown, "sides": sides, "note_dir": direction(shown["language"]), **_offered(desk, shown["dossier"])}
    return render(request, "experts/practice.html", context)


def _in_language(one: Plain, language: str) -> Plain:
    """The title in the reader's language where it is translated, else as it was written."""
    words = one["titles"].get(language) or one["words"]
    return {"title": words["title"], "language": words["language"] or one["language"]}


def _offered(desk: Desk, dossier: str) -> Plain:
    """The acts that this person could do now: first those that are expected of us."""
    offered = actions_for(desk.node, desk.scope, dossier_of(dossier))
    return {"primary": offered["primary"], "secondary": offered["secondary"]}
