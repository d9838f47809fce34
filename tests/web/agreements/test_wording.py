# SPDX-License-Identifier: EUPL-1.2
"""The wording on its pages: written by clause in three languages, compared, answered, and what opens a blocked flow."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.compose.pairs import PARIS, RABAT, exchange
from tests.web.agreements.test_agreements import FORM, hidden, proposed, stage
from tests.web.conftest import House

WORDED: dict[str, Any] = {
    **{name: value for name, value in FORM.items() if name not in ("title", "words")},
    "title_ar": "ترتيب مختلق",
    "title_fr": "Arrangement rédigé",
    "areas": ["fraud"],
    "article_0_areas": ["fraud"],
    "preamble_text_fr": "Les Parties sont convenues :",
    "preamble_text_ar": "اتفق الطرفان على ما يلي:",
    "article_0_title_fr": "Échange",
    "article_0_text_fr": "Les Parties échangent des informations.",
    "article_0_text_ar": "يتبادل الطرفان المعلومات.",
    "clauses": "2",
    "clause_0": "9",
    "clause_0_text_fr": "Chaque Partie supporte ses frais.",
    "closing_text_fr": "Fait en deux exemplaires.",
}
BLOCKED = f"/fr/write/information_request/request/?to={PARIS}&coded.area=corruption&coded.urgency=urgent&coded.types=information"


def written(house: House, **more: Any) -> str:
    """An arrangement that Rabat's supervisor wrote in the form."""
    response = house.client("chef").post("/fr/write/agreement/propose/", {**WORDED, **more})
    assert response.status_code == 303
    exchange(house.rabat, house.paris)
    return str(response["Location"].split("/")[3])


def page(house: House, dossier: str, *, code: str = PARIS, language: str = "fr", account: str = "chef") -> str:
    return house.client(account, code).get(f"/{language}/agreements/{dossier}/").content.decode()


def test_the_partner_reads_every_clause_in_its_languages_the_pages_first(house: House) -> None:
    dossier = written(house)
    shown = page(house, dossier, language="ar")
    assert "ترتيب مختلق" in shown
    clause = re.search(r"<details class=\"art-clause.*?</details>", shown[shown.index("Échange") - 2000 :], re.DOTALL)
    assert clause is not None
    for words in ("Les Parties échangent des informations.", "يتبادل الطرفان المعلومات.", "Chaque Partie supporte ses frais."):
        assert words in shown
    assert shown.index('lang="ar"><p class="txt">') < shown.index('lang="fr"><p class="txt">')


def test_a_consent_is_given_to_this_wording_by_its_version_and_first_digits(house: House) -> None:
    dossier = written(house, title_fr="À consentir, rédigé")
    client = house.client("chef", PARIS)
    fields = hidden(client, dossier, "consent")
    assert fields["hash"][:8] in client.get(f"/fr/agreements/{dossier}/").content.decode()
    assert client.post(f"/fr/agreements/{dossier}/act/", fields).status_code == 303
    assert stage(house, PARIS, dossier) == "in_force"


def test_an_amendment_begins_with_the_clauses_and_shows_what_changed_word_by_word(house: House) -> None:
    dossier = written(house, title_fr="À amender, rédigé")
    client = house.client("chef")
    form = client.get(f"/fr/write/agreement/amend/?dossier={dossier}").content.decode()
    for words in ("يتبادل الطرفان المعلومات.", "Chaque Partie supporte ses frais.", "À amender, rédigé"):
        assert words in form
    changed = {
        **WORDED,
        "dossier": dossier,
        "article_0_text_fr": "Les Parties échangent des renseignements.",
        "clause_0": "",
        "clause_0_text_fr": "",
    }
    assert client.post("/fr/write/agreement/amend/", changed).status_code == 303
    shown = page(house, dossier, code=RABAT)
    assert ("<del>informations</del>" in shown, "<ins>renseignements</ins>" in shown) == (True, True)
    for state in ("modifiée", "supprimée", "inchangée"):
        assert state in shown


