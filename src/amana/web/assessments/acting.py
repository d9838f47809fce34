# SPDX-License-Identifier: EUPL-1.2
"""What is said in an assessment from its page: one address for all of it, each form with a token, so that twice is once.

Whoever approves approves the text that was shown: its versions travel with the form, and where the text has moved on the
act is refused. A refused act shows the page again with the reason and what was typed.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from amana.dossiers.threat_assessment.entries import JUDGING, KIND
from amana.node.actions.act import Done, act
from amana.node.actions.form import parse_day
from amana.phrases import Words, tell
from amana.protocol.errors import Refusal
from amana.web.assessments.editing import FORMS, LANGUAGES, MOST, NEW, WHOLE, Editing, version_on
from amana.web.assessments.views import load_assessment, page
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.desk_acts.sent_once import token_of
from amana.web.doors import desk_of
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
AT_ONCE = frozenset({"agree", "accept", "strike_source", "strike_dissent"})  # said by a button, without a form
TYPES = {
    "write": "passage",
    "dissent": "passage",
    "strike": "passage",
    "strike_dissent": "passage",
    "translate": "translation",
    "object": "object",
    "agree": "agree",
    "source": "source",
    "strike_source": "source",
    "approve": "approve",
    "accept": "approve",
    "withdraw": "withdraw_approval",
    "leave": "leave",
}
ANCHORS = {"source": "sources", "strike_source": "sources", "approve": "approval", "accept": "approval", "withdraw": "approval"}
NEEDS_TEXT = frozenset({"write", "dissent", "translate", "source"})


def assessment_act(request: HttpRequest, dossier: str) -> HttpResponse:
    """Say one thing."""
    desk, id = desk_of(request), dossier_of(dossier)
    do = request.POST.get("do", "")
    shown, _ = load_assessment(desk, id, record=False)
    if do not in FORMS | AT_ONCE:
        raise Http404
    saying = Saying(request, shown, do)
    try:
        done = act(desk.node, desk.account, saying.action())
    except Refusal as refusal:
        require_present(refusal)
        if refusal.code != "already_sent":  # the same form twice says it once
            editing = Editing(do=do, on=request.POST.get("on", ""), typed=request.POST.dict()) if do in FORMS else Editing()
            return page(request, desk, id, editing, refusal)
        done = Done()
    tell_done(request, _told(desk.language, do, done))
    anchor = ANCHORS.get(do) or saying.anchor()
    return see_other(reverse("assessment", kwargs={"dossier": dossier}) + (f"#{anchor}" if anchor else ""))


class Saying:
    """The action that a submitted form means."""

    def __init__(self, request: HttpRequest, shown: Plain, do: str) -> None:
        self.posted = request.POST
        self.shown = shown
        self.do = do
        self.on = request.POST.get("on", "")
        self.version, self.passage = version_on(shown, self.on)

    def action(self) -> Plain:
        """The action. Raises Refusal where a field cannot be read, or what it stands at is no longer there."""
        if self.on not in ("", NEW, WHOLE) and self.version is None and self.do not in ("source", "strike_source", "accept"):
            raise Refusal("text_moved_on")
        text = self.posted.get("text", "").replace("\r\n", "\n").strip()
        if self.do in NEEDS_TEXT and not text:
            raise Refusal("text_needed")
        if len(text) > MOST:
            raise Refusal("text_too_long", most=MOST)
        language = self.posted.get("language", "")
        given: Plain = {
            "action": f"{KIND}.{TYPES[self.do]}",
            "dossier": self.shown["dossier"],
            "coded": self._coded(language if language in LANGUAGES else ""),
        }
        given |= {"text": text, "language": language if language in LANGUAGES else LANGUAGES[-1]} if text else {}
        return given | {"form": token_of(self.posted.get("form", ""), given)}

    def anchor(self) -> str:
        """Where the page shows what was said."""
        return f"p-{self.passage['clause'][:12]}" if self.passage is not None else ""

    def _coded(self, language: str) -> Plain:
        match self.do:
            case "write":
                return self._passage(language)
            case "dissent":
                return self._dissent(language)
            case "strike":
                return {"clause": self._clause(), "replaces": self._ids("replaces"), "struck": True}
            case "strike_dissent":
                return self._struck_dissent()
            case "translate":
                return {"version": self.on, "language": language}
            case "object" | "agree":
                return {"versions": [self.on]}
            case "source":
                return self._source()
            case "strike_source":
                held = next((one for one in self.shown["sources"] if one["source"] == self.on), None)
                if held is None:
                    raise Refusal("no_such_source")
                return {"source": self.on, "struck": True, "type": held["type"], "grade": held["grade"]}
            case "approve":
                return self._approval()
            case "accept" | "withdraw":
                return {"hash": self.posted.get("hash", "")}
            case _:
                return {}

    def _passage(self, language: str) -> Plain:
        coded = {"part": self.posted.get("part", ""), "language": language, **self._judged()}
        if self.on == NEW:
            return coded
        return coded | {"clause": self._clause(), "replaces": self._ids("replaces")}

    def _dissent(self, language: str) -> Plain:
        coded: Plain = {"dissent": True, "language": language}
        if self.passage is None:
            return coded | {"part": self.posted.get("part", ""), **self._judged()}
        judged = self._judged() if self.passage["part"] in JUDGING else {}
        return coded | {"part": self.passage["part"], "clause": self.passage["clause"], "replaces": self._ids("replaces"), **judged}

    def _struck_dissent(self) -> Plain:
        assert self.version is not None  # noqa: S101 - `action` has refused what is not there; told to the type checker
        held = self.version
        return {"dissent": True, "struck": True, "clause": held["clause"], "replaces": [held["id"]], "part": held["part"]}

    def _judged(self) -> Plain:
        """Likelihood and confidence; what was emptied says so."""
        return {name: self.posted.get(name) or None for name in ("likelihood", "confidence")}

    def _source(self) -> Plain:
        grade = f"{self.posted.get('letter', '')}{self.posted.get('digit', '')}"
        return {"type": self.posted.get("type", ""), "grade": grade, **({} if self.on == NEW else {"source": self.on})}

    def _approval(self) -> Plain:
        versions = self._ids("versions")
        if not versions or versions != self.shown["draft"]["versions"]:
            raise Refusal("text_moved_on")
        return {"versions": versions, "valid_until": int(parse_day(self.posted.get("valid_until", ""), what="valid_until"))}

    def _clause(self) -> str:
        if self.passage is None:
            raise Refusal("text_moved_on")
        return str(self.passage["clause"])

    def _ids(self, name: str) -> list[str]:
        return self.posted.get(name, "").split()


def _told(language: str, do: str, done: Done) -> Words:
    if done.draft:
        return tell(language, "It awaits its release by a second person.")
    return _told_of_words(language, do) or _told_of_word(language, do)


def _told_of_words(language: str, do: str) -> Words | None:
    match do:
        case "write":
            return tell(language, "Your wording stands in the assessment; the others see it as a proposal.")
        case "dissent":
            return tell(language, "Your agency’s dissent stands beside the text, and is approved with it.")
        case "strike":
            return tell(language, "It is proposed to strike the passage; it goes once all agree.")
        case "strike_dissent":
            return tell(language, "Your agency’s dissent is taken back.")
        case "translate":
            return tell(language, "The translation stands beside the original.")
        case "source":
            return tell(language, "The source stands in the list, under your agency’s name.")
        case "strike_source":
            return tell(language, "The source is struck from the list.")
        case _:
            return None


def _told_of_word(language: str, do: str) -> Words:
    match do:
        case "agree":
            return tell(language, "Agreed, for this agency.")
        case "object":
            return tell(language, "The objection is said; the passage waits for another wording.")
        case "approve" | "accept":
            return tell(language, "Approved: exactly the text with this fingerprint, and no other.")
        case "withdraw":
            return tell(language, "The approval is taken back.")
        case _:
            return tell(language, "This agency has left the assessment; nothing waits for it any more.")
