# SPDX-License-Identifier: EUPL-1.2
"""The row of acts: what is expected of us first, the usual ones beside it, the rest and what is not possible under "more".

Nothing is decided here: `actions_for` has tried every act by the rules. An act without choices that says no more than
that it was done (taking in hand) is done by the click; all others lead to the page where one writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.phrases import About, label, sentence
from amana.phrases.labels import of_kind
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import html

Plain = dict[str, Any]
AT_ONCE = frozenset({"acknowledge"})
IN_DIALOG = {"reminder": "remind"}
ANSWERING = frozenset({"answer", "part_answer", "clarify", "supplement"})  # what R means, the first that is offered
KEYS = {"reminder": "T"}
OF_NOTICES = frozenset({"update", "cancel", "rate"})  # that they are not possible in a request needs no saying
COMPLETING = ("answer", "complete_answer")  # after a part was sent, an answer completes it
IN_ROW = 3  # of the expected acts; with assigning, noting and the menu they fill one line
BESIDE = ("reminder",)  # shown in the row also where nothing expects it


def acts_of(reader: Reader, offered: Mapping[str, Any], task: str, *, notice: bool = False) -> Plain:
    """The acts as buttons: `row`, `more`, `unavailable`."""
    foreign = frozenset() if notice else OF_NOTICES
    row = [_button(reader, one, task) for one in offered["primary"]]
    secondary = [_button(reader, one, task) for one in offered["secondary"]]
    row, rest = row[:IN_ROW], row[IN_ROW:]
    row += [one for one in secondary if one["type"] in BESIDE]
    more = [*rest, *(one for one in secondary if one["type"] not in BESIDE)]
    for one in (*row, *more):
        if one["type"] in ANSWERING:
            one["key"] = "R"
            break
    if row and offered["primary"]:
        row[0]["first"] = True
    return {
        "row": row,
        "more": more,
        "unavailable": [_unavailable(reader, one) for one in offered["unavailable"] if one["ever"] and one["type"] not in foreign],
    }


def choice_of(offered: Mapping[str, Any], type: str) -> frozenset[str]:
    """The entries that an act of this type can name now; empty where it is not possible."""
    for one in (*offered["primary"], *offered["secondary"]):
        if one["type"] == type:
            return frozenset(one["choices"].get("entry", ()))
    return frozenset()


def _button(reader: Reader, one: Plain, task: str) -> Plain:
    kind, _, type = one["action"].partition(".")
    words = (
        label(reader.language, "task", task) if (type, task) == COMPLETING else label(reader.language, "act", of_kind("act", kind, type))
    )
    return {
        "kind": kind,
        "type": type,
        "words": headed(words),
        "way": "at_once" if type in AT_ONCE and not one["four_eyes"] else "dialog" if type in IN_DIALOG else "write",
        "four_eyes": one["four_eyes"],
        "key": KEYS.get(type, ""),
        "first": False,
    }


def _unavailable(reader: Reader, one: Plain) -> Plain:
    return {
        "words": headed(label(reader.language, "act", of_kind("act", one["action"].partition(".")[0], one["type"]))),
        "why": html(sentence(reader.language, one["code"], one["facts"], About.ACT)),
    }
