# SPDX-License-Identifier: EUPL-1.2
"""Officers act, show and read their inbox; the machine is verified, rebuilt, examined: in words and in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.speaking import AGREEMENT, REQUEST, act, amana, make_node, make_partners


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """ma.dgsn with an agreement that it proposed, and the agreement's reference."""
    root = tmp_path_factory.mktemp("agreed")
    node = make_node(root, "ma.dgsn", 18461)
    make_partners(node, make_node(root, "fr.dgpn", 18462))
    return node, act(node, AGREEMENT).json["dossier"]


def test_an_action_answers_with_entry_and_dossier(agreed: tuple[Path, str]) -> None:
    node, _ = agreed
    answer = act(node, AGREEMENT | {"title": "Un autre"})
    assert answer.code == 0
    assert answer.json["entry"] == answer.json["dossier"]
    assert len(answer.json["entry"]) == 64


@pytest.mark.parametrize(
    ("action", "refused"),
    [
        (REQUEST, "agreement_not_consented"),
        (REQUEST | {"to": ["es.cnp"]}, "not_a_party"),
        ({"action": "note", "dossier": "00" * 32, "text": "x"}, "not_found"),
        ({"action": "note", "dossier": "x", "text": "x"}, "bad_id"),
        ({"action": "dance"}, "unknown_action"),
        ({"action": "note", "dance": 1}, "bad_action"),
        ({"action": "information_request.delivered", "to": ["fr.dgpn"]}, "automatic_entry"),
    ],
)
def test_a_refused_action_says_code_facts_and_sentence(action: dict[str, Any], refused: str, agreed: tuple[Path, str]) -> None:
    answer = act(agreed[0], action)
    assert (answer.code, answer.json["refused"]) == (1, refused)
    assert answer.json["sentence"] in answer.err
    assert "There is no sentence" not in answer.json["sentence"]


def test_an_action_comes_from_a_file_or_is_misuse(agreed: tuple[Path, str], tmp_path: Path) -> None:
    node, dossier = agreed
    file = tmp_path / "note.json"
    for content, fault in (("[]", "not_json"), ("{", "not_json"), ("\xff", "not_json")):
        file.write_bytes(content.encode("latin-1"))
        answer = amana("act", node, "--officer", "amal", "--file", file)
        assert (answer.code, answer.json["fault"]) == (2, fault)
    assert amana("act", node, "--officer", "amal", "--file", tmp_path / "gone").json["fault"] == "unreadable_file"
    file.write_text(json.dumps({"action": "note", "dossier": dossier, "text": "À relire.\nDemain.", "language": "fr"}))
    assert amana("act", node, "--officer", "amal", "--file", file).code == 0


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            [
                "agreement · with fr.dgpn",
                "proposed, awaiting consent",
                "turn of fr.dgpn",
                "areas: drugs and psychotropic substances, cybercrime",
            ],
        ),
        ("fr", ["accord · avec fr.dgpn", "proposé, en attente de consentement", "domaines : trafic illicite", "urgente : 3 jours"]),
        ("ar", ["اتفاق · مع fr.dgpn", "مقترح، في انتظار الموافقة", "المجالات: الاتجار غير المشروع", "محرر باللغة: الفرنسية"]),
    ],
)
def test_a_dossier_is_read_in_the_readers_language(language: str, parts: list[str], agreed: tuple[Path, str]) -> None:
    node, dossier = agreed
    shown = amana("show", node, dossier, "--officer", "amal", "--lang", language)
    assert shown.code == 0
    assert [part for part in parts if part not in shown.words] == []
    assert "Texte de l'accord, inventé." in shown.words
    assert "H0 " in shown.words
    listed = amana("show", node, "--officer", "amal", "--lang", language)
    assert dossier in listed.words
    assert "Accord de coopération" in listed.words


def test_a_reference_copied_from_an_arabic_page_is_understood(agreed: tuple[Path, str]) -> None:
    node, dossier = agreed
    assert amana("show", node, f"\u2066{dossier}\u2069", "--officer", "amal", "--json").json["dossier"] == dossier


def test_an_inbox_is_the_day_of_one_officer(agreed: tuple[Path, str]) -> None:
    words = amana("inbox", agreed[0], "--officer", "amal").words
    assert "To do today: 0" in words
    assert "Awaiting partners: " in words
    assert amana("inbox", agreed[0], "--officer", "amal", "--json").json["to_do"] == []


@pytest.mark.parametrize("words", [["inbox"], ["show"], ["show", "00" * 32]])
def test_who_has_no_account_reads_nothing(words: list[str], agreed: tuple[Path, str]) -> None:
    answer = amana(words[0], agreed[0], *words[1:], "--officer", "nobody", "--json")
    assert (answer.code, answer.json["refused"]) == (1, "unknown_officer")


def test_an_administrator_sees_no_content(agreed: tuple[Path, str]) -> None:
    node, dossier = agreed
    amana("officer", node, "add", "root", "--role", "administrator")
    assert amana("show", node, dossier, "--officer", "root", "--json").json["refused"] == "not_found"
    assert amana("show", node, "00" * 32, "--officer", "amal", "--json").json["refused"] == "not_found"


def test_a_node_is_verified_in_words_and_in_json(agreed: tuple[Path, str]) -> None:
    words = amana("verify", agreed[0]).words
    assert "Everything holds: " in words
    assert words.count("Proved: ") == 3
    answer = amana("verify", agreed[0], "--json")
    assert (answer.code, answer.json["ok"], answer.json["first_failure"]) == (0, True, None)


def test_a_changed_byte_is_named(tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", 18463)
    (node / "fence").write_text("changed\n")
    answer = amana("verify", node)
    assert answer.code == 1
    assert "Line 1 of the fence file was changed." in answer.words.replace("–", "1")
    assert "Where: " in answer.words
    assert amana("verify", node, "--json").json["first_failure"]["what"] == "fence_damaged"


def test_a_node_is_rebuilt(agreed: tuple[Path, str]) -> None:
    before = amana("verify", agreed[0], "--json").json
    answer = amana("rebuild", agreed[0])
    assert (answer.code, answer.words.startswith("Made again: ")) == (0, True)
    assert amana("verify", agreed[0], "--json").json == before


def test_the_doctor_names_each_problem_with_what_to_do(agreed: tuple[Path, str]) -> None:
    answer = amana("doctor", agreed[0])
    assert answer.code == 0, "what is only advice is not found wrong"
    assert "▲ identity.key: The identity key lies on this machine." in answer.words
    assert "Start it with `amana run`." in answer.words
    assert amana("doctor", agreed[0], "--json").json["ok"] is True


def test_a_file_that_others_may_open_is_found_wrong(tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", 18464)
    (node / "node.db").chmod(0o644)
    answer = amana("doctor", node, "--json")
    assert answer.code == 1
    assert {"code": "file_too_open", "where": "node.db"} in answer.json["problems"]


def test_a_partner_that_does_not_answer_is_said(agreed: tuple[Path, str]) -> None:
    answer = amana("sync", agreed[0])
    assert (answer.code, answer.words) == (1, "fr.dgpn did not answer. What waits is sent by itself when it is back.\n")
    assert amana("sync", agreed[0], "--partner", "es.cnp", "--json").json["refused"] == "unknown_partner"
