# SPDX-License-Identifier: EUPL-1.2
"""How items are found in a pasted text: cleaning, numbers, vehicles, things with names, persons. `propose` puts them together."""
