# SPDX-License-Identifier: EUPL-1.2
"""Open pages are told of news and of no look; what was written is found as soon as it is committed."""

from __future__ import annotations

import threading

from amana.node.access import open_scope
from amana.node.queries.inbox import list_inbox
from amana.web.noticing import Noticing
from tests.compose.pairs import RABAT
from tests.web.conftest import House, ask

WAIT = 10.0


def test_an_entry_is_news_and_a_look_is_none(house: House) -> None:
    opened = house.at(RABAT)
    told = threading.Event()
    noticing = Noticing(opened.journal, told.set)
    opened.journal.on_commit(noticing.changed)
    noticing.start()
    try:
        assert told.wait(WAIT), "what was there before is news to a page"
        told.clear()
        list_inbox(opened.node, open_scope(opened.node, "chef"))
        assert not told.wait(0.5)
        ask(house.act, "Une nouvelle: mot rarissime")
        assert told.wait(WAIT)
    finally:
        noticing.stop()
        house.served = ""
        house.at(RABAT)
    assert noticing.index.find("rarissime", 5)


def test_it_ends_when_it_is_told_to(house: House) -> None:
    noticing = Noticing(house.at(RABAT).journal, lambda: None)
    noticing.start()
    noticing.stop()
    assert "noticing" not in {thread.name for thread in threading.enumerate()}
