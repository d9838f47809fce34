# SPDX-License-Identifier: EUPL-1.2
"""Major events: what is hosted, where, when, with whom, and how great the risk is."""
