# SPDX-License-Identifier: EUPL-1.2
"""Every code has its sentence and every message its wording in Arabic, French and English; what is missing is noticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types
import pytest

from amana.phrases.catalogue import LANGUAGES, LOCALES
from amana.phrases.check import catalogue_faults, faults, named_faults, raised_faults
from amana.phrases.codes import Sources
from amana.phrases.files import brought_up_to_date, compiled, load_po, mo_path, po_path
from amana.phrases.messages import Message, messages, read_sources


@cache
def sources() -> Sources:
    return read_sources()


def planted(tmp_path: Path, source: str) -> Sources:
    """The sources of a product that consists of this module."""
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    return read_sources(tmp_path)


def test_nothing_is_missing() -> None:
    assert list(faults(sources())) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise Refusal('no_such_code_at_all')", "has no sentence"),
        ("raise OperatorFault('not_found')", "has no sentence"),
        ("raise PeerFault('unknown_officer')", "has no sentence"),
        ("raise Refusal('unknown_officer')", "wants ['account']"),
        ("raise Refusal(some.thing[0])", "cannot tell which codes"),
        ("def f(x):\n    raise Refusal(x)\nf('no_such_code_at_all')", "has no sentence"),
        ("Failure(what='no_such_check')", "verification's 'no_such_check'"),
        ("problems = [{'code': 'no_such_problem'}]", "problem 'no_such_problem'"),
    ],
)
def test_a_code_without_its_sentence_is_noticed(source: str, said: str, tmp_path: Path) -> None:
    assert any(said in fault for fault in raised_faults(planted(tmp_path, source)))


@pytest.mark.parametrize(
    "source",
    [
        "raise Refusal('not_found')",
        "raise Refusal('unknown_officer', account=account)",
        "raise Refusal('unknown_officer', **facts)",
        "raise Refusal(Reason.CLOSED if closed else Reason.WITHDRAWN)",
        "raise Refusal(decision.code, **decision.facts)",
        "raise PeerFault('replayed', check=1)",
    ],
)
def test_a_code_with_its_sentence_is_let_be(source: str, tmp_path: Path) -> None:
    assert list(raised_faults(planted(tmp_path, source))) == []


def test_a_stage_without_a_name_is_noticed(tmp_path: Path) -> None:
    assert "the stage 'no_such_stage' has no name" in list(named_faults(planted(tmp_path, "Summary(stage='no_such_stage')")))


def test_what_is_told_must_be_written_out(tmp_path: Path) -> None:
    written = dict(planted(tmp_path, "tell(language, sentence)\nreply.tell('It is {x}.', x=1)\n").written())
    assert written == {"module.py:1": (), "module.py:2": ("It is {x}.",)}


def changed(tmp_path: Path, language: str, change: Callable[[polib.POFile], object]) -> list[str]:
    """The faults of a catalogue after a change to its .po file."""
    locales = tmp_path / "locale"
    shutil.copytree(LOCALES, locales)
    po = load_po(language, locales)
    change(po)
    po.save(str(po_path(language, locales)))
    mo_path(language, locales).write_bytes(compiled(po))
    return list(catalogue_faults(language, sources(), locales))


def with_places(po: polib.POFile) -> polib.POEntry:
    return next(entry for entry in po if "{" in entry.msgid and not entry.msgid_plural)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda po: po.remove(po[0]), "no entry for"),
        (lambda po: po.append(polib.POEntry(msgid="Nobody says this.", msgstr="x")), "nothing needs"),
        (lambda po: po[0].flags.append("fuzzy"), "fuzzy"),
        (lambda po: setattr(with_places(po), "msgstr", ""), "not worded"),
        (lambda po: setattr(with_places(po), "msgstr", "{other}"), "other places"),
        (lambda po: next(e for e in po if e.msgid_plural).msgstr_plural.pop(1), "not worded"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_catalogue_that_is_not_whole_is_noticed(
    change: Callable[[polib.POFile], object], said: str, language: str, tmp_path: Path
) -> None:
    assert any(said in fault for fault in changed(tmp_path, language, change))


def test_an_unchanged_copy_has_no_faults(tmp_path: Path) -> None:
    assert changed(tmp_path, "ar", lambda po: None) == []


def test_what_runs_must_be_what_the_catalogue_compiles_to(tmp_path: Path) -> None:
    locales = tmp_path / "locale"
    shutil.copytree(LOCALES, locales)
    mo_path("fr", locales).write_bytes(mo_path("ar", locales).read_bytes())
    assert any("what runs" in fault for fault in catalogue_faults("fr", sources(), locales))


def test_a_new_message_waits_for_its_wording_and_english_words_itself() -> None:
    needed = {Message(english="One {x}."): "here", Message(english="{count} dog", plural="{count} dogs"): "here"}
    assert [entry.msgstr for entry in brought_up_to_date("fr", needed, [])] == ["", ""]
    english = brought_up_to_date("en", needed, [])
    assert english[0].msgstr == "One {x}."
    assert english[1].msgstr_plural == {0: "{count} dog", 1: "{count} dogs"}
    assert len(brought_up_to_date("ar", needed, [])[1].msgstr_plural) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_are_up_to_date_and_in_their_one_form(language: str) -> None:
    fresh = brought_up_to_date(language, messages(sources()), load_po(language))
    assert str(fresh).strip() == po_path(language).read_text(encoding="utf-8").strip()


def test_messages_know_where_they_are_needed() -> None:
    needed = messages(sources())
    assert needed[Message(context="area", english="cybercrime")] == "area: cybercrime"
    assert len(needed) > 600
