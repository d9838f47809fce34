# SPDX-License-Identifier: EUPL-1.2
"""What is said in a communiqué from its page: one address for all of it, each form with a token, so that twice is once.

A refused act shows the page again with the reason and what was typed. Several languages of a clause are one act; those of
a new clause follow its first version, whose id names the clause.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from amana.dossiers.shared.vocabulary import ClauseRole
from amana.node.actions.act import Done, act_many
from amana.phrases import Words, tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.web.communiques.editing import FORMS, MOST, NEW, Editing
from amana.web.communiques.views import load_communique, workshop
from amana.web.desk_acts.answering import ABSENT, dossier_of
from amana.web.desk_acts.sent_once import token_of
from amana.web.doors import Desk, desk_of
from amana.web.models import WorkingCopy
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
ACTS = frozenset({"write", "strike", "move", "agree", "object", "approve", "withdraw", "embargo", "lift", "release", "leave"})
OF_RELEASE = frozenset({"approve", "withdraw", "embargo", "lift", "release"})
KIND = "communique"
NOT_SAID = frozenset({"form", "csrfmiddlewaretoken"})
STEP, LAST_PLACE = 10, 1_000_000


def communique_act(request: HttpRequest, dossier: str) -> HttpResponse:
    """Say one thing."""
    desk, id = desk_of(request), dossier_of(dossier)
    do = request.POST.get("do", "")
    shown, _ = load_communique(desk, id, record=False)
    if do not in ACTS:
        raise Http404
    try:
        given = Saying(request, shown, do).acts()
        done = _say(desk, given, new=do == "write" and request.POST.get("clause") == NEW)
    except Refusal as refusal:
        if refusal.code in ABSENT:
            raise Http404 from refusal
        return workshop(request, desk, DossierId(id), _as_typed(request, do), refusal=refusal, status=409)
    WorkingCopy.objects.filter(account=desk.account, token=request.POST.get("form", "")).delete()
    tell_done(request, _told(desk, do, done))
    return see_other(reverse("communique", kwargs={"dossier": dossier}) + _anchor(do, request.POST.get("clause", "")))


def _anchor(do: str, clause: str) -> str:
    """Back to where the act was done."""
    if clause and clause != NEW:
        return f"#c-{clause[:12]}"
    return "#release" if do in OF_RELEASE else ""


def _say(desk: Desk, given: list[Plain], *, new: bool) -> list[Done]:
    """All in one write; of a new clause the first version alone, and the other languages with its id."""
    if not given:
        raise Refusal("nothing_changed")
    if not new or len(given) == 1:
        return _once(desk, given)
    first = _once(desk, given[:1])
    clause = first[0].entry
    if clause is None:  # kept for a second person: the other languages have nothing to name yet
        raise Refusal("one_language_first")
    for one in given[1:]:
        one["coded"]["clause"] = clause.hex()
    return first + _once(desk, given[1:])


def _once(desk: Desk, given: list[Plain]) -> list[Done]:
    """These acts; what was sent before counts as done now, and what was not is said all the same."""
    try:
        return act_many(desk.node, desk.account, given)
    except Refusal as refusal:
        if refusal.code != "already_sent":
            raise
        if len(given) > 1:
            return [done for one in given for done in _once(desk, [one])]
        return [Done(entry=EntryId(bytes.fromhex(str(refusal.facts["entry"]))))]


def _as_typed(request: HttpRequest, do: str) -> Editing:
    """The form as it was sent."""
    typed = {name: request.POST.get(name, "") for name in request.POST}
    open_ = {"clause": typed.get("clause", ""), "language": typed.get("language", ""), "token": typed.get("form", "")}
    return Editing(do=do if do in FORMS else "", typed=typed, **open_)


class Saying:
    """The acts that a submitted form means."""

    def __init__(self, request: HttpRequest, shown: Plain, do: str) -> None:
        self.posted = request.POST
        self.shown = shown
        self.do = do
        self.zone = desk_of(request).zone

    def acts(self) -> list[Plain]:
        """One action for each entry. Raises Refusal where the text has moved on, or a field cannot be read."""
        match self.do:
            case "write":
                return self._write()
            case "strike" | "move":
                return self._again()
            case "agree":
                return [self._action("agree", {"versions": self._ids("versions")})]
            case "object":
                words = {"text": self._text("words"), "language": self.posted.get("language", "")} if self._text("words") else {}
                return [self._action("object", {"versions": self._ids("versions")}, **words)]
            case "approve":
                return [self._approve()]
            case "withdraw":
                return [self._action("withdraw_approval", {"hash": self.posted.get("hash", "")})]
            case "embargo":
                return [self._action("embargo", {"until": self._moment()})]
            case "lift":
                return [self._action("embargo", {"until": 0})]
            case "release":
                return [self._action("release", {"hashes": self._ids("hashes")})]
            case _:
                return [self._action("leave", {})]

    def _write(self) -> list[Plain]:
        """A version in each language whose words are others than those that stood when the form was opened."""
        new = self.posted.get("clause", "") == NEW
        found = []
        for code in self.shown["languages"]:
            text = self._text(f"text_{code}")
            replaces = self._ids(f"replaces_{code}")
            if not text or (text == self._text(f"stood_{code}") and len(replaces) == 1):
                continue
            if len(text) > MOST:
                raise Refusal("text_too_long", most=MOST)
            coded: Plain = {"language": code}
            if new:
                role = self.posted.get("role", "")
                coded |= {"role": role if role in set(ClauseRole) else ClauseRole.PARAGRAPH.value, "place": self._place()}
            else:
                coded |= {"clause": self._row()["clause"], "replaces": replaces}
            found.append(self._action("clause", coded, suffix=code, text=text, language=code))
        return found

    def _again(self) -> list[Plain]:
        """The clause once more in every language it has: to be struck, or at another place with the same words."""
        row = self._row()
        found = []
        for cell in row["cells"]:
            versions = cell["versions"]
            if not versions or any(one["language"] == cell["language"] for one in self.shown["released"]):
                continue
            coded = {"language": cell["language"], "clause": row["clause"], "replaces": [one["id"] for one in versions]}
            if self.do == "strike":
                found.append(self._action("clause", coded | {"struck": True}, suffix=cell["language"], language=cell["language"]))
            elif len(versions) > 1:
                raise Refusal("contested_first", number=row["number"])
            else:
                moved = coded | {"place": self._place()}
                found.append(self._action("clause", moved, suffix=cell["language"], text=versions[0]["text"], language=cell["language"]))
        return found

    def _approve(self) -> Plain:
        """Exactly the text that was shown, and only while it is still the one that stands. Raises Refusal `text_moved_on`."""
        language, hash = self.posted.get("language", ""), self.posted.get("hash", "")
        now = next((one["hash"] for one in self.shown["approvals"] if one["language"] == language), "")
        if not hash or hash != now:
            raise Refusal("text_moved_on")
        return self._action("approve", {"language": language, "hash": hash, "versions": self._ids("versions")})

    def _action(self, type: str, coded: Plain, *, suffix: str = "", **more: Any) -> Plain:
        form = token_of(self.posted.get("form", ""), [type, suffix, self._typed(suffix)])
        return {"action": f"{KIND}.{type}", "dossier": self.shown["dossier"], "coded": coded, "form": form, **more}

    def _typed(self, language: str) -> Plain:
        """What the form says, of several languages of a clause this one alone."""
        others = tuple(f"_{code}" for code in self.shown["languages"] if language and code != language)
        return {name: self.posted.get(name) for name in self.posted if name not in NOT_SAID and not name.endswith(others)}

    def _row(self) -> Plain:
        clause = self.posted.get("clause", "")
        row = next((one for one in self.shown["clauses"] if one["clause"] == clause), None)
        if row is None:
            raise Refusal("text_moved_on")
        return dict(row)

    def _place(self) -> int:
        """The place after the clause that the form names; first where it names none."""
        after = self.posted.get("after", "")
        rows = [one for one in self.shown["clauses"] if one["clause"] != self.posted.get("clause", "")]
        at = next((place for place, one in enumerate(rows) if one["clause"] == after), -1)
        before = rows[at]["place"] if at >= 0 else 0
        behind = rows[at + 1]["place"] if at + 1 < len(rows) else min(before + 2 * STEP, LAST_PLACE)
        return int(before + (behind - before) // 2) if behind > before else int(before)

    def _moment(self) -> int:
        """A day and an hour as the reader's clock has them. Raises Refusal `bad_date`."""
        try:
            given = datetime.fromisoformat(self.posted.get("until", ""))
            at = given.replace(tzinfo=self.zone) if self.zone is not None else given.astimezone()
        except (ValueError, OverflowError) as error:
            raise Refusal("bad_date", what="until") from error
        millis = int(at.timestamp() * 1000)
        if millis <= self.shown["now"]:
            raise Refusal("embargo_in_the_past")
        return millis

    def _ids(self, name: str) -> list[str]:
        return self.posted.get(name, "").split()

    def _text(self, name: str) -> str:
        return self.posted.get(name, "").replace("\r\n", "\n").strip()


def _told(desk: Desk, do: str, done: list[Done]) -> Words:
    language = desk.language
    if any(one.draft for one in done):
        return tell(language, "It awaits its release by a second person.")
    match do:
        case "write":
            return tell(language, "Your wording stands in the text; the others see it as a proposal.")
        case "strike":
            return tell(language, "It is proposed to strike the clause; it goes once all agree.")
        case "move":
            return tell(language, "The clause stands at its new place; the others see it as a proposal.")
        case "agree":
            return tell(language, "Agreed, for this agency.")
        case "object":
            return tell(language, "The objection is said; the clause waits for another wording.")
        case "approve":
            return tell(language, "Approved: exactly the text with this fingerprint, and no other.")
        case "withdraw":
            return tell(language, "The approval is taken back.")
        case "embargo":
            return tell(language, "The embargo is set; nothing is given out before.")
        case "lift":
            return tell(language, "This agency’s embargo is lifted; the others’ stand.")
        case "release":
            return tell(language, "The release is said. The text is public as soon as all approve it and the embargo is over.")
        case _:
            return tell(language, "This agency has left the communiqué; nothing waits for it any more.")
