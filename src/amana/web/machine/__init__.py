# SPDX-License-Identifier: EUPL-1.2
"""The state of the node for its administrator; no content."""
