# SPDX-License-Identifier: EUPL-1.2
"""Unfinished forms are forgotten as drafts are: with their event, and ninety days after they were last changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from amana.protocol.identifiers import DossierId, Millis
from amana.web.forgetting import forget_copies
from amana.web.models import WorkingCopy
from tests.web.conftest import House

EVENT = DossierId(bytes.fromhex("ab" * 32))
NOW = Millis(int(datetime(2031, 5, 4, tzinfo=UTC).timestamp() * 1000))
NEEDLE = "Aiguille-Formulaire"


def copies(house: House) -> Path:
    """One form of the event, one that would open something of it, one old, one that stays."""
    house.client("chef")
    WorkingCopy.objects.all().delete()
    made: tuple[tuple[str, str, dict[str, list[str]], int], ...] = (
        ("of the event", EVENT.hex(), {}, 1),
        ("opens something of it", "", {"coded.event": [EVENT.hex()]}, 1),
        ("old", "", {}, 91),
        ("stays", "", {}, 89),
    )
    for token, dossier, fields, age in made:
        WorkingCopy(account="chef", token=token, kind="x.y", dossier=dossier, fields={**fields, "text": [f"{NEEDLE} {token}"]}).save()
        changed = datetime.fromtimestamp(NOW / 1000, UTC) - timedelta(days=age)
        WorkingCopy.objects.filter(token=token).update(changed_at=changed)
    return Path(str(settings.DATABASES["default"]["NAME"]))


def test_what_is_due_goes_and_the_rest_stays(house: House) -> None:
    database = copies(house)
    assert forget_copies(database, NOW, {EVENT}) == 3
    assert [copy.token for copy in WorkingCopy.objects.all()] == ["stays"]
    held = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert held.count(NEEDLE.encode()) == 1
    WorkingCopy.objects.all().delete()


def test_a_node_without_pages_has_none(tmp_path: Path) -> None:
    assert forget_copies(tmp_path / "desk.db", NOW, ()) == 0
