# SPDX-License-Identifier: EUPL-1.2
"""The vectors of attachments, read by the product and by the second implementation: both say the same of each."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.attachment import CHUNK, associated_data, chunk_count, chunk_nonce, open_chunk, seal_chunks, verify_attachment
from amana.protocol.attachment_exchange import Carried
from amana.protocol.errors import PeerFault
from tests.vectors import independent_attachment as second
from tests.vectors.cases import ACCEPT, VECTORS, Case, load_area
from tests.vectors.make_attachment import KEY, SHORT, attachment, attachment_cases, attachment_of, sealed

CASES = load_area("attachment")
PAGE = (VECTORS.parent / "12-attachments.md").read_text(encoding="utf-8")


def by_the_product(case: Case) -> bytes:
    said = attachment_of(case)
    if case.fields["kind"] == "file":
        return verify_attachment(said, case.octet_list("chunks"))
    return open_chunk(said, case.number("index"), case.octets("sealed"))


def by_the_second(case: Case) -> bytes:
    said = (case.octets("key"), case.octets("sha256"), case.number("size"))
    if case.fields["kind"] == "file":
        return second.whole(*said, case.octet_list("chunks"))
    return second.unseal(*said, case.number("index"), case.octets("sealed"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_product_and_the_second_implementation_read_it_alike(case: Case) -> None:
    if case.expect == ACCEPT:
        assert by_the_product(case) == by_the_second(case)
        return
    with pytest.raises(PeerFault) as fault:
        by_the_product(case)
    assert (fault.value.code, fault.value.check) == (case.expect, case.check)
    with pytest.raises(second.Failed) as failed:
        by_the_second(case)
    assert failed.value.check == case.check


def test_there_is_a_case_for_every_check() -> None:
    assert {case.check for case in CASES} == set(range(6))


def test_the_files_are_what_makes_them() -> None:
    assert {case.name: case for case in CASES} == {case.name: case for case in attachment_cases()}


@given(st.integers(0, 10 * 1024 * 1024))
def test_both_count_chunks_alike(size: int) -> None:
    assert chunk_count(size) == second.chunks_in(size)


@given(st.integers(0, 159))
def test_both_bind_and_number_alike(index: int) -> None:
    said = attachment(b"", size=160 * CHUNK)
    assert chunk_nonce(index, last=index == 159) == second.nonce(said.size, index)
    assert associated_data(said) == second.bound(said.sha256, said.size)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_either_seals_opens_by_the_other(size: int) -> None:
    content = b"\x07" * size
    said = attachment(content)
    chunks = list(seal_chunks(said, content))
    assert second.whole(KEY, said.sha256, size, chunks) == content
    parts = [content[at : at + CHUNK] for at in range(0, max(size, 1), CHUNK)]
    again = [second.seal(KEY, said.sha256, size, number, part) for number, part in enumerate(parts)]
    assert again == chunks
    assert verify_attachment(said, again) == content


def test_the_page_lists_what_is_carried_in_the_order_in_which_it_stands() -> None:
    assert re.findall(r"(?m)^\| `(\w+)` \|", PAGE)[: len(Carried.__struct_fields__)] == list(Carried.__struct_fields__)


def test_the_example_of_the_specification_is_true() -> None:
    said = attachment(SHORT)
    for value in (said.key, hashlib.sha256(SHORT).digest(), associated_data(said), chunk_nonce(0, last=True), sealed(SHORT)[0]):
        assert value.hex() in "".join(PAGE.split())
