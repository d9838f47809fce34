# SPDX-License-Identifier: EUPL-1.2
"""Two real node directories with pages, an agreement, open dossiers and every role, made once for all tests of pages.

`house.at(code)` says whose pages are served; `house.client(account)` is a browser without scripts in which that
account is signed in. Tests share what is there: they add dossiers of their own where they change something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from amana.compose.opening import OpenNode, open_node
from amana.node.access import add_officer
from amana.node.actions.act import act
from amana.node.local import OfficerAdded
from amana.node.partners import add_partner, confirm_partner
from amana.protocol.identifiers import DossierId, EntryId
from amana.web.models import Account
from amana.web.serving import configure_pages, open_here
from amana.web.sign_in.views import MODEL_BACKEND
from tests.compose.pairs import PARIS, RABAT, exchange, make
from tests.federation.acts import TERMS

OFFICERS = (
    OfficerAdded(name="Liaison", role="desk", units=("desk",), account="liaison", language="fr"),
    OfficerAdded(name="Stupéfiants", role="desk", units=("drugs",), account="stups", language="ar"),
    OfficerAdded(name="Responsable", role="supervisor", units=("desk", "drugs"), account="chef", language="en"),
    OfficerAdded(name="Administrateur", role="administrator", units=(), account="admin", language="fr"),
    OfficerAdded(name="Réserve", role="desk", units=("desk",), account="reserve", language="fr"),  # may be closed by a test
)
PHONE = {"type": "phone", "value": {"number": "+33639980417"}, "grade": "B2", "fact": True}


@dataclass
class House:
    """Two agencies at work."""

    rabat: OpenNode
    paris: OpenNode
    agreement: DossierId
    asked: DossierId  # Rabat asks Paris; at both it lies with the unit `desk`
    drugs: DossierId  # the same, assigned to the unit `drugs` at both
    entry: EntryId  # the opening entry of `asked`
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)
    served: str = ""

    def node(self, code: str) -> OpenNode:
        """The node of an agency."""
        return self.rabat if code == RABAT else self.paris

    def at(self, code: str) -> OpenNode:
        """Serve the pages of this agency."""
        opened = self.node(code)
        if self.served != code:
            configure_pages(opened.directory, opened.config)
            open_here(opened)
            self.served = code
        return opened

    def act(self, code: str, account: str, given: Mapping[str, Any]) -> Any:
        """One act of one officer, and everything exchanged."""
        done = act(self.node(code).node, account, given)
        exchange(self.rabat, self.paris)
        return done

    def client(self, account: str = "", code: str = RABAT) -> Client:
        """A browser without scripts; signed in with both factors where an account is named."""
        self.at(code)
        client = browser()
        if account:
            sign_in(client, account)
        return client


def browser(**given: Any) -> Client:
    """A browser without scripts, on this machine."""
    return Client(SERVER_NAME="localhost", **given)


def sign_in(client: Client, account: str) -> None:
    """Both factors, as the sign-in page would have them."""
    held, _ = Account.objects.get_or_create(account=account)
    client.force_login(held, backend=MODEL_BACKEND)
    device, _ = TOTPDevice.objects.get_or_create(user=held, name="tests", confirmed=True)
    session: SessionBase = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


def ask(house_act: Any, title: str, **more: Any) -> Any:
    """A request of Rabat to Paris."""
    return house_act(
        RABAT,
        "chef",
        {
            "action": "information_request.request",
            "to": [PARIS],
            "title": title,
            "text": "Qui utilise ce numéro ?",
            "language": "fr",
            "unit": "desk",
            "coded": {"area": "drugs", "types": ["identification"], "urgency": "urgent"},
            "items": [PHONE],
            **more,
        },
    )


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The two agencies, at rest."""
    root = tmp_path_factory.mktemp("house")
    with ExitStack() as closing:
        made = {code: make(root / code, code) for code in (RABAT, PARIS)}
        opened = {code: closing.enter_context(open_node(root / code)) for code in (RABAT, PARIS)}
        for code, other in ((RABAT, PARIS), (PARIS, RABAT)):
            for officer in OFFICERS:
                add_officer(opened[code].node, officer)
            add_partner(opened[code].node, made[other].card)
            confirm_partner(opened[code].node, other, made[other].safety_number)
        yield _furnished(opened[RABAT], opened[PARIS])


def _furnished(rabat: OpenNode, paris: OpenNode) -> House:
    nothing = DossierId(b"")
    house = House(rabat=rabat, paris=paris, agreement=nothing, asked=nothing, drugs=nothing, entry=EntryId(b""))
    proposed = house.act(RABAT, "chef", {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "coded": TERMS, "unit": "desk"})
    house.agreement = proposed.dossier
    house.act(PARIS, "chef", {"action": "agreement.consent", "dossier": proposed.dossier.hex()})
    asked = ask(house.act, "Ligne téléphonique, Sète")
    house.asked, house.entry = asked.dossier, asked.entry
    house.drugs = ask(house.act, "Camion frigorifique").dossier
    for code in (RABAT, PARIS):
        house.act(code, "chef", {"action": "assign", "dossier": house.drugs.hex(), "unit": "drugs", "officer": "stups"})
    return house


@pytest.fixture(autouse=True)
def _served(request: pytest.FixtureRequest) -> None:
    """Tests of pages begin at Rabat's."""
    if "house" in request.fixturenames:
        request.getfixturevalue("house").at(RABAT)
