# SPDX-License-Identifier: EUPL-1.2
"""The product's strict decoder and the second implementation take exactly the same bytes, and write the same ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode, parse
from amana.protocol.entry import MAX_ENTRY, MAX_HEADER, Body, Header
from amana.protocol.errors import PeerFault
from amana.protocol.log import MAX_STEP_RECORD, Step
from tests.vectors import independent, independent_log
from tests.vectors.cases import ACCEPT, load_area
from tests.vectors.mutations import mutated

INPUTS = 12_000  # for each shape


def accepted(area: str, field: str, shape: str | None = None) -> list[bytes]:
    cases = load_area(area)
    return [case.octets(field) for case in cases if case.expect == ACCEPT and (shape is None or case.fields["shape"] == shape)]


SHAPES = [
    pytest.param(Header, independent.HEADER, MAX_HEADER, accepted("encoding", "encoded", "header"), id="header"),
    pytest.param(Body, independent.BODY, MAX_ENTRY, accepted("encoding", "encoded", "body"), id="body"),
    pytest.param(Step, independent_log.STEP, MAX_STEP_RECORD, accepted("step", "step"), id="step"),
]


def takes(read: Callable[[], object], refusal: type[Exception]) -> bool:
    try:
        read()
    except refusal:
        return False
    return True


@pytest.mark.parametrize(("shape", "table", "limit", "seeds"), SHAPES)
def test_both_decoders_take_exactly_the_same_bytes(shape: type[Any], table: independent.Checker, limit: int, seeds: list[bytes]) -> None:
    taken = 0
    for encoded in mutated(seeds, INPUTS, random.Random(20261123)):
        first = takes(lambda: parse(encoded, shape, limit=limit), PeerFault)  # noqa: B023 - called at once
        second = takes(lambda: independent.parse(encoded, table, limit), independent.Reject)  # noqa: B023 - called at once
        assert first == second, encoded.hex()
        taken += first
    assert INPUTS // 50 < taken < INPUTS // 2  # the mutations reach both sides of the line


@pytest.mark.parametrize("shape", [Header, Body, Step])
@given(drawn=st.data())
def test_both_encoders_write_the_same_bytes_and_both_decoders_take_them(shape: type[Any], drawn: st.DataObject) -> None:
    value = drawn.draw(values(shape))
    encoded = encode(value)
    assert encoded == independent.encode(independent.decode(encoded))
    assert parse(encoded, shape) == value


def values(shape: type[Any]) -> st.SearchStrategy[Any]:
    """Any value of a shape, from its field types and bounds."""
    fields = msgspec.structs.fields(shape)
    drawn = {each.name: _of(msgspec.inspect.type_info(each.type)) for each in fields}
    optional = {each.name: drawn.pop(each.name) for each in fields if not each.required}
    return st.fixed_dictionaries(drawn, optional=optional).map(lambda chosen: shape(**chosen))


def _of(kind: msgspec.inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case msgspec.inspect.IntType(ge=low, lt=below, le=high):
            return st.integers(low, (below - 1 if below is not None else high))
        case msgspec.inspect.BytesType(min_length=low, max_length=high):
            return st.binary(min_size=low or 0, max_size=min(high or 0, 40))
        case msgspec.inspect.StrType(pattern=str() as pattern, max_length=high):
            return st.from_regex(pattern).filter(lambda text: len(text) <= (high or 9))
        case msgspec.inspect.StrType(min_length=low, max_length=high):
            return st.text(st.characters(exclude_categories=["Cs"]), min_size=low or 0, max_size=min(high or 0, 40))
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.EnumType(cls=members):
            return st.sampled_from(list(members))
        case msgspec.inspect.VarTupleType(item_type=element, min_length=low):
            return st.lists(_of(element), min_size=low or 0, max_size=3).map(tuple)
        case msgspec.inspect.UnionType(types=kinds):
            return st.one_of(*map(_of, kinds))
        case msgspec.inspect.StructType(cls=inner):
            return values(inner)
        case msgspec.inspect.NoneType():
            return st.none()
        case _:
            raise TypeError(kind)
