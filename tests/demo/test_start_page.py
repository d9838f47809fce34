# SPDX-License-Identifier: EUPL-1.2
"""The start page in three languages: where it leads, what its buttons do to real machines, and what it does not accept."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from amana.compose.config import load_config
from amana.demo.agencies import AGENCIES
from amana.demo.guide.backstage import PARIS, RABAT
from amana.demo.guide.steps import SEARCHED, STEPS
from amana.demo.proving import prove
from amana.node.rebuilding import no_progress
from amana.phrases import label, tell
from amana.phrases.bidi import FSI, LRI, PDI
from amana.protocol.identifiers import AgencyCode, DossierId
from tests.demo.conftest import Played
from tests.demo.guided import Guided, guide, links
from tests.demo.story import START_PAGE, longest_run

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400)]

LANGUAGES = ("ar", "fr", "en")
DIRECTIONS = {"ar": "rtl", "fr": "ltr", "en": "ltr"}


@pytest.fixture(scope="module")
def guided(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guided]:
    """The nodes keep the ports that their cards name, so one worker at a time."""
    with (played.home.parent / "guided.lock").open("w") as lock, ExitStack() as closing:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield guide(played, tmp_path_factory.mktemp("guided"), closing)


def plain(words: str) -> str:
    """Without the marks that pages turn into elements."""
    return words.replace(FSI, "").replace(LRI, "").replace(PDI, "")


def bare(page: str) -> str:
    """The text of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_in_the_language_of_its_address(language: str, guided: Guided) -> None:
    answer = guided.browser.get(f"{guided.address}/{language}/")
    page = answer.text
    assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in page
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert answer.headers["cache-control"] == "no-store"
    band = page[page.index('class="band"') :]
    assert band.index(plain(tell(language, "demonstration, invented data"))) < band.index(f'lang="{"fr" if language != "fr" else "ar"}"')
    assert "{" not in bare(page[page.index("<body") :])
    assert page.count('<li class="step') == len(STEPS) == 18
    for agency in AGENCIES:
        assert agency.names[language] in page
        assert all(post.name in page for post in agency.posts)
    text = bare(page)
    english = {run for run in map(longest_run, START_PAGE) if len(run) > 15 and run in text}
    assert (len(english) > 40) if language == "en" else (english == set())


def test_what_it_loads_is_there_and_comes_from_here(guided: Guided) -> None:
    page = guided.page("ar")
    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', page)
    assert len(loaded) > 5
    assert all(address.startswith("/") for address in loaded)
    assert {guided.browser.get(guided.address + address).status_code for address in loaded} == {200}


