# SPDX-License-Identifier: EUPL-1.2
"""What officers do in the tests of federations: agreements among agencies and requests under them, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amana.node.access import open_scope
from amana.node.queries.dossiers import show_dossier
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation

DAY = 24 * 60 * 60 * 1000
RABAT, TEMARA, PARIS, LEVALLOIS = "ma.dgsn", "ma.dgst", "fr.dgpn", "fr.dgsi"
TERMS = {
    "areas": ["drugs", "terrorism"],
    "forms": ["information"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["drugs", "terrorism"], "forms": ["information"]}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": 8 * 60 * 60 * 1000}},
}


def federation(*codes: str, seed: int = 1, **settings: Any) -> Federation:
    """Agencies that are all partners of each other."""
    made = Federation(seed, codes, **settings)
    made.introduce_all()
    return made


def allied(*codes: str, seed: int = 1, **settings: Any) -> Federation:
    """The same, at rest under one agreement in force among all."""
    made = federation(*codes, seed=seed, **settings)
    agree(made, *codes)
    return made


def agree(made: Federation, author: str, *others: str) -> DossierId:
    """An agreement, proposed by the first and consented to by all."""
    proposed = made.act(author, DESK, {"action": "agreement.propose", "to": sorted(others), "title": "Accord", "coded": TERMS})
    assert proposed.dossier is not None
    made.settle()
    for other in others:
        say(made, other, "agreement.consent", proposed.dossier)
    made.settle()
    return proposed.dossier


def ask(made: Federation, asker: str, *asked: str, **more: Any) -> DossierId:
    """An information request."""
    action = {
        "action": "information_request.request",
        "to": sorted(asked),
        "title": "Demande",
        "text": "Qui utilise ce numéro ?",
        "language": "fr",
        "coded": {"area": "drugs", "types": ["information"], "urgency": "urgent"},
        **more,
    }
    done = made.act(asker, DESK, action)
    assert done.dossier is not None
    return done.dossier


def say(made: Federation, code: str, action: str, dossier: DossierId, **more: Any) -> bytes:
    """Any further entry of a dossier."""
    done = made.act(code, DESK, {"action": action, "dossier": dossier.hex(), **more})
    assert done.entry is not None
    return done.entry


def shown(made: Federation, code: str, dossier: DossierId) -> dict[str, Any]:
    """The dossier as the agency's desk sees it."""
    node = made[code].node
    return show_dossier(node, open_scope(node, DESK), dossier)


def types_of(made: Federation, code: str, dossier: DossierId) -> list[str]:
    """The entry types of a dossier in order; what was refused with its reason."""
    entries = shown(made, code, dossier)["entries"]
    return [f"{entry['type']} {entry['refused']}".strip() for entry in entries]


def require_at_rest(made: Federation, codes: Sequence[str] = ()) -> None:
    """Everything converged, verified, and rebuilt to the same rows."""
    compared = made.converged()
    assert compared.differences == ()
    for code in codes or made.agencies:
        agency = made[code]
        found = agency.verify()
        assert found.first_failure is None, f"{code}: {found.first_failure}"
        agency.rebuild()
        again = agency.verify()
        assert again.first_failure is None, f"{code} after a rebuild: {again.first_failure}"
