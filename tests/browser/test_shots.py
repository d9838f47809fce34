# SPDX-License-Identifier: EUPL-1.2
"""The pictures of the officers' handbook, drawn from the running pages: `AMANA_SCREENSHOTS=1 make test ARGS=tests/browser`.

Each is taken in the language of the handbook's page, at the node of that language, with few colours so that they stay
small. What is written for a picture is discarded again.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image
from playwright.sync_api import expect

from amana.phrases import label
from tests.browser.conftest import Visiting
from tests.browser.houses import House
from tests.browser.tour import LORRY, Way, straight, through
from tests.browser.visitor import DESKTOP, PHONE, Visitor, bare
from tests.compose.pairs import PARIS, RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(600)]

SHOTS = Path(__file__).parents[2] / "docs" / "use" / "shots"
COLOURS = 96
WHERE = {"ar": RABAT, "fr": PARIS, "en": PARIS}
PARTNER = {str(RABAT): PARIS, str(PARIS): RABAT}
WRITTEN = {  # a request as it would be written for the picture
    "ar": (
        "هوية مستعمل خط هاتفي، ميناء طنجة المتوسط",
        "يرجى تحديد هوية مستعمل الرقم +33 6 39 98 04 17 الذي ضبط لدى سائق شاحنة تحمل اللوحة UI-713-OU.",
    ),
    "fr": (
        "Utilisateur d'une ligne relevée à Sète",
        "Nous vous saurions gré d'identifier l'utilisateur de la ligne +212 6 00 00 04 17, relevée dans un véhicule immatriculé UI-713-OU.",
    ),
    "en": (
        "User of a line found at Sète",
        "Please identify the user of the line +212 6 00 00 04 17, found in a vehicle with the plate UI-713-OU.",
    ),
}
ANSWERED = {  # what each of them was asked
    str(RABAT): "write/information_request/answer/?dossier={open_work_line}",
    str(PARIS): "write/information_request/answer/?dossier={open_work_lorry}",
}
PLAIN: tuple[tuple[str, str, Way], ...] = (  # name, whose desk, how one gets there
    ("sign-in", "", straight("sign-in/")),
    ("day", "stups", straight("inbox/")),
    ("dossier", "stups", straight("dossiers/{open_work_lorry}/")),
    ("answer", "stups", lambda visitor, house: straight(ANSWERED[house.code])(visitor, house)),
    ("release", "chef", through("drafts/", "main a[data-line][href*='/drafts/']")),
    ("attachment", "stups", through("dossiers/{open_work_lorry}/", "main a[href*='/preview/']")),
    ("search", "stups", straight("search/?q=0642")),
    ("register", "chef", straight("incoming/?show=all")),
    ("agreement", "chef", straight("agreements/{agreement_agreement}/")),
    ("meeting", "chef", straight("meetings/{rabat_visit}/")),
    ("assessment", "chef", straight("assessments/{assessment_drugs}/")),
    ("communique", "chef", through("communiques/", "main a[data-line]")),
    ("coverage", "chef", straight("events/{games_event}/forces/")),
    ("board", "liaison", straight("events/{games_exercise}/board/")),
    ("expertise", "liaison", straight("expertise/")),
    ("partners", "admin", straight("partners/")),
    ("node", "admin", straight("node/")),
    ("accounts", "admin", straight("accounts/")),
)


@pytest.mark.parametrize("language", list(WHERE))
def test_the_pictures_of_the_handbook(language: str, houses: dict[str, House], visiting: Visiting) -> None:
    house = houses[WHERE[language]]
    for account in dict.fromkeys(account for _, account, _ in PLAIN):
        visitor = visiting(house.address, language, account)
        for name, _, way in (each for each in PLAIN if each[1] == account):
            way(visitor, house)
            if name == "day":
                expect(visitor.page.locator("#peek [data-peek]")).to_be_visible()
            take(visitor, name)
        if account == "stups":
            _forms(visitor, house)
            _proof_and_print(visitor, house)
            _phone(visiting(house.address, language, account, size=PHONE), house)


def _forms(visitor: Visitor, house: House) -> None:
    page = visitor.page
    visitor.go("write/information_request/request/")
    title, text = WRITTEN[visitor.language]
    page.locator("#coded-area").select_option("drugs")
    page.locator("#coded-urgency").select_option("urgent")
    page.locator("input[name='coded.types'][value='identification']").check()
    page.locator("#title").fill(title)
    page.locator(f"input[name='to'][value='{PARTNER[house.code]}']").check()
    page.locator("#text").fill(text)
    expect(page.locator("#proposals .found li")).to_have_count(2)
    expect(page.locator("#legal .ok")).to_be_visible()
    expect(page.locator("#side .sheet")).to_contain_text(bare(label(visitor.language, "area", "drugs")))
    page.locator("h1").scroll_into_view_if_needed()
    take(visitor, "write")
    page.locator("#proposals").scroll_into_view_if_needed()
    take(visitor, "items")
    page.locator("#send button[value='drop']").click()
    expect(page.locator("p.told")).to_be_visible()


def _proof_and_print(visitor: Visitor, house: House) -> None:
    page = visitor.page
    visitor.go(f"dossiers/{house.dossiers[LORRY]}/verify/")
    page.locator("main form button[type='submit']").click()
    expect(page.locator(".verdict")).to_be_visible()
    take(visitor, "proof")
    answered = page.request.get(f"{house.address}/{visitor.language}/dossiers/{house.dossiers[LORRY]}/print/")
    document = pypdfium2.PdfDocument(answered.body())
    store("print", document[0].render(scale=1.2).to_pil(), visitor.language)
    document.close()


def _phone(visitor: Visitor, house: House) -> None:
    visitor.go("inbox/")
    take(visitor, "day-phone")
    visitor.go(f"dossiers/{house.dossiers[LORRY]}/")
    take(visitor, "dossier-phone")


def take(visitor: Visitor, name: str) -> None:
    """What stands on the screen, kept as a small file."""
    visitor.page.evaluate("document.fonts.ready")
    if visitor.page.viewport_size == {"width": DESKTOP[0], "height": DESKTOP[1]}:
        visitor.page.mouse.move(2, 2)
    store(name, Image.open(io.BytesIO(visitor.page.screenshot())), visitor.language)


def store(name: str, picture: Image.Image, language: str) -> None:
    """With few colours, as a page of flat grounds and letters has them."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    drawn = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.save(SHOTS / f"{name}-{language}.png", optimize=True)
