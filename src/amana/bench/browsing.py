# SPDX-License-Identifier: EUPL-1.2
"""A browser's requests without a browser: one connection kept alive, cookies, compressed answers, everything a page loads.

What is counted and timed is what came over the connection; nothing is drawn, and no script runs.
"""

from __future__ import annotations

import gzip
import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urljoin

LOADED = re.compile(r"""<link\b[^>]*\brel="(?:stylesheet|icon|manifest)"[^>]*\bhref="([^"]+)"|<(?:script|img)\b[^>]*\bsrc="([^"]+)\"""")
IN_SHEET = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
FONT = re.compile(r"\.woff2?$")
SEE_OTHER = frozenset({301, 302, 303})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one request."""

    status: int
    location: str
    body: bytes  # as it came: compressed where the server compressed it
    packed: bool
    seconds: float

    @property
    def text(self) -> str:
        """The body as text."""
        return (gzip.decompress(self.body) if self.packed else self.body).decode(errors="replace")


@dataclass
class Browser:
    """One connection to one server on this machine."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """One request and its whole answer."""
        sent = {"Accept-Encoding": "gzip", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        start = time.perf_counter()
        self._connection.request("GET", path, headers=sent)
        response = self._connection.getresponse()
        body = response.read()
        seconds = time.perf_counter() - start
        for given in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(given).items()}
        return Answer(
            status=response.status,
            location=response.headers.get("Location", ""),
            body=body,
            packed=response.headers.get("Content-Encoding") == "gzip",
            seconds=seconds,
        )

    def open(self, path: str, **headers: str) -> Answer:
        """A page that must be there. Raises RuntimeError, whose text names the address alone."""
        answer = self.get(path, **headers)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path.partition('?')[0]} answered {answer.status}")
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Compressed bytes of a page and of everything that it loads."""

    html: int
    sheets: int
    scripts: int
    pictures: int
    fonts: int  # of every weight that a sheet names; a browser loads those it needs

    @property
    def without_fonts(self) -> int:
        """What the goal counts."""
        return self.html + self.sheets + self.scripts + self.pictures


def weigh(browser: Browser, path: str) -> Weight:
    """Load a page as a browser with an empty cache does."""
    page = browser.open(path)
    found = {"sheets": 0, "scripts": 0, "pictures": 0, "fonts": 0}
    waiting = [urljoin(path, one or other) for one, other in LOADED.findall(page.text)]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/"):
            continue
        seen.add(address)
        answer = browser.open(address)
        found[_sort_of(address)] += len(answer.body)
        if address.endswith(".css"):
            waiting += [urljoin(address, inner) for inner in IN_SHEET.findall(answer.text)]
    return Weight(html=len(page.body), **found)


def _sort_of(address: str) -> str:
    path = address.partition("?")[0]
    if FONT.search(path):
        return "fonts"
    return {"css": "sheets", "js": "scripts"}.get(path.rpartition(".")[2], "pictures")
