# SPDX-License-Identifier: EUPL-1.2
"""A print is kept in the node's own log, with how many entries it held, and only of what its maker may see."""

from __future__ import annotations

import pytest

from amana.node.queries.dossiers import show_dossier
from amana.node.queries.printing import record_print
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from tests.federation.acts import RABAT
from tests.node.desks import COLLEAGUE, REQUEST, SEES_NOTHING, at, consultations, desks, of


def test_a_print_is_recorded_and_is_no_look() -> None:
    made = desks()
    dossier = of(made.act(RABAT, COLLEAGUE, REQUEST).plain()["dossier"])
    node, scope = at(made, account=COLLEAGUE)
    before = consultations(made)
    new = show_dossier(node, scope, dossier, record=False)["new"]
    record_print(node, scope, dossier, count=1)
    assert consultations(made) == [*before, "print"]
    assert show_dossier(node, scope, dossier, record=False)["new"] == new
    assert made[RABAT].verify().first_failure is None


@pytest.mark.parametrize("account", SEES_NOTHING)
def test_nobody_prints_what_he_may_not_see(account: str) -> None:
    made = desks()
    dossier = of(made.act(RABAT, COLLEAGUE, REQUEST).plain()["dossier"])
    for asked in (dossier, DossierId(bytes(32))):
        with pytest.raises(Refusal, match="not_found"):
            record_print(*at(made, account=account), asked, count=1)
    assert "print" not in consultations(made)
