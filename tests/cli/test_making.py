# SPDX-License-Identifier: EUPL-1.2
"""A node is made, gets its people and partners, shows its card: what is wrong is said, and with which exit code."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from amana.cli.files import armoured, read_card
from amana.cli.init import CREDENTIAL
from amana.storage import keyfile
from tests.cli.speaking import NAMES, amana, make_node


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.json"
    file.write_text(json.dumps(NAMES["ma.dgsn"]), encoding="utf-8")
    return file


def test_a_node_is_made_and_says_where_its_passphrase_lies(tmp_path: Path, names: Path) -> None:
    answer = amana("init", tmp_path / "node", "--code", "ma.dgsn", "--names-file", names, "--port", 18453)
    assert answer.code == 0, answer.err
    assert "A passphrase was made and lies in" in answer.words
    assert stat.S_IMODE((tmp_path / "node" / "passphrase").stat().st_mode) == 0o600
    card = amana("card", tmp_path / "node", "--json").json
    assert card["safety_number"] in answer.out
    assert card["addresses"] == ["http://127.0.0.1:18453"]
    again = amana("init", tmp_path / "node", "--code", "ma.dgsn", "--names-file", names, "--port", 18453, "--json")
    assert (again.code, again.json["fault"]) == (2, "directory_in_use")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A passphrase in a file that only its owner reads."""
    secret = tmp_path / CREDENTIAL
    secret.write_text("correct horse battery staple\n")
    secret.chmod(0o600)
    return secret


def test_a_passphrase_from_a_file_is_read_from_there_again(secret: Path, tmp_path: Path, names: Path) -> None:
    words = ["--passphrase-file", secret]
    answer = amana("init", tmp_path / "node", "--code", "ma.dgsn", "--names-file", names, "--port", 18454, *words, "--json")
    assert (answer.code, answer.json["passphrase_file"]) == (0, str(secret))
    assert not (tmp_path / "node" / "passphrase").exists()
    assert amana("card", tmp_path / "node", "--json").code == 0
    secret.unlink()
    assert amana("card", tmp_path / "node", "--json").json["fault"] == "no_passphrase"


def test_a_passphrase_from_the_service_manager_is_not_kept(secret: Path, tmp_path: Path, names: Path) -> None:
    environ = {"CREDENTIALS_DIRECTORY": str(secret.parent)}
    answer = amana("init", tmp_path / "node", "--code", "ma.dgsn", "--names-file", names, "--port", 18454, "--json", **environ)
    assert (answer.code, answer.json["passphrase_file"]) == (0, "")
    assert not (tmp_path / "node" / "passphrase").exists()
    assert amana("card", tmp_path / "node", "--json").json["fault"] == "no_passphrase"
    assert amana("card", tmp_path / "node", "--json", **environ).code == 0


def test_the_credential_has_one_name() -> None:
    assert CREDENTIAL == keyfile.CREDENTIAL


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("names.json", '{"ar": "أ", "fr": "F"}', "bad_names"),
        ("names.json", '{"ar": "أ", "fr": "F", "en": "E", "es": "E"}', "bad_names_file"),
        ("names.json", '{"ar": "أ", "fr": "F", "en": "E\\u202e"}', "bad_names_file"),
        ("names.json", "[]", "bad_names_file"),
        ("names.json", "\x00", "bad_names_file"),
        ("names.toml", "ar = 'أ'\nfr = ", "bad_names_file"),
        ("names.toml", "ar = 'أ'\nfr = 'F'", "bad_names"),
    ],
)
def test_a_file_of_names_that_cannot_be_used_is_misuse(name: str, content: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    answer = amana("init", tmp_path / "node", "--code", "ma.dgsn", "--names-file", tmp_path / name, "--port", 1, "--json")
    assert (answer.code, answer.json["fault"]) == (2, fault)
    assert not (tmp_path / "node").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--code", "MA.DGSN", "--port", 18455),
        ("--code", "ma..dgsn", "--port", 18455),
        ("--code", "ma.dgsn", "--port", 0),
        ("--code", "ma.dgsn", "--port", 18455, "--address", "ftp://host"),
        ("--code", "ma.dgsn", "--port", 18455, "--address", "https://a", "--address", "https://a"),
        ("--code", "ma.dgsn", "--port", 18455, "--limit", "cosmic"),
        ("--code", "ma.dgsn"),
    ],
)
def test_a_wrong_option_is_misuse_and_says_so_in_json_too(words: tuple[object, ...], tmp_path: Path, names: Path) -> None:
    answer = amana("init", tmp_path / "node", "--names-file", names, *words, "--json")
    assert answer.code == 2
    assert answer.json["misuse"]
    assert "Usage: " in answer.err
    assert not (tmp_path / "node").exists()


def test_no_node_there_is_misuse(tmp_path: Path) -> None:
    for words in (["card"], ["verify"], ["rebuild"], ["doctor"], ["run"], ["sync"], ["inbox", "--officer", "amal"]):
        answer = amana(words[0], tmp_path, *words[1:], "--json")
        assert (answer.code, answer.json["fault"]) == (2, "no_node_here"), words


