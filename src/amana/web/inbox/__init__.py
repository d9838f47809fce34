# SPDX-License-Identifier: EUPL-1.2
"""The day of an officer: what is due, by clock."""
