# SPDX-License-Identifier: EUPL-1.2
"""The briefing file before a meeting: drawn in one click, edited, kept, printed; for this agency alone."""
