# SPDX-License-Identifier: EUPL-1.2
"""The schema's history, oldest first. How to add a column: docs/develop/journal.md."""
