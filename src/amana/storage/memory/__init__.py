# SPDX-License-Identifier: EUPL-1.2
"""The journal and the fence in memory, for simulations with many nodes in one process; no Django, no file."""
