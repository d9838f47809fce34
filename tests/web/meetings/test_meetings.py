# SPDX-License-Identifier: EUPL-1.2
"""Pages of visits and sessions, as officers at two nodes use them without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.federation.acts import DAY
from tests.web.conftest import House

HOUR = 60 * 60 * 1000


@pytest.fixture
def visit(house: House) -> DossierId:
    """A visit to Rabat with one session on its first morning, a point of the agenda by Paris."""
    return convene(house, 10 * DAY)


def convene(house: House, starts: int, **coded: Any) -> DossierId:
    first = house.rabat.node.clock.now() + starts
    given = {
        "action": "meeting.convene",
        "to": [PARIS],
        "title": "زيارة عمل",
        "language": "ar",
        "unit": "desk",
        "detail": {"place": "الرباط"},
        "coded": {"form": "visit", "level": "joint_committee", "starts": first, "ends": first + 2 * DAY, **coded},
    }
    dossier: DossierId = house.act(RABAT, "chef", given).dossier
    say(house, RABAT, "session", dossier, title="جلسة", language="ar", coded={"starts": first, "ends": first + 3 * HOUR})
    say(house, PARIS, "agenda_point", dossier, title="Bilan", language="fr", coded={"language": "fr"})
    return dossier


def say(house: House, code: str, type: str, dossier: DossierId, **more: Any) -> Any:
    return house.act(code, "chef", {"action": f"meeting.{type}", "dossier": dossier.hex(), **more}).entry


def address(name: str, dossier: DossierId, **named: str) -> str:
    return re.sub(r"^/(ar|en|fr)/", "/fr/", reverse(name, kwargs={"dossier": dossier.hex(), **named}))


def page_of(house: House, dossier: DossierId, account: str = "chef", code: str = RABAT) -> str:
    return shown(house.client(account, code).get(address("meeting", dossier)))


def shown(response: Any) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def fields_of(page: str) -> dict[str, Any]:
    """The hidden fields of the form of a word, and what its fields hold."""
    form = page[page.index('<form class="stack act"') :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = [text]
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


@pytest.mark.parametrize(
    "type", ["agenda_point", "minutes_point", "decision", "delegation", "programme", "session", "action", "reschedule", "cancel", "leave"]
)
def test_each_form_opens_as_a_page_and_as_a_dialog(house: House, visit: DossierId, type: str) -> None:
    client = house.client("chef")
    for headers, whole in (({}, True), ({"HX-Request": "true"}, False)):
        response = client.get(address("meeting_act", visit, type=type), headers=headers)
        assert response.status_code == 200
        assert ("<!doctype html>" in shown(response)) is whole
        assert 'name="form"' in shown(response)


def filled(house: House, dossier: DossierId, type: str, query: str = "", account: str = "chef", code: str = RABAT, **given: Any) -> Any:
    """The form of a word as it opens, with these fields, sent."""
    client = house.client(account, code)
    where = address("meeting_act", dossier, type=type)
    fields = fields_of(shown(client.get(f"{where}?{query}")))
    return client.post(where, fields | {name.replace("__", "."): value for name, value in given.items()})


def clicked(house: House, dossier: DossierId, type: str, code: str = RABAT, holding: str = "") -> Any:
    """The one press that the page offers for this word; of several the first that holds this."""
    client, where = house.client("chef", code), address("meeting_act", dossier, type=type)
    forms = shown(client.get(address("meeting", dossier))).split(f'action="{where}"')[1:]
    form = next(one for one in (form[: form.index("</form>")] for form in forms) if holding in one)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]*)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return client.post(where, fields)


def session_of(page: str) -> str:
    found = re.search(r'id="session-([0-9a-f]{64})"', page)
    assert found
    return found[1]


class TestTheList:
    def test_it_shows_what_is_to_come_and_what_was_held(self, house: House, visit: DossierId) -> None:
        held = convene(house, -10 * DAY)
        page = shown(house.client("liaison").get(re.sub("^/../", "/fr/", reverse("meetings"))))
        assert page.index("à venir") < page.index(address("meeting", visit)) < page.index("tenues") < page.index(address("meeting", held))
        assert "/fr/write/meeting/convene/" in page

    def test_the_dossiers_page_leads_to_it_and_keeps_its_thread(self, house: House, visit: DossierId) -> None:
        client = house.client("chef")
        response = client.get(address("dossier", visit))
        assert (response.status_code, response["Location"]) == (302, address("meeting", visit))
        assert client.get(f"{address('dossier', visit)}?thread=1").status_code == 200

    def test_another_units_is_like_none(self, house: House, visit: DossierId) -> None:
        client = house.client("stups")
        for name, named in (
            ("meeting", {}),
            ("meeting_parts", {}),
            ("meeting_act", {"type": "action"}),
            ("print_minutes", {"entry": "ab" * 32}),
        ):
            assert client.get(address(name, visit, **named)).status_code == 404
        assert client.post(address("meeting_act", visit, type="action"), {}).status_code == 404
        assert address("meeting", visit) not in shown(client.get(re.sub("^/../", "/fr/", reverse("meetings"))))

    def test_a_request_is_no_meeting(self, house: House) -> None:
        assert house.client("chef").get(address("meeting", house.asked)).status_code == 404


class TestWriting:
    def test_a_point_is_proposed_translated_and_agreed(self, house: House, visit: DossierId) -> None:
        session = session_of(page_of(house, visit))
        sent = filled(house, visit, "agenda_point", f"session={session}", title="نقطة", language="ar")
        assert (sent.status_code, sent["Location"]) == (303, address("meeting", visit))
        page = page_of(house, visit)
        assert "نقطة" in page
        assert "Bilan" in page
        assert clicked(house, visit, "agree").status_code == 303
        assert "</svg>accord</span>" in page_of(house, visit)

    def test_a_form_that_is_sent_twice_makes_one_entry(self, house: House, visit: DossierId) -> None:
        client, where = house.client("chef"), address("meeting_act", visit, type="action")
        fields = fields_of(shown(client.get(where))) | {"text": "Réserver la salle", "coded.due": "2030-01-31"}
        assert [client.post(where, fields).status_code for _ in range(2)] == [303, 303]
        assert page_of(house, visit).count("Réserver la salle") == 1

    def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(self, house: House, visit: DossierId) -> None:
        session = session_of(page_of(house, visit))
        sent = filled(house, visit, "decision", f"session={session}", text="Ouvrir une enquête commune.")
        assert sent.status_code == 400
        assert "Ouvrir une enquête commune." in shown(sent)
        assert shown(sent).count('class="fault"') == 3

    def test_a_refusal_stands_beside_what_was_typed(self, house: House, visit: DossierId) -> None:
        sent = filled(house, visit, "session", title="Deux", coded__starts="2030-01-02T10:00", coded__ends="2030-01-02T09:00")
        assert sent.status_code == 409
        assert 'value="Deux"' in shown(sent)
        assert 'role="alert"' in shown(sent)

    def test_two_who_edit_at_once_both_keep_their_wording(self, house: House, visit: DossierId) -> None:
        session = session_of(page_of(house, visit))
        point = say(house, RABAT, "minutes_point", visit, text="Un.", coded={"language": "fr", "session": session})
        client, where = house.client("chef"), address("meeting_act", visit, type="minutes_point")
        opened = fields_of(shown(client.get(f"{where}?clause={point.hex()}&session={session}")))
        assert opened["coded.replaces"] == [point.hex()]
        say(house, PARIS, "minutes_point", visit, text="Trois.", coded={"language": "fr", "session": session, "clause": point.hex()})
        assert house.client("chef").post(where, opened | {"text": "Deux."}).status_code == 303
        page = page_of(house, visit)
        assert "deux rédactions" in page
        assert "Deux" in page
        assert "Trois" in page
        assert filled(house, visit, "minutes_point", f"clause={point.hex()}&session={session}", text="Deux et trois.").status_code == 303
        assert "deux rédactions" not in page_of(house, visit)

    def test_what_is_being_written_is_kept_and_found_again(self, house: House, visit: DossierId) -> None:
        session = session_of(page_of(house, visit))
        client, where = house.client("chef"), address("meeting_act", visit, type="minutes_point")
        fields = fields_of(shown(client.get(f"{where}?session={session}")))
        saved = client.post(where, fields | {"text": "À moitié", "do": "save"}, headers={"HX-Request": "true"})
        assert 'id="saved"' in shown(saved)
        again = fields_of(shown(client.get(f"{where}?session={session}")))
        assert (again["text"], again["form"]) == (["À moitié"], fields["form"])
        assert "À moitié" not in shown(client.get(f"{where}?clause={'ab' * 32}&session={session}"))
        assert client.post(where, again).status_code == 303
        assert "À moitié" not in str(fields_of(shown(client.get(f"{where}?session={session}"))))

    def test_a_delegation_is_named_by_posts(self, house: House, visit: DossierId) -> None:
        posts: dict[str, Any] = {"detail.posts.0.post": "Directeur central", "detail.posts.0.role": "head", "coded.languages": ["ar", "fr"]}
        assert filled(house, visit, "delegation", coded__members="4", coded__interpreters="1", **posts).status_code == 303
        page = page_of(house, visit)
        assert "Directeur central" in page
        assert "chef de délégation" in page
        again = filled(house, visit, "delegation", coded__members="5")
        assert again.status_code == 303
        assert "Directeur central" in page_of(house, visit)


class TestApproval:
    def minuted(self, house: House, visit: DossierId) -> tuple[str, str]:
        """A session with a decision of Paris, not approved by anybody."""
        session = session_of(page_of(house, visit))
        coded = {"owner": PARIS, "due": house.rabat.node.clock.now() + 40 * DAY, "area": "drugs", "language": "fr", "session": session}
        decision = say(house, RABAT, "decision", visit, text="Ouvrir une enquête commune.", coded=coded)
        return session, decision.hex()

    def test_exactly_the_text_that_is_shown_is_approved(self, house: House, visit: DossierId) -> None:
        self.minuted(house, visit)
        assert "Projet : pas encore en vigueur." in page_of(house, visit)
        assert clicked(house, visit, "approve").status_code == 303
        assert "Projet : pas encore en vigueur." in page_of(house, visit)
        say(house, RABAT, "action", visit, text="…", language="fr", coded={"due": 10**13})  # exchanges what was said
        assert clicked(house, visit, "approve", code=PARIS).status_code == 303
        page = page_of(house, visit, code=PARIS)
        assert "Projet : pas encore en vigueur." not in page
        assert "toutes les parties ont approuvé ce texte" in page
        assert 'id="progress-' in page

    def test_a_text_that_changed_meanwhile_is_not(self, house: House, visit: DossierId) -> None:
        session, decision = self.minuted(house, visit)
        page = page_of(house, visit)
        hash = re.search(r'name="coded.hash" value="([0-9a-f]{64})"', page)
        assert hash
        where = address("meeting_act", visit, type="approve")
        fields = {
            "way": "click",
            "form": "form-of-a-test-1",
            "coded.session": session,
            "coded.hash": hash[1],
            "coded.versions": ["cd" * 32],
        }
        refused = house.client("chef").post(where, fields)
        assert refused.status_code == 409
        assert 'role="alert"' in shown(refused)
        assert decision in shown(refused)

    def test_a_desk_prepares_and_a_supervisor_approves(self, house: House, visit: DossierId) -> None:
        self.minuted(house, visit)
        page = page_of(house, visit, account="liaison")
        assert "approve-now" not in page
        assert "Un responsable" in page

    def test_the_owner_says_how_far_it_is(self, house: House, visit: DossierId) -> None:
        _, decision = self.minuted(house, visit)
        for code in (RABAT, PARIS):
            say(house, code, "approve", visit)
        assert f'id="progress-{decision}"' not in page_of(house, visit)
        sent = filled(
            house, visit, "progress", f"of={decision}", code=PARIS, coded__state="in_progress", text="Magistrat saisi.", language="fr"
        )
        assert sent.status_code == 303
        assert "Magistrat saisi." in page_of(house, visit, code=PARIS)

    def test_the_minutes_are_printed_in_the_language_of_the_page(self, house: House, visit: DossierId) -> None:
        session, _ = self.minuted(house, visit)
        for language in ("ar", "fr", "en"):
            where = re.sub("^/fr/", f"/{language}/", address("print_minutes", visit, entry=session))
            response = house.client("liaison").get(where)
            assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert house.client("liaison").get(address("print_minutes", visit, entry="ab" * 32)).status_code == 404

    def test_an_open_decision_is_put_on_the_next_agenda(self, house: House) -> None:
        first = convene(house, -10 * DAY)
        _, decision = self.minuted(house, first)
        for code in (RABAT, PARIS):
            say(house, code, "approve", first)
        following = convene(house, 20 * DAY, previous=first.hex())
        page = page_of(house, following)
        assert f'id="carry-{decision}"' in page
        assert address("meeting", first) in page
        assert clicked(house, following, "agenda_point", holding=decision).status_code == 303
        page = page_of(house, following)
        assert f'id="carry-{decision}"' not in page
        assert "à l’ordre du jour" in page


def test_the_part_that_renews_itself_is_silent_where_nothing_changed(house: House, visit: DossierId) -> None:
    client = house.client("chef")
    page = shown(client.get(address("meeting", visit)))
    mark = re.search(r"mark=([0-9a-f]{24})", page)
    assert mark
    assert client.get(f"{address('meeting_parts', visit)}?mark={mark[1]}").status_code == 204
    say(house, PARIS, "agenda_point", visit, title="Nouveau", language="fr", coded={"language": "fr"})
    renewed = house.client("chef").get(f"{address('meeting_parts', visit)}?mark={mark[1]}")
    assert renewed.status_code == 200
    assert "Nouveau" in shown(renewed)
    assert "<form" in shown(renewed)
    assert 'id="say"' not in shown(renewed)
