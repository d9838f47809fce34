# SPDX-License-Identifier: EUPL-1.2
"""A visit with a session, a programme and an action, for tests of calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amana.protocol.identifiers import DossierId, EntryId
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

HOUR, DAY = 3_600_000, 86_400_000
TITLE, SESSION_TITLE, PLACE = "زيارة عمل إلى الرباط", "Stupéfiants ; filières, suite", "Salle des conférences, Rabat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What was made."""

    dossier: DossierId
    session: EntryId
    part: EntryId
    action: EntryId
    starts: int


def receive(house: House, *, unit: str = "desk", days: int = 20) -> Visit:
    """Rabat receives Paris."""
    starts = (house.rabat.node.clock.now() // DAY + days) * DAY + 9 * HOUR
    convened = say(
        house,
        "convene",
        to=[PARIS],
        title=TITLE,
        unit=unit,
        coded={"form": "visit", "level": "working_group", "starts": starts, "ends": starts + 8 * HOUR, "areas": ["drugs"]},
        detail={"place": PLACE},
    )
    dossier = convened.dossier.hex()
    session = say(
        house,
        "session",
        dossier=dossier,
        title=SESSION_TITLE,
        coded={"starts": starts, "ends": starts + 2 * HOUR},
        detail={"place": PLACE},
    )
    part = say(
        house,
        "programme",
        dossier=dossier,
        title="Accueil",
        coded={"type": "welcome", "starts": starts - HOUR, "ends": starts},
    )
    action = say(house, "action", dossier=dossier, title="Liste des participants", coded={"due": starts - 5 * DAY})
    return Visit(dossier=convened.dossier, session=session.entry, part=part.entry, action=action.entry, starts=starts)


def say(house: House, type: str, **given: Any) -> Any:
    """One entry of Rabat's supervisor in a meeting."""
    return house.act(RABAT, "chef", {"action": f"meeting.{type}", "language": "fr", **given})
