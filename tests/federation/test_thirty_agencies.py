# SPDX-License-Identifier: EUPL-1.2
"""Thirty agencies under one agreement, with requests among them, over wires that fail: all come to one truth."""

from __future__ import annotations

from amana.node.ports import Reading
from amana.protocol.identifiers import DossierId
from amana.simulation.federation import Federation
from amana.simulation.wires import ROUGH
from tests.federation.acts import agree, ask, federation, require_at_rest, say, shown, types_of

CODES = tuple(
    f"{country}.police" for country in "ae ao be bf bj ca ch ci cm cv de dj dz es fr ga gm gn it lu ma ml mr ne nl pt sn tg tn us".split()
)
EACH = 3


def requests_of(made: Federation) -> list[tuple[str, str, DossierId]]:
    """Every agency asks the three after it."""
    ring = list(CODES) * 2
    return [(code, ring[at + step], ask(made, code, ring[at + step])) for at, code in enumerate(CODES) for step in range(1, EACH + 1)]


def test_thirty_agencies_converge_over_rough_wires() -> None:
    made = federation(*CODES)
    made.set_faults(ROUGH)
    agreement = agree(made, *CODES)
    assert {shown(made, code, agreement)["stage"] for code in CODES} == {"in_force"}
    asked = requests_of(made)
    for code in CODES[::3]:
        made.crash(code)
    made.settle()
    for _, respondent, dossier in asked:
        say(made, respondent, "information_request.answer", dossier, text="Voilà.")
    made.settle()
    made.heal()
    made.settle()
    require_at_rest(made, CODES[::10])
    assert all(types_of(made, asker, dossier) == ["request", "delivered", "answer"] for asker, _, dossier in asked)
    compared = made.converged()
    assert (compared.agencies, compared.dossiers) == (30, 30 + 2 * EACH * 30)
    assert compared.receipts == 30 * 29 + 3 * EACH * 30


def test_nobody_holds_a_dossier_of_others() -> None:
    made = federation(*CODES[:6])
    agree(made, *CODES[:6])
    dossiers = {(one, other): ask(made, one, other) for one in CODES[:6] for other in CODES[:6] if one != other}
    made.settle()

    def held(reading: Reading) -> set[DossierId]:
        return {row.id for row in reading.dossiers(kind="information_request")}

    for code in CODES[:6]:
        assert made[code].journal.read(held) == {dossier for parties, dossier in dossiers.items() if code in parties}
