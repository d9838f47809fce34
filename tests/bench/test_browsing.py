# SPDX-License-Identifier: EUPL-1.2
"""What the benchmark of pages counts is what a browser would load, and it copies no node that runs."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from amana.bench.browsing import Browser, weigh
from amana.bench.pages import cpu_seconds, stopped
from amana.protocol.errors import OperatorFault
from amana.storage.lockfile import hold_directory

FILES = {
    "/page/": b'<link rel="icon" href="/a.svg"><link rel="stylesheet" href="/a.css"><script src="/a.js" defer></script>'
    b'<a href="/other/">x</a><script src="https://elsewhere.example/b.js"></script><link rel="stylesheet" href="/a.css">',
    "/a.css": b"@font-face { src: url('/f/letters.woff2') } p { background: url(b.svg) }",
    "/a.js": b"x" * 5000,
    "/a.svg": b"s" * 10,
    "/b.svg": b"s" * 20,
    "/f/letters.woff2": b"f" * 700,
}


class Answering(BaseHTTPRequestHandler):
    """The files above, scripts compressed; a cookie with the page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = FILES.get(self.path)
        self.send_response(404 if body is None else 200)
        body = body or b""
        if self.path.endswith(".js"):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/page/":
            self.send_header("Set-Cookie", "seen=1; HttpOnly; Path=/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """A server of these files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_page_weighs_what_it_loads_each_thing_once(port: int) -> None:
    with Browser(port) as browser:
        weight = weigh(browser, "/page/")
        assert browser.cookies == {"seen": "1"}
    assert (weight.html, weight.sheets, weight.pictures, weight.fonts) == (len(FILES["/page/"]), len(FILES["/a.css"]), 30, 700)
    assert weight.scripts == len(gzip.compress(FILES["/a.js"]))
    assert weight.without_fonts == weight.html + weight.sheets + weight.scripts + 30


def test_a_page_that_is_not_there_ends_the_measurement(port: int) -> None:
    with Browser(port) as browser, pytest.raises(RuntimeError, match=r"^/none answered 404$"):
        browser.open("/none?q=secret")


def test_no_copy_is_made_beside_a_node_that_runs(tmp_path: Path) -> None:
    for code in ("fr.dgpn", "ma.dgsn"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "node.toml").touch()
    with stopped(tmp_path), pytest.raises(OperatorFault, match="node_running"), hold_directory(tmp_path / "fr.dgpn"):
        pass
    with hold_directory(tmp_path / "fr.dgpn"), pytest.raises(OperatorFault, match="node_running"), stopped(tmp_path):
        pass


def test_processor_time_grows_with_work() -> None:
    before = cpu_seconds(os.getpid())
    while cpu_seconds(os.getpid()) - before < 0.03:
        sum(range(10_000))
    assert cpu_seconds(os.getpid()) > before
