# SPDX-License-Identifier: EUPL-1.2
"""What two agencies share leaves no byte at a third, not even at the sister service; and the search can find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amana.protocol.identifiers import DossierId
from amana.simulation.federation import Federation
from tests.federation.acts import LEVALLOIS, PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say
from tests.node.journals import dump

SECRET = ("Affaire Zitouna", "réseau de la rue Haxo", "+212611112222", "Traduction de la note")
CONTROL = ("Affaire Gharb", "+212633334444")
ALL = (RABAT, TEMARA, PARIS, LEVALLOIS)


def phone(number: str) -> list[dict[str, object]]:
    return [{"type": "phone", "value": {"number": number}}]


def story() -> tuple[Federation, DossierId, DossierId, list[bytes]]:
    """A file between the two services of the interior, one among all four with an aside inside it; their secret ids."""
    made = allied(*ALL)
    secret = ask(made, TEMARA, LEVALLOIS, title=SECRET[0], text=SECRET[1], items=phone(SECRET[2]))
    control = ask(made, RABAT, *ALL[1:], title=CONTROL[0], items=phone(CONTROL[1]))
    made.settle()
    ids: list[bytes] = [secret]
    ids.append(say(made, LEVALLOIS, "information_request.answer", secret, text=SECRET[1]))
    ids.append(say(made, TEMARA, "information_request.supplement", control, to=[LEVALLOIS], text=SECRET[3]))
    made.settle()
    return made, secret, control, ids


def stored(made: Federation, code: str) -> bytes:
    """Everything a node holds, as one text to search; bytes also as hex, since ids are shown so."""

    def flat(value: object) -> Iterator[bytes]:
        match value:
            case bytes():
                yield value + b"|" + value.hex().encode()
            case str():
                yield value.encode()
            case dict():
                for pair in value.items():
                    yield from flat(pair)
            case tuple() | list() | set():
                for part in value:
                    yield from flat(part)
            case _:
                return

    return b"\n".join(flat(dump(made[code].journal)))


def handles(made: Federation, code: str, dossier: DossierId) -> list[bytes]:
    return [row.value for row in made[code].journal.read(lambda reading: reading.records("handle", dossier))]


@pytest.mark.parametrize("outsider", [RABAT, PARIS])
def test_no_byte_of_a_file_of_two_is_at_a_third(outsider: str) -> None:
    made, secret, control, ids = story()
    needles = [*(text.encode() for text in SECRET), *ids, *handles(made, TEMARA, secret), *handles(made, LEVALLOIS, secret)]
    assert len(needles) == len(SECRET) + 3 + 2
    held = stored(made, outsider)
    assert [needle for needle in needles if needle in held] == []
    assert [needle for needle in (*(text.encode() for text in CONTROL), control) if needle not in held] == []


@pytest.mark.parametrize("insider", [TEMARA, LEVALLOIS])
def test_the_search_finds_what_is_there(insider: str) -> None:
    made, _, _, ids = story()
    held = stored(made, insider)
    assert [needle for needle in (*(text.encode() for text in SECRET), *ids) if needle not in held] == []


def test_an_aside_changes_no_shared_state() -> None:
    made, _, control, _ = story()
    states = {made[code].journal.read(lambda reading: reading.dossier(control)).stage for code in ALL}  # type: ignore[union-attr]  # all hold it
    assert len(states) == 1
    require_at_rest(made)
