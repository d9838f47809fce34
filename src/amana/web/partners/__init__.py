# SPDX-License-Identifier: EUPL-1.2
"""Partners: for officers whether they can be reached; for the administrator cards, safety numbers and suspensions."""
