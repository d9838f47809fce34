# SPDX-License-Identifier: EUPL-1.2
"""Amana: police and security services of sovereign states working together, each keeping what is its own."""

__version__ = "0.1.0"
