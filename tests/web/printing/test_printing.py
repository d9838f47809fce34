# SPDX-License-Identifier: EUPL-1.2
"""What leaves on paper: marked on every page, the same bytes each time, and never more than may leave."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from amana.phrases import LANGUAGES, error_sentence
from amana.protocol.errors import Refusal
from amana.web.printing import dossier_pdf, letter_pdf, require_printable, typesetting
from amana.web.printing.dossier import dossier_value
from amana.web.printing.letter import letter_value
from amana.web.printing.typesetting import Unprintable, compiler_for, typeset
from tests.web.printing.paper import (
    ANSWER,
    FOREIGN,
    GIVEN,
    HOUR,
    ITEM,
    MARKING,
    NOW,
    REQUEST,
    SECRET_NOTE,
    boxes_of,
    dossier,
    entry,
    pages_of,
    sheet,
    sizes_of,
)

MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
LONG = "\n\n".join(["Le véhicule a été contrôlé au port. " * 20] * 20)
HOSTILE = "\n".join(
    [
        '#set page(width: 1cm) #panic("x") #import "/etc/passwd": *',
        "*bold* _it_ `raw` $x^2$ = heading <label> @ref // no comment /* x */ \\u{41} [",
        "\u202eevil\u202c \u2066iso \u200f\u200e \u0007\x1b[31m",
        "W" * 400,
        "ش" * 300,
        "中文 😀 ⵣ",
        "\ue000 \ue001",
        "- item\n+ enum\n/ term: x\n| table |",
    ]
)


def both(shown: dict[str, Any], language: str) -> list[bytes]:
    """The dossier, and its first entry as a letter."""
    return [dossier_pdf(shown, language=language, **GIVEN), letter_pdf(shown, REQUEST, language=language, **GIVEN)]


def with_first(**more: Any) -> dict[str, Any]:
    """The dossier with another first entry."""
    shown = dossier()
    shown["entries"][0] |= more
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_long_print_carries_marking_reference_number_and_post(language: str) -> None:
    for pdf in both(with_first(text=LONG, language="fr"), language):
        pages = pages_of(pdf)
        assert len(pages) > 2
        for number, page in enumerate(pages, 1):
            assert {"H0", "H2"} <= set(page.split())
            assert "MA-" in page
            assert "AAAAAA" in page
            assert "unit-2" in page
            assert str(number) in page
            assert str(len(pages)) in page


@pytest.mark.parametrize(
    ("language", "country", "size"), [("fr", "France", "78,1 Mo"), ("en", "France", "78.1 MB"), ("ar", "فرنسا", "78,1")]
)
def test_countries_and_sizes_are_in_words(language: str, country: str, size: str) -> None:
    file = {"name": "a.pdf", "size": 81_890_000, "sha256": "3181080800081234" * 4, "type": "application/pdf"}
    shown = with_first(items=[ITEM], attachments=[file])
    told = json.dumps(letter_value(sheet(language, shown), shown, REQUEST), ensure_ascii=False)
    assert country in told
    assert size in told.replace("\u00a0", " ")
    assert "318108080008…" in told


def test_the_band_of_the_demonstration_is_on_every_page_and_only_there() -> None:
    shown = with_first(text=LONG, language="fr")
    assert all("Demonstration, invented data" in page for page in pages_of(dossier_pdf(shown, language="en", **GIVEN)))
    real = pages_of(dossier_pdf(shown, language="en", **GIVEN | {"demonstration": False}))
    assert not any("invented" in page for page in real)


@pytest.mark.parametrize(
    ("marking", "wanted"),
    [
        ({"codes": ["H1", "H3"]}, ["H1", "H3", "not in court", "another restriction"]),
        ({"level": 3, "national": "Secret Défense"}, ["Secret", "Secret Défense"]),
        ({"tlp": "amber+strict"}, ["TLP:AMBER+STRICT"]),
    ],
)
def test_a_dossier_carries_the_strictest_of_its_markings_on_each_page(marking: dict[str, Any], wanted: list[str]) -> None:
    shown = with_first(text=LONG, language="fr")
    shown["entries"][2]["marking"] |= marking
    pages = pages_of(dossier_pdf(shown, language="en", **GIVEN))
    assert len(pages) > 2
    for page in pages:
        assert all(one in page for one in wanted)
    assert not any("H1" in page for page in pages_of(letter_pdf(dossier(), REQUEST, language="en", **GIVEN)))


def test_a_letter_with_its_translation_carries_the_marking_of_both() -> None:
    shown = dossier()
    shown["entries"][1]["marking"] |= {"tlp": "green"}
    assert "TLP:GREEN" in pages_of(letter_pdf(shown, REQUEST, language="fr", **GIVEN))[0]
    assert "TLP:GREEN" not in pages_of(letter_pdf(shown, REQUEST, language="ar", **GIVEN))[0]  # nobody there needs it


def test_a_translation_that_may_not_be_printed_is_left_out_of_the_letter() -> None:
    shown = dossier()
    assert "Prière de vérifier" in json.dumps(letter_value(sheet("fr", shown), shown, REQUEST), ensure_ascii=False)
    shown["entries"][1]["marking"] |= {"tlp": "red"}
    assert "Prière de vérifier" not in json.dumps(letter_value(sheet("fr", shown), shown, REQUEST), ensure_ascii=False)


def test_the_header_is_set_once_on_each_page() -> None:
    value = dossier_value(sheet("ar", dossier()), with_first(text=LONG, language="fr"))
    found = json.loads(compiler_for("dossier", value).query("<marking>", field="value"))
    assert len(found) == len(pages_of(typeset("dossier", value, made_at=NOW)))
    assert all(codes == ["H0", "H1", "H2"] for codes in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_dossier_gives_the_same_bytes(language: str) -> None:
    assert both(dossier(), language) == both(dossier(), language)
    later = GIVEN | {"made_at": NOW + 48 * HOUR}
    assert dossier_pdf(dossier(), language=language, **later) != dossier_pdf(dossier(), language=language, **GIVEN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_and_accounts_are_never_printed(language: str) -> None:
    shown = dossier()
    value = json.dumps([dossier_value(sheet(language, shown), shown), letter_value(sheet(language, shown), shown, REQUEST)])
    assert "5C46" in value
    for kept in (SECRET_NOTE, "j.dupont"):
        assert kept not in value
        assert not any(kept in page for pdf in both(shown, language) for page in pages_of(pdf))


def print_dossier(shown: dict[str, Any]) -> bytes:
    return dossier_pdf(shown, language="fr", **GIVEN)


def print_letter(shown: dict[str, Any]) -> bytes:
    return letter_pdf(shown, REQUEST, language="fr", **GIVEN)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("red", {"marking": MARKING | {"tlp": "red"}}, "tlp"),
    ("past its erase date", {"marking": MARKING | {"erase_on": NOW}}, "past_erase_date"),
    ("held by others", {"audience": ["ma.dgst"]}, "not_a_holder"),
]


@pytest.mark.parametrize(("change", "because"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_the_marking_forbids_is_refused_with_whom_to_ask(change: dict[str, Any], because: str) -> None:
    for print_it in (print_dossier, print_letter):
        print_it(dossier())
        with pytest.raises(Refusal) as refused:
            print_it(with_first(**change))
        assert refused.value.code == "not_printable"
        assert refused.value.facts == {"number": 1, "because": because, "ask": "ma.dgsn"}
        for language in LANGUAGES:
            said = error_sentence(language, refused.value)
            assert "ma.dgsn" in said
            assert because not in said


def test_what_is_forbidden_elsewhere_in_the_dossier_does_not_stop_a_letter() -> None:
    shown = with_first(marking=MARKING | {"tlp": "red"})
    assert letter_pdf(shown, ANSWER, language="fr", **GIVEN).startswith(b"%PDF")
    with pytest.raises(Refusal, match="not_printable"):
        require_printable(shown, now=NOW)


def test_the_originator_prints_its_own() -> None:
    shown = dossier()
    shown["entries"][2]["marking"] |= {"tlp": "red"}
    assert letter_pdf(shown, ANSWER, language="fr", **GIVEN).startswith(b"%PDF")


def test_an_erased_entry_does_not_stop_the_print_of_what_is_left() -> None:
    gone = {"marking": MARKING | {"erase_on": NOW}, "void": "erased", "title": "", "text": "", "items": []}
    assert dossier_pdf(with_first(**gone), language="ar", **GIVEN).startswith(b"%PDF")


def test_an_entry_that_is_not_there_is_not_found() -> None:
    with pytest.raises(Refusal, match="not_found"):
        letter_pdf(dossier(), FOREIGN, language="fr", **GIVEN)


def test_an_entry_set_aside_unread_is_no_letter_but_stands_in_the_dossier() -> None:
    shown = dossier()
    aside = {
        "id": FOREIGN,
        "number": 4,
        "author": "ma.dgsn",
        "arrived_at": NOW,
        "disposition": "unknown_author",
        "refused": "unknown_author",
    }
    shown["entries"].append(aside)
    assert any(FOREIGN in page for page in pages_of(dossier_pdf(shown, language="ar", **GIVEN)))
    with pytest.raises(Refusal, match="not_a_letter"):
        letter_pdf(shown, FOREIGN, language="ar", **GIVEN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text_and_stays_on_the_sheet(language: str) -> None:
    shown = with_first(
        title='#panic("x") ' + "T" * 150,
        text=HOSTILE,
        language="xx",
        items=[
            ITEM | {"type": "cyber_observable", "value": {"kind": "url", "value": "http://a.test/" + "a" * 1900, "remarks": "]#x " * 200}},
            ITEM | {"type": "hologram", "understood": False, "value": {}},
        ],
        marking=MARKING | {"national": "#evil \u202e*x*"},
    )
    shown["title"] = shown["entries"][0]["title"]
    for pdf in both(shown, language):
        text = "".join(pages_of(pdf))
        assert "#set page" in text
        assert "#import" in text
        assert "U+4E2D" in text
        assert "U+E000" in text
        assert all(size == pytest.approx(A4, abs=0.5) for size in sizes_of(pdf))
        for left, bottom, right, top in boxes_of(pdf):
            assert left > 18 * MILLIMETRE
            assert right < 192 * MILLIMETRE
            assert bottom > 8 * MILLIMETRE
            assert top < 297 * MILLIMETRE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_row_of_the_table_of_items_is_never_cut(language: str, count: int) -> None:
    def item(place: int) -> dict[str, Any]:
        return ITEM | {"value": {"plate": f"FIRST-{place:02}", "make": "marque " * 20, "remarks": f"LAST-{place:02}"}}

    for pdf in both(with_first(items=[item(place) for place in range(count)]), language):
        pages = pages_of(pdf)
        for place in range(count):
            assert [f"FIRST-{place:02}" in page for page in pages] == [f"LAST-{place:02}" in page for page in pages]
            assert sum(f"FIRST-{place:02}" in page for page in pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_id_of_every_entry_can_be_read_off(language: str) -> None:
    shown = dossier()
    text = "".join(pages_of(dossier_pdf(shown, language=language, **GIVEN)))
    assert all(one["id"] in text for one in shown["entries"])
    assert ANSWER in "".join(pages_of(letter_pdf(shown, ANSWER, language=language, **GIVEN)))


@pytest.mark.parametrize("type", ["request", "answer", "refuse", "notice", "reminder", "delivered", "unheard_of"])
def test_every_type_of_entry_makes_a_letter(type: str) -> None:
    shown = dossier()
    shown["entries"].append(entry(FOREIGN, 4, "ma.dgsn", type, understood=type != "unheard_of"))
    for language in LANGUAGES:
        assert len(pages_of(letter_pdf(shown, FOREIGN, language=language, **GIVEN))) == 1


def test_a_page_that_the_typesetter_doubts_does_not_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sound.typ").write_text('#set document(title: "x")\n#set text(font: "IBM Plex Sans")\nx')
    (tmp_path / "doubted.typ").write_text('#set document(title: "x")\n#set text(font: ("IBM Plex Sans", "No Such Font"))\nx')
    (tmp_path / "refused.typ").write_text('#panic("plaintext")')
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    assert typeset("sound", {}, made_at=NOW).startswith(b"%PDF")
    for wrong in ("doubted", "refused"):
        with pytest.raises(Unprintable) as raised:
            typeset(wrong, {}, made_at=NOW)
        assert str(raised.value) == wrong
        assert raised.value.__cause__ is None


def everything() -> dict[str, Any]:
    """A dossier in which everything happened that a print can tell; what people wrote is in capitals or Arabic."""
    shown = with_first(
        title="شاحنة",
        void="",
        corrected_by=[ANSWER],
        recalled={"by": ANSWER, "code": "incorrect", "at": NOW, "answers": []},
        attachments=[{"name": "CMR.PDF", "size": 217_000, "sha256": "ab" * 32, "place": 0, "state": "here"}],
        items=[
            ITEM,
            ITEM | {"category": "suspect", "minor": True, "grade": "", "fact": False, "type": "person", "value": {"names": ["X", "Y"]}},
        ],
        marking=MARKING | {"codes": ["H0", "H1", "H2", "H3"], "level": 2, "tlp": "green", "review_on": NOW, "erase_on": NOW + 48 * HOUR},
    )
    shown["entries"][1] |= {"language": "ar", "text": "ترجمة"}
    shown["entries"][2] |= {"language": "ar", "text": "جواب", "aside": True, "waiting": False, "refused": "not_a_respondent"}
    fold = {
        "origin": "fold",
        "code": "not_a_respondent",
        "at": NOW,
        "facts": {},
        "entry": ANSWER,
        "author": "fr.dgpn",
        "action": "",
        "officer": "j.dupont",
    }
    act = {"origin": "act", "code": "text_needed", "facts": {}, "entry": "", "author": "", "action": "information_request.answer"}
    use = {"code": "not_printable", "facts": {"number": 1, "because": "tlp", "ask": "ma.dgsn"}, "action": "print"}
    partner = {"origin": "partner", "code": "refused_by_rule", "author": "ma.dgsn"}
    clock = {
        "agency": "fr.dgpn",
        "stage": "in_work",
        "due": NOW - HOUR,
        "settled_at": NOW,
        "on_time": False,
        "reminders": 2,
        "questions": 1,
    }
    return shown | {
        "refusals": [fold, fold | act, fold | act | use, fold | act | {"action": "assign"}, fold | partner],
        "verified": {"at": NOW, "ok": True},
        "clocks": [clock | {"withdrawn": False, "usefulness": "useful"}],
        "state": {"expires": NOW},
        "turn": ["ma.dgsn", "fr.dgpn"],
    }


LATIN = {"ma", "dgsn", "fr", "dgpn", "amana", "verify", "drugs"}  # codes, a command and a unit, which are written so everywhere


def words_of(value: Any) -> set[str]:
    """The words of small Latin letters in what a template gets to show."""
    match value:
        case str():
            return set(re.findall(r"\b(?![0-9a-f]+\b)[a-z]{2,}", value))  # but numbers to the base of 16
        case dict():
            return {word for name, held in value.items() if name not in KEYS for word in words_of(held)}
        case list() | tuple():
            return {word for held in value for word in words_of(held)}
        case _:
            return set()


KEYS = {"id", "dir", "lang", "language", "state"}  # not shown as words


def test_nothing_english_is_left_on_an_arabic_page() -> None:
    shown = everything()
    for value in (dossier_value(sheet("ar", shown), shown), letter_value(sheet("ar", shown), shown, REQUEST)):
        assert words_of(value) <= LATIN
    assert not words_of(dossier_value(sheet("en", shown), shown)) <= LATIN


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_told_is_set_without_a_doubt(language: str) -> None:
    for pdf in both(everything(), language):
        assert any("CMR.PDF" in page for page in pages_of(pdf))
    said = json.dumps(dossier_value(sheet(language, everything()), everything()), ensure_ascii=False)
    for sentence in ("There is no sentence", "(print)", "(assign)", "not_a_respondent", "text_needed", "–"):
        assert sentence not in said
