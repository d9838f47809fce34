# SPDX-License-Identifier: EUPL-1.2
"""Files that go with an entry: what they are, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

FILE_TYPE: Mapping[str, str] = {
    "application/pdf": "PDF",
    "image/png": "picture (PNG)",
    "image/jpeg": "picture (JPEG)",
    "image/tiff": "picture (TIFF)",
    "image/webp": "picture (WebP)",
    f"{OFFICE}wordprocessingml.document": "text document",
    f"{OFFICE}spreadsheetml.sheet": "spreadsheet",
    f"{OFFICE}presentationml.presentation": "presentation",
    f"{OPEN_DOCUMENT}text": "text document (OpenDocument)",
    f"{OPEN_DOCUMENT}spreadsheet": "spreadsheet (OpenDocument)",
    "text/plain": "plain text",
    "text/csv": "table (CSV)",
    "message/rfc822": "e-mail message",
    "application/zip": "archive (ZIP)",
}

ATTACHMENT_STATE: Mapping[str, str] = {
    "here": "verified",
    "incoming": "still arriving",
    "damaged": "damaged: it is not what its author signed for",
    "erased": "erased",
    "unavailable": "not available from the partner",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "file_type": FILE_TYPE,
    "attachment_state": ATTACHMENT_STATE,
}
