# SPDX-License-Identifier: EUPL-1.2
"""Handling conditions in words: codes with their sentence, TLP, levels, purposes, grades, categories, uses."""

from __future__ import annotations

from collections.abc import Mapping

HANDLING: Mapping[str, str] = {
    "H0": "police use, within the purpose of the exchange",
    "H1": "not in court without the originator’s permission",
    "H2": "not passed on to a third party without the originator’s permission",
    "H3": "another restriction, stated in the text",
}

TLP: Mapping[str, str] = {
    "": "no TLP label",
    "clear": "TLP:CLEAR, may be made public",
    "green": "TLP:GREEN, within the community",
    "amber": "TLP:AMBER, within the organisation and for those it protects",
    "amber+strict": "TLP:AMBER+STRICT, within the organisation only",
    "red": "TLP:RED, for the named recipients only",
}

LEVEL: Mapping[str, str] = {
    "0": "not classified",
    "1": "restricted",
    "2": "confidential",
    "3": "secret",
    "4": "top secret",
}

PURPOSE: Mapping[str, str] = {
    "prevention": "prevention and detection of offences",
    "investigation": "search for the authors of an offence",
    "public_security": "immediate and serious threat to public security",
    "humanitarian": "missing persons, victims and identification after a disaster",
    "event_security": "security of an event",
    "cooperation": "running of the cooperation",
    "by_grant": "for information only; acting on it needs the originator’s permission",
}

CATEGORY: Mapping[str, str] = {
    "none": "not a person",
    "suspect": "suspect",
    "convicted": "convicted",
    "victim": "victim",
    "witness": "witness",
    "contact": "contact",
    "missing": "missing",
    "deceased": "deceased",
    "other": "other",
}

PERSON_MARK: Mapping[str, str] = {
    "minor": "minor",
}

SOURCE_GRADE: Mapping[str, str] = {
    "A": "source reliable in every case",
    "B": "source reliable in most cases",
    "C": "source unreliable in most cases",
    "X": "reliability of the source cannot be assessed",
}

INFORMATION_GRADE: Mapping[str, str] = {
    "1": "accuracy not in doubt",
    "2": "known to the source in person, not to the officer who passes it on",
    "3": "not known to the source in person, but corroborated",
    "4": "not known to the source in person and not corroborated",
}

CERTAINTY: Mapping[str, str] = {
    "fact": "fact",
    "assessment": "assessment",
}

USE: Mapping[str, str] = {
    "pass_on": "onward sharing",
    "print": "printing",
    "export": "export into a file or another system",
    "quote": "quotation in another entry",
    "court": "use in court",
    "operational": "operational use",
}

BECAUSE: Mapping[str, str] = {
    "not_a_holder": "your agency does not hold this entry",
    "past_erase_date": "its erase date has passed",
    "not_in_court": "handling code H1: not in court without the originator’s permission",
    "third_party": "handling code H2: not passed on to a third party without the originator’s permission",
    "other_restriction": "handling code H3: another restriction, stated in the text",
    "tlp": "its TLP label does not allow it",
    "classified": "classified content does not leave its audience",
    "information_only": "it was given for information only",
    "other_purpose": "the use has another purpose than the one marked",
}

MARKING_FIELD: Mapping[str, str] = {
    "tlp": "TLP label",
    "basis": "legal basis",
    "codes": "handling codes",
    "level": "classification",
    "purpose": "purpose",
    "erase_on": "erase date",
    "national": "national marking",
    "review_on": "review date",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "handling": HANDLING,
    "tlp": TLP,
    "level": LEVEL,
    "purpose": PURPOSE,
    "category": CATEGORY,
    "person_mark": PERSON_MARK,
    "source_grade": SOURCE_GRADE,
    "information_grade": INFORMATION_GRADE,
    "certainty": CERTAINTY,
    "use": USE,
    "because": BECAUSE,
    "marking_field": MARKING_FIELD,
}
