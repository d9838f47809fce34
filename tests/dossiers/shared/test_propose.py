# SPDX-License-Identifier: EUPL-1.2
"""Items proposed from pasted text in three languages. Every number, plate and address here is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.shared.items import (
    Account,
    CyberObservable,
    Document,
    ItemValue,
    Organisation,
    Person,
    Phone,
    Vehicle,
    Vessel,
    normalised,
)
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
        ("véhicule OI-417-UO", [Vehicle(plate="OI-417-UO", country="FR")]),
        ("السيارة 48213 ب 6", [Vehicle(plate="48213|ب|6", country="MA")]),
        ("plaque 48213-B-6", [Vehicle(plate="48213|B|6", country="MA")]),
        ("plaque 48213 B 6", [Vehicle(plate="48213|B|6", country="MA")]),
        ("لوحة 6|ب|48213", [Vehicle(plate="48213|ب|6", country="MA")]),
        ("voiture 123 ABC 75", [Vehicle(plate="123 ABC 75", country="FR")]),
        ("appeler 0661-234567", [Phone(number="0661234567")]),
        ("appeler 0661 234 567", [Phone(number="0661234567")]),
        ("appeler le +212 (0) 661 23 45 67", [Phone(number="+212661234567")]),
        ("appeler le 06\u00a012\u00a034\u00a056\u00a078", [Phone(number="0612345678")]),
        ("tél. 212661234567", [Phone(number="+212661234567")]),
        ("IMSI 604000000000417", [Phone(imsi="604000000000417")]),
        ("IBAN MA64 0115 1900 0001 2050 0053 4921", [Account(kind="bank", number="MA64011519000001205000534921")]),
        ("IBAN ES91 2100 0418 4502 0005 1332 ET CAETERA", [Account(kind="bank", number="ES9121000418450200051332")]),
        ("passeport marocain n° ZZ0041700", [Document(kind="passport", number="ZZ0041700", issued_by="MA")]),
        ("بجواز السفر الفرنسي رقم 12AB34567", [Document(kind="passport", number="12AB34567", issued_by="FR")]),
        ("رخصة السياقة رقم 13/000417", []),
        ("permis de conduire n° 13AA00417", [Document(kind="driving_licence", number="13AA00417")]),
        ("hXXps://mal(.)example", [CyberObservable(kind="url", value="https://mal.example")]),
        ("nom [at] mal [dot] example", [CyberObservable(kind="email", value="nom@mal.example")]),
        ("châssis FICTIF00000090217", [Vehicle(chassis="FICTIF00000090217")]),
        ("le navire « Étoile Fictive », OMI 9123456", [Vessel(name="Étoile Fictive", imo="9123456")]),
        ("شركة «النقل المختلق»", [Organisation(name="النقل المختلق")]),
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
        "dossier n° 0123456789",
        "entre 120 و 15 personnes",
        "1445 ه 12",
        "DE 100 KG",
        "212661234567",
        "rue Jean JAURÈS et boulevard Anatole FRANCE",
        "Monsieur le Directeur général",
        "السيد المدير العام والسيد وكيل الملك",
        "le commissaire Jean DUPONT, la juge Marie DURAND",
        "Mme Marie DURAND, procureure",
        "la Direction nationale de la POLICE, le Ministère de l'INTÉRIEUR",
        "nommé Ambassadeur en Mars",
        "an operation named NEPTUNE",
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


@pytest.mark.parametrize(
    "text",
    [
        "plaque \u202aAA-123-AA\u202c grise",
        "المُسَمَّى كــريم الوردني",
        "e\u0301crit par Mme Zoe\u0301 FICTI\u0301VE",
        "hxxp://mal[.]example/x puis ٠٦١٢٣٤٥٦٧٨ fin",
    ],
)
def test_a_proposal_says_where_it_stands_in_the_text_as_pasted(text: str) -> None:
    found = propose_items(text)
    assert found
    for proposed in found:
        assert cleaned(text)[proposed.start : proposed.end] == cleaned(text[proposed.pasted_start : proposed.pasted_end])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le nommé Karim EL FASSI, né à Fès le 12 mars 1986", Person(names=("Karim EL FASSI",), born="1986-03-12", born_in="Fès")),
        ("Le nommé Karim EL FASSI, né en mars 1986", Person(names=("Karim EL FASSI",), born="1986-03")),
        ("Le nommé Karim EL FASSI, né le 45/13/1986", Person(names=("Karim EL FASSI",), born="1986")),
        ("le ressortissant marocain Karim EL FASSI", Person(names=("Karim EL FASSI",), nationalities=("MA",))),
        ("Karim EL FASSI, de nationalité franco-marocaine", Person(names=("Karim EL FASSI",), nationalities=("FR", "MA"))),
        ("Mr Jan van der FICTIF aka Jojo", Person(names=("Jan van der FICTIF",), aliases=("Jojo",))),
        ("Mehdi FICTIF, puis M. FICTIF, né en 1990", Person(names=("Mehdi FICTIF",), born="1990")),
        ("المسمى كريم الفاسي، المزداد بفاس سنة 1986", Person(names=("كريم الفاسي",), born="1986", born_in="فاس")),
        ("المدعو سعيد الملقب بأبو حمزة", Person(names=("سعيد",), aliases=("أبو حمزة",))),
        ("المسمى كريم يقيم بفرنسا", Person(names=("كريم",))),
    ],
)
def test_what_is_said_of_a_person_goes_with_the_name(text: str, expected: Person) -> None:
    assert values(text) == [expected]


def test_proposals_are_bounded() -> None:
    text = " ".join(f"192.0.2.{i} 198.51.100.{i}" for i in range(256))
    assert len(propose_items(text)) == MAX_PROPOSALS


@given(st.text(alphabet="0123456789 .:-|@/abcfhptxAZ٠أ[]+()é\u0301\u200f\u064b'«»", max_size=300))
def test_no_text_upsets_it(text: str) -> None:
    for proposed in propose_items(text):
        assert 0 <= proposed.start < proposed.end <= len(cleaned(text))
        assert 0 <= proposed.pasted_start < proposed.pasted_end <= len(text)


WORDS = "le nommé M. Karim EL FASSI né en 1986 à Fès alias dit, المسمى كريم بن الفاسي من مواليد الملقب و . \n Mr born société « » MV".split(
    " "
)


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_order_of_words_upsets_it(words: list[str]) -> None:
    for proposed in propose_items(" ".join(words)):
        assert normalised(proposed.value) is not None
