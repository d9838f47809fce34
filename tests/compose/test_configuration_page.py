# SPDX-License-Identifier: EUPL-1.2
"""docs/operate/configuration.md explains every key of node.toml, and no other, with its true default."""

from __future__ import annotations

import json
import re

import msgspec
import pytest

from amana.compose.config import LEVELS, NodeConfig
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "operate" / "configuration.md"
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<default>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)
REQUIRED = "none; must be there"


def explained(page: str) -> dict[str, str]:
    """Each key that the page's table explains, with the default it names."""
    return {row["key"]: row["default"].strip().strip("`") for row in ROW.finditer(page)}


def configured() -> dict[str, str]:
    """Each key that a node reads, with its default as TOML writes it."""
    fields = msgspec.structs.fields(NodeConfig)
    return {field.name: REQUIRED if field.required else json.dumps(_default(field)) for field in fields}


def _default(field: msgspec.structs.FieldInfo) -> object:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def test_every_key_is_explained_with_its_default() -> None:
    assert explained(PAGE.read_text(encoding="utf-8")) == configured()


def test_every_level_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [level for level in LEVELS if f"`{level}`" not in page] == []


def test_the_example_is_a_configuration() -> None:
    example = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(example) == 1
    config = msgspec.toml.decode(example[0], type=NodeConfig)
    assert config.settings().four_eyes == {"information_request.request"}
    assert config.unit_name("fr", "drugs") == "Unité stupéfiants"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| `port` | none; must be there | The port. |", {"port": REQUIRED}),
        ('| `fence` | `"fence"` | A file. |', {"fence": '"fence"'}),
        ("The key `port` is somewhere.", {}),
    ],
)
def test_only_a_row_of_the_table_explains(row: str, found: dict[str, str]) -> None:
    assert explained(row) == found
