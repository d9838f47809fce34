# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments on their pages: who writes, agrees, dissents, approves which text; what a refusal keeps."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from amana.dossiers.shared.vocabulary import DAY
from amana.node.access import open_scope
from amana.node.queries.assessments import show_assessment
from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

SITUATION = {"part": "situation", "language": "fr"}
JUDGEMENT = {"part": "judgement", "language": "fr", "likelihood": "likely", "confidence": "low"}


def begun(house: House, title: str = "Menace commune") -> str:
    """An assessment of both agencies, at Rabat with the unit `desk`."""
    given = {"action": "threat_assessment.begin", "to": [PARIS], "title": title, "unit": "desk", "coded": {"area": "drugs"}}
    return str(house.act(RABAT, "chef", given).dossier.hex())


def word(house: House, code: str, type: str, dossier: str, **more: Any) -> str:
    """Any word of a supervisor."""
    done = house.act(code, "chef", {"action": f"threat_assessment.{type}", "dossier": dossier, **more})
    return str(done.entry.hex())


def written(house: House) -> tuple[str, str, str]:
    """A situation by Rabat and a judgement by Paris: the dossier and both versions."""
    dossier = begun(house)
    situation = word(house, RABAT, "passage", dossier, text="Les saisies augmentent.", language="fr", coded=SITUATION)
    judgement = word(house, PARIS, "passage", dossier, text="La hausse est probable.", language="fr", coded=JUDGEMENT)
    return dossier, situation, judgement


def approved(house: House) -> tuple[str, str, str]:
    """The same, in force at both."""
    dossier, situation, judgement = written(house)
    until = house.rabat.node.clock.now() + 90 * DAY
    word(house, RABAT, "approve", dossier, coded={"valid_until": until})
    word(house, PARIS, "approve", dossier)
    return dossier, situation, judgement


def shown(house: House, dossier: str, code: str = RABAT) -> dict[str, Any]:
    node = house.node(code).node
    return show_assessment(node, open_scope(node, "chef"), DossierId(bytes.fromhex(dossier)), record=False)


def consulted(house: House, dossier: str) -> int:
    """How often the log of consultation has it."""
    id = DossierId(bytes.fromhex(dossier))
    return house.rabat.node.journal.read(lambda reading: len(reading.local_of(id, "consulted")))