@pytest.mark.parametrize(("asked", "language"), [("ar-MA,ar;q=0.9", "ar"), ("en-GB", "en"), ("de", "fr"), ("", "fr")])
def test_it_begins_in_a_language_that_the_browser_asks_for(asked: str, language: str, guided: Guided) -> None:
    answer = guided.browser.get(guided.address, headers={"Accept-Language": asked}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_every_post_leads_to_a_page_in_the_readers_language(language: str, guided: Guided) -> None:
    followed = links(guided.page(language))
    assert len(followed) == sum(len(step.looks) for step in STEPS) + sum(len(agency.posts) for agency in AGENCIES) + 1
    for address in dict.fromkeys(followed):
        answer = guided.browser.get(address)
        assert answer.status_code == 200, address
        assert f"/{language}/" in str(answer.url), address
        assert "/sign-in/" not in str(answer.url), address
        if answer.headers["content-type"].startswith("text/html"):
            assert f'<html lang="{language}"' in answer.text
            assert 'class="band"' in answer.text


def test_links_into_nodes_leave_the_start_page_open(guided: Guided) -> None:
    page = guided.page("en")
    opening = re.findall(r"<a [^>]*http://127[^>]*>", page)
    assert len(opening) == len(links(page))
    assert [link for link in opening if 'target="_blank" rel="noopener"' not in link] == []


@pytest.mark.parametrize("code", [agency.code for agency in AGENCIES])
def test_no_partner_was_turned_away_while_the_stage_was_set(code: str, guided: Guided) -> None:
    health = guided.scene.call(code, "doctor", {})
    assert [problem["code"] for problem in health["problems"] if problem["code"] in ("quarantine", "partner_not_confirmed")] == []


def test_the_inbox_to_look_at_shows_what_comes_in_for_the_unit(guided: Guided) -> None:
    guided.done("send", "The request has arrived at fr.dgpn")
    (watched,) = [address for address in links(guided.page("fr")) if "inbox" in address and address.startswith(node_of(guided, PARIS))]
    newest = max(guided.scene.journals.read(PARIS, lambda reading: reading.dossiers()), key=lambda row: row.opened_at)
    assert newest.id.hex() in guided.browser.get(watched).text


def node_of(guided: Guided, code: str) -> str:
    """Where a node's pages are."""
    port = load_config(guided.scene.directories[AgencyCode(code)]).port
    return f"http://127.0.0.1:{port}/"


def test_the_file_of_two_services_is_not_found_from_a_third(guided: Guided) -> None:
    title = "معطيات حول شخص عائد من بؤرة توتر وتمويل مشتبه فيه"
    searching = next(address for address in links(guided.page("fr")) if "search" in address)
    assert guided.browser.get(searching).status_code == 200
    assert title not in guided.browser.get(searching).text
    secret = guided.scene.dossiers["terrorism/request"]
    known = next(address for address in links(guided.page("fr")) if secret in address)
    assert title in guided.browser.get(known).text
    node = searching.partition("/fr/")[0]
    answers = {guided.browser.get(f"{node}/fr/dossiers/{dossier}/").status_code for dossier in (secret, "00" * 32)}
    assert answers == {404}
    at_the_holder = guided.browser.get(f"{known.partition('/fr/')[0]}/fr/search/", params={"q": SEARCHED})
    assert title in at_the_holder.text


def test_the_machine_stops_and_what_waited_arrives_when_it_returns(guided: Guided) -> None:
    assert "The machine is stopped" not in guided.now("en")
    page = guided.done("stop", "The machine of fr.dgpn is stopped")
    assert (page.count("The machine is stopped"), page.count("The machine is up")) == (1, 3)
    guided.done("send", "waits in Rabat: fr.dgpn does not answer")
    waiting = guided.scene.journals.waiting(RABAT, PARIS)
    assert len(waiting) == 1
    assert "1 entry waits for it at the others" in guided.await_shown(lambda page: "1 entry waits for fr.dgpn now" in page)
    page = guided.done("return", "1 entry that waited has arrived")
    assert "The machine is stopped" not in page
    assert guided.scene.journals.arrivals(PARIS, waiting) == waiting
    assert "No entry waits for it" in page


def deleted_files() -> list[str]:
    """The files that this process holds open and that are no longer in their directory."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(str(descriptor.readlink()))
    return [name for name in found if name.endswith("(deleted)") and ".db" in name]


def test_the_machine_returns_also_after_the_proof_in_the_same_process(guided: Guided, tmp_path: Path) -> None:
    secret, control = (DossierId(bytes.fromhex(guided.scene.dossiers[name])) for name in ("terrorism/request", "drugs/request"))
    guided.scene.secret, guided.scene.control = ("ma.dgst", secret), ("ma.dgsn", control)
    proof = prove(guided.scene, tmp_path, no_progress)
    assert (proof.verified, proof.leaks, proof.leak_control > 0) == (True, 0, True)
    for _ in range(2):
        guided.done("stop", "The machine of fr.dgpn is stopped")
        guided.done("send", "waits in Rabat: fr.dgpn does not answer")
        waiting = guided.scene.journals.waiting(RABAT, PARIS)
        guided.done("return", "1 entry that waited has arrived")
        assert guided.scene.journals.arrivals(PARIS, waiting) == waiting
    assert deleted_files() == []


def test_a_request_arrives_while_one_looks_on(guided: Guided) -> None:
    page = guided.done("send", "The request has arrived at fr.dgpn")
    (opened,) = [address for address in links(page) if "dossiers" in address]
    answer = guided.browser.get(opened)
    assert (answer.status_code, answer.url.port) == (200, int(opened.split(":")[2].partition("/")[0]))


def test_one_changed_byte_is_named_and_proved_again_once_it_is_put_back(guided: Guided) -> None:
    page = guided.done("change", "Verification stops at entry")
    assert "The content of an entry is not the one its author signed for" in page
    assert 'id="act-change"' not in page
    page = guided.done("restore", "Proved again:")
    assert "Nothing differs" in page
    assert 'id="act-restore"' not in page


def test_steps_are_ticked_and_remembered(guided: Guided) -> None:
    assert guided.press("steps/urgent").headers["location"] == "/en/#urgent"
    assert guided.press("steps/letter").status_code == 303
    page = guided.page("fr")
    assert page.count('aria-pressed="true"') == 2
    assert guided.press("steps/urgent").status_code == 303
    assert guided.page("ar").count('aria-pressed="true"') == 1


def test_what_did_not_change_is_not_sent_again(guided: Guided) -> None:
    seen = re.search(r"seen=([0-9a-f]+)", guided.now("en"))
    assert seen is not None
    answer = guided.browser.get(f"{guided.address}/en/now/", params={"seen": seen[1]})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Reswap"] == "none"  # else the part would be replaced by nothing


@pytest.mark.parametrize(
    ("path", "headers", "sent", "status"),
    [
        ("en/acts/stop/", {}, {}, 403),
        ("en/acts/stop/", {}, {"csrfmiddlewaretoken": "forged"}, 403),
        ("en/steps/urgent/", {"X-CSRFToken": "forged"}, {}, 403),
        ("en/acts/stop/", {"Origin": "http://127.0.0.1:1"}, {}, 403),
        ("en/acts/stop/", {"Host": "elsewhere.example"}, {}, 400),
        ("en/acts/erase/", {}, {}, 404),
        ("en/steps/eleven/", {}, {}, 404),
        ("de/acts/stop/", {}, {}, 404),
    ],
)
def test_nothing_is_done_for_a_form_that_is_not_its_own(
    path: str, headers: dict[str, str], sent: dict[str, str], status: int, guided: Guided
) -> None:
    answer = guided.browser.post(f"{guided.address}/{path}", data=sent, headers=headers)
    assert answer.status_code == status
    assert "The machine is stopped" not in guided.now("en")


def test_a_form_of_its_own_from_another_origin_is_not_accepted(guided: Guided) -> None:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', guided.page("en"))
    assert token is not None
    sent = {"csrfmiddlewaretoken": token[1]}
    assert guided.browser.post(f"{guided.address}/en/acts/stop/", data=sent, headers={"Origin": "http://other.example"}).status_code == 403
    assert guided.browser.get(f"{guided.address}/en/acts/stop/").status_code == 405


def test_roles_are_named_beside_the_posts(guided: Guided) -> None:
    page = bare(guided.page("fr"))
    for role in ("desk", "supervisor", "administrator"):
        assert plain(label("fr", "role", role)) in page
