# SPDX-License-Identifier: EUPL-1.2
"""What a pattern for proposals is: an expression, what it makes of a match, and a look at the words before it."""

from __future__ import annotations

import re
from collections.abc import Callable

from amana.dossiers.shared.items import ItemValue

Made = Callable[["re.Match[str]"], ItemValue | None]
Pattern = tuple["re.Pattern[str]", Made]
GAP = r"(?:\s|n[°o]s?\.?|no\.?|num\.?|number|numéro|رقمها|رقمه|رقم|:|°|#)*"


def before(match: re.Match[str], characters: int) -> str:
    """The text that stands before a match on its line, at most so many characters."""
    return match.string[max(0, match.start() - characters) : match.start()].rpartition("\n")[2]
