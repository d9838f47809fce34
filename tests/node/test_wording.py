# SPDX-License-Identifier: EUPL-1.2
"""An agreement's wording from one node to another: what is shown to whom, and that nobody consents to another's wording."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.agreement.entries import Amend
from amana.dossiers.agreement.wording import Clause, Wording, wording_hash
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import default_marking
from amana.node.access import Role, Scope, open_scope
from amana.node.posting import Posting, Wish
from amana.node.queries.agreements import show_agreement
from amana.protocol.canonical import encode
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TERMS, allied, federation

CLAUSES = [
    {"number": "title", "language": "ar", "title": "اتفاق مختلق"},
    {"number": "1", "language": "fr", "title": "Stupéfiants", "text": "Les Parties coopèrent."},
    {"number": "1", "language": "ar", "title": "المخدرات", "text": "يتعاون الطرفان."},
]


def propose(made: Federation, **more: Any) -> DossierId:
    action = {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "language": "fr", "coded": TERMS, **more}
    done = made.act(RABAT, DESK, action)
    made.settle()
    assert done.dossier is not None
    return done.dossier


def shown(made: Federation, code: str, agreement: DossierId) -> Any:
    node = made.agencies[AgencyCode(code)].node
    return show_agreement(node, open_scope(node, DESK), agreement)


def held(made: Federation, code: str) -> list[DossierId]:
    """The agreements that an agency has."""
    journal = made.agencies[AgencyCode(code)].journal
    return [DossierId(row.id) for row in journal.read(lambda reading: list(reading.dossiers(kind="agreement")))]


def amend(made: Federation, code: str, agreement: DossierId, text: str) -> None:
    clauses = [{"number": "1", "language": "fr", "text": text}]
    made.act(code, DESK, {"action": "agreement.amend", "dossier": agreement.hex(), "detail": {"clauses": clauses}})


def test_the_partner_reads_the_same_clauses_in_each_language() -> None:
    made = federation(RABAT, PARIS)
    agreement = propose(made, detail={"clauses": CLAUSES})
    text = shown(made, PARIS, agreement)["texts"][0]
    assert (text["wording"], text["titles"], shown(made, PARIS, agreement)["titles"]) == ("read", *[{"ar": "اتفاق مختلق"}] * 2)
    assert text["clauses"] == shown(made, RABAT, agreement)["texts"][0]["clauses"]
    assert [(clause["number"], [one["language"] for one in clause["texts"]]) for clause in text["clauses"]] == [("1", ["fr", "ar"])]


def test_the_administrator_sees_no_clause_and_no_title() -> None:
    made = federation(RABAT, PARIS)
    agreement = propose(made, detail={"clauses": CLAUSES})
    node = made.agencies[AgencyCode(PARIS)].node
    scope = Scope(account="admin", role=Role.ADMINISTRATOR, units=frozenset(), language="fr", desk_unit=DESK)
    told = show_agreement(node, scope, agreement, record=False)
    assert (told["titles"], told["texts"][0]["clauses"], told["texts"][0]["titles"], told["reasons"]) == ({}, [], {}, [])


def test_two_parties_that_amend_the_wording_alone_at_the_same_time_have_not_agreed() -> None:
    made = allied(RABAT, PARIS)
    agreement = next(
        DossierId(row.id) for row in made.agencies[AgencyCode(RABAT)].journal.read(lambda reading: reading.dossiers(kind="agreement"))
    )
    amend(made, RABAT, agreement, "Texte de Rabat.")
    amend(made, PARIS, agreement, "Texte de Paris.")
    made.settle()
    texts = shown(made, PARIS, agreement)["texts"]
    assert [(text["version"], text["in_force"]) for text in texts] == [(2, False), (2, False), (1, True)]
    assert {text["clauses"][0]["texts"][0]["text"] for text in texts[:2]} == {"Texte de Rabat.", "Texte de Paris."}


@pytest.mark.parametrize(
    ("detail", "hash"),
    [
        (b"\xff\x00garbage", None),
        (encode(Wording(clauses=(Clause(number="1", language="fr", text="Autre."),))), b"\x11" * 32),
        (encode(Wording(clauses=(Clause(number="1", language="fr", text="Hors empreinte."),))), b""),
        (b"", b"\x22" * 32),
    ],
)
def test_a_wording_that_cannot_be_read_or_is_another_one_is_shown_as_unread(detail: bytes, hash: bytes | None) -> None:
    made = allied(RABAT, PARIS)
    villain = made.agencies[AgencyCode(RABAT)]
    agreement = held(made, RABAT)[0]
    coded = from_plain({**TERMS, "version": 2, "wording": (wording_hash(detail) if hash is None else hash).hex()}, Amend)
    wish = Wish(
        kind="agreement",
        type="amend",
        dossier=agreement,
        audience=(AgencyCode(PARIS),),
        coded=coded,
        marking=default_marking("agreement", "amend", opening=None, agreement=None, made_at=made.timeline.now),
        title="Amendement",
        detail=detail,
    )

    def write(writing: Any) -> None:
        posting = Posting(villain.node, writing)
        posting.append(wish)
        posting.flush()

    villain.journal.write(write)
    made.settle()
    text = shown(made, PARIS, agreement)["texts"][0]
    assert (text["version"], text["title"], text["wording"], text["clauses"]) == (2, "Amendement", "unread", [])


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ([CLAUSES[1], CLAUSES[1]], "clause_twice"),
        ([{"number": "1", "language": "fr"}], "clause_empty"),
        ([{"number": str(one), "language": "fr", "text": "x" * 8_000} for one in range(9)], "wording_too_long"),
        ([{"number": "", "language": "fr", "text": "x"}], "bad_values"),
    ],
)
def test_what_no_wording_can_be_is_refused_and_nothing_is_kept(clauses: list[Any], code: str) -> None:
    made = federation(RABAT, PARIS)
    with pytest.raises(Refusal) as refused:
        propose(made, detail={"clauses": clauses})
    assert refused.value.code == code
    assert held(made, RABAT) == []


def test_what_a_party_wrote_when_it_declined_is_there_for_the_counter_proposal() -> None:
    made = federation(RABAT, PARIS)
    agreement = propose(made, detail={"clauses": CLAUSES})
    made.act(PARIS, DESK, {"action": "agreement.decline", "dossier": agreement.hex(), "text": "Trop large.", "language": "fr"})
    made.settle()
    told = shown(made, RABAT, agreement)
    assert told["declined_by"] == [PARIS]
    assert [(one["agency"], one["text"], one["text_of"]) for one in told["reasons"]] == [(PARIS, "Trop large.", told["texts"][0]["entry"])]
