# SPDX-License-Identifier: EUPL-1.2
"""A partner's file is seen as a picture drawn by a process of its own; what cannot be drawn is refused, never shown."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image

from amana.protocol.errors import Refusal
from amana.web.dossiers.drawing import FORMATS, MAX_PIXELS, NOT_SHOWN, PDF, TALLEST, WIDEST
from amana.web.dossiers.previewing import SHOWN_TEXT, count_pages, download, draw_page, require_preview, text_of

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture(format: str, size: tuple[int, int] = (90, 60), **given: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "#204060").save(out, format, **given)
    return out.getvalue()


def pdf(pages: int) -> bytes:
    """A PDF of empty pages."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(200, 300)
        document.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A picture whose head promises more pixels than may be drawn."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    side = int(MAX_PIXELS**0.5) + 1
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return PNG_SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("type", sorted(FORMATS))
def test_a_picture_is_drawn_anew(type: str) -> None:
    drawn = draw_page(type, picture(FORMATS[type]), 1)
    shown = Image.open(io.BytesIO(drawn.png))
    assert (drawn.pages, shown.format, shown.size) == (1, "PNG", (90, 60))


def test_nothing_of_the_original_but_its_pixels_is_shown() -> None:
    exif = Image.Exif()
    exif[0x010E] = "needle-in-the-metadata"
    original = picture("JPEG", exif=exif)
    assert b"needle-in-the-metadata" in original
    drawn = draw_page("image/jpeg", original + b"<script>needle-behind</script>", 1)
    assert b"needle" not in drawn.png


def test_a_large_picture_is_made_smaller() -> None:
    shown = Image.open(io.BytesIO(draw_page("image/png", picture("PNG", (4000, 3000)), 1).png))
    assert shown.width <= WIDEST
    assert shown.height <= TALLEST


def test_pages_of_a_pdf_are_counted_and_drawn() -> None:
    content = pdf(3)
    assert count_pages(PDF, content) == 3
    assert draw_page(PDF, content, 3).png.startswith(PNG_SIGNATURE)


@pytest.mark.parametrize(
    ("type", "content", "page"),
    [
        (PDF, pdf(2), 3),
        (PDF, b"%PDF-1.7 and nothing more", 1),
        (PDF, picture("PNG"), 1),
        ("image/png", picture("JPEG"), 1),  # only the decoder of the declared type reads it
        ("image/png", b"", 1),
        ("image/png", picture("PNG")[:60], 1),
        ("image/png", bomb(), 1),
        ("image/svg+xml", b"<svg/>", 1),
        ("text/html", b"<p>", 1),
        ("image/png", picture("PNG"), -1),
        ("image/png", picture("PNG"), 2),
    ],
    ids=range(11),
)
def test_what_cannot_be_drawn_is_refused(type: str, content: bytes, page: int) -> None:
    with pytest.raises(Refusal) as caught:
        draw_page(type, content, page)
    assert caught.value.code == "preview_failed"


def test_the_process_says_nothing_of_what_it_read() -> None:
    command = [sys.executable, "-I", "-m", "amana.web.dossiers.drawing", "image/png", "1"]
    done = subprocess.run(command, input=b"needle " * 100, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (NOT_SHOWN, b"", b"")


@pytest.mark.parametrize("opened", ["open('/tmp/x', 'w')", "open('/etc/hostname')", "__import__('socket').socket()", "bytearray(2**31)"])
def test_after_its_limits_the_process_opens_nothing_and_grows_no_further(opened: str) -> None:
    tried = f"try:\n {opened}\nexcept (OSError, MemoryError):\n raise SystemExit(7)"
    code = f"import socket\nfrom amana.web.dossiers.drawing import rehearse, limit\nrehearse()\nlimit()\n{tried}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 7


@pytest.mark.parametrize(
    ("type", "matches"), [("application/zip", True), ("message/rfc822", True), ("image/png", False), ("text/html", True)]
)
def test_other_files_have_no_preview(type: str, matches: bool) -> None:
    with pytest.raises(Refusal) as caught:
        require_preview(type, matches=matches)
    assert caught.value.code == "no_preview"


def test_a_text_is_shown_up_to_a_limit() -> None:
    assert text_of("\ufeffنص".encode()) == ("نص", 0)
    assert text_of(b"x" * (SHOWN_TEXT + 5)) == ("x" * SHOWN_TEXT, 5)
    with pytest.raises(Refusal):
        text_of(b"\xff")


@pytest.mark.parametrize(
    ("type", "matches", "sent"),
    [
        ("application/pdf", True, "application/pdf"),
        ("application/pdf", False, "application/octet-stream"),
        ("text/html", True, "application/octet-stream"),
        ("image/svg+xml", True, "application/octet-stream"),
    ],
)
def test_a_file_leaves_to_be_saved_and_under_no_other_type(house: object, type: str, matches: bool, sent: str) -> None:
    response = download('a"b\u00e9.pdf', type, b"bytes", matches=matches)
    assert response["Content-Type"] == sent
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
