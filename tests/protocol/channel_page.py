# SPDX-License-Identifier: EUPL-1.2
"""The parts of spec/09-sync.md that are made from the state table of `protocol.channel`.

`python -m tests.protocol.channel_page` writes them anew; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from amana.protocol.channel import TABLE, Effect, Event, Row, State

PAGE = Path(__file__).resolve().parents[2] / "spec" / "09-sync.md"
BLOCK = re.compile(r"<!-- made from the code: (?P<name>[a-z_]+) -->\n.*?<!-- end -->", re.DOTALL)


def table() -> str:
    """Every (state, event) pair: the next state where it is another one, and the effect."""

    def cell(state: State, row: Row) -> str:
        parts = [f"→ {row.state.value}"] if row.state is not state else []
        parts += [row.effect.value] if row.effect is not Effect.NOTHING else []
        return ", ".join(parts) or "–"

    lines = ["| event | " + " | ".join(State) + " |", "|---" * (len(State) + 1) + "|"]
    lines += [f"| `{event.value}` | " + " | ".join(cell(state, TABLE[state, event]) for state in State) + " |" for event in Event]
    return "\n".join(lines)


def diagram() -> str:
    """The moves from one state to another."""
    moves: dict[tuple[State, State], list[str]] = {}
    for (state, event), row in TABLE.items():
        if row.state is not state:
            moves.setdefault((state, row.state), []).append(event.value)
    lines = [f"    {before.value} --> {after.value}: {', '.join(events)}" for (before, after), events in moves.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> checking", *lines, "```"])


BLOCKS: Mapping[str, Callable[[], str]] = {"channel_table": table, "channel_states": diagram}


def renewed(text: str) -> str:
    """The page with its made parts made anew."""
    return BLOCK.sub(lambda match: f"<!-- made from the code: {match['name']} -->\n{BLOCKS[match['name']]()}\n<!-- end -->", text)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
