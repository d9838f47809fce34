# SPDX-License-Identifier: EUPL-1.2
"""The start page of the demonstration: four agencies, the steps of the story, and buttons that stop a machine or change a byte.

Served by the demonstration's own process on a port of its own; the nodes know nothing of it.
"""
