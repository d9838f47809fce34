# SPDX-License-Identifier: EUPL-1.2
"""Two nodes run as processes of their own; every command serves them: act, show, sync, verify beside, stop cleanly."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.speaking import AGREEMENT, REQUEST, Answer, act, amana, make_node, make_partners

pytestmark = pytest.mark.processes
AMANA = Path(sys.executable).parent / "amana"
PATIENCE = 60.0  # seconds: far more than anything here takes
ENVIRON = {**os.environ, "LC_ALL": "C"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(directory: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """`amana run --json` on a directory, and what it said when it was ready; ended afterwards."""
    command = [str(AMANA), "run", str(directory), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRON)
    try:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


def until(directory: Path, dossier: str, stage: str) -> Answer:
    """What `show` answers once the dossier has reached a stage."""
    limit = time.monotonic() + PATIENCE
    while True:
        answer = amana("show", directory, dossier, "--officer", "amal", "--json")
        if answer.code == 0 and answer.json["stage"] == stage:
            return answer
        assert time.monotonic() < limit, answer.out
        time.sleep(0.05)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Two running nodes, partners of each other, with an agreement both consented to."""
    root = tmp_path_factory.mktemp("running")
    rabat, paris = make_node(root, "ma.dgsn", free_port()), make_node(root, "fr.dgpn", free_port())
    make_partners(rabat, paris)
    with running(rabat) as (_, ready), running(paris):
        assert (ready["ready"], ready["code"]) == (True, "ma.dgsn")
        agreement = act(rabat, AGREEMENT).json["dossier"]
        until(paris, agreement, "proposed")
        assert act(paris, {"action": "agreement.consent", "dossier": agreement}).code == 0
        until(rabat, agreement, "in_force")
        yield rabat, paris


def test_a_request_is_asked_in_arabic_and_read_in_french(nodes: tuple[Path, Path]) -> None:
    rabat, paris = nodes
    asked = act(rabat, REQUEST)
    assert asked.code == 0, asked.err
    dossier = asked.json["dossier"]
    until(rabat, dossier, "delivered")
    page = amana("show", paris, dossier, "--officer", "amal", "--lang", "fr").words
    for part in (
        "remis · ◆ à nous d’agir · 7 heures et 59 minutes",
        "vérification de numéro de téléphone",
        "يرجى التحقق",
        "rédigé en : arabe",
    ):
        assert part in page
    assert "À traiter : " in amana("inbox", paris, "--officer", "amal", "--lang", "fr").words
    assert act(paris, {"action": "information_request.answer", "dossier": dossier, "text": "Inconnu.", "language": "fr"}).code == 0
    until(rabat, dossier, "answered")
    page = amana("show", rabat, dossier, "--officer", "amal", "--lang", "ar").words
    assert "تم الجواب · ◆ الدور علينا" in page
    assert "| Inconnu." in page


def test_a_file_goes_with_a_request_and_is_saved_on_the_other_side(nodes: tuple[Path, Path], tmp_path: Path) -> None:
    rabat, paris = nodes
    content = "Vu à Tanger.\n".encode() * 20_000  # several chunks
    file = {"name": "تقرير.txt", "type": "text/plain", "content": base64.b64encode(content).decode()}
    asked = act(rabat, REQUEST | {"attachments": [file], "title": "Avec une pièce jointe"})
    assert asked.code == 0, asked.err
    entry, out = asked.json["entry"], tmp_path / "rapport.txt"
    given = ("attachment", paris, "--officer", "amal", "--entry", entry, "--place", "0", "--out", out)
    limit = time.monotonic() + PATIENCE
    while (answer := amana(*given, "--lang", "fr")).code and time.monotonic() < limit:
        time.sleep(0.05)
    assert answer.code == 0, answer.err
    assert "Enregistré : تقرير.txt, text/plain, 280000 octets." in answer.words
    assert out.read_bytes() == content
    assert out.stat().st_mode & 0o777 == 0o600
    assert (amana(*given).code, amana(*given, "--json").json["fault"]) == (2, "unwritable_file")  # nothing is written over
    other = amana("attachment", paris, "--officer", "amal", "--entry", entry, "--place", "1", "--out", tmp_path / "b", "--json")
    assert (other.code, other.json["refused"]) == (1, "not_found")
    assert not (tmp_path / "b").exists()
    shown = amana("show", paris, asked.json["dossier"], "--officer", "amal", "--json").json["entries"][0]["attachments"]
    assert [(one["name"], one["state"], one["size"]) for one in shown] == [("تقرير.txt", "here", len(content))]


def test_a_request_outside_the_fields_is_refused_with_what_is_missing(nodes: tuple[Path, Path]) -> None:
    coded = {"area": "migrant_smuggling", "types": ["information"]}
    answer = act(nodes[0], REQUEST | {"coded": coded})
    assert (answer.code, answer.json["refused"]) == (1, "area_not_covered")
    assert "migrant smuggling" in answer.json["sentence"]


def test_verification_works_beside_a_running_node(nodes: tuple[Path, Path]) -> None:
    for node in nodes:
        answer = amana("verify", node, "--json")
        assert (answer.code, answer.json["ok"]) == (0, True), answer.out


def test_exchange_can_be_asked_for_at_once(nodes: tuple[Path, Path]) -> None:
    assert amana("sync", nodes[0], "--partner", "fr.dgpn").words == "fr.dgpn answered: nothing is left to send.\n"


def test_the_doctor_sees_a_running_node(nodes: tuple[Path, Path]) -> None:
    answer = amana("doctor", nodes[0], "--json")
    assert (answer.code, answer.json["running"]) == (0, True)
    assert "fr.dgpn: confirmed, up to date, 0 entries waiting" in amana("doctor", nodes[0]).words


@pytest.mark.parametrize("verb", ["run", "rebuild"])
def test_what_needs_the_directory_alone_is_refused_while_it_runs(verb: str, nodes: tuple[Path, Path]) -> None:
    ended = subprocess.run([AMANA, verb, nodes[0], "--json"], capture_output=True, text=True, env=ENVIRON, timeout=PATIENCE)
    assert (ended.returncode, json.loads(ended.stdout)["fault"]) == (1, "node_running")


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_node_ends_cleanly(name: signal.Signals, tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", free_port())
    with running(node) as (process, ready):
        assert ready["pid"] == process.pid
        assert ready["url"].startswith("http://127.0.0.1:")
        process.send_signal(name)
        assert process.wait(PATIENCE) == 0
    assert amana("verify", node).code == 0


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        node = make_node(tmp_path, "ma.dgsn", port)
        ended = subprocess.run([AMANA, "run", node], capture_output=True, text=True, env=ENVIRON, timeout=PATIENCE)
    assert ended.returncode == 1
    assert f"Port {port} is taken by another program." in ended.stderr
    assert ended.stdout == ""
