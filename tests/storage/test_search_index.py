# SPDX-License-Identifier: EUPL-1.2
"""Search from the journal to the hit: what is found where, what is forgotten, and what others never learn."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from amana.node.queries.register import Filters
from amana.node.queries.search import cut, search
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import ADMINISTRATOR
from amana.simulation.federation import Federation
from amana.storage.search_index import SearchIndex
from tests.federation.acts import PARIS, RABAT, ask, say
from tests.node.desks import OTHER_UNIT, at, consultations, desks

ITEMS: list[dict[str, Any]] = [
    {"type": "phone", "value": {"number": "+212 6 00 00 04 17"}},
    {"type": "person", "value": {"names": ["رشيد الودغيري", "Rachid El Oudghiri"], "born": "1987"}, "category": "suspect"},
    {"type": "vehicle", "value": {"plate": "48213|ب|6", "country": "MA"}},
    {"type": "document", "value": {"kind": "passport", "number": "00XX00417"}},
]
TITLE = "Camion frigorifique et son conducteur"
TEXT = "حسب المعطيات المتوفرة، يُشتبه في أن الشاحنة المسجلة بالمغرب نقلت كمية من الأقراص"


@pytest.fixture
def made() -> Federation:
    return desks()


@pytest.fixture
def dossier(made: Federation) -> DossierId:
    dossier = ask(made, RABAT, PARIS, title=TITLE, text=TEXT, items=ITEMS)
    made.settle()
    say(made, PARIS, "information_request.answer", dossier, text="Le véhicule est passé au péage de Sète.")
    made.settle()
    return dossier


def found(made: Federation, text: str, *, index: SearchIndex | None = None, account: str = "desk", **more: Any) -> list[dict[str, Any]]:
    hits = search(*at(made, RABAT, account), index or SearchIndex(), text, **more)["hits"]
    assert isinstance(hits, list)
    return hits


@pytest.mark.parametrize(
    ("asked", "field", "number"),
    [
        ("CONDUCTÉUR", "title", 1),
        ("frigo", "title", 1),
        ("معطيات", "text", 1),
        ("الشاحنه", "text", 1),
        ("sete peage", "text", 3),
        ("oudghiri rachid", "items", 1),
        ("رشيد", "items", 1),
        ("06 00 00 04 17", "numbers", 1),
        ("٠٤١٧", "numbers", 1),
        ("48213-ب-6", "numbers", 1),
        ("00xx 00417", "numbers", 1),
    ],
)
def test_it_is_found_where_it_stands(made: Federation, dossier: DossierId, asked: str, field: str, number: int) -> None:
    [hit] = found(made, asked)
    assert (hit["dossier"]["dossier"], hit["field"], hit["number"]) == (dossier.hex(), field, number)
    assert any(part["hit"] for part in hit["snippet"])


@pytest.mark.parametrize("asked", ["", "  ", "*", '"', "introuvable", "NEAR(", "title:camion)", "2026", "a" * 10_000])
def test_what_is_not_there_is_not_found_and_nothing_breaks(made: Federation, dossier: DossierId, asked: str) -> None:
    assert dossier
    assert found(made, asked) == ([] if asked != "title:camion)" else found(made, "title camion"))


def test_references_and_partners_are_found(made: Federation, dossier: DossierId) -> None:
    reference = f"MA-DGSN/2026/{dossier.hex()[:6].upper()}"
    for asked in (reference, reference[-6:], reference.lower(), dossier.hex()):
        assert [hit["field"] for hit in found(made, asked)][:1] == ["reference"], asked
    assert {hit["field"] for hit in found(made, "dgpn")} == {"partner"}
    assert len(found(made, "fr.dgpn", filters=Filters(kind="information_request"))) == 1


def test_one_index_keeps_up_with_what_arrives(made: Federation, dossier: DossierId) -> None:
    index = SearchIndex()
    assert found(made, "supplément", index=index) == []
    say(made, PARIS, "information_request.supplement", dossier, text="Un supplément.")
    made.settle()
    assert [hit["author"] for hit in found(made, "supplement", index=index)] == [PARIS]


def _kept(index: SearchIndex) -> bytes:
    """The words as the index keeps them: each without what it shares with the one before."""
    return b"".join(block for (block,) in index._raw.execute("SELECT block FROM word_data"))


def test_what_is_erased_is_forgotten_by_an_index_that_knew_it(made: Federation, dossier: DossierId) -> None:
    made.settle()
    supplement = say(made, PARIS, "information_request.supplement", dossier, text="Secret de polichinelle 778899.")
    made.settle()
    index = SearchIndex()
    assert len(found(made, "polichinelle", index=index)) == len(found(made, "778899", index=index)) == 1
    assert b"lichinelle" in _kept(index)
    say(made, PARIS, "information_request.recall_request", dossier, coded={"entry": supplement.hex(), "code": "incorrect"})
    made.settle()
    say(made, RABAT, "information_request.recall_answer", dossier, coded={"code": "erased"})
    assert found(made, "polichinelle", index=index) == found(made, "778899", index=index) == []
    assert b"lichinelle" not in _kept(index)


@pytest.mark.parametrize("asked", ["conducteur", "0417", "dgpn"])
def test_who_may_not_see_a_dossier_finds_nothing_of_it(made: Federation, dossier: DossierId, asked: str) -> None:
    assert found(made, asked) != []
    assert found(made, asked, account=OTHER_UNIT) == []
    with pytest.raises(Refusal, match="not_found"):
        found(made, asked, account=ADMINISTRATOR)


def test_hits_are_counted_and_bounded(made: Federation) -> None:
    for _ in range(4):
        ask(made, RABAT, PARIS, title="Même objet")
    shown = search(*at(made), SearchIndex(), "objet", limit=3)
    assert (len(shown["hits"]), shown["total"], shown["truncated"]) == (3, 4, True)


def test_that_somebody_searched_is_recorded_and_not_what_for(made: Federation, dossier: DossierId) -> None:
    found(made, "conducteur")
    assert consultations(made)[-1] == "search"
    rows = made[RABAT].journal.read(lambda reading: reading.local_after(0, 10_000))
    assert not any(b"conducteur" in (row.content or b"") for row in rows)


def test_threads_share_one_index(made: Federation, dossier: DossierId) -> None:
    index = SearchIndex()
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(len(found(made, "camion", index=index)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [1] * 8


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("un deux trois", [(3, 7)], ["un ", "[deux]", " trois"]),
        ("un", [], ["un"]),
        ("x" * 200 + " deux", [(201, 205)], ["…", "x" * 79 + " ", "[deux]"]),
    ],
)
def test_a_snippet_is_cut_around_its_first_match(text: str, spans: list[tuple[int, int]], shown: list[str]) -> None:
    assert [f"[{part['text']}]" if part["hit"] else part["text"] for part in cut(text, spans)] == shown
