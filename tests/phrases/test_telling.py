# SPDX-License-Identifier: EUPL-1.2
"""Codes become sentences and names in the reader's language, filled with facts in words."""

from __future__ import annotations

import pytest

from amana.phrases import About, error_sentence, label, sentence
from amana.phrases.catalogue import LANGUAGES, tell
from amana.phrases.labels import LABELS
from amana.phrases.sentences import SENTENCES
from amana.phrases.telling import find_sentence
from amana.protocol.errors import OperatorFault, PeerFault, Refusal

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))


def plain(text: str) -> str:
    """Without the invisible marks."""
    return text.translate(ISOLATES)


AREA_NOT_COVERED = {
    "en": (
        "No article in force covers this area: cybercrime. Propose a supplementary arrangement; sending opens as soon as all have "
        "consented."
    ),
    "fr": (
        "Aucun article en vigueur ne couvre ce domaine\u00a0: cybercriminalité. Proposez un arrangement complémentaire\u00a0; "
        "l’envoi s’ouvrira dès que tous auront consenti."
    ),
    "ar": "لا توجد مادة سارية المفعول تشمل هذا المجال: الجريمة السيبرانية. المرجو اقتراح ترتيب تكميلي، ويفتح الإرسال فور موافقة الجميع.",
}


@pytest.mark.parametrize(("language", "said"), AREA_NOT_COVERED.items())
def test_a_refusal_says_the_fact_and_what_to_do(language: str, said: str) -> None:
    assert plain(sentence(language, "area_not_covered", {"area": "cybercrime"})) == said


@pytest.mark.parametrize(
    ("code", "facts", "part"),
    [
        ("above_limit", {"limit": 1, "got": 3}, "marked secret; this node handles up to restricted"),
        ("agreement_ended", {"since": 1_701_388_800_000}, "ended on 1\u00a0December\u00a02023"),
        ("weaker_than_sources", {"field": "erase_on"}, "of the sources: erase date"),
        ("already_sent", {"entry": "ab" * 32}, "became the entry abababababab."),
        ("unknown_officer", {}, "There is no account – on this node"),
        ("record partner", {}, "what the node’s own log gives"),
        ("no_such_code", {}, "There is no sentence for no_such_code yet"),
    ],
)
def test_facts_are_put_into_words(code: str, facts: dict[str, str | int], part: str) -> None:
    assert part in sentence("en", code, facts)


def test_one_word_raised_by_several_says_what_it_means_there() -> None:
    assert len({find_sentence("unknown_partner", about) for about in (About.ACT, About.PEER)}) == 2
    assert "add" in error_sentence("en", Refusal("unknown_partner", partner="fr.dgpn"))
    assert "claims to be" in error_sentence("en", PeerFault("unknown_partner"))
    assert "chmod" in error_sentence("en", OperatorFault("key_file_too_open", file="node.key"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_and_every_name_can_be_told(language: str) -> None:
    for about, table in SENTENCES.items():
        assert all(len(sentence(language, code, {}, about)) > 15 for code in table)
    for vocabulary, labels in LABELS.items():
        assert all(label(language, vocabulary, code) for code in labels)


def test_a_value_of_a_newer_version_is_shown_as_it_came() -> None:
    assert label("fr", "area", "space_piracy") == "space_piracy"
    assert plain(label("ar", "area", "space_piracy")) == "space_piracy"


def test_an_unknown_language_reads_english() -> None:
    assert label("tlh", "area", "cybercrime") == "cybercrime"


def test_references_are_shut_off_in_arabic_and_text_of_others_cannot_turn_a_sentence_around() -> None:
    assert "\u2066fr.dgpn\u2069" in sentence("ar", "partner_suspended", {"partner": "fr.dgpn"})
    assert "\u2066`amana partner DIR add`\u2069" in sentence("ar", "unknown_partner", {"partner": "fr.dgpn"})
    hostile = "\u202egpj.\x1b[2Jevil\u2069"
    assert "gpj.[2Jevil" in sentence("en", "unknown_officer", {"account": hostile})
    assert not set("\u202e\x1b\u2069") & set(sentence("en", "unknown_officer", {"account": hostile}))


def test_what_was_told_goes_whole_into_another_sentence() -> None:
    inner = sentence("ar", "partner_suspended", {"partner": "fr.dgpn"})
    assert inner in tell("ar", "✗ refused: {reason}", reason=inner)
