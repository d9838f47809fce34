# SPDX-License-Identifier: EUPL-1.2
"""Communiqués on their pages: writing, joining, agreeing, approving by hash, embargo, release, copies, codes; for whom."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from amana.node.access import open_scope
from amana.node.queries.communiques import show_communique
from amana.phrases.terms import departures
from amana.protocol.identifiers import DossierId
from amana.web.communiques.pieces import pieces_of
from tests.compose.pairs import PARIS, RABAT, exchange
from tests.web.conftest import House

LANGUAGES = ("ar", "fr", "en")
HEADING = {"ar": "بلاغ مشترك", "fr": "Communiqué conjoint", "en": "Joint communiqué"}
FIRST = {"ar": "عقدت جلستا العمل بالرباط.", "fr": "Les deux séances ont eu lieu à Rabat.", "en": "The two sessions were held in Rabat."}


@dataclass
class Workshop:
    """One communiqué, seen from Rabat's and Paris's pages."""

    house: House
    dossier: str

    def client(self, account: str = "chef", code: str = RABAT) -> Client:
        return self.house.client(account, code)

    @property
    def address(self) -> str:
        return f"/fr/communiques/{self.dossier}/"

    def page(self, query: str = "", account: str = "chef", code: str = RABAT) -> str:
        response = self.client(account, code).get(self.address + query)
        assert response.status_code == 200
        return str(response.content.decode())

    def say(self, do: str, fields: dict[str, Any], account: str = "chef", code: str = RABAT) -> Any:
        """What a form of the page sends, and everything exchanged."""
        response = self.client(account, code).post(f"{self.address}act/", {"do": do, "form": f"{time.time_ns():x}", **fields})
        self.settle()
        return response

    def settle(self) -> None:
        exchange(self.house.rabat, self.house.paris)

    def shown(self, code: str = RABAT) -> dict[str, Any]:
        node = self.house.node(code).node
        return show_communique(node, open_scope(node, "chef"), DossierId(bytes.fromhex(self.dossier)), record=False)

    def add(self, texts: dict[str, str], code: str = RABAT, role: str = "paragraph") -> None:
        fields = {f"text_{language}": text for language, text in texts.items()}
        last = self.shown(code)["clauses"]
        after = last[-1]["clause"] if last else ""
        assert self.say("write", {"clause": "new", "role": role, "after": after, **fields}, code=code).status_code == 303

    def fields(self, page: str, do: str) -> dict[str, str]:
        """The hidden fields of the first form that does this."""
        form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="do" value="{do}"' in one)
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))

    def approve_all(self) -> None:
        for code in (RABAT, PARIS):
            for language in LANGUAGES:
                held = next(one for one in self.shown(code)["approvals"] if one["language"] == language)
                given = {"language": language, "hash": held["hash"], "versions": " ".join(held["versions"])}
                assert self.say("approve", given, code=code).status_code == 303

    def release(self) -> Any:
        hashes = " ".join(one["hash"] for one in self.shown()["approvals"])
        return self.say("release", {"hashes": hashes})


def begin(house: House, title: str, **coded: Any) -> Workshop:
    given = {"action": "communique.draft", "to": [PARIS], "title": title, "language": "fr", "coded": coded, "unit": "desk"}
    return Workshop(house, house.act(RABAT, "chef", given).dossier.hex())


def written(house: House, title: str, **coded: Any) -> Workshop:
    made = begin(house, title, **coded)
    made.add(HEADING, role="heading")
    made.add(FIRST)
    return made


class TestWriting:
    def test_a_clause_is_written_in_several_languages_by_one_form(self, house: House) -> None:
        made = written(house, "Trois langues")
        for code in (RABAT, PARIS):
            rows = made.shown(code)["clauses"]
            assert [cell["versions"][0]["text"] for cell in rows[1]["cells"]] == [FIRST[language] for language in LANGUAGES]
            assert [row["role"] for row in rows] == ["heading", "paragraph"]
        page = made.page()
        assert FIRST["ar"] in page.replace('<bdi dir="ltr">', "").replace("</bdi>", "")
        assert 'dir="rtl"' in page

    def test_the_same_form_twice_writes_once(self, house: House) -> None:
        made = begin(house, "Deux fois")
        fields = {"clause": "new", "role": "paragraph", "form": "form-0000-0001", **{f"text_{code}": text for code, text in FIRST.items()}}
        for _ in range(2):
            assert made.say("write", fields).status_code == 303
        assert len(made.shown()["clauses"]) == 1

    def test_only_the_languages_that_were_changed_are_said(self, house: House) -> None:
        made = written(house, "Une langue")
        page = made.page(f"?do=write&clause={made.shown()['clauses'][1]['clause']}", code=PARIS)
        fields = made.fields(page, "write") | {f"text_{code}": text for code, text in FIRST.items()}
        fields["text_fr"] = "Les deux séances ont eu lieu à Rabat, en décembre."
        before = made.shown()["written"]
        assert made.say("write", fields, code=PARIS).status_code == 303
        assert made.shown()["written"] == before + 1
        page = made.page()
        assert "<ins>" in page
        assert (
            made.say("write", made.fields(made.page(f"?do=write&clause={made.shown()['clauses'][1]['clause']}"), "write")).status_code
            == 409
        )

    def test_who_writes_at_once_loses_nothing_and_one_wording_joins_both(self, house: House) -> None:
        made = written(house, "En même temps")
        clause = made.shown()["clauses"][1]["clause"]
        opened = {code: made.fields(made.page(f"?do=write&clause={clause}", code=code), "write") for code in (RABAT, PARIS)}
        for code, text in ((RABAT, "Séances à Rabat."), (PARIS, "Séances en décembre.")):
            house.at(code)
            made.client("chef", code).post(f"{made.address}act/", opened[code] | {"text_fr": text})
        made.settle()
        for code in (RABAT, PARIS):
            page = made.page(code=code)
            assert "Séances à Rabat." in re.sub(r"</?(?:ins|del|bdi)[^>]*>", "", re.sub(r"<del>.*?</del>", "", page))
            assert "Séances en décembre." in re.sub(r"</?(?:ins|del|bdi)[^>]*>", "", re.sub(r"<del>.*?</del>", "", page))
            assert "En rédiger une qui réunit les deux" in page
        joining = made.page(f"?do=write&clause={clause}")
        fields = made.fields(joining, "write")
        assert len(fields["replaces_fr"].split()) == 2
        assert "Séances à Rabat.\n\nSéances en décembre." in joining or "Séances en décembre.\n\nSéances à Rabat." in joining
        assert made.say("write", fields | {"text_fr": "Séances à Rabat, en décembre."}).status_code == 303
        assert [len(cell["versions"]) for cell in made.shown(PARIS)["clauses"][1]["cells"]] == [1, 1, 1]

    def test_a_clause_moves_and_is_struck(self, house: House) -> None:
        made = written(house, "Ordre")
        made.add({"fr": "Deuxième."})
        last = made.shown()["clauses"][2]["clause"]
        assert made.say("move", {"clause": last, "after": made.shown()["clauses"][0]["clause"]}).status_code == 303
        assert made.shown()["clauses"][1]["clause"] == last
        assert made.say("strike", {"clause": last}).status_code == 303
        assert made.say("agree", {"versions": " ".join(made.shown(PARIS)["clauses"][1]["open"])}, code=PARIS).status_code == 303
        assert last not in {row["clause"] for row in made.shown()["clauses"]}
        assert "supprimée d’un commun accord" in made.page()

    def test_what_was_typed_stays_where_an_act_is_refused(self, house: House) -> None:
        made = written(house, "Rien de perdu")
        refused = made.say("write", {"clause": "new", "text_fr": "x" * 20_001})
        assert refused.status_code == 409
        assert "x" * 20_001 in refused.content.decode()
        refused = made.say(
            "object", {"clause": made.shown()["clauses"][0]["clause"], "words": "Motif à garder.", "versions": ""}, code=PARIS
        )
        assert refused.status_code == 409
        assert "Motif à garder." in refused.content.decode()

    def test_a_clause_that_was_being_written_is_found_again_after_the_session(self, house: House) -> None:
        made = written(house, "Session")
        fields = made.fields(made.page("?do=write&clause=new"), "write") | {"text_fr": "Écrit avant la fin."}
        gone = made.house.client().post(f"{made.address}act/", fields)
        assert gone.status_code == 302
        back = made.client().get(re.sub(r".*next=", "", gone["Location"]).replace("%2F", "/"), follow=True)
        assert "Écrit avant la fin." in back.content.decode()

    def test_an_objection_says_why_and_the_clause_waits(self, house: House) -> None:
        made = written(house, "Objection")
        row = made.shown(PARIS)["clauses"][1]
        fields = made.fields(made.page(f"?do=object&clause={row['clause']}", code=PARIS), "object") | {
            "words": "Trop tôt.",
            "language": "fr",
        }
        assert made.say("object", fields, code=PARIS).status_code == 303
        assert made.shown()["clauses"][1]["state"] == "objected"
        page = made.page()
        assert f"{PARIS} s’oppose" in re.sub(r"<[^>]+>", "", page)
        assert "Trop tôt." in page
        assert made.say("agree", {"versions": " ".join(made.shown(PARIS)["clauses"][1]["agreeable"])}, code=PARIS).status_code == 303
        assert "Trop tôt." not in made.page()


class TestReleasing:
    def test_an_approval_is_of_exactly_the_text_that_was_shown(self, house: House) -> None:
        made = written(house, "Empreinte")
        fields = made.fields(made.page(), "approve")
        assert (fields["language"], len(fields["hash"])) == ("ar", 64)
        row = made.shown()["clauses"][1]
        changed = {"clause": row["clause"], "text_ar": "غير هذا.", "replaces_ar": row["cells"][0]["versions"][0]["id"]}
        assert made.say("write", changed, code=PARIS).status_code == 303
        assert made.say("approve", fields).status_code == 409
        assert "Le texte a changé" in made.say("approve", fields).content.decode()
        assert made.say("approve", made.fields(made.page(), "approve")).status_code == 303

    def test_a_desk_writes_and_a_supervisor_binds(self, house: House) -> None:
        made = written(house, "Responsable")
        page = made.page(account="liaison")
        assert 'value="approve"' not in page
        assert "Un responsable hiérarchique approuve et publie au nom du service" in page
        held = made.shown()["approvals"][0]
        given = {"language": held["language"], "hash": held["hash"], "versions": " ".join(held["versions"])}
        assert made.say("approve", given, account="liaison").status_code == 409
        assert made.say("write", {"clause": "new", "text_fr": "Par un agent."}, account="liaison").status_code == 303

    def test_nothing_is_given_out_before_and_a_draft_says_that_it_is_one(self, house: House) -> None:
        made = written(house, "Embargo", embargo=int(time.time() * 1000) + 3_600_000)
        made.approve_all()
        client = made.client()
        for form in ("text", "html", "pdf"):
            refused = client.get(f"{made.address}copy/{form}/fr/")
            assert refused.status_code == 409
            assert "Rien n’est communiqué avant la publication" in refused.content.decode()
            assert FIRST["fr"].encode() not in refused.headers.get("Content-Disposition", "").encode()
        assert "Publier à" in made.page()
        assert made.release().status_code == 303
        refused = client.get(f"{made.address}copy/text/all/")
        assert refused.status_code == 409
        assert "ce texte sera public le" in refused.content.decode()
        draft = client.get(f"{made.address}draft/all/")
        assert (draft.status_code, draft["Content-Type"]) == (200, "application/pdf")
        assert "draft" in draft["Content-Disposition"]

    def test_the_button_says_what_is_missing(self, house: House) -> None:
        page = written(house, "Conditions").page()
        assert re.search(r'<button[^>]*aria-disabled="true"[^>]*id="say-release"', page)
        assert "conditions avant la publication" in page
        assert "la publication reste à déclarer" in page

    def test_what_is_public_is_given_out_in_every_form_and_its_code_confirmed_by_the_other(self, house: House) -> None:
        made = written(house, "Public")
        made.approve_all()
        assert made.release().status_code == 303
        client = made.client()
        for form, type in (("text", "text/plain"), ("html", "text/html"), ("pdf", "application/pdf")):
            for languages in (*LANGUAGES, "all"):
                copy = client.get(f"{made.address}copy/{form}/{languages}/")
                assert copy.status_code == 200
                assert copy["Content-Type"].startswith(type)
                assert "attachment" in copy["Content-Disposition"]
        code = next(one["code"] for one in made.shown()["released"] if one["language"] == "fr")
        text = client.get(f"{made.address}copy/text/fr/").content.decode()
        assert code in text
        paris = made.client("liaison", PARIS)
        page = paris.post("/fr/codes/", {"typed_code": code.lower(), "pasted": f"{HEADING['fr']}\n{FIRST['fr']}"}).content.decode()
        assert "mot pour mot" in page
        assert "n’est pas le texte publié" in paris.post("/fr/codes/", {"typed_code": code, "pasted": "Autre chose."}).content.decode()
        assert made.page().count(code) == 1

    @pytest.mark.parametrize(("typed", "says"), [("0000-0000-0000-0000-0", "Aucun texte"), ("ABC", "dix-sept"), ("", "dix-sept")])
    def test_a_code_that_is_none_says_what_to_compare(self, typed: str, says: str, house: House) -> None:
        response = house.client("liaison").post("/fr/codes/", {"typed_code": typed})
        assert response.status_code == 400
        assert says.lower() in response.content.decode().lower()

    def test_an_embargo_is_set_by_the_clock_of_the_reader_and_lifted(self, house: House) -> None:
        made = written(house, "Horloge")
        assert made.say("embargo", {"until": "2020-01-01T10:00"}).status_code == 409
        assert made.say("embargo", {"until": "demain"}).status_code == 409
        assert made.say("embargo", {"until": "2099-12-15T18:00"}).status_code == 303
        assert "18:00" in made.page()
        assert made.say("lift", {}).status_code == 303
        assert made.shown()["embargo_until"] == 0


class TestForWhom:
    def test_who_may_not_see_it_finds_nothing_at_any_address(self, house: House) -> None:
        made = written(house, "Ailleurs")
        client = house.client("stups")
        for path in ("", "part/", "compare/", "draft/fr/", "copy/text/fr/"):
            assert client.get(made.address + path).status_code == 404
        assert client.post(f"{made.address}act/", {"do": "agree"}).status_code == 404
        assert "Ailleurs" not in client.get("/fr/communiques/").content.decode()

    @pytest.mark.parametrize("path", ["copy/exe/fr/", "copy/text/es/", "draft/es/", "compare/?language=es", "compare/?from=99&to=100"])
    def test_what_does_not_exist_is_not_found(self, path: str, house: House) -> None:
        made = written(house, "Adresses")
        assert made.client().get(made.address + path).status_code == 404
        assert made.client().post(f"{made.address}act/", {"do": "dance"}).status_code == 404

    def test_another_kind_of_dossier_has_no_workshop_and_its_own_page_leads_here(self, house: House) -> None:
        assert house.client("chef").get(f"/fr/communiques/{house.asked.hex()}/").status_code == 404
        made = written(house, "Mène ici")
        response = made.client().get(f"/fr/dossiers/{made.dossier}/")
        assert (response.status_code, response["Location"]) == (302, made.address)

    def test_the_part_is_sent_only_where_it_has_changed_and_never_takes_a_form_away(self, house: House) -> None:
        made = written(house, "Vivant")
        mark = re.search(r"mark=(\w+)", made.page())
        assert mark is not None
        assert made.client().get(f"{made.address}part/?mark={mark[1]}").status_code == 204
        made.add({"fr": "De plus."}, code=PARIS)
        renewed = made.client().get(f"{made.address}part/?mark={mark[1]}").content.decode()
        assert "De plus." in renewed
        editing = made.client().get(f"{made.address}part/?mark={mark[1]}&editing=1&draft=6").content.decode()
        assert "De plus." not in editing
        assert "Le texte a changé pendant que vous écriviez" in editing


@pytest.mark.parametrize(
    ("before", "text", "marked"),
    [
        ("", "La coopération d’intelligence se poursuit.", True),
        ("La coopération continue.", "La coopération d’intelligence continue.", True),
        ("Rien.", "Tout autre chose.", False),
        ("", "", False),
    ],
)
def test_pieces_without_what_went_are_the_wording_letter_by_letter(before: str, text: str, marked: bool) -> None:
    pieces = pieces_of(before, text, departures("fr", text))
    assert "".join(one["text"] for one in pieces if one["kind"] != "del") == text
    assert any(one["departs"] for one in pieces) is marked