def test_after_a_decline_its_reason_stands_there_and_a_counter_proposal_is_one_step_away(house: House) -> None:
    dossier = written(house, title_fr="À refuser, rédigé")
    client = house.client("chef", PARIS)
    fields = {**hidden(client, dossier, "decline"), "words": "L’article 1 est trop large.", "language": "fr"}
    assert client.post(f"/fr/agreements/{dossier}/act/", fields).status_code == 303
    exchange(house.rabat, house.paris)
    shown = page(house, dossier, code=RABAT)
    assert ("L’article 1 est trop large." in shown, "Faire une contre-proposition" in shown) == (True, True)
    assert f"/fr/write/agreement/amend/?dossier={dossier}" in shown


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"clause_0": ""}, "Une clause est rédigée sans numéro."),
        ({"clause_0": "1"}, "Deux clauses portent le même numéro."),
        ({"clause_0": "preamble"}, "Deux clauses portent le même numéro."),
        ({"article_0_text_fr": "x" * 8_001}, "Une clause dépasse la longueur permise"),
        (
            {f"clause_{one}": str(one + 20) for one in range(9)}
            | {f"clause_{one}_text_fr": "x" * 8_000 for one in range(9)}
            | {"clauses": "9"},
            "trop longue dans son ensemble",
        ),
    ],
)
def test_what_is_wrong_with_the_wording_is_told_beside_it(house: House, changed: dict[str, str], problem: str) -> None:
    response = house.client("chef").post("/fr/write/agreement/propose/", {**WORDED, **changed})
    shown = response.content.decode()
    assert (response.status_code, problem in shown, 'href="#f-wording"' in shown, "يتبادل الطرفان المعلومات." in shown) == (
        400,
        True,
        True,
        True,
    )


def test_room_for_more_clauses_keeps_what_was_typed(house: House) -> None:
    shown = house.client("chef").post("/fr/write/agreement/propose/", {**WORDED, "more_clauses": "1"}).content.decode()
    assert ('name="clauses" value="4"' in shown, "Chaque Partie supporte ses frais." in shown) == (True, True)


def test_a_supplementary_arrangement_begins_with_parties_and_conditions_of_its_agreement(house: House) -> None:
    client = house.client("chef")
    assert f"/fr/write/agreement/propose/?supplements={house.agreement.hex()}" in page(house, house.agreement.hex(), code=RABAT)
    shown = client.get(
        f"/fr/write/agreement/propose/?supplements={house.agreement.hex()}&area=corruption&form=information"
    ).content.decode()
    assert f'<option value="{house.agreement.hex()}" selected>' in shown
    for chosen in (
        f'name="to" value="{PARIS}" checked',
        'name="areas" value="corruption" checked',
        'name="article_0_forms" value="information" checked',
    ):
        assert chosen in shown


@pytest.mark.parametrize("asked", ["supplements=zz", f"supplements={'ab' * 32}", "area=nothing&form=nothing", "to=es.cnp"])
def test_what_an_address_names_and_is_not_there_is_left_out(house: House, asked: str) -> None:
    response = house.client("chef").get(f"/fr/write/agreement/propose/?{asked}")
    assert response.status_code == 200
    assert "checked><span>corruption" not in response.content.decode()


def test_a_blocked_form_offers_a_supervisor_the_arrangement_that_would_open_it(house: House) -> None:
    shown = house.client("chef").get(BLOCKED).content.decode()
    address = re.search(r'href="(/fr/write/agreement/propose/\?[^"]+)"', shown)
    assert address is not None
    for named in ("supplements=", "area=corruption", "form=information", f"to={PARIS}"):
        assert named in address[1]
    assert house.client("chef").get(address[1].replace("&amp;", "&")).status_code == 200


def test_a_blocked_form_tells_a_desk_officer_whom_to_ask(house: House) -> None:
    shown = house.client("liaison").get(BLOCKED).content.decode()
    assert "Demandez à" in shown
    assert "reste parmi les brouillons" in shown


def test_where_a_text_is_under_way_no_other_is_offered(house: House) -> None:
    proposed_text = proposed(house, "Attente")
    assert proposed_text
    written(house, title_fr="En route", areas=["environmental_crime"], article_0_areas=["environmental_crime"])
    shown = house.client("chef").get(BLOCKED.replace("corruption", "environmental_crime")).content.decode()
    assert "/fr/write/agreement/propose/?" not in shown


def test_the_dossier_of_an_agreement_leads_to_its_wording(house: House) -> None:
    dossier = written(house, title_fr="Au dossier")
    shown = house.client("chef").get(f"/fr/dossiers/{dossier}/?thread=1").content.decode()
    assert f'<a href="/fr/agreements/{dossier}/">Clause par clause</a>' in shown
