# SPDX-License-Identifier: EUPL-1.2
"""The library of good practice: notes, their translations, their uses."""
