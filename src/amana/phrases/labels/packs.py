# SPDX-License-Identifier: EUPL-1.2
"""Why something is not in a pack: by its marking, because it is gone, or because it may speak of persons."""

from __future__ import annotations

from collections.abc import Mapping

from amana.phrases.labels.handling import BECAUSE
from amana.phrases.labels.stages import VOID

PACK_REASON: Mapping[str, str] = {
    **BECAUSE,
    **VOID,
    "persons": "it may speak of persons, and the pack was made without",
    "not_of_the_case": "it belongs to another dossier",
}

LABELS: Mapping[str, Mapping[str, str]] = {"pack_reason": PACK_REASON}
