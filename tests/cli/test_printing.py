# SPDX-License-Identifier: EUPL-1.2
"""`amana print` writes what may be printed to a file that only its owner reads, and says no as the other commands do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from amana.phrases import LANGUAGES
from tests.cli.speaking import AGREEMENT, act, amana, make_node, make_partners
from tests.web.printing.paper import pages_of


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """ma.dgsn with an agreement that it proposed, and the agreement's reference."""
    root = tmp_path_factory.mktemp("printed")
    node = make_node(root, "ma.dgsn", 18471)
    make_partners(node, make_node(root, "fr.dgpn", 18472))
    return node, act(node, AGREEMENT).json["dossier"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", ["", "1", "id"])
def test_a_dossier_or_a_letter_is_written(language: str, entry: str, agreed: tuple[Path, str], tmp_path: Path) -> None:
    node, dossier = agreed
    out = tmp_path / "print.pdf"
    chosen = ["--entry", dossier[:8] if entry == "id" else entry] if entry else []
    answer = amana("print", node, "--officer", "amal", "--dossier", dossier, *chosen, "--lang", language, "--out", out, "--json")
    assert (answer.code, answer.json["entry"]) == (0, dossier if entry else "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert dossier in "".join(pages_of(out.read_bytes()))
    assert str(out) in amana("print", node, "--officer", "amal", "--dossier", dossier, *chosen, "--lang", language, "--out", out).words


@pytest.mark.parametrize(
    ("officer", "dossier", "entry", "refused"),
    [
        ("amal", "00" * 32, "1", "not_found"),
        ("amal", "", "2", "not_found"),
        ("amal", "", "ffff", "not_found"),
        ("nobody", "", "1", "unknown_officer"),
    ],
)
def test_what_is_not_there_is_not_printed(
    officer: str, dossier: str, entry: str, refused: str, agreed: tuple[Path, str], tmp_path: Path
) -> None:
    node, there = agreed
    out = tmp_path / "print.pdf"
    answer = amana("print", node, "--officer", officer, "--dossier", dossier or there, "--entry", entry, "--out", out, "--json")
    assert (answer.code, answer.json["refused"]) == (1, refused)
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_misuse(agreed: tuple[Path, str], tmp_path: Path) -> None:
    node, dossier = agreed
    answer = amana("print", node, "--officer", "amal", "--dossier", dossier, "--out", tmp_path / "no" / "print.pdf", "--json")
    assert (answer.code, answer.json["fault"]) == (2, "unwritable_file")
