# SPDX-License-Identifier: EUPL-1.2
"""An assessment in words: the head with its validity, passages with what they change, approvals, revisions, lines of the list."""

from __future__ import annotations

from typing import Any

from amana.dossiers.tasks import Task
from amana.dossiers.threat_assessment.entries import PERCENTAGES, Likelihood
from amana.phrases import label
from amana.phrases.differences import differences
from amana.web.doors import Desk
from amana.web.html import direction, html

Plain = dict[str, Any]
WHOLE = 100
LANGUAGES = ("ar", "fr", "en")
SETTLED = frozenset({"agreed", "struck"})
TONES = {  # shape and tint of a passage's state
    "agreed": ("done", "done"),
    "proposed": ("half", "warn"),
    "objected": ("urgent", "alarm"),
    "contested": ("turn", "alarm"),
    "pending": ("not_yet", ""),
    "struck": ("not_yet", ""),
}
VALIDITIES = {"valid": ("done", "done"), "expires_soon": ("half", "warn"), "expired": ("urgent", "alarm"), "drafting": ("half", "info")}
APPROVALS = {"approved": ("done", "done"), "withdrawn": ("urgent", "alarm"), "waiting": ("not_yet", ""), "left": ("not_yet", "")}


def line_of(desk: Desk, line: Plain) -> Plain:
    """An assessment in the list."""
    icon, tone = VALIDITIES[line["validity"]]
    held = {name: value for name, value in line.items() if name != "partners"}  # the frame's own word
    return held | {"others": line["partners"], "icon": icon, "tone": tone, "task_words": _task(desk, line)}


def head_of(desk: Desk, shown: Plain) -> Plain:
    """Validity, whose turn it is, and the clock from coming into force to the end of validity."""
    icon, tone = VALIDITIES[shown["validity"]]
    since, until, now = shown["since"], shown["valid_until"], shown["now"]
    total = max(until - since, 1)
    run = min(max(now - since, 0), total)
    return {
        "icon": icon,
        "tone": tone,
        "title_dir": direction(shown["title_language"] or desk.language),
        "turn": _task(desk, shown),
        "turn_of": [code for code in shown["turn"] if code != shown["agency"]],
        "revised": shown["stage"] == "revised",
        "left": max(until - now, 0),
        "over": max(now - until, 0) if until else 0,
        "run": run,
        "total": total,
        "place": f"{run * WHOLE // total}%",
        "late": shown["validity"] == "expired",
    }


def parts_of(desk: Desk, shown: Plain) -> list[Plain]:
    """The parts with their passages, each version with what it changes in the one that it replaces."""
    return [part | {"passages": [_passage(desk, shown, one) for one in part["passages"]]} for part in shown["parts"]]


def whole_of(shown: Plain) -> list[Plain]:
    """The dissents from the assessment as a whole."""
    return [_dissent(shown, one) for one in shown["whole_dissents"]]


def sources_of(desk: Desk, shown: Plain) -> list[Plain]:
    """The sources with their grade in two parts."""
    return [
        one | {"letter": one["grade"][0], "digit": one["grade"][1], "dir": direction(one["language"] or desk.language)}
        for one in shown["sources"]
    ]


def revisions_of(shown: Plain) -> list[Plain]:
    """The revisions with who approved each, and what each changed."""
    found = []
    for one in shown["revisions"]:
        parties = [party | dict(zip(("icon", "tone"), APPROVALS[party["state"]], strict=True)) for party in one["parties"]]
        changes = [
            change | {"dir": direction(change["language"]), "pieces": differences(change["before"], change["after"])}
            for change in one["changes"]
        ]
        found.append(one | {"parties": parties, "changes": changes})
    return found


