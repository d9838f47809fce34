# SPDX-License-Identifier: EUPL-1.2
"""The start page over a copy of the played demonstration, its nodes running, asked over HTTP like a browser would."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from amana.compose.config import load_config
from amana.demo.agencies import AGENCIES
from amana.demo.pages import start_page
from amana.demo.processes import free_ports
from amana.demo.proving import copy_node
from amana.demo.scene import Scene
from tests.demo.conftest import Played

LINK = re.compile(r'href="(http://127\.0\.0\.1:\d+/[^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ENTRANCE = "/demonstration/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """A running demonstration with its start page."""

    address: str
    scene: Scene
    browser: httpx.Client

    def page(self, language: str) -> str:
        """The start page."""
        answer = self.browser.get(f"{self.address}/{language}/")
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def now(self, language: str) -> str:
        """The part that renews itself."""
        return self.browser.get(f"{self.address}/{language}/now/").text

    def press(self, path: str, language: str = "en") -> httpx.Response:
        """Send the form of a button, as a browser does without a script."""
        token = TOKEN.search(self.page(language))
        assert token is not None
        return self.browser.post(f"{self.address}/{language}/{path}/", data={"csrfmiddlewaretoken": token[1]}, follow_redirects=False)

    def done(self, what: str, shown: str, seconds: float = 90.0) -> str:
        """Press a button and wait until the page shows that it is done."""
        assert self.press(f"acts/{what}").status_code == 303
        return self.await_shown(lambda page: shown in page, seconds)

    def await_shown(self, condition: Callable[[str], bool], seconds: float = 90.0) -> str:
        """Ask until the page is so."""
        until = time.monotonic() + seconds
        while True:
            page = re.sub(r"</?bdi[^>]*>", "", self.now("en"))
            if condition(page):
                return page
            assert time.monotonic() < until, page
            time.sleep(0.1)


def links(page: str) -> list[str]:
    """Every link into a node."""
    return [address for address in (html.unescape(found) for found in LINK.findall(page)) if ENTRANCE in address]


def guide(played: Played, home: Path, closing: ExitStack) -> Guided:
    """Start copies of the played nodes with their start page."""
    directories = {}
    for agency in AGENCIES:
        copy_node(played.home / agency.code, home / agency.code)
        directories[agency.code] = home / agency.code
    scene = Scene(directories, language="fr", say=lambda line: None, progress=lambda what, count: None, closing=closing)
    scene.dossiers.update(played.result["dossiers"])
    scene.start(*directories)
    ports = [load_config(directory).port for directory in directories.values()]
    address = closing.enter_context(start_page(scene, ports, free_ports(1)[0], closing))
    browser = closing.enter_context(httpx.Client(follow_redirects=True, timeout=60))
    return Guided(address=address, scene=scene, browser=browser)
