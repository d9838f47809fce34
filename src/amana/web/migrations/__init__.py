# SPDX-License-Identifier: EUPL-1.2
"""The schema of the pages' own memory, `desk.db`."""