def approval_of(desk: Desk, shown: Plain, acts: dict[str, Plain]) -> Plain:
    """What stands between the text and its approval, and what this person can say: `accept` a text that others approve,
    `approve` the text as it stands, or why neither."""
    revisions = shown["revisions"]
    awaited = [one for one in revisions if one["hash"] in shown["to_approve"]]
    offered = [_readable(one) for one in awaited if one["now"] or one["text"]]  # nobody approves what is not before his eyes
    draft = shown["draft"]
    approved_now = next((one for one in revisions if one["now"] and not one["in_force"]), None)
    ours = next((one for one in revisions if _ours(shown, one) == "approved"), None)
    return {
        "offered": offered,
        "fresh": draft["ready"] and not draft["approved"] and not any(one["now"] for one in offered),
        "pending": approved_now if approved_now is not None and draft["approved"] else None,
        "versions": " ".join(draft["versions"]),
        "next": draft["next"],
        "contested": [one["number"] for part in shown["parts"] for one in part["passages"] if one["clause"] in draft["contested"]],
        "open": [one["number"] for part in shown["parts"] for one in part["passages"] if one["state"] in ("proposed", "objected")],
        "empty": not any(part["passages"] for part in shown["parts"]),
        "may": "approve" in acts,
        "ours": ours,
        "supervisors": desk.node.settings.supervisors_bind,
    }


def _readable(revision: Plain) -> Plain:
    return revision | {"text": [version | {"dir": direction(version["language"])} for version in revision["text"]]}


def yardstick(likelihood: str) -> Plain | None:
    """The range of a likelihood on the yardstick, for a sentence and a drawing; None where none is said."""
    if not likelihood:
        return None
    low, high = PERCENTAGES[Likelihood(likelihood)]
    return {"word": likelihood, "low": low, "high": high, "from": f"{low}%", "to": f"{high}%"}


def _passage(desk: Desk, shown: Plain, passage: Plain) -> Plain:
    icon, tone = TONES[passage["state"]]
    settled = passage["state"] in SETTLED
    versions = [_version(desk, shown, one, settled=settled) for one in passage["versions"]]
    return passage | {
        "icon": icon,
        "tone": tone,
        "anchor": f"p-{passage['clause'][:12]}",
        "several": len(versions) > 1,
        "versions": versions,
        "dissents": [_dissent(shown, one) for one in passage["dissents"]],
        "dissented": any(one["author"] == shown["agency"] for one in passage["dissents"]),
        "outdated": [one | {"dir": direction(one["language"])} for one in passage["outdated"]],
    }


def _version(desk: Desk, shown: Plain, one: Plain, *, settled: bool) -> Plain:
    """A wording with its translations, the reader's language first; once all agree, what it changed is of no interest any more."""
    changed = bool(one["before"]) and one["before"] != one["text"] and not settled
    translations = sorted(one["translations"], key=lambda held: held["language"] != desk.language)
    return one | {
        "dir": direction(one["language"]),
        "pieces": differences(one["before"], one["text"]) if changed else (),
        "changed": changed,
        "yard": yardstick(one["likelihood"]),
        "ours": one["author"] == shown["agency"],
        "open": one["id"] in shown["to_answer"],
        "translatable": len(translations) < len(LANGUAGES) - 1,
        "translations": [held | {"dir": direction(held["language"])} for held in translations],
        "agreed_others": [code for code in one["agreed"] if code != one["author"]],
    }


def _dissent(shown: Plain, one: Plain) -> Plain:
    return one | {
        "dir": direction(one["language"]),
        "yard": yardstick(one["likelihood"]),
        "ours": one["author"] == shown["agency"],
        "anchor": f"p-{one['clause'][:12]}",
        "translatable": len(one["translations"]) < len(LANGUAGES) - 1,
        "translations": [held | {"dir": direction(held["language"])} for held in one["translations"]],
    }


def _ours(shown: Plain, revision: Plain) -> str:
    return next((str(party["state"]) for party in revision["parties"] if party["agency"] == shown["agency"]), "")


def _task(desk: Desk, line: Plain) -> str:
    task = line["task"]
    return "" if task == Task.NONE.value else str(html(label(desk.language, "task", task)))
