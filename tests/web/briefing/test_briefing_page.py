# SPDX-License-Identifier: EUPL-1.2
"""The page of the briefing file: one click, edited and saved without scripts, kept, printed in three languages, private."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amana.node.access import open_scope
from amana.node.queries.briefing import show_briefing
from amana.phrases import LANGUAGES, tell
from amana.protocol.identifiers import DossierId
from amana.web.briefing.pages import PAGES
from amana.web.models import WorkingCopy
from tests.compose.pairs import PARIS, RABAT
from tests.web.calendar.visits import TITLE, receive
from tests.web.conftest import House, ask
from tests.web.printing.paper import pages_of

NEEDLE, WRITTEN = "NEVERLEAVES7", "réservé-à-nous"
NOWHERE = "ab" * 32
FIELD = re.compile(r'<input type="(hidden|checkbox)" name="([^"]+)" value="([^"]*)"( checked)?')
TEXT = re.compile(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>|<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>')


@pytest.fixture(scope="module")
def visit(house: House) -> DossierId:
    """A visit to come, and something that Paris owes before it."""
    ask(house.act, "Ligne à Sète")
    return receive(house).dossier


def address(visit: DossierId, name: str = "briefing", language: str = "en") -> str:
    return re.sub(r"^/\w\w/", f"/{language}/", reverse(name, kwargs={"dossier": visit.hex()}))


def form_of(page: str) -> dict[str, list[str]]:
    """What a browser without scripts would send from the page."""
    fields: dict[str, list[str]] = {}
    form = page[page.index('<form id="brief"') :]
    form = form[: form.index("</form>")]
    for kind, name, value, checked in FIELD.findall(form):
        if kind == "hidden" or checked:
            fields.setdefault(name, []).append(html.unescape(value))
    for first, text, second, other in TEXT.findall(form):
        fields.setdefault(first or second, []).append(html.unescape(text or other))
    return fields


def unmarked(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without what is new in each form, and when it was drawn."""
    return {name: values for name, values in fields.items() if name not in ("pass", "csrfmiddlewaretoken", "drawn_at", "since")}


def opened(client: Client, visit: DossierId) -> tuple[str, dict[str, list[str]]]:
    page = client.get(address(visit)).content.decode()
    return page, form_of(page)


def send(client: Client, visit: DossierId, fields: dict[str, list[str]], **more: Any) -> Any:
    return client.post(address(visit), fields | more)


@pytest.fixture
def client(house: House) -> Client:
    WorkingCopy.objects.filter(kind="meeting.brief").delete()
    return house.client("chef")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_from_the_meeting_leads_to_a_file_that_says_it_is_private(client: Client, visit: DossierId, language: str) -> None:
    for name, named in (("meetings", {}), ("meeting", {"dossier": visit.hex()})):
        page = client.get(re.sub(r"^/\w\w/", f"/{language}/", reverse(name, kwargs=named))).content.decode()
        assert address(visit, language=language) in page
    shown = client.get(address(visit, language=language)).content.decode()
    said = tell(language, "This file never leaves this agency: it is in no entry, no preview, no export and no print for partners.")
    assert str(said) in shown
    assert "priv-band" in shown
    assert "Ligne à Sète" in shown


def test_what_is_written_is_saved_by_itself_and_found_again(client: Client, visit: DossierId) -> None:
    page, fields = opened(client, visit)
    assert fields["section"] == ["owed_by_partners", "owed_by_us", "decisions", "figures_out", "figures_in", "communique", "points"]
    answer = client.post(address(visit), fields | {"own.points": ["Remercier."], "do": ["save"]}, headers={"HX-Request": "true"})
    assert (answer.status_code, "saved" in answer.content.decode()) == (200, True)
    again, _ = opened(client, visit)
    assert "Remercier." in again
    assert "Remercier." not in page


def test_a_line_is_moved_left_out_and_reworded(client: Client, visit: DossierId) -> None:
    _, fields = opened(client, visit)
    name = "text.owed_by_partners"
    first, second, *_ = fields[name]
    changed = fields | {name: ["Autre rédaction", *fields[name][1:]], "on.owed_by_partners": ["1"]}
    moved = send(client, visit, changed, do=["down.owed_by_partners.0"])
    assert moved.status_code == 303
    assert moved["Location"].endswith("#owed_by_partners")
    _, again = opened(client, visit)
    assert again[name][:2] == [second, "Autre rédaction"]
    assert again["on.owed_by_partners"] == ["0"]
    assert first not in again[name][:2]


def test_drawn_anew_it_keeps_what_was_written_and_takes_up_what_is_new(client: Client, house: House, visit: DossierId) -> None:
    _, fields = opened(client, visit)
    name = "text.owed_by_partners"
    changed = fields | {name: ["Autre rédaction", *fields[name][1:]], "own.decisions": ["À voir."]}
    ask(house.act, "Nouvelle ligne")
    send(client, visit, changed, do=["draw"], period=["year"])
    _, again = opened(client, visit)
    assert again[name][0] == "Autre rédaction"
    assert "Nouvelle ligne" in again[name]
    assert again["own.decisions"] == ["À voir."]
    send(client, visit, again, do=["discard"])
    assert "Autre rédaction" not in opened(client, visit)[0]