def test_officers_are_added_changed_and_listed(tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", 18456)
    assert (
        amana("officer", node, "add", "--account", "chef", "--role", "supervisor", "--unit", "drugs", "--unit", "desk", "--name", "C.").code
        == 0
    )
    assert amana("officer", node, "add", "root", "--role", "administrator", "--json").json == {"account": "root"}
    assert amana("officer", node, "list").words.splitlines() == [
        "amal: Amal, supervisor, desk",
        "chef: C., supervisor, desk, drugs",
        "root: root, administrator, ",
    ]
    assert amana("officer", node, "add", "chef", "--name", "D.", "--unit", "drugs").code == 0
    assert "chef: D., desk officer, drugs" in amana("officer", node, "list").words


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add"], 2),
        (["add", "amal", "--account", "lea"], 2),
        (["add", "A B"], 1),
        (["add", "x" * 33], 1),
        (["add", "a", "--name", "x" * 201], 1),
    ],
)
def test_an_account_that_cannot_be_kept_is_not(words: list[str], code: int, rabat: Path) -> None:
    assert amana("officer", rabat, *words, "--json").code == code
    assert [held["account"] for held in amana("officer", rabat, "list", "--json").json["officers"]] == ["amal"]


def test_a_card_comes_back_from_its_armour(rabat: Path, tmp_path: Path) -> None:
    file = tmp_path / "card"
    amana("card", rabat, "--out", file)
    shown = amana("card", rabat)
    assert file.read_text() in shown.out
    assert armoured(read_card(file)) == file.read_text()
    bare = tmp_path / "bare"
    bare.write_text(amana("card", rabat, "--json").json["card"])
    assert read_card(bare) == read_card(file)


@pytest.mark.parametrize(("content", "code", "said"), [(b"", 2, "not_a_card"), (b"%%%", 2, "not_a_card"), (b"AAAA", 1, "wrong_shape")])
def test_a_file_that_is_no_card_is_not_added(content: bytes, code: int, said: str, rabat: Path, tmp_path: Path) -> None:
    (tmp_path / "card").write_bytes(content)
    answer = amana("partner", rabat, "add", "--card", tmp_path / "card", "--json")
    assert answer.code == code
    assert said in answer.json.values()


def test_an_unreadable_card_is_misuse(rabat: Path, tmp_path: Path) -> None:
    assert amana("partner", rabat, "add", "--card", tmp_path / "gone", "--json").json["fault"] == "unreadable_file"
    assert amana("card", rabat, "--out", tmp_path / "no" / "such", "--json").json["fault"] == "unwritable_file"


@pytest.mark.parametrize(
    ("number", "said"),
    [("12345", "safety_number_form"), ("1 2 3 x", "safety_number_form"), (" ".join(["12345"] * 8), "safety_number_differs")],
)
def test_a_number_that_was_not_heard_confirms_nobody(number: str, said: str, tmp_path: Path) -> None:
    node, other = make_node(tmp_path, "ma.dgsn", 18457), make_node(tmp_path, "fr.dgpn", 18458)
    amana("card", other, "--out", tmp_path / "card")
    added = amana("partner", node, "add", "--card", tmp_path / "card")
    assert "Nothing is exchanged yet." in added.words
    answer = amana("partner", node, "confirm", "fr.dgpn", "--number", number, "--json")
    assert (answer.code, answer.json["refused"]) == (1, said)
    assert "safety number not yet compared" in amana("partner", node, "list").words


def test_a_partner_is_listed_suspended_and_resumed(rabat: Path) -> None:
    assert "fr.dgpn: Direction générale de la Police nationale, confirmé" in amana("partner", rabat, "list", "--lang", "fr").words.replace(
        " :", ":"
    )
    assert amana("partner", rabat, "suspend", "fr.dgpn", "--json").json["status"] == "suspended"
    assert amana("partner", rabat, "resume", "fr.dgpn", "--json").json["status"] == "confirmed"
    assert amana("partner", rabat, "suspend", "es.cnp", "--json").json["refused"] == "unknown_partner"


@pytest.mark.parametrize("words", [["confirm"], ["suspend"], ["add"], ["marry", "fr.dgpn"], ["confirm", "fr.dgpn"]])
def test_what_a_partner_command_lacks_is_misuse(words: list[str], rabat: Path) -> None:
    assert amana("partner", rabat, *words, "--json").code == 2


def test_a_renewed_card_has_the_next_number(tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", 18459)
    answer = amana("card", node, "--renew", "--address", "https://dgsn.example", "--json")
    assert (answer.json["number"], answer.json["addresses"]) == (2, ["https://dgsn.example"])
    assert amana("card", node, "--new-run", "--json").code == 2


def test_an_account_is_invited_and_closed(tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", 18457)
    invited = amana("officer", node, "invite", "amal", "--json")
    assert (invited.code, len(invited.json["invitation"])) == (0, 19)
    assert invited.json["invitation"] not in amana("officer", node, "list").out
    assert amana("officer", node, "close", "amal").code == 0
    assert amana("inbox", node, "--officer", "amal", "--json").json["refused"] == "account_closed"
    assert amana("officer", node, "invite", "amal").code == 0
    assert amana("inbox", node, "--officer", "amal").code == 0
    assert amana("officer", node, "invite", "nobody", "--json").json["refused"] == "unknown_officer"


def test_the_last_administrator_is_not_closed(tmp_path: Path) -> None:
    node = make_node(tmp_path, "ma.dgsn", 18458)
    assert amana("officer", node, "add", "root", "--role", "administrator").code == 0
    assert amana("officer", node, "close", "root", "--json").json["refused"] == "last_administrator"
