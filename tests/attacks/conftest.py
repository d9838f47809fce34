# SPDX-License-Identifier: EUPL-1.2
"""Attacks on pages are tried on the same two agencies as the tests of pages."""

from __future__ import annotations

from tests.web.conftest import _served, house

__all__ = ["_served", "house"]
