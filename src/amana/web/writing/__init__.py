# SPDX-License-Identifier: EUPL-1.2
"""Writing: the form of any entry, saved by itself, with the exact preview beside it; drafts and their release."""
