# SPDX-License-Identifier: EUPL-1.2
"""The fixtures of this folder, after pytest was asked to explain the assertions of its modules."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.processes.nodes", "tests.processes.pairs", "tests.processes.truth")

from tests.processes.pairs import agreed, pair  # noqa: E402 - only what is imported afterwards is rewritten

__all__ = ["agreed", "pair"]
