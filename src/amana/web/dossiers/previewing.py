# SPDX-License-Identifier: EUPL-1.2
"""Looking at an attachment: never its own bytes in the page, only a picture of a page that a process of its own has drawn.

(1) access is the dossier's, and every opening is recorded (`load_attachment`); (2) only what is here whole and is of the
type that it says; (3) drawn in a short-lived process with limits (`drawing`), two at once at most; (4) what is saved
goes out as a file to be saved, never to be opened in place, and under no type that is not on the list.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from amana.node.attachments.kinds import ALLOWED, TEXTS
from amana.protocol.errors import Refusal
from amana.web.dossiers.drawing import FORMATS, HEAD_BYTES, MAX_PAGES, PDF

DRAWN = frozenset({PDF, *FORMATS})
PREVIEWED = DRAWN | TEXTS
AT_ONCE = 2
WAIT_SECONDS = 15.0
DRAW_SECONDS = 20.0
MAX_PICTURE = 24 * 1024 * 1024  # bytes of a drawn page
SHOWN_TEXT = 200_000  # letters of a text that is shown; the rest is in the file
OCTETS = "application/octet-stream"
_drawing = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A page as a picture, and how many there are."""

    pages: int
    png: bytes


def require_preview(type: str, *, matches: bool) -> None:
    """(2) Raises Refusal `no_preview`."""
    if type not in PREVIEWED or not matches:
        raise Refusal("no_preview")


def count_pages(type: str, content: bytes) -> int:
    """How many pages a file has. Raises Refusal `preview_failed`."""
    return _draw(type, content, 0).pages


def draw_page(type: str, content: bytes, page: int) -> Drawn:
    """One page, counted from 1. Raises Refusal `preview_failed`."""
    drawn = _draw(type, content, page)
    if not drawn.png:
        raise Refusal("preview_failed")
    return drawn


def text_of(content: bytes) -> tuple[str, int]:
    """What a text says, and how many letters of it are not shown. Raises Refusal `preview_failed`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("preview_failed") from error
    return text[:SHOWN_TEXT], max(0, len(text) - SHOWN_TEXT)


def download(name: str, type: str, content: bytes, *, matches: bool) -> HttpResponse:
    """(4)"""
    response = HttpResponse(content, content_type=type if matches and type in ALLOWED else OCTETS)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Encoding"] = "identity"  # a fingerprint is of these very bytes
    return response


def _draw(type: str, content: bytes, page: int) -> Drawn:
    """(3)"""
    if type not in DRAWN or not 0 <= page <= MAX_PAGES:
        raise Refusal("preview_failed")
    if not _drawing.acquire(timeout=WAIT_SECONDS):
        raise Refusal("preview_busy")
    command = [sys.executable, "-I", "-m", "amana.web.dossiers.drawing", type, str(page)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=DRAW_SECONDS, check=False, env={}, cwd="/")  # noqa: S603 - our own module, no shell, no word of a partner's
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Refusal("preview_failed") from error
    finally:
        _drawing.release()
    if done.returncode != 0 or not HEAD_BYTES <= len(done.stdout) <= MAX_PICTURE:
        raise Refusal("preview_failed")
    return Drawn(pages=int.from_bytes(done.stdout[:HEAD_BYTES], "big"), png=done.stdout[HEAD_BYTES:])
