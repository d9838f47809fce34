# SPDX-License-Identifier: EUPL-1.2
"""What is said of an operation by one button: agree, approve, ready, begin, end, close; a task's state; two results compared;
the sets of a deconfliction announced. What binds the agency is kept for a supervisor where a desk officer presses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from amana.dossiers.registry import binds
from amana.node.access import Role
from amana.node.actions.act import act
from amana.phrases import sentence, tell
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import back_to, dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
Said = Callable[[Mapping[str, str]], Plain]
OPERATION = "joint_operation"


def _nothing(_given: Mapping[str, str]) -> Plain:
    return {}


def _ready(given: Mapping[str, str]) -> Plain:
    return {"withdrawn": given.get("do") == "not_ready"}


BUTTONS: Mapping[str, tuple[str, Said]] = {
    "agree": ("agree", _nothing),
    "approve": ("approve", _nothing),
    "withdraw_approval": ("withdraw_approval", lambda given: {"hash": given.get("hash", "")}),
    "ready": ("ready", _ready),
    "not_ready": ("ready", _ready),
    "start": ("start", _nothing),
    "stop": ("stop", _nothing),
    "close": ("close", _nothing),
    "progress": ("progress", lambda given: {"task": given.get("task", ""), "state": given.get("state", "")}),
    "compare": (
        "compare",
        lambda given: {"first": given.get("first", ""), "second": given.get("second", ""), "same": given.get("same") == "yes"},
    ),
}


def operation_act(request: HttpRequest, dossier: str) -> HttpResponse:
    """One press; back to the page it was pressed on, which says what was done or why not."""
    desk = desk_of(request)
    dossier_of(dossier)
    back = back_to(request, dossier)
    try:
        done = _act(request, desk, dossier)
    except Refusal as refusal:
        require_present(refusal)
        told = sentence(desk.language, refusal.code, refusal.facts)
        tell_done(request, told)
        return see_other(back)
    tell_done(request, done)
    return see_other(back)


def _act(request: HttpRequest, desk: Desk, dossier: str) -> Any:
    given: dict[str, str] = {name: str(value) for name, value in request.POST.items()}
    pressed = given.get("do", "")
    if pressed == "deconflict":
        return _deconflict(desk, dossier, given)
    if pressed not in BUTTONS:
        raise Refusal("unknown_action")
    type, said = BUTTONS[pressed]
    kept = binds(f"{OPERATION}.{type}") and desk.scope.role is not Role.SUPERVISOR and desk.node.settings.supervisors_bind
    form: Plain = {
        "action": f"{OPERATION}.{type}",
        "dossier": dossier,
        "coded": said(given),
        "text": given.get("text", "")[:4000].strip(),
        "language": desk.language,
        "form": given.get("form", ""),
        **({"keep": True} if kept else {}),
    }
    done = act(desk.node, desk.account, form)
    if done.draft:
        return tell(desk.language, "It is kept as a draft for a supervisor to send.")
    return tell(desk.language, "It is said to all parties.")


def _deconflict(desk: Desk, dossier: str, given: Mapping[str, str]) -> Any:
    """Announce the points of the annex in a deconfliction; where none is named, one is begun with the partner that is."""
    compared = given.get("deconfliction", "")
    if not compared:
        title = str(tell(desk.language, "Deconfliction"))
        opening: Plain = {
            "action": "deconfliction.begin",
            "to": [given.get("partner", "")],
            "title": title,
            "language": desk.language,
            "coded": {"operation": dossier},
        }
        begun = act(desk.node, desk.account, opening)
        compared = begun.dossier.hex() if begun.dossier is not None else ""
    act(desk.node, desk.account, {"action": "deconflict", "dossier": compared})
    return tell(desk.language, "The points are announced. The nodes compare once both have announced theirs.")