def test_it_is_kept_by_one_press_and_shown_to_who_may_see_it(client: Client, house: House, visit: DossierId) -> None:
    _, fields = opened(client, visit)
    kept = send(client, visit, fields | {"own.points": [NEEDLE]}, do=["keep"])
    assert kept.status_code == 303
    assert not WorkingCopy.objects.filter(kind="meeting.brief").exists()
    page, _ = opened(client, visit)
    assert NEEDLE in page
    assert "Kept" in page
    node = house.rabat.node
    assert NEEDLE in str(show_briefing(node, open_scope(node, "chef"), visit))


def test_a_colleague_who_sees_less_than_its_author_reads_none_of_it(client: Client, house: House, visit: DossierId) -> None:
    """The supervisor's file holds figures of the drugs unit; the liaison desk, which sees the meeting, draws its own."""
    _, fields = opened(client, visit)
    assert set(fields["units"]) == {"desk", "drugs"}
    send(client, visit, fields | {"own.points": [NEEDLE]}, do=["keep"])
    other, drawn = opened(house.client("liaison"), visit)
    assert NEEDLE not in other
    assert "Camion frigorifique" not in other
    assert drawn["units"] == ["desk"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_printed_in_each_language_as_it_stands_on_the_page(client: Client, visit: DossierId, language: str) -> None:
    _, fields = opened(client, visit)
    printed = client.post(address(visit, "print_briefing"), fields | {"own.points": ["Remercier."], "paper": [language]})
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    pages = " ".join(pages_of(printed.content))
    assert "Remercier." in pages
    assert "ma.dgsn" in pages
    left_out = client.post(address(visit, "print_briefing"), fields | {"on.owed_by_partners": [], "paper": [language]})
    assert "Ligne à Sète" not in " ".join(pages_of(left_out.content)).partition("7")[0]


def test_it_is_printed_by_its_address_too(client: Client, visit: DossierId) -> None:
    printed = client.get(address(visit, "print_briefing") + "?paper=fr")
    assert "Ligne à Sète" in " ".join(pages_of(printed.content))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_forbidden_absent_and_of_another_kind_are_alike(house: House, visit: DossierId, page: Any) -> None:
    """The drugs officer may not see the meeting; a request has no briefing file; the administrator sees no content."""
    for account, dossier in (
        ("stups", visit.hex()),
        ("chef", NOWHERE),
        ("chef", house.asked.hex()),
        ("admin", visit.hex()),
        ("chef", "zz"),
    ):
        at = reverse(page.name, kwargs={"dossier": dossier})
        for answer in (house.client(account).get(at), house.client(account).post(at, {"do": "keep"})):
            assert answer.status_code == 404, (account, dossier)


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": ["soon"]},
        {"drawn_at": []},
        {"line.owed_by_partners": ["{"]},
        {"line.owed_by_partners": ["[]"]},
        {"line.owed_by_partners": ['{"code": "owed", "dossier": "zz"}']},
        {"units": ["../.."]},
        {"section": ["Points!"]},
    ],
)
def test_a_form_that_is_none_of_ours_changes_nothing(client: Client, visit: DossierId, wrong: dict[str, list[str]]) -> None:
    before, fields = opened(client, visit)
    assert send(client, visit, fields | wrong, do=["keep"]).status_code == 404
    assert unmarked(form_of(opened(client, visit)[0])) == unmarked(form_of(before))


def test_a_copy_that_cannot_be_read_any_more_gives_way_to_the_file(client: Client, visit: DossierId) -> None:
    WorkingCopy.objects.create(account="chef", token="broken-copy-0000", kind="meeting.brief", dossier=visit.hex(), fields={"since": ["x"]})
    assert client.get(address(visit)).status_code == 200
    assert not WorkingCopy.objects.filter(kind="meeting.brief").exists()


def test_the_copy_that_is_being_edited_leads_to_its_page(client: Client, visit: DossierId) -> None:
    _, fields = opened(client, visit)
    send(client, visit, fields | {"own.points": ["À suivre."]}, do=["save"])
    copy = WorkingCopy.objects.get(kind="meeting.brief")
    drafts = client.get(reverse("drafts")).content.decode()
    assert TITLE in drafts
    led = client.get(reverse("working_copy", kwargs={"token": copy.token}))
    assert led["Location"].endswith(f"/meetings/{visit.hex()}/briefing/")


def test_what_is_written_is_nowhere_else(client: Client, house: House, visit: DossierId) -> None:
    """Not on the meeting's page, in its thread, its calendar, the search, nor at the partner's."""
    _, fields = opened(client, visit)
    send(client, visit, fields | {"own.owed_by_us": [f"Cherchez {NEEDLE}: {WRITTEN}"]}, do=["keep"])
    addresses = [
        reverse("meeting", kwargs={"dossier": visit.hex()}),
        reverse("dossier", kwargs={"dossier": visit.hex()}) + "?thread=1",
        reverse("meeting_calendar", kwargs={"dossier": visit.hex()}),
        reverse("search") + f"?q={NEEDLE}",
        reverse("decisions"),
    ]
    for at in addresses:
        assert WRITTEN not in client.get(at).content.decode(errors="replace"), at
    theirs = house.client("chef", PARIS)
    assert WRITTEN not in theirs.get(address(visit)).content.decode()
    assert WRITTEN not in theirs.get(reverse("dossier", kwargs={"dossier": visit.hex()})).content.decode()
    assert house.served == PARIS
    assert WRITTEN in house.client("chef", RABAT).get(address(visit)).content.decode()
