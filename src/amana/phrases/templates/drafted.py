# SPDX-License-Identifier: EUPL-1.2
"""What a model text is, as it is written down: its code, the entry type and requests it serves, the values it sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One model text. `serves`: the types of request or notice it is for, none: all."""

    code: str
    entry_type: str  # "<kind>.<type>"
    serves: tuple[str, ...] = ()
    coded: Mapping[str, str | list[str]] = field(default_factory=dict)  # plain coded values that go with it
    name: str
    text: str
