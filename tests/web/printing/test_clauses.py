# SPDX-License-Identifier: EUPL-1.2
"""An agreement's wording on paper: each clause in each of its languages, headed as one says it there."""

from __future__ import annotations

from amana.phrases.bidi import FSI, LRI, PDI
from amana.web.printing.clauses import clause_paragraphs

ENTRY = {
    "clauses": [
        {"number": "preamble", "texts": [{"language": "ar", "title": "", "text": "اتفق الطرفان."}]},
        {
            "number": "1.2",
            "texts": [
                {"language": "fr", "title": "Stupéfiants", "text": "Les Parties coopèrent.\nSans délai."},
                {"language": "es", "title": "Drogas", "text": ""},
            ],
        },
        {"number": "Annexe A", "texts": [{"language": "en", "title": "", "text": "A list."}]},
    ]
}


def bare(text: str) -> str:
    return (
        "".join(letter for letter in text if letter not in FSI + LRI + PDI + "\u2060\u200b").replace("\u00a0", " ").replace("\u202f", " ")
    )


def test_each_clause_stands_there_in_each_of_its_languages() -> None:
    shown = [(bare(one["text"]), one["dir"]) for one in clause_paragraphs(ENTRY) if one["text"]]
    assert shown == [
        ("ديباجة", "rtl"),
        ("اتفق الطرفان.", "rtl"),
        ("Article 1.2 – Stupéfiants", "ltr"),
        ("Les Parties coopèrent.", "ltr"),
        ("Sans délai.", "ltr"),
        ("1.2 – Drogas", "ltr"),
        ("Annexe A", "ltr"),
        ("A list.", "ltr"),
    ]


def test_an_entry_without_clauses_has_none() -> None:
    assert clause_paragraphs({"text": "Texte."}) == []
