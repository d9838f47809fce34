# SPDX-License-Identifier: EUPL-1.2
"""Debian's Chromium, one for each worker, and the nodes whose pages it opens: the played demonstration, a pair and a committee of three.

Without a browser these tests are skipped with the line that installs it; where AMANA_REQUIRE_BROWSER=1 that is a failure.
With AMANA_SCREENSHOTS=1 the pictures of the handbook are drawn anew.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from amana.protocol.identifiers import AgencyCode
from amana.web.assets import DONE, Assets, prepare_assets
from tests.browser.houses import Circle, House, Pair, found_circle, found_pair, open_houses
from tests.browser.visitor import Visitor
from tests.demo.conftest import Played, played  # noqa: F401 - the fixture of the play, shared by all workers

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Visiting = Callable[..., Visitor]
collect_ignore = [] if os.environ.get("AMANA_SCREENSHOTS") == "1" else ["test_shots.py"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one module: while it is there, this thread has a running loop, which Django minds."""
    if not CHROMIUM.exists():
        pytest.skip("no browser on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Visiting]:
    """Visitors with a browser context each; at the end nothing may have gone wrong on any page they saw."""
    visitors: list[Visitor] = []

    def visit(address: str, language: str, account: str = "", **given: object) -> Visitor:
        visitor = Visitor(browser, address, language, **given)  # type: ignore[arg-type]  # the sizes and schemes that a visitor takes
        visitors.append(visitor)
        if account:
            visitor.enter(account)
        return visitor

    yield visit
    troubles = [trouble for visitor in visitors for trouble in visitor.leave()]
    assert troubles == []


@pytest.fixture(scope="session")
def _assets() -> None:
    """Fonts and sheets, made once before nodes would wait for them."""
    static = Path(str(settings.STATIC_ROOT))  # as this process was configured
    assets = Assets(static=static, generated=static.with_name("generated"), ready=static.with_name(DONE))
    assets.generated.mkdir(mode=0o700, parents=True, exist_ok=True)
    prepare_assets(assets)


@pytest.fixture(scope="module")
def houses(played: Played, tmp_path_factory: pytest.TempPathFactory, _assets: None) -> Iterator[dict[str, House]]:  # noqa: F811 - the fixture
    """The nodes of the played demonstration, running. They keep the ports that their cards name, so one worker at a time."""
    with (played.home.parent / "guided.lock").open("w") as lock, ExitStack() as closing:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield open_houses(played, tmp_path_factory.mktemp("houses"), closing)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, _assets: None) -> Iterator[Pair]:
    """Rabat and Paris on ports of their own, with an agreement in force and nothing asked yet."""
    with ExitStack() as closing, ThreadPoolExecutor(1) as apart:  # apart from the browser's loop
        yield apart.submit(found_pair, tmp_path_factory.mktemp("pair"), closing).result()


@pytest.fixture(scope="module")
def committee(tmp_path_factory: pytest.TempPathFactory, _assets: None) -> Iterator[Circle]:
    """Three agencies that meet; nothing was convened yet."""
    codes = [AgencyCode(code) for code in ("ma.dgst", "fr.dgsi", "ma.dgsn")]
    with ExitStack() as closing, ThreadPoolExecutor(1) as apart:
        yield apart.submit(found_circle, tmp_path_factory.mktemp("committee"), closing, codes).result()
