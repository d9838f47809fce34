# SPDX-License-Identifier: EUPL-1.2
"""How well proposals find what stands in labelled texts in three languages, type by type, beside floors that were measured.

Precision counts more than recall for names: an officer drops a wrong proposal only if he sees that it is wrong. Everything in
proposals/*.toml is invented; the rules were changed after a look at all files but unseen.toml. To see the figures: pytest -k measured -rP.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

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
    squeezed,
)
from amana.dossiers.shared.propose import cleaned, propose_items

TEXTS = sorted((Path(__file__).parent / "proposals").glob("*.toml"))
PAPERS = Path("src/amana/demo/papers")
THINGS = ("phones", "plates", "documents", "accounts", "observables", "vessels", "organisations")
OF_PERSONS = ("born", "nationalities", "aliases")
FLOORS = {  # (precision, recall) as measured, less what one text more or less would change
    "persons": (0.97, 0.95),
    "born": (0.97, 0.95),
    "nationalities": (0.95, 0.93),
    "aliases": (0.95, 0.8),
    "phones": (0.97, 0.97),
    "plates": (0.97, 0.97),
    "documents": (0.97, 0.88),
    "accounts": (0.97, 0.97),
    "observables": (0.97, 0.97),
    "vessels": (0.97, 0.97),
    "organisations": (0.97, 0.97),
}


@dataclass
class Tally:
    """What was found rightly, what wrongly, what not."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def count(self, kind: str, found: Counter[Any], wanted: Counter[Any]) -> None:
        self.right[kind] += (found & wanted).total()
        self.wrong[kind] += (found - wanted).total()
        self.missed[kind] += (wanted - found).total()

    def precision(self, kind: str) -> float:
        return self.right[kind] / max(1, self.right[kind] + self.wrong[kind])

    def recall(self, kind: str) -> float:
        return self.right[kind] / max(1, self.right[kind] + self.missed[kind])


def texts() -> Iterator[dict[str, Any]]:
    for path in TEXTS:
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["text"]


def shown(value: ItemValue) -> tuple[str, str]:
    """The list of the labels that a value belongs to, and what stands there."""
    match value:
        case Person():
            return "persons", value.names[0]
        case Phone():
            return "phones", value.number or value.imei or value.imsi
        case Vehicle():
            return "plates", value.plate or value.chassis
        case Document() | Account():
            return ("documents" if isinstance(value, Document) else "accounts"), value.number
        case CyberObservable():
            return "observables", value.value
        case Vessel() | Organisation():
            return ("vessels" if isinstance(value, Vessel) else "organisations"), value.name
        case _:
            raise AssertionError(f"{type(value).__name__} is proposed, but has no list")


def judged(labelled: dict[str, Any], values: list[ItemValue], tally: Tally) -> None:
    """Adds one text's proposals to the tally."""
    wanted = {person["name"]: person for person in labelled.get("persons", ())}
    for kind in ("persons", *THINGS):
        found = Counter(name for of, name in map(shown, values) if of == kind)
        tally.count(kind, found, Counter(list(wanted) if kind == "persons" else labelled.get(kind, ())))
    for value in values:
        if isinstance(value, Person) and value.names[0] in wanted:
            for name in OF_PERSONS:
                said, label = getattr(value, name), wanted[value.names[0]].get(name, ())
                parts = ([said] if said else [], [label] if label else []) if isinstance(said, str) else (said, label)
                tally.count(name, Counter(parts[0]), Counter(parts[1]))


@cache
def measured() -> Tally:
    tally = Tally()
    for labelled in texts():
        judged(labelled, [proposed.value for proposed in propose_items(labelled["text"])], tally)
    return tally


def test_there_are_enough_texts_of_each_kind() -> None:
    assert len(list(texts())) >= 120
    assert {path.stem for path in TEXTS} == {"arabic", "english", "french", "mixed", "later", "last", "unseen"}


@pytest.mark.parametrize("kind", FLOORS)
def test_proposals_are_as_good_as_they_were_measured(kind: str) -> None:
    tally = measured()
    print(f"{kind}: precision {tally.precision(kind):.3f}, recall {tally.recall(kind):.3f}, {tally.right[kind]} found")  # noqa: T201 - the figures, for -rP
    precision, recall = FLOORS[kind]
    assert tally.right[kind] > 0
    assert tally.precision(kind) >= precision
    assert tally.recall(kind) >= recall


def test_a_proposal_too_many_and_one_too_few_are_noticed() -> None:
    tally = Tally()
    judged({"phones": ["1"], "persons": [{"name": "A B", "born": "1986"}]}, [Phone(number="2"), Person(names=("A B",), born="1987")], tally)
    assert tally.precision("phones") == tally.recall("phones") == 0.0
    assert tally.precision("persons") == 1.0
    assert tally.precision("born") == tally.recall("born") == 0.0


@pytest.mark.parametrize("labelled", list(texts()), ids=lambda labelled: labelled["text"][:30])
def test_what_is_proposed_stands_where_it_is_said_to_stand(labelled: dict[str, Any]) -> None:
    text = labelled["text"]
    for proposed in propose_items(text):
        assert 0 <= proposed.pasted_start < proposed.pasted_end <= len(text)
        marked = cleaned(text[proposed.pasted_start : proposed.pasted_end])
        said, key = squeezed(marked), squeezed(shown(proposed.value)[1])
        assert any(key[place : place + 3] in said for place in range(max(1, len(key) - 2)))


def papers() -> list[dict[str, Any]]:
    """What officers write in the demonstration."""
    return [paper for path in sorted(PAPERS.glob("*.toml")) for paper in tomllib.loads(path.read_text(encoding="utf-8")).values()]


def test_nobody_is_found_in_the_demonstration_who_is_not_there() -> None:
    """Its texts point to items: whoever is proposed from a text is one of the persons invented for it."""
    items = [item for paper in papers() for item in paper.get("items", ())]
    invented = {name for item in items if item["type"] == "person" for name in item["value"]["names"]}
    texts = [f"{paper.get('title', '')}\n{paper.get('text', '')}" for paper in papers()]
    proposed = {value.names[0] for text in texts for value in (p.value for p in propose_items(text)) if isinstance(value, Person)}
    assert len(texts) > 20
    assert {name for name in proposed if not any(name in whole for whole in invented)} == set()


def test_the_items_of_the_demonstration_are_proposed_where_a_text_names_them() -> None:
    """The demonstration's own persons, phones and plates, each in a sentence of its script."""
    sentences = [said for paper in papers() for item in paper.get("items", ()) for said in _sentences(item)]
    assert len(sentences) > 10
    assert [text for text, name in sentences if name not in {shown(p.value)[1] for p in propose_items(text)}] == []


def _sentences(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    value = item["value"]
    if item["type"] == "phone":
        yield f"La ligne {value['number']} est active.", value["number"].replace(" ", "")
    elif item["type"] == "vehicle" and value.get("plate"):
        yield f"Le véhicule {value['plate']} a été contrôlé.", value["plate"]
    elif item["type"] == "person":
        for name in value["names"]:
            arabic = name > "\u0600"
            bare = name.removesuffix(" المختلق")  # "the invented one" is said of the name, not part of it
            yield (f"المسمى {name} مبحوث عنه.", bare) if arabic else (f"Le nommé {name} est recherché.", name)
