# SPDX-License-Identifier: EUPL-1.2
"""One place for all errors: each family has its exit code and its words; the unexpected shows a place and no content."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from amana.cli import replying
from amana.cli.replying import MISUSE, TRACEBACK_VARIABLE, answering, exit_code
from amana.phrases import About, sentence
from amana.phrases.sentences import SENTENCES
from amana.protocol.errors import AmanaError, OperatorFault, PeerFault, Refusal
from tests.cli.speaking import amana

SECRET = "Karim Personne-Inventée"


def raising(error: BaseException) -> Callable[..., None]:
    """A command that raises."""

    @answering()
    def command(*, lang: str | None = None, as_json: bool = False) -> None:  # the options that every command has
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "name"),
    [
        (Refusal("not_found"), 1, "refused"),
        (PeerFault("signature", check=3, what="card", part="mldsa"), 1, "rejected"),
        (OperatorFault("database_damaged", file="node.db"), 1, "fault"),
        (OperatorFault("wrong_passphrase_or_damaged_key_file", file="node.key"), 1, "fault"),
        (OperatorFault("node_running", pid=7), 1, "fault"),
        (OperatorFault("no_node_here", path="x"), 2, "fault"),
        (OperatorFault("directory_in_use", path="x"), 2, "fault"),
    ],
)
def test_an_error_is_an_exit_code_and_an_object(error: AmanaError, code: int, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        raising(error)(lang="fr", as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (ended.value.exit_code, said[name]) == (code, error.code)
    assert exit_code(error) == code
    assert said["facts"] == dict(error.facts)


def test_words_go_to_standard_error_with_what_the_sentence_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        raising(OperatorFault("database_damaged", sqlite="SQLITE_CORRUPT"))(lang="en")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [sentence("en", "database_damaged", {}, About.MACHINE), "  sqlite=SQLITE_CORRUPT"]


@pytest.mark.parametrize("as_json", [True, False])
def test_the_unexpected_shows_a_place_and_no_content(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        raising(ValueError(SECRET))(lang="en", as_json=as_json)
    shown = capsys.readouterr()
    assert ended.value.exit_code == 1
    assert SECRET not in shown.out + shown.err
    assert "ValueError at test_replying.py:" in shown.err
    assert not as_json or json.loads(shown.out)["error"] == "ValueError"


def test_a_developer_can_ask_for_the_trace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(TRACEBACK_VARIABLE, "1")
    with pytest.raises(typer.Exit):
        raising(ValueError("told"))(lang="en")
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_ends_cleanly(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        raising(KeyboardInterrupt())(lang="en", as_json=True)
    shown = capsys.readouterr()
    assert (ended.value.exit_code, json.loads(shown.out)) == (130, {"interrupted": True})
    assert "Traceback" not in shown.err


def test_every_misuse_has_its_sentence() -> None:
    assert sorted(MISUSE - SENTENCES[About.MACHINE].keys()) == []


def test_every_command_helps_with_an_example() -> None:
    listed = amana("--help")
    assert listed.code == 0
    verbs = "init officer run card partner act show inbox sync verify rebuild doctor demo bench".split()
    for verb in verbs:
        shown = amana(verb, "--help")
        assert f"\n  {verb} " in listed.out
        assert "Example:\n    " in shown.out
        assert replying.__doc__
        assert "Exit codes: 0 done, 1 refused or found wrong, 2 the command was wrong." in shown.out


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["verify"], ["bench", "dance"], ["demo", "--ports", "a,b"], ["show", "x", "--lang", "tlh"]]
)
def test_a_wrong_call_is_misuse(words: list[str]) -> None:
    assert amana(*words).code == 2


def test_the_language_is_the_option_else_the_locale(tmp_path: Path) -> None:
    for language in ("ar", "fr", "en"):
        expected = sentence(language, "no_node_here", {"path": str(tmp_path)}, About.MACHINE)
        assert amana("verify", tmp_path, "--lang", language, LC_ALL="C").err.strip() == expected
        assert amana("verify", tmp_path, LC_ALL=f"{language}_XX.UTF-8").err.strip() == expected
