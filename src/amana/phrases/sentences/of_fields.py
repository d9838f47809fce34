# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with one field of a form, said beside it."""

from __future__ import annotations

from collections.abc import Mapping

ACT: Mapping[str, str] = {
    "field_needed": "This has to be filled in.",
    "field_too_long": "This is too long: at most {most} characters.",
    "field_too_many": "These are too many: at most {most}.",
    "field_not_in_list": "This is not in the list. Choose one of the values offered.",
    "field_bad_form": "This does not have the form it needs. Check that no digit or letter is missing or too many.",
    "field_bad_country": "This is no country code. Choose a country, or write its two letters, such as MA or FR.",
    "field_bad_date": (
        "There is no such date. Write year, month and day, such as 1986-03-12; a year or a month alone is enough where it says so."
    ),
    "field_bad_span": "This is no time for an answer. Write hours or days, such as 8h or 3d.",
    "field_bad_number": "This is no number within the limits. Write it in digits.",
    "field_bad_reference": "The reference is not complete. Choose the entry from the list.",
}
