# SPDX-License-Identifier: EUPL-1.2
"""The sentences of the story as the demonstration's source writes them, in English."""

from __future__ import annotations

from amana.phrases.messages import read_sources

STORY = sorted({texts[0] for where, texts in read_sources().written() if where.startswith("demo/") and texts})
