# SPDX-License-Identifier: EUPL-1.2
"""Files of every type that travels, and of some that do not; as small as they can be."""

from __future__ import annotations

import base64
import io
import zipfile

from amana.node.attachments.kinds import OFFICE, OPEN_DOCUMENT

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
TEXT = "Le véhicule a été vu à طنجة.\n".encode()
MAIL = b"From: liaison@example.org\r\nTo: desk@example.org\r\nSubject: vu\r\n\r\nBonjour.\r\n"


def archive(**members: str) -> bytes:
    """A zip archive; `__` in a name stands for a slash, `_dot_` for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


def office(folder: str, *, macros: bool = False) -> bytes:
    """An office document as far as its directory goes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in ["[Content_Types].xml", f"{folder}document.xml", *([f"{folder}vbaProject.bin"] if macros else [])]:
            made.writestr(name, "<x/>")
    return held.getvalue()


GOOD: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", PDF),
    "png": ("image/png", PNG),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(9) + b"\xff\xd9"),
    "tiff": ("image/tiff", b"II*\x00\x08\x00\x00\x00" + bytes(10)),
    "webp": ("image/webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(4)),
    "text": ("text/plain", TEXT),
    "empty text": ("text/plain", b""),
    "table": ("text/csv", b"nom;date\nX;2026-11-23\n"),
    "letter": ("message/rfc822", MAIL),
    "archive": ("application/zip", archive(a_dot_txt="a")),
    "empty archive": ("application/zip", archive()),
    "docx": (f"{OFFICE}wordprocessingml.document", office("word/")),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", office("xl/")),
    "pptx": (f"{OFFICE}presentationml.presentation", office("ppt/")),
    "odt": (f"{OPEN_DOCUMENT}text", archive(mimetype=f"{OPEN_DOCUMENT}text", content_dot_xml="<x/>")),
    "ods": (f"{OPEN_DOCUMENT}spreadsheet", archive(mimetype=f"{OPEN_DOCUMENT}spreadsheet", content_dot_xml="<x/>")),
}


def attached(name: str, content: bytes, type: str = "text/plain") -> dict[str, str]:
    """A file as an action holds it."""
    return {"name": name, "type": type, "content": base64.b64encode(content).decode()}
