# SPDX-License-Identifier: EUPL-1.2
"""Accounts, for the administrator; and what every officer sets for himself."""
