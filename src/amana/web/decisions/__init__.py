# SPDX-License-Identifier: EUPL-1.2
"""Decisions: everything decided since the agreement began, with its state today."""
