# SPDX-License-Identifier: EUPL-1.2
"""The end of a printed dossier: what was refused, each with its reason, and what the node can prove.

Refusals come from the dossier's rules, from arrival, from partners' nodes, and from rules that refused an act here.
Officers are not named.
"""

from __future__ import annotations

from amana.phrases import About, Words, label, sentence, tell, tell_count
from amana.phrases.labels import LABELS
from amana.web.printing.sheet import Plain, Sheet, headed, value_of

VERIFY = "amana verify"
PROVED = frozenset({"delivered", "taken"})  # states of a delivery that a receipt proves
ABOUT = {"fold": About.ENTRY, "arrival": About.ARRIVAL, "partner": About.ARRIVAL, "act": About.ACT}


def refused_lines(sheet: Sheet, shown: Plain) -> list[Words]:
    """What was refused in the dossier, oldest first."""
    lines = [headed(_refused(sheet, one)) for one in shown.get("refusals", ())]
    if barred := shown.get("state", {}).get("refused"):
        lines.append(sentence(sheet.language, barred, {}, About.ENTRY))
    return lines or [tell(sheet.language, "Nothing was refused.")]


def _refused(sheet: Sheet, one: Plain) -> Words:
    language, at = sheet.language, sheet.moment(one["at"])
    reason = sentence(language, one["code"], one["facts"], ABOUT.get(one["origin"]))
    number = sheet.numbers.get(one["entry"], 0)
    match one["origin"]:
        case "act":
            return tell(
                language, "{at}, an act of this agency ({act}): {reason}", at=at, act=_tried(language, one["action"]), reason=reason
            )
        case "partner":
            return tell(language, "{at}, entry {number}, by {code}: {reason}", at=at, number=number, code=one["author"], reason=reason)
        case _:
            return tell(language, "{at}, entry {number} of {code}: {reason}", at=at, number=number, code=one["author"], reason=reason)


def _tried(language: str, action: str) -> Words:
    """What was tried: to say something, to make a use such as printing, or another act."""
    vocabulary = next((one for one in ("entry_type", "use", "act") if action in LABELS.get(one, {})), "")
    return label(language, vocabulary, action) if vocabulary else label(language, "printed", "act")


def proof_lines(sheet: Sheet, shown: Plain) -> list[Words]:
    """What the node can prove of this dossier, in sentences."""
    language = sheet.language
    count = shown.get("entries_placed", len(shown["entries"]))
    entries = tell_count(language, "{count} entry", "{count} entries", count=count)
    lines = [tell(language, "{entries}, each signed in the log of its author.", entries=entries)]
    sent = [one for entry in shown["entries"] for one in entry.get("delivery", ())]
    if sent:
        held = sum(one["state"] in PROVED for one in sent)
        lines.append(
            tell_count(
                language,
                "Of {count} delivery, {held} is proved by the receiver’s signed receipt.",
                "Of {count} deliveries, {held} are proved by the receiver’s signed receipt.",
                count=len(sent),
                held=held,
            )
        )
    if verified := shown.get("verified"):
        at = sheet.moment(verified["at"])
        lines.append(
            tell(language, "Last checked on this node on {at}: everything holds.", at=at)
            if verified["ok"]
            else tell(language, "Last checked on this node on {at}: something differs. Do not rely on this print.", at=at)
        )
    command = value_of(language, VERIFY)
    lines.append(
        tell(
            language,
            "{command}, run at an agency that holds this dossier, checks every entry, receipt and state to the byte.",
            command=command,
        )
    )
    return lines
