# SPDX-License-Identifier: EUPL-1.2
"""The parts of the kinds' spec pages that are made from the code: tables of entry types, diagrams of stages.

`python -m tests.dossiers.spec_pages` writes them anew into spec/kinds/; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import inspect

from amana.dossiers.fold import summary_of
from amana.dossiers.information_request.state import Stage
from amana.dossiers.information_request.steps import NOTICE_STEPS, STEPS
from amana.dossiers.kind import EntryType
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.dossiers.threat_assessment.entries import PERCENTAGES
from amana.protocol.errors import Refusal
from tests.dossiers.agreement.stories import TERMS
from tests.dossiers.meeting.stories import HOURS, POINT, convened
from tests.dossiers.telling import DGPN, DGSN, Telling

PAGES = Path(__file__).resolve().parents[2] / "spec" / "kinds"
BLOCK = re.compile(r"<!-- made from the code: (?P<name>[a-z_]+) -->\n.*?<!-- end -->", re.DOTALL)


def _traits(declared: EntryType) -> str:
    named = {
        "opens": declared.opens,
        "automatic": declared.automatic,
        "starts the clock": declared.starts_clock,
        "needs a basis": declared.needs_basis,
        "may be an aside": declared.aside,
        "control": declared.control,
    }
    return ", ".join(name for name, holds in named.items() if holds)


def entry_table(kind: str) -> str:
    """The entry types of a kind with their coded fields (in canonical order; those in brackets may be left out)."""
    lines = ["| type | coded values | traits | default codes | kept, days | personal data |", "|---|---|---|---|---|---|"]
    for declared in KINDS[kind].entry_types.values():
        shape = inspect.type_info(declared.coded)
        assert isinstance(shape, inspect.StructType)
        fields = ", ".join(field.name if field.required else f"[{field.name}]" for field in shape.fields)
        codes = " ".join(declared.default_marking.codes)
        lines.append(f"| `{declared.name}` | {fields} | {_traits(declared)} | {codes} | {declared.retention} | {declared.personal} |")
    return "\n".join(lines)


def joint_text_table() -> str:
    """The words on a joint text that kinds share, and who knows them."""
    lines = ["| type | coded values | known in |", "|---|---|---|"]
    for word in (Translation, Agree, Object, WithdrawApproval, Leave):
        shape = inspect.type_info(word)
        assert isinstance(shape, inspect.StructType)
        fields = ", ".join(field.name if field.required else f"[{field.name}]" for field in shape.fields)
        known = {kind.name: declared.name for kind in KINDS.values() for declared in kind.entry_types.values() if declared.coded is word}
        lines.append(f"| {', '.join(f'`{name}`' for name in sorted(set(known.values())))} | {fields} | {', '.join(sorted(known))} |")
    return "\n".join(lines)


def _mermaid(edges: Mapping[tuple[str, str], list[str]], start: str) -> str:
    lines = [f"    {before} --> {after}: {', '.join(words)}" for (before, after), words in edges.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {start}", *lines, "```"])


def _by_ends(steps: Mapping[Stage, Mapping[str, Stage]]) -> dict[tuple[str, str], list[str]]:
    edges: dict[tuple[str, str], list[str]] = {}
    for before, words in steps.items():
        for word, after in words.items():
            edges.setdefault((before.value, after.value), []).append(word)
    return edges


def _words(told: Telling, words: Sequence[str], given: Mapping[str, Any]) -> Iterator[tuple[str, Telling]]:
    """Every word that either of two parties may sensibly say now, and the dossier after it."""
    for author in (DGSN, DGPN):
        for word in words:
            after = Telling(told.kind, told.parties, list(told.facts), list(told.outcomes), told.cursor, told.at)
            try:
                refused = after.say(author, word, given.get(word))
            except Refusal:
                continue
            if refused is None:
                yield word, after


def _stage(told: Telling) -> str:
    assert told.cursor is not None
    return summary_of(told.cursor).stage


def agreement_diagram() -> str:
    """What an agreement between two shows after each word."""
    opening = Telling("agreement")
    opening.say(DGSN, "propose", TERMS)
    words = ("amend", "consent", "decline", "withdraw_consent", "suspend", "resume", "end")
    return _diagram(opening, words, {"suspend": {"code": "breach"}, "end": {"code": "denounced"}}, deep=4)


def meeting_diagram() -> str:
    """What a meeting of two shows after each word; the host is one of them."""
    words = ("session", "minutes_point", "approve", "withdraw_approval", "cancel", "leave")
    return _diagram(convened(), words, {"session": HOURS, "minutes_point": POINT}, deep=5)


def _diagram(opening: Telling, words: Sequence[str], given: Mapping[str, Any], *, deep: int) -> str:
    """Tried out word by word, so many deep."""
    edges: dict[tuple[str, str], list[str]] = {}
    level = [opening]
    for _ in range(deep):
        following: dict[tuple[str, str], Telling] = {}
        for told in level:
            for word, after in _words(told, words, given):
                known = edges.setdefault((_stage(told), _stage(after)), [])
                if word not in known:
                    known.append(word)
                following.setdefault((word, _stage(after)), after)
        level = list(following.values())
    return _mermaid({ends: sorted(words) for ends, words in sorted(edges.items()) if ends[0] != ends[1]}, _stage(opening))


def likelihood_table() -> str:
    """The words of likelihood and what each means."""
    lines = ["| word | per cent |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{word}` | {low} to {high} |" for word, (low, high) in PERCENTAGES.items())])


BLOCKS: Mapping[str, Callable[[], str]] = {
    "action_log_entries": lambda: entry_table("action_log"),
    "deconfliction_entries": lambda: entry_table("deconfliction"),
    "exhibit_entries": lambda: entry_table("exhibit"),
    "joint_operation_entries": lambda: entry_table("joint_operation"),
    "agreement_entries": lambda: entry_table("agreement"),
    "agreement_stages": agreement_diagram,
    "communique_entries": lambda: entry_table("communique"),
    "event_day_entries": lambda: entry_table("event_day"),
    "event_incident_entries": lambda: entry_table("event_incident"),
    "expertise_entries": lambda: entry_table("expertise"),
    "expertise_mission_entries": lambda: entry_table("expertise_mission"),
    "good_practice_entries": lambda: entry_table("good_practice"),
    "major_event_entries": lambda: entry_table("major_event"),
    "reinforcement_entries": lambda: entry_table("reinforcement"),
    "situation_report_entries": lambda: entry_table("situation_report"),
    "information_request_entries": lambda: entry_table("information_request"),
    "respondent_stages": lambda: _mermaid(_by_ends(STEPS), Stage.SENT.value),
    "notice_stages": lambda: _mermaid(_by_ends(NOTICE_STEPS), Stage.SENT.value),
    "joint_text_words": joint_text_table,
    "meeting_entries": lambda: entry_table("meeting"),
    "meeting_stages": meeting_diagram,
    "partnership_entries": lambda: entry_table("partnership"),
    "threat_assessment_entries": lambda: entry_table("threat_assessment"),
    "threat_assessment_likelihood": likelihood_table,
}


def renewed(text: str) -> str:
    """The page with its made parts made anew."""

    def made(match: re.Match[str]) -> str:
        return f"<!-- made from the code: {match['name']} -->\n{BLOCKS[match['name']]()}\n<!-- end -->"

    return BLOCK.sub(made, text)


if __name__ == "__main__":
    for page in PAGES.glob("*.md"):
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
