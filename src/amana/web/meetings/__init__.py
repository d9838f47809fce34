# SPDX-License-Identifier: EUPL-1.2
"""Visits and sessions: the list of them, the page of each, the forms of what is said there, the minutes as a paper."""
