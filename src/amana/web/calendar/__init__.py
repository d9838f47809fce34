# SPDX-License-Identifier: EUPL-1.2
"""Calendars: what is to come as iCalendar, for one meeting and for whoever follows a feed of his own."""
