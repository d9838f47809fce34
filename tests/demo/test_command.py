# SPDX-License-Identifier: EUPL-1.2
"""`amana demo` as a person starts it: it stays up with its start page, and takes everything with it when it is ended."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from amana.compose.config import load_config
from amana.compose.control import find_running
from amana.demo.agencies import AGENCIES
from amana.demo.play import play_demo
from amana.protocol.errors import OperatorFault

COMMAND = (sys.executable, "-c", "from amana.cli.main import app; app()", "demo", "--json", "--lang", "fr")
PORTS = (8641, 8642, 8643, 8644)


@pytest.mark.processes
@pytest.mark.timeout(600)
def test_it_stays_up_with_a_start_page_and_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    with subprocess.Popen([*COMMAND, "--dir", str(home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as staying:
        assert staying.stdout is not None
        assert staying.stderr is not None
        try:
            result = json.loads(staying.stdout.readline())
            assert {node["code"] for node in result["nodes"]} == {agency.code for agency in AGENCIES}
            answer = httpx.get(result["start"], follow_redirects=True)
            assert (answer.status_code, str(answer.url)) == (200, f"{result['start']}/fr/")
            assert all(node["url"] in answer.text for node in result["nodes"])
            configs = [load_config(home / agency.code) for agency in AGENCIES]
            assert [config.demonstration for config in configs] == [True] * len(AGENCIES)
            assert [config.four_eyes for config in configs] == [agency.four_eyes for agency in AGENCIES]
        finally:
            staying.terminate()
        told = staying.stderr.read()
    assert f"{result['start']}/fr/" in told
    assert [agency.code for agency in AGENCIES if find_running(home / agency.code)] == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(result["start"])


def test_the_start_page_needs_a_port_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(OperatorFault, match="port_in_use"):
        play_demo(directory=tmp_path / "demo", ports=PORTS, start_port=PORTS[2], headless=False, language="en", say=lambda line: None)
