# SPDX-License-Identifier: EUPL-1.2
"""What the units of this agency are called; codes are for machines.

The names are in the node's configuration, whole and in three languages, so that sentences need not say "unit" beside
them. A unit without a name is shown by its code. Either is isolated from the words around it.
"""

from __future__ import annotations

from amana.phrases import Words, isolated, on_one_line, tell
from amana.web.here import get_here


def unit_name(language: str, code: str) -> Words:
    """The name of a unit, or its code."""
    return isolated(language, on_one_line(get_here().opened.config.unit_name(language, code)))


def unit_and_code(language: str, code: str) -> Words:
    """Both, where people have to type the code."""
    name = unit_name(language, code)
    shown = isolated(language, code)
    return shown if name == shown else tell(language, "{name} ({code})", name=name, code=code)
