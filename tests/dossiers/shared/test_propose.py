# SPDX-License-Identifier: EUPL-1.2
"""Items proposed from pasted text in three languages. Every number, plate and address here is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.shared.items import Account, CyberObservable, Document, ItemValue, Phone, Vehicle
from amana.dossiers.shared.propose import MAX_PROPOSALS, cleaned, propose_items


def values(text: str) -> list[ItemValue]:
    return [proposed.value for proposed in propose_items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("appel du +212 6 61-23-45-67 hier", [Phone(number="+212661234567")]),
        ("joindre le 06 12 34 56 78.", [Phone(number="0612345678")]),
        ("رقم الهاتف ٠٦٦١٢٣٤٥٦٧، اليوم", [Phone(number="0661234567")]),
        ("call 00 33 6 12 34 56 78", [Phone(number="+33612345678")]),
        ("IMEI : 490154203237518", [Phone(imei="490154203237518")]),
        ("IMEI : 490154203237519", []),
        ("السيارة \u200f12345|أ|6\u200f شوهدت", [Vehicle(plate="12345|أ|6", country="MA")]),
        ("plaque 12345-ب-40", [Vehicle(plate="12345|ب|40", country="MA")]),
        ("véhicule AA-123-AA", [Vehicle(plate="AA-123-AA", country="FR")]),
        ("véhicule AB 123 CD gris", [Vehicle(plate="AB-123-CD", country="FR")]),
        ("passeport n° 12AB34567", [Document(kind="passport", number="12AB34567")]),
        ("جواز السفر رقم XY1234567", [Document(kind="passport", number="XY1234567")]),
        ("CNIE AB123456", [Document(kind="identity_card", number="AB123456")]),
        ("identity card no. 880692310285", [Document(kind="identity_card", number="880692310285")]),
        ("بطاقة التعريف الوطنية رقم AB123456", [Document(kind="identity_card", number="AB123456")]),
        ("écrire à nom.fictif@exemple.test", [CyberObservable(kind="email", value="nom.fictif@exemple.test")]),
        ("from 192.0.2[.]7 to", [CyberObservable(kind="ipv4", value="192.0.2.7")]),
        ("2001:db8::1 seen", [CyberObservable(kind="ipv6", value="2001:db8::1")]),
        ("hxxp://mal[.]example/x?y=1.", [CyberObservable(kind="url", value="http://mal.example/x?y=1")]),
        ("the host Panel.evil.example resolves", [CyberObservable(kind="domain", value="panel.evil.example")]),
        ("d41d8cd98f00b204e9800998ecf8427e", [CyberObservable(kind="md5", value="d41d8cd98f00b204e9800998ecf8427e")]),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", [Account(kind="bank", number="FR7630006000011234567890189")]),
        ("IBAN FR76 3000 6000 0112 3456 7890 188", []),
    ],
)
def test_what_stands_in_a_text_is_proposed(text: str, expected: list[ItemValue]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "le 14 décembre 2023 à 12:30:15",
        "version 1.2.3.400",
        "réf. 2023/045-12",
        "page 12345",
        "a sentence. Another one.",
        "12:30",
        "::",
        "",
    ],
)
def test_dates_times_and_references_are_left_alone(text: str) -> None:
    assert values(text) == []


def test_each_thing_is_proposed_once_in_the_order_of_the_text() -> None:
    text = "AA-123-AA, 06 12 34 56 78, encore AA-123-AA"
    assert values(text) == [Vehicle(plate="AA-123-AA", country="FR"), Phone(number="0612345678")]


def test_a_proposal_says_where_it_stands() -> None:
    text = "plaque AA-123-AA"
    (proposed,) = propose_items(text)
    assert cleaned(text)[proposed.start : proposed.end] == "AA-123-AA"


def test_proposals_are_bounded() -> None:
    text = " ".join(f"192.0.2.{i} 198.51.100.{i}" for i in range(256))
    assert len(propose_items(text)) == MAX_PROPOSALS


@given(st.text(alphabet="0123456789 .:-|@/abcfhptxAZ٠أ[]+()", max_size=300))
def test_no_text_upsets_it(text: str) -> None:
    for proposed in propose_items(text):
        assert 0 <= proposed.start < proposed.end <= len(cleaned(text))
