# SPDX-License-Identifier: EUPL-1.2
"""The registers of the desk: arrivals, departures, all dossiers; their filters, saved views and export."""
