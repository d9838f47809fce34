# SPDX-License-Identifier: EUPL-1.2
"""A federation in memory, in one process: real nodes over the memory store, simulated clocks, chance and wires."""
