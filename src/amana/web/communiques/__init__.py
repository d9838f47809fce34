# SPDX-License-Identifier: EUPL-1.2
"""Pages of communiqués: the list, the workshop clause by clause, what is public, and a code confirmed."""
