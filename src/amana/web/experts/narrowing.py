# SPDX-License-Identifier: EUPL-1.2
"""What narrows the lists of experts: the values of an address, and the values that the lines have. Nothing is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

Plain = dict[str, Any]


def chosen_in(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    """What the address asks for, by name; empty where it says nothing."""
    return {name: request.GET.get(name, "") for name in names}


def offered_in(lines: Iterable[Plain], name: str) -> list[str]:
    """Every value that the lines have under this name, in order; of a list each of its values."""
    held = [one[name] for one in lines]
    return sorted({each for value in held for each in (value if isinstance(value, list | tuple) else [value])})
