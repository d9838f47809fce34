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
    "contested_first": "Two wordings of clause {number} stand side by side. Write one that joins them, then move it.",
    "embargo_in_the_past": "This hour is past. An embargo ends at an hour to come; one that is not needed any more is lifted.",
    "nothing_changed": "Nothing was changed, so nothing was said.",
    "one_language_first": (
        "In this agency a second person releases what is written here. Write the new clause in one language; the others follow once it is "
        "released."
    ),
    "text_moved_on": "The text has changed since this page was shown. Read what stands there now, then decide again.",
    "text_too_long": "This wording is too long: at most {most} characters in one language.",
}
