# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the code of a published text, or with a copy of the text."""

from __future__ import annotations

from collections.abc import Mapping

ACT: Mapping[str, str] = {
    "bad_public_code": (
        "This is not the code of a published text. It has seventeen letters and digits; compare each with the foot of the text."
    ),
    "public_text_differs": "This is not the text that was released. Compare the two before you pass it on.",
    "unknown_public_code": (
        "No text that this node has seen released has this code. Compare each letter with the foot of the text. A text under embargo has "
        "no code yet, and one that other agencies released among themselves is not known here."
    ),
}
