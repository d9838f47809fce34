# SPDX-License-Identifier: EUPL-1.2
"""The second implementation of markings, on plain maps, written from the tables of spec/08."""

from __future__ import annotations

from typing import Any

from tests.vectors.independent import AGENCY, HASH, MILLIS, REQUIRED, array, one_of, record, text

TLP = ["", "clear", "green", "amber", "amber+strict", "red"]
USES = ["pass_on", "print", "export", "quote", "court", "operational"]
SCOPE = record(
    to=(text(0, 32), ""),
    uses=(array(one_of(*USES), 1, 6), REQUIRED),
    until=(MILLIS, REQUIRED),
    holder=(AGENCY, REQUIRED),
    entries=(array(HASH, 1, 64), REQUIRED),
)


def join(markings: list[dict[str, Any]]) -> dict[str, Any]:
    """Pair by pair; a map without a member has its default."""
    first, *rest = markings
    for other in rest:
        first = _two(first, other)
    return first


def _two(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    joined["tlp"] = TLP[max(TLP.index(one.get("tlp", "")), TLP.index(two.get("tlp", "")))]
    if one.get("basis") == two.get("basis"):
        joined["basis"] = one.get("basis")
    joined["codes"] = sorted(set(one.get("codes", [])) | set(two.get("codes", [])))
    low, high = sorted([one, two], key=lambda each: (each.get("level", 0), each.get("national", "")))
    joined["level"], joined["national"] = high.get("level", 0), high.get("national", "")
    purposes = one.get("purpose", "cooperation"), two.get("purpose", "cooperation")
    joined["purpose"] = purposes[0] if purposes[0] == purposes[1] else "by_grant"
    for date in ("erase_on", "review_on"):
        joined[date] = min([each[date] for each in (low, high) if each.get(date)] or [0])
    return without_defaults(joined)


def without_defaults(marking: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in marking.items() if value != "cooperation" and value}


def decide(marking: dict[str, Any], question: dict[str, Any]) -> str:
    """`accept`, or the reason to ask the originator for."""
    by, originator, recipient, use = (question[name] for name in ("by", "originator", "recipient", "use"))
    codes, tlp, purpose = marking.get("codes", []), marking.get("tlp", ""), marking.get("purpose", "cooperation")
    if by == originator:
        return "accept"
    if by not in question["audience"]:
        return "not_a_holder"
    if 0 < marking.get("erase_on", 0) <= question["now"]:
        return "past_erase_date"
    if use == "pass_on" and recipient == "":
        return "third_party"
    outsider = recipient not in ["", originator, *question["audience"]]
    to = recipient if outsider or use == "pass_on" else ""
    if any(_fits(grant, question, to) for grant in question["grants"]):
        return "accept"
    leaves = outsider or use == "court"
    rules = [
        ("not_in_court", "H1" in codes and use == "court"),
        ("third_party", "H2" in codes and leaves),
        ("other_restriction", "H3" in codes and (leaves or use in ("export", "operational"))),
        ("tlp", tlp in ("amber", "amber+strict", "red") and leaves),
        ("tlp", tlp == "green" and use == "court"),
        ("tlp", tlp == "red" and use != "operational"),
        ("classified", marking.get("level", 0) > 0 and leaves),
        ("information_only", purpose == "by_grant" and (leaves or use == "operational")),
        ("other_purpose", question["purpose"] not in ("", purpose)),
    ]
    return next((reason for reason, stands in rules if stands), "accept")


def _fits(grant: dict[str, Any], question: dict[str, Any], to: str) -> bool:
    wanted = (question["originator"], question["by"], to)
    named = question["entry"] in grant["entries"] and question["use"] in grant["uses"]
    return (grant["by"], grant["holder"], grant.get("to", "")) == wanted and named and question["now"] < grant["until"]
