# SPDX-License-Identifier: EUPL-1.2
"""Which types of file travel, decided by content: the bytes must be what the type says, whatever the name.

Programs, scripts, pages and drawings that can hold scripts are none of them. A sender is refused; at a receiver the same
decision only marks the file, which can then be saved and never previewed. Nothing is unpacked: of an archive the
directory is read, and no more of it than a bounded part.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import puremagic

from amana.protocol.errors import Refusal

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
BY_SIGNATURE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff", "image/webp"})
OFFICE_FOLDERS = {
    f"{OFFICE}wordprocessingml.document": "word/",
    f"{OFFICE}spreadsheetml.sheet": "xl/",
    f"{OFFICE}presentationml.presentation": "ppt/",
}
OPEN_DOCUMENTS = frozenset({f"{OPEN_DOCUMENT}text", f"{OPEN_DOCUMENT}spreadsheet"})
TEXTS = frozenset({"text/plain", "text/csv"})
MAIL, ARCHIVE = "message/rfc822", "application/zip"
ALLOWED = frozenset({*BY_SIGNATURE, *OFFICE_FOLDERS, *OPEN_DOCUMENTS, *TEXTS, MAIL, ARCHIVE})

MAX_NAME = 200
MAX_DIRECTORY = 2 * 1024 * 1024  # bytes of an archive's directory that are read
HEAD = 64 * 1024  # bytes in which a signature or a letter's head must stand
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")  # zero-width, and part of the spelling of many languages
_MARKUP = re.compile(
    rb"\s*(<!doctype\s+html|<html|<head|<body|<script|<svg|<\?php|<\?xml[^>]*>\s*(<!--.*?-->\s*)*<(svg|html)|#!)", re.IGNORECASE | re.DOTALL
)
_MAIL_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_MAIL_FROM = re.compile(rb"^(from|received|date|message-id):", re.IGNORECASE | re.MULTILINE)


def find_type_fault(type: str, content: bytes) -> str:
    """Why a file does not travel as `type`: `attachment_type` (none such may), `attachment_content` (its bytes are another); or empty."""
    if type not in ALLOWED:
        return "attachment_type"
    return "" if _is_of(type, content) else "attachment_content"


def require_name(name: str) -> str:
    """The name, where it is one of a file and shows as what it is. Raises Refusal `attachment_name`."""
    if not 0 < len(name) <= MAX_NAME or name != name.strip() or not name.strip(".") or any(_is_barred(sign) for sign in name):
        raise Refusal("attachment_name")
    return name


def shown_name(name: str) -> str:
    """A partner's name for a file, with everything replaced that `require_name` would refuse."""
    kept = "".join("_" if _is_barred(sign) else sign for sign in name).strip()
    return kept if kept.strip(".") else "_"


def _is_barred(sign: str) -> bool:
    """Path parts, line ends, control signs, and whatever turns a line around or is not to be seen."""
    kind = unicodedata.category(sign)
    return sign in "/\\" or sign in _BIDI or (kind in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and sign not in _JOINERS)


def _is_of(type: str, content: bytes) -> bool:
    if type in BY_SIGNATURE:
        return type in _signatures(content)
    if type in TEXTS:
        return _is_text(content)
    if type == MAIL:
        head = content[:HEAD]
        return b"\0" not in content and _MAIL_LINE.match(head) is not None and _MAIL_FROM.search(head) is not None
    names = _archive_names(content)
    if type == ARCHIVE:
        return names is not None
    if names is None or any(name.lower().endswith("vbaproject.bin") for name in names):
        return False
    if type in OFFICE_FOLDERS:
        return "[Content_Types].xml" in names and any(name.startswith(OFFICE_FOLDERS[type]) for name in names)
    return names[:1] == ["mimetype"] and content[30:HEAD].startswith(b"mimetype" + type.encode())  # stored first and unpacked


def _signatures(content: bytes) -> set[str]:
    """The media types whose signature the content bears."""
    try:
        return {found.mime_type for found in puremagic.magic_string(content[:HEAD])}
    except Exception:  # noqa: BLE001 - nothing found is an error there, and hostile bytes may cause others
        return set()


def _is_text(content: bytes) -> bool:
    if b"\0" in content or _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:HEAD]):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _archive_names(content: bytes) -> list[str] | None:
    """The names in an archive's directory, in its order; None where it is none or its directory is too large."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")) or end < 0:
        return None
    if int.from_bytes(content[end + 12 : end + 16], "little") > MAX_DIRECTORY:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except Exception:  # noqa: BLE001 - of hostile bytes it raises many kinds
        return None