def page(client: Client, dossier: str, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/assessments/{dossier}/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def fields(text: str, do: str) -> dict[str, str]:
    """The hidden fields of the form for this act, as the page shows them."""
    form = next(one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'name="do" value="{do}"' in one)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def say(client: Client, dossier: str, **given: str) -> Any:
    return client.post(f"/en/assessments/{dossier}/act/", given)


class TestReading:
    def test_the_list_says_by_area_until_when_each_can_be_relied_on(self, house: House) -> None:
        dossier, _, _ = approved(house)
        text = str(house.client("chef").get("/en/assessments/").content.decode())
        assert f"/en/assessments/{dossier}/" in text
        assert "drugs and psychotropic substances" in text
        assert "valid until" in text

    @pytest.mark.parametrize("language", ["ar", "fr", "en"])
    def test_words_of_likelihood_stand_with_their_meaning(self, house: House, language: str) -> None:
        dossier, _, _ = written(house)
        text = page(house.client("chef"), dossier, language=language)
        assert {"en": "55 to 80 per cent", "fr": "55 à 80", "ar": "55"}[language] in re.sub(r"<[^>]*>", "", text)
        assert "La hausse est probable." in text

    @pytest.mark.parametrize("query", ["write&on=new", "source&on=new", "dissent&on=whole", "withdraw", "leave"])
    def test_a_form_opens_by_its_address(self, house: House, query: str) -> None:
        dossier, _, _ = approved(house)
        text = page(house.client("chef"), dossier, f"?do={query}")
        assert 'id="writes"' in text
        assert text.count('id="writes"') == 1

    @pytest.mark.parametrize("do", ["write", "translate", "dissent", "object", "strike"])
    def test_a_form_stands_at_its_passage(self, house: House, do: str) -> None:
        dossier, _, judgement = written(house)
        text = page(house.client("chef"), dossier, f"?do={do}&on={judgement}")
        article = next(one for one in re.findall(r"<article.*?</article>", text, re.DOTALL) if "La hausse est probable." in one)
        assert f'name="do" value="{do}"' in article

    def test_another_unit_and_the_administrator_find_none(self, house: House) -> None:
        dossier, _, _ = written(house)
        for account in ("stups", "admin"):
            client = house.client(account)
            assert client.get(f"/fr/assessments/{dossier}/").status_code == 404
            assert client.post(f"/fr/assessments/{dossier}/act/", {"do": "leave"}).status_code == 404
        for other in (house.asked.hex(), "ab" * 32, "zz"):
            assert house.client("chef").get(f"/fr/assessments/{other}/").status_code == 404

    def test_looking_is_recorded_once_and_a_refused_act_is_no_look(self, house: House) -> None:
        dossier, _, judgement = written(house)
        client = house.client("chef")
        before = consulted(house, dossier)
        page(client, dossier)
        assert consulted(house, dossier) == before + 1
        assert say(client, dossier, do="translate", on=judgement, language="ar", text=" ").status_code == 409
        assert consulted(house, dossier) == before + 1


class TestWriting:
    def test_a_passage_is_written_worded_anew_translated_and_agreed_to(self, house: House) -> None:
        dossier = begun(house)
        client = house.client("chef")
        form = fields(page(client, dossier, "?do=write&on=new"), "write")
        given = {
            **form,
            "text": "Le prix baisse.",
            "language": "fr",
            "part": "judgement",
            "likelihood": "very_likely",
            "confidence": "high",
        }
        for _ in range(2):  # the same form twice says it once
            assert say(client, dossier, **given).status_code == 303
        passages = shown(house, dossier)["parts"][1]["passages"]
        assert [(one["versions"][0]["text"], one["versions"][0]["likelihood"]) for one in passages] == [("Le prix baisse.", "very_likely")]
        clause = passages[0]["clause"]
        form = fields(page(client, dossier, f"?do=write&on={clause}"), "write")
        assert form["replaces"] == clause
        anew = {**form, "text": "Le prix baisse encore.", "language": "fr", "part": "judgement", "likelihood": "", "confidence": "high"}
        assert say(client, dossier, **anew).status_code == 303
        version = shown(house, dossier)["parts"][1]["passages"][0]["versions"][0]
        assert (version["text"], version["likelihood"], version["before"]) == ("Le prix baisse encore.", "", "Le prix baisse.")
        form = fields(page(client, dossier, f"?do=translate&on={version['id']}"), "translate")
        assert say(client, dossier, **form, language="ar", text="لا يزال الثمن ينخفض.").status_code == 303
        text = page(client, dossier)
        assert "<ins>" in text
        assert 'lang="ar" dir="rtl">لا يزال الثمن ينخفض.' in text

    def test_agree_object_and_strike(self, house: House) -> None:
        dossier, _, judgement = written(house)
        client = house.client("chef")
        assert say(client, dossier, do="agree", on=judgement).status_code == 303
        assert shown(house, dossier)["parts"][1]["passages"][0]["state"] == "agreed"
        assert say(client, dossier, do="object", on=judgement, text="Trop tôt.", language="fr").status_code == 303
        assert shown(house, dossier)["parts"][1]["passages"][0]["state"] == "objected"
        form = fields(page(client, dossier, f"?do=strike&on={judgement}"), "strike")
        assert say(client, dossier, **form).status_code == 303
        held = shown(house, dossier)
        assert held["parts"][1]["passages"][0]["versions"][0]["struck"]
        assert held["draft"]["contested"] == [judgement]

    def test_dissent_stands_apart_until_it_is_taken_back(self, house: House) -> None:
        dossier, _, judgement = written(house)
        client = house.client("chef")
        form = fields(page(client, dossier, f"?do=dissent&on={judgement}"), "dissent")
        given = {**form, "text": "Nous en doutons.", "language": "fr", "likelihood": "unlikely", "confidence": "low"}
        assert say(client, dossier, **given).status_code == 303
        form = fields(page(client, dossier, "?do=dissent&on=whole"), "dissent")
        assert say(client, dossier, **form, text="Le champ est trop étroit.", language="fr", part="situation").status_code == 303
        held = shown(house, dossier)
        assert [one["text"] for one in held["parts"][1]["passages"][0]["dissents"]] == ["Nous en doutons."]
        assert [one["text"] for one in held["whole_dissents"]] == ["Le champ est trop étroit."]
        text = page(client, dossier)
        assert text.count('class="dissent"') == 2
        assert say(client, dossier, do="strike_dissent", on=held["whole_dissents"][0]["id"]).status_code == 303
        assert shown(house, dossier)["whole_dissents"] == []

    def test_sources_carry_their_grade(self, house: House) -> None:
        dossier = begun(house)
        client = house.client("chef")
        form = fields(page(client, dossier, "?do=source&on=new"), "source")
        given = {**form, "type": "technical", "letter": "B", "digit": "3", "text": "Relevés portuaires.", "language": "fr"}
        assert say(client, dossier, **given).status_code == 303
        source = shown(house, dossier)["sources"][0]
        assert (source["grade"], source["type"], source["text"]) == ("B3", "technical", "Relevés portuaires.")
        assert "source reliable in most cases" in page(client, dossier)
        assert say(client, dossier, do="strike_source", on=source["source"]).status_code == 303
        assert shown(house, dossier)["sources"] == []

    REFUSED: tuple[tuple[dict[str, str], str], ...] = (
        (
            {"do": "write", "on": "new", "part": "situation", "likelihood": "likely", "text": "Mot gardé", "language": "fr"},
            "judgements and outlooks",
        ),
        ({"do": "write", "on": "new", "part": "nowhere", "text": "Mot gardé", "language": "fr"}, "do not fit"),
        (
            {"do": "source", "on": "new", "type": "partner", "letter": "Z", "digit": "9", "text": "Mot gardé", "language": "fr"},
            "do not fit",
        ),
        ({"do": "dissent", "on": "whole", "part": "outlook", "confidence": "total", "text": "Mot gardé", "language": "fr"}, "do not fit"),
    )

    @pytest.mark.parametrize(("given", "told"), REFUSED)
    def test_what_is_refused_is_kept_in_its_form_with_the_reason(self, house: House, given: dict[str, str], told: str) -> None:
        dossier = begun(house)
        response = say(house.client("chef"), dossier, **given)
        text = response.content.decode()
        assert response.status_code == 409
        assert told in text
        assert "Mot gardé</textarea>" in text

    def test_what_has_moved_on_is_not_written_over(self, house: House) -> None:
        dossier, situation, _ = written(house)
        client = house.client("chef")
        response = say(client, dossier, do="translate", on="cd" * 32, text="Mot", language="ar")
        assert response.status_code == 409
        assert "has changed since this page was shown" in response.content.decode()
        assert say(client, dossier, do="poem", on=situation).status_code == 404


class TestApproving:
    def test_each_approves_exactly_the_text_that_was_shown(self, house: House) -> None:
        dossier, _, _ = written(house)
        client = house.client("chef")
        form = fields(page(client, dossier), "approve")
        assert say(client, dossier, **form, valid_until="2090-01-31").status_code == 303
        assert "Awaited" in page(client, dossier)
        other = house.client("chef", PARIS)
        house.act(RABAT, "chef", {"action": "note", "dossier": dossier, "text": "-"})  # everything exchanged
        form = fields(page(other, dossier), "accept")
        assert say(other, dossier, **form).status_code == 303
        assert shown(house, dossier, PARIS)["validity"] == "valid"
        assert "revision 1" in page(other, dossier)

    def test_a_text_that_moved_on_is_not_approved(self, house: House) -> None:
        dossier, _, judgement = written(house)
        client = house.client("chef")
        form = fields(page(client, dossier), "approve")
        word(house, PARIS, "passage", dossier, text="Autrement.", language="fr", coded={"clause": judgement})
        response = say(client, dossier, **form, valid_until="2090-01-31")
        assert response.status_code == 409
        assert "has changed since this page was shown" in response.content.decode()
        assert shown(house, dossier)["revisions"] == []

    def test_a_day_that_is_none_or_over_keeps_the_text_unapproved(self, house: House) -> None:
        dossier, _, _ = written(house)
        client = house.client("chef")
        for day in ("", "tomorrow", "2001-01-01"):
            form = fields(page(client, dossier), "approve")
            assert say(client, dossier, **form, valid_until=day).status_code == 409
        assert shown(house, dossier)["revisions"] == []

    def test_an_approval_is_taken_back_and_an_agency_leaves(self, house: House) -> None:
        dossier, _, _ = approved(house)
        client = house.client("chef")
        form = fields(page(client, dossier, "?do=withdraw"), "withdraw")
        assert say(client, dossier, **form, text="Nouveaux éléments.", language="fr").status_code == 303
        assert shown(house, dossier)["validity"] == "drafting"
        assert say(client, dossier, **fields(page(client, dossier, "?do=leave"), "leave")).status_code == 303
        assert shown(house, dossier)["present"] == [PARIS]
        assert 'name="do" value="approve"' not in page(client, dossier)

    def test_revisions_say_word_by_word_what_they_changed(self, house: House) -> None:
        dossier, _, judgement = approved(house)
        word(house, PARIS, "passage", dossier, text="La hausse est très probable.", language="fr", coded={"clause": judgement})
        word(house, RABAT, "approve", dossier)
        text = page(house.client("chef"), dossier)
        assert "Revision 2" in text
        assert re.search(r"<ins>\s*très\s*</ins>", text)

    def test_it_is_printed_with_its_dissent(self, house: House) -> None:
        dossier, _, _ = approved(house)
        response = house.client("chef").get(f"/fr/assessments/{dossier}/print/")
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF")
