# SPDX-License-Identifier: EUPL-1.2
"""One page of a partner's file as a new picture: run as a process of its own, short-lived, with limits, and nothing else.

`python -I -m amana.web.dossiers.drawing TYPE PAGE` reads the file from standard input; page 0 only counts. Writes the
number of pages (four bytes, big-endian), then for a page its PNG: pixels alone, no metadata of the original. (1) memory
and processor time are bounded before a byte is looked at; (2) no file can be written or opened any more; (3) a picture with more
than MAX_PIXELS is refused before it is decoded; (4) only the decoder of the declared type may read it. Exit 3: not shown.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from typing import IO, Any

MEMORY = 1024 * 1024 * 1024  # bytes of address space, libraries included
SECONDS = 10  # of processor time
MAX_PIXELS = 50_000_000
MAX_PAGES = 1000
WIDEST, TALLEST = 1400, 2000  # pixels of what is shown
PDF = "application/pdf"
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/tiff": "TIFF", "image/webp": "WEBP"}
NOT_SHOWN = 3
HEAD_BYTES = 4


def main(type: str, page: int, given: IO[bytes], out: IO[bytes]) -> int:
    """Draw; the exit status."""
    content = given.read()
    try:
        pages, picture = draw_pdf(content, page) if type == PDF else draw_picture(type, content, page)
    except Exception:  # noqa: BLE001 - decoders raise anything on hostile bytes; nothing of it is told
        return NOT_SHOWN
    out.write(min(pages, MAX_PAGES).to_bytes(HEAD_BYTES, "big"))
    if picture is not None:
        picture.save(out, "PNG", compress_level=1)
    out.flush()
    return 0


def draw_pdf(content: bytes, page: int) -> tuple[int, Any]:
    """The number of pages and the page asked for; no script of the file's runs, none of its forms is filled."""
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    with pypdfium2.PdfDocument(content) as document:
        if page == 0:
            return len(document), None
        shown = document[page - 1]
        width, height = shown.get_size()
        scale = min(WIDEST / max(width, 1), TALLEST / max(height, 1), 4.0)
        return len(document), shown.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def draw_picture(type: str, content: bytes, page: int) -> tuple[int, Any]:
    """The number of frames and the one asked for, as pixels alone."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error")  # Pillow only warns up to twice the limit
    with Image.open(io.BytesIO(content), formats=[FORMATS[type]]) as image:  # (4)
        frames = getattr(image, "n_frames", 1)
        if page == 0:
            return frames, None
        image.seek(page - 1)
        if image.width * image.height > MAX_PIXELS:  # (3)
            raise ValueError
        image.draft("RGB", (WIDEST, TALLEST))  # a JPEG is decoded no larger than it is shown
        turned = ImageOps.exif_transpose(image)
        whole = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")
        whole.thumbnail((WIDEST, TALLEST))
        bare = Image.new("RGB", whole.size, "white")
        bare.paste(whole, mask=whole if whole.mode == "RGBA" else None)
        return frames, bare


def rehearse() -> None:
    """Draw one small file of ours of every type: what decoders load on first use is loaded before no file can be opened."""
    import pypdfium2
    from PIL import Image

    for type, format in FORMATS.items():
        sample = io.BytesIO()
        Image.new("RGB", (8, 8)).save(sample, format)
        draw_picture(type, sample.getvalue(), 1)[1].save(io.BytesIO(), "PNG")
    sample = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(8, 8)
        document.save(sample)
    draw_pdf(sample.getvalue(), 1)


def limit() -> None:
    """(1) (2)"""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # those that are open stay open


if __name__ == "__main__":
    rehearse()
    limit()
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer))
