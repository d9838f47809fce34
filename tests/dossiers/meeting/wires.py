# SPDX-License-Identifier: EUPL-1.2
"""Five agencies in one meeting over slow wires: what they may say, and what they choose."""

from __future__ import annotations

import random

from amana.dossiers.meeting.state import MeetingState, actions, sittings
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.state import clauses, standing
from amana.protocol.identifiers import AgencyCode, EntryId
from tests.dossiers.meeting.stories import DECISION, FIVE, HOURS, POINT, VISIT
from tests.dossiers.telling import DGSN, START
from tests.dossiers.wires import Given, Held, Story, one_of
from tests.dossiers.wires import Wires as AnyWires

__all__ = ["KIND", "WORDS", "Held", "Wires"]

KIND = KINDS["meeting"]
WORDS = (
    "session", "minutes_point", "revise", "strike", "decision", "redecide", "translation", "agree", "object",
    "approve", "approve_what_others_do", "withdraw_approval", "action", "progress", "cancel", "agenda_point",
)  # fmt: skip


def _wanted(rng: random.Random, state: MeetingState, word: str, author: AgencyCode, clause: EntryId | None) -> tuple[str, Given]:
    """An entry type and what a person would choose. Raises Refusal where there is nothing to choose from."""
    text, session = state.text, one_of(rng, sittings(state)).id if word not in ("session", "cancel", "action") else None
    chosen: Given = {**POINT, "session": session.hex()} if session is not None else {}
    match word:
        case "session":
            return "session", HOURS
        case "minutes_point" | "agenda_point":
            return word, chosen
        case "decision":
            return word, {**chosen, **DECISION, "owner": rng.choice(FIVE)}
        case "revise" | "strike" | "redecide":
            type = "decision" if word == "redecide" else "minutes_point"
            scope = f"minutes.{chosen['session']}"
            found = [c for c in clauses(text, scope) if standing(text, scope, c)[0].type == type and clause in (None, c)]
            decided = {**DECISION, "owner": rng.choice(FIVE)} if type == "decision" else {}
            return type, {**chosen, **decided, "clause": one_of(rng, found).hex(), "struck": word == "strike"}
        case "translation":
            originals = [one for one in text.versions if not one.translates and not one.replaced]
            return word, {"version": one_of(rng, originals).id.hex(), "language": "ar"}
        case "object":
            return word, {"versions": [one_of(rng, [one for one in text.versions if one.author != author]).id.hex()]}
        case "approve":
            return word, {"session": chosen["session"]}
        case "approve_what_others_do":
            return "approve", {"hash": one_of(rng, text.texts).hash.hex()}
        case "progress":
            of = [one.id for one in text.versions if one.type == "decision" and one.id == one.clause]
            mine = [one.id for one, _ in actions(state) if one.owner == author]
            return word, {"of": one_of(rng, [*of, *mine]).hex(), "state": rng.choice(["in_progress", "done"])}
        case "action":
            of = [one.id for one in text.versions if one.type == "decision" and one.id == one.clause]
            return word, {"due": START, **({"decision": rng.choice(of).hex()} if of else {})}
        case _:
            return word, {}


class Wires(AnyWires):
    """A meeting of five."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, Story(kind="meeting", opens="convene", opener=DGSN, opening=VISIT, parties=FIVE, wanted=_wanted))
