# SPDX-License-Identifier: EUPL-1.2
"""A file travels as what it is: the type that is said must be one that may, and the bytes must be of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.node.attachments.kinds import ALLOWED, OFFICE, OPEN_DOCUMENT, find_type_fault, require_name, shown_name
from amana.protocol.errors import Refusal
from tests.node.attachments.files import GOOD, MAIL, PDF, PNG, TEXT, archive, office

EXE, ELF = b"MZ\x90\x00" + bytes(100), b"\x7fELF\x02\x01\x01" + bytes(60)
NOT_OF_THE_TYPE = {
    "a program called a text": ("text/plain", EXE),
    "a program called a PDF": ("application/pdf", ELF),
    "a page called a text": ("text/plain", b"  <!DOCTYPE html><script>alert(1)</script>"),
    "a page behind a byte order mark": ("text/plain", b"\xef\xbb\xbf<html>"),
    "a drawing called a text": ("text/plain", b'<?xml version="1.0"?>\n<!-- x --><svg onload="x"/>'),
    "a script called a text": ("text/plain", b"#!/bin/sh\nrm -r /\n"),
    "a page called a table": ("text/csv", b"<html><body>"),
    "text with a NUL": ("text/plain", b"a\0b"),
    "text in another encoding": ("text/plain", "é".encode("latin-1")),
    "a picture called another": ("image/jpeg", PNG),
    "a PDF that begins later": ("application/pdf", b"MZ" + PDF),
    "an archive called a document": (f"{OFFICE}wordprocessingml.document", archive(a_dot_txt="a")),
    "a table called a document": (f"{OFFICE}wordprocessingml.document", office("xl/")),
    "a document with macros": (f"{OFFICE}wordprocessingml.document", office("word/", macros=True)),
    "one open document called another": (f"{OPEN_DOCUMENT}text", archive(mimetype=f"{OPEN_DOCUMENT}spreadsheet")),
    "an open document whose type comes second": (f"{OPEN_DOCUMENT}text", archive(a="", mimetype=f"{OPEN_DOCUMENT}text")),
    "a cut archive": ("application/zip", archive(a_dot_txt="a")[:-30]),
    "text called an archive": ("application/zip", TEXT),
    "text called a letter": ("message/rfc822", TEXT),
    "headers of no letter": ("message/rfc822", b"X-Thing: 1\r\n\r\n"),
    "nothing called a PDF": ("application/pdf", b""),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_of_its_type_travels(name: str) -> None:
    assert find_type_fault(*GOOD[name]) == ""


def test_every_type_that_may_travel_is_tried() -> None:
    assert {type for type, _ in GOOD.values()} == ALLOWED


@pytest.mark.parametrize("name", NOT_OF_THE_TYPE)
def test_what_is_of_another_type_does_not(name: str) -> None:
    assert find_type_fault(*NOT_OF_THE_TYPE[name]) == "attachment_content"


@pytest.mark.parametrize(
    "type", ["text/html", "image/svg+xml", "application/x-msdownload", "application/javascript", "", "TEXT/PLAIN", "text/plain;x"]
)
def test_no_other_type_travels_whatever_it_holds(type: str) -> None:
    assert find_type_fault(type, TEXT) == "attachment_type"


@given(st.sampled_from(sorted(ALLOWED)), st.binary(max_size=300))
def test_hostile_bytes_are_decided_without_an_error(type: str, content: bytes) -> None:
    assert find_type_fault(type, content) in ("", "attachment_content")


def test_a_huge_directory_is_not_read() -> None:
    bomb = bytearray(archive(a_dot_txt="a"))
    bomb[-10:-6] = (2**31).to_bytes(4, "little")
    assert find_type_fault("application/zip", bytes(bomb)) == "attachment_content"


@pytest.mark.parametrize("name", ["rapport.pdf", "تقرير نهائي.pdf", "Pièce n° 3 (copie).docx", "می‌خواهم.txt", "a" * 200])
def test_plain_names_are_kept(name: str) -> None:
    assert require_name(name) == shown_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "_"),
        (" a", "a"),
        ("..", "_"),
        ("../etc/passwd", ".._etc_passwd"),
        ("a\\b.txt", "a_b.txt"),
        ("a\nb.txt", "a_b.txt"),
        ("a\x1b[2J.txt", "a_[2J.txt"),
        ("fdp.\u202etxt.exe", "fdp._txt.exe"),
        ("a\u2066b", "a_b"),
        ("a\u200fb", "a_b"),
        ("a\ufeffb", "a_b"),
        ("a\u2028b", "a_b"),
    ],
)
def test_names_that_deceive_are_refused_and_shown_without_what_deceives(name: str, shown: str) -> None:
    with pytest.raises(Refusal, match="attachment_name"):
        require_name(name)
    assert shown_name(name) == shown


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(Refusal, match="attachment_name"):
        require_name("a" * 201)


def test_a_letter_is_a_letter() -> None:
    assert find_type_fault("message/rfc822", MAIL.replace(b"\r\n", b"\n")) == ""
