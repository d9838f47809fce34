# SPDX-License-Identifier: EUPL-1.2
"""`amana verify DIR --code C`: a released text, one that is not known, one under embargo, and one whose entries were changed."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from amana.node.access import open_scope
from amana.node.actions.act import act
from amana.node.queries.communiques import show_communique
from amana.protocol.identifiers import DossierId
from tests.cli.speaking import amana
from tests.compose.pairs import PARIS, RABAT, both_open, exchange, make_partners

TEXTS = {"ar": "عقدت جلستا العمل بالرباط.", "fr": "Les deux séances ont eu lieu à Rabat."}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Two node directories at rest, and the codes of a text that both released; another text is under embargo."""
    root = tmp_path_factory.mktemp("published")
    make_partners(root)
    with both_open(root) as (rabat, paris):
        codes: dict[str, str] = {}
        for embargo in (0, int(time.time() * 1000) + 3_600_000):

            def say(opened: Any, type: str, coded: dict[str, Any], **more: Any) -> Any:
                done = act(opened.node, "desk", {"action": f"communique.{type}", "coded": coded, **more})
                exchange(rabat, paris)
                return done

            begun = say(rabat, "draft", {"languages": ["ar", "fr"], "embargo": embargo}, to=[PARIS], title="Communiqué", language="fr")
            dossier = {"dossier": begun.dossier.hex()}
            first = say(rabat, "clause", {"language": "ar", "role": "paragraph"}, text=TEXTS["ar"], language="ar", **dossier).entry.hex()
            say(rabat, "clause", {"language": "fr", "clause": first}, text=TEXTS["fr"], language="fr", **dossier)
            for opened in (rabat, paris):
                for language in ("ar", "fr"):
                    say(opened, "approve", {"language": language}, **dossier)
            say(paris, "release", {}, **dossier)
            shown = show_communique(rabat.node, open_scope(rabat.node, "desk"), DossierId(begun.dossier))
            codes |= {one["language"]: one["code"] for one in shown["released"] if one["code"]}
    return root, codes


@pytest.mark.parametrize("code", [RABAT, PARIS])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_released_text_is_confirmed_by_each_agency(code: str, language: str, published: tuple[Path, dict[str, str]]) -> None:
    root, codes = published
    answer = amana("verify", root / code, "--code", codes[language].lower().replace("-", " "), "--json")
    assert (answer.code, answer.json["ok"], answer.json["code"]) == (0, True, codes[language])
    assert (answer.json["language"], answer.json["text"], answer.json["parties"]) == (language, TEXTS[language], [PARIS, RABAT])
    assert answer.json["released_at"] <= int(time.time() * 1000)
    assert all(one["since"] for one in answer.json["approvals"])
    said = amana("verify", root / code, "--code", codes[language], "--lang", "en")
    assert (said.code, TEXTS[language] in said.out) == (0, True)
    assert "Confirmed" in said.out


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("0000-0000-0000-0000-0", "unknown_public_code"),
        ("J04S-H7RT-V32E-K0YR-9", "bad_public_code"),
        ("x", "bad_public_code"),
    ],
)
def test_what_is_not_known_or_mistyped_says_what_to_compare(typed: str, refused: str, published: tuple[Path, dict[str, str]]) -> None:
    answer = amana("verify", published[0] / RABAT, "--code", typed, "--json")
    assert (answer.code, answer.json["ok"], answer.json["refused"]) == (1, False, refused)
    assert "There is no sentence" not in answer.json["sentence"]


def test_no_node_there_is_a_wrong_command(tmp_path: Path) -> None:
    assert amana("verify", tmp_path, "--code", "J04S-H7RT-V32E-K0YR-8", "--json").code == 2


@pytest.mark.parametrize(
    ("read", "write"),
    [
        (
            "SELECT rowid, header FROM entry WHERE kind = 'communique' AND type = 'approve'",
            "UPDATE entry SET header = ? WHERE rowid = ?",
        ),
        ("SELECT rowid, head FROM step", "UPDATE step SET head = ? WHERE rowid = ?"),
        ("SELECT rowid, receipt FROM step WHERE receipt <> x''", "UPDATE step SET receipt = ? WHERE rowid = ?"),
    ],
    ids=["an approval", "a signed head", "a receipt"],
)
def test_a_changed_byte_behind_the_text_is_found(read: str, write: str, published: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    root, codes = published
    home = tmp_path / RABAT
    shutil.copytree(root / RABAT, home, ignore=shutil.ignore_patterns("*.sock"))
    with closing(sqlite3.connect(home / "node.db")) as raw:
        for rowid, value in raw.execute(read).fetchall():
            raw.execute(write, (value[:-1] + bytes([value[-1] ^ 1]), rowid))
        raw.commit()
    answer = amana("verify", home, "--code", codes["ar"], "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)
    assert answer.json["first_failure"]["what"]
