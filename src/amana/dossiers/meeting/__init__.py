# SPDX-License-Identifier: EUPL-1.2
"""Meetings: visits and sessions, from the programme to the minutes, and what became of what was decided."""
