# SPDX-License-Identifier: EUPL-1.2
"""Every type with an encoding declares its fields in canonical key order and holds nothing that has two encodings.

The strict decoder of spec/01-encoding.md rests on this: no float, no free map, nothing of any type.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache

import msgspec
import pytest
from msgspec import inspect

from amana.protocol.canonical import Canonical
from tests.architecture.tree import SRC, sources

BANNED = (
    inspect.AnyType,
    inspect.FloatType,
    inspect.DictType,
    inspect.RawType,
    inspect.SetType,
    inspect.FrozenSetType,
    inspect.DecimalType,
)


@cache
def canonical_types() -> tuple[type[Canonical], ...]:
    """Every type with an encoding, from every module that speaks of them."""
    for path in sources():
        if "Canonical" in path.read_text(encoding="utf-8"):
            name = ".".join(path.relative_to(SRC).with_suffix("").parts)
            importlib.import_module(name.removesuffix(".__init__"))
    return tuple(sorted(below(Canonical), key=lambda shape: (shape.__module__, shape.__qualname__)))


def below(shape: type[Canonical]) -> set[type[Canonical]]:
    """All subclasses of `shape` in the product, near and far."""
    near = {found for found in shape.__subclasses__() if found.__module__.startswith("amana.")}
    return near.union(*(below(found) for found in near))


def is_ordered(names: tuple[str, ...]) -> bool:
    """Whether these map keys stand in the order of their encodings: the shorter first, then bytewise."""
    return list(names) == sorted(names, key=lambda name: (len(name.encode()), name.encode()))


def loose_parts(shape: inspect.Type) -> Iterator[inspect.Type]:
    """The parts of a field's type that allow more than one encoding of a value, structs not entered."""
    if isinstance(shape, BANNED):
        yield shape
    for part in (
        *getattr(shape, "types", ()),
        *getattr(shape, "item_types", ()),
        *filter(None, [getattr(shape, "item_type", None), getattr(shape, "type", None)]),
    ):
        if isinstance(part, inspect.Type):
            yield from loose_parts(part)


def test_types_with_an_encoding_were_found() -> None:
    assert {"Header", "Body", "Marking"} <= {shape.__name__ for shape in canonical_types()}


def test_fields_are_declared_in_canonical_key_order() -> None:
    assert [shape.__qualname__ for shape in canonical_types() if not is_ordered(shape.__struct_encode_fields__)] == []


def test_types_with_an_encoding_are_frozen_and_strict() -> None:
    configs = {shape.__qualname__: shape.__struct_config__ for shape in canonical_types()}
    assert [name for name, config in configs.items() if not (config.frozen and config.forbid_unknown_fields and config.omit_defaults)] == []


def test_no_field_holds_what_has_two_encodings() -> None:
    loose = []
    for shape in canonical_types():
        described = inspect.type_info(shape)
        assert isinstance(described, inspect.StructType)
        loose += [f"{shape.__qualname__}.{field.name}" for field in described.fields if list(loose_parts(field.type))]
    assert loose == []


@pytest.mark.parametrize(("names", "ordered"), [(("run", "body", "kind"), True), (("body", "run"), False), (("kind", "body"), False)])
def test_the_order_is_shorter_first_then_bytewise(names: tuple[str, ...], ordered: bool) -> None:
    assert is_ordered(names) is ordered


@pytest.mark.parametrize("annotation", [float, dict[str, int], tuple[float, ...], int | float, msgspec.Raw, set[int], tuple[int, float]])
def test_a_loose_field_is_noticed(annotation: object) -> None:
    assert list(loose_parts(inspect.type_info(annotation)))
