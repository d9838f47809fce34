# SPDX-License-Identifier: EUPL-1.2
"""The pages of the specification say what the vectors and the code say: examples, field tables, limits."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from amana.protocol.canonical import Canonical
from amana.protocol.entry import Attachment, Body, Header, Item, entry_id
from amana.protocol.evidence import EquivocationEvidence, InclusionEvidence, RefutedStep
from amana.protocol.log import Step
from amana.protocol.marking import Marking
from tests.vectors.cases import VECTORS, load_area

PAGES = VECTORS.parent


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def tables(text: str) -> list[list[str]]:
    """The first column of each table whose rows begin with a name in backquotes."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        name = re.match(r"\| `(\w+)` \|", line)
        if name:
            found[-1].append(name[1])
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("02-entry.md", [Header, Marking, Body, Item, Attachment]),
        ("05-step.md", [Step, EquivocationEvidence, RefutedStep, InclusionEvidence]),
    ],
)
def test_a_page_lists_the_fields_in_the_order_in_which_they_stand(name: str, shapes: list[type[Canonical]]) -> None:
    assert tables(page(name)) == [[field.encode_name for field in msgspec.structs.fields(shape)] for shape in shapes]


@pytest.mark.parametrize("shape", [Header, Marking, Body, Item, Attachment, Step, EquivocationEvidence, RefutedStep, InclusionEvidence])
def test_fields_are_declared_in_canonical_key_order(shape: type[Canonical]) -> None:
    names = [field.encode_name for field in msgspec.structs.fields(shape)]
    assert names == sorted(names, key=lambda each: (len(each), each))


def test_the_example_of_an_entry_is_its_vector() -> None:
    smallest = load_area("encoding")[0].octets("encoded")
    text = page("02-entry.md")
    assert smallest.hex() in "".join(text.split())
    assert entry_id(smallest).hex() in text
    assert f"{len(smallest)} bytes" in text


def test_the_examples_of_log_checkpoint_and_step_are_their_vectors() -> None:
    second = next(case for case in load_area("step") if case.name.endswith("second-step"))
    assert all(peak.hex() in page("03-log.md") for peak in (second.octets("peaks")[:32], second.octets("peaks")[32:]))
    note, receipt = (
        next(case for case in load_area("checkpoint") if case.name.endswith(end)).octets(field).decode()
        for end, field in (("01-head", "note"), ("-receipt", "receipt"))
    )
    text = page("04-checkpoint.md")
    whole, cut = note.rsplit("—", 1)
    assert whole in text
    assert ("—" + cut)[:60] in text
    assert receipt.splitlines()[0] in text
    assert load_area("step")[0].fields["hash"] in page("05-step.md")


@pytest.mark.parametrize("path", [*sorted(PAGES.glob("*.md")), VECTORS / "README.md"], ids=lambda path: path.name)
def test_every_vector_folder_that_a_page_names_is_there(path: Path) -> None:
    for area in re.findall(r"`vectors/([a-z-]+)[`/]", path.read_text(encoding="utf-8")):
        assert any((VECTORS / area).glob("*.txt")), area
