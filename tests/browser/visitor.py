# SPDX-License-Identifier: EUPL-1.2
"""One person before a browser: opens pages in one language, and hears of everything that goes wrong behind them.

A trouble is a word in the console, an error in a script, a request that leaves this node, or a response of 400 and above
that no test expected. `leave` returns them; a test that expects one says so with `expecting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from amana.phrases import tell, tell_count
from amana.phrases.bidi import FSI, LRI, PDI
from amana.phrases.catalogue import Fact

NO_NETWORK = "net::ERR_INTERNET_DISCONNECTED"
UNREACHED = ("htmx:sendError", "htmx:afterRequest")  # what a page that renews itself says meanwhile
DESKTOP, PHONE = (1280, 800), (390, 844)
OF_A_RESPONSE = "Failed to load resource: the server responded"  # heard as a response already
PATIENCE = 90_000  # milliseconds; a bound, no measure: one missed call between nodes is made up for within 30 s


class Visitor:
    """A browser context at one node."""

    def __init__(self, browser: Browser, address: str, language: str, *, size: tuple[int, int] = DESKTOP, dark: bool = False) -> None:
        self.address, self.language = address, language
        self._context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self._context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page: Page = self._context.new_page()
        self._troubles: list[str] = []
        self._expected: tuple[int, ...] = ()
        self._was_cut = False
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._troubles.append(f"script: {error} at {self.page.url}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    # ---- going about

    def enter(self, account: str) -> None:
        """Sign in as a post, by the one click of a demonstration."""
        self.page.goto(f"{self.address}/{self.language}/demonstration/{account}/")

    def go(self, path: str) -> None:
        """Open a page of the node, below the language."""
        self.page.goto(f"{self.address}/{self.language}/{path}")

    def speak(self, language: str) -> None:
        """Go on in another language, on the same page."""
        self.page.goto(self.page.url.replace(f"/{self.language}/", f"/{language}/", 1))
        self.language = language

    @property
    def path(self) -> str:
        """Where one is, below the language."""
        return urlsplit(self.page.url).path.removeprefix(f"/{self.language}/")

    # ---- words as the pages show them

    def words(self, sentence: str, /, **facts: Fact) -> str:
        """A sentence in the visitor's language, without the marks that pages turn into elements."""
        return bare(tell(self.language, sentence, **facts))

    def counted(self, one: str, many: str, **facts: Fact) -> str:
        """The same for a sentence with a count."""
        return bare(tell_count(self.language, one, many, **facts))  # type: ignore[arg-type]  # `count` is among the facts

    def button(self, sentence: str, /, **facts: Fact) -> Locator:
        """The button of this name, in whatever language."""
        return self.page.get_by_role("button", name=self.words(sentence, **facts)).first

    def link(self, sentence: str, /, **facts: Fact) -> Locator:
        """The link of this name."""
        return self.page.get_by_role("link", name=self.words(sentence, **facts)).first

    def field(self, sentence: str, /, **facts: Fact) -> Locator:
        """The field of this name."""
        return self.page.get_by_label(self.words(sentence, **facts), exact=True).first

    def sees(self, sentence: str, /, **facts: Fact) -> None:
        """Wait until the page says so."""
        expect(self.page.get_by_text(self.words(sentence, **facts)).locator("visible=true").first).to_be_visible()

    # ---- what goes wrong

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Responses that the test means to get; the browser's own words about them are no trouble."""
        before, self._expected = self._expected, statuses
        try:
            yield
        finally:
            self._expected = before

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Without a network; what the browser says about that is no trouble."""
        self._was_cut = True
        self._context.set_offline(True)
        try:
            yield
        finally:
            self._context.set_offline(False)

    def leave(self) -> list[str]:
        """Close the browser's context; what went wrong."""
        self._context.close()
        return self._troubles

    def forget_session(self) -> None:
        """As if the session had ended meanwhile."""
        self._context.clear_cookies(name=re.compile(r"amana_(?!csrf)"))

    def _heard(self, message: ConsoleMessage) -> None:
        if self._was_cut and (NO_NETWORK in message.text or message.text.startswith(UNREACHED)):
            return
        if message.type in ("error", "warning") and not message.text.startswith(OF_A_RESPONSE):
            self._troubles.append(f"console: {message.text[:300]} at {self.page.url}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self._troubles.append(f"left the node: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._troubles.append(f"{response.status}: {response.request.method} {response.url}")


def bare(words: str) -> str:
    """Without invisible marks."""
    return words.replace(FSI, "").replace(LRI, "").replace(PDI, "")
