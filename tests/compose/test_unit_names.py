# SPDX-License-Identifier: EUPL-1.2
"""The names of units: written by `amana init`, read as they were, refused where they do not fit."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec
import pytest

from amana.compose.config import NodeConfig, UnitNames, config_text
from amana.protocol.identifiers import AgencyCode
from amana.protocol.marking import Level

NAMES = UnitNames(ar="مصلحة مكافحة المخدرات", fr='Unité « stupéfiants »\t"\\', en="Drugs unit\x7f")


def read(unit_names: Any) -> NodeConfig:
    """A configuration with these."""
    return msgspec.convert({"code": "ma.dgsn", "port": 1, "unit_names": unit_names}, NodeConfig)


def test_what_is_written_is_read_again() -> None:
    text = config_text(AgencyCode("ma.dgsn"), 1, limit=Level.RESTRICTED, passphrase_file="passphrase", unit_names={"drugs": NAMES})
    config = msgspec.convert(tomllib.loads(text), NodeConfig)
    assert config.unit_names == {"drugs": NAMES}
    assert config.key_passphrase_file == "passphrase"


@pytest.mark.parametrize(("language", "name"), [("ar", NAMES.ar), ("fr", NAMES.fr), ("en", NAMES.en)])
def test_a_unit_is_called_by_its_name_and_another_by_its_code(language: str, name: str) -> None:
    config = read({"drugs": msgspec.to_builtins(NAMES)})
    assert (config.unit_name(language, "drugs"), config.unit_name(language, "desk")) == (name, "desk")


@pytest.mark.parametrize(
    "given",
    [
        {"drugs": {"ar": "ا", "fr": "a"}},
        {"drugs": {"ar": "ا", "fr": "a", "en": ""}},
        {"drugs": {"ar": "ا", "fr": "a", "en": "a", "de": "a"}},
        {"Drugs unit": {"ar": "ا", "fr": "a", "en": "a"}},
    ],
    ids=["one missing", "one empty", "one too many", "no code"],
)
def test_what_does_not_fit_is_refused(given: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(given)
