# SPDX-License-Identifier: EUPL-1.2
"""Texts that several agencies write together: what can be said (`entries`), what is then true (`state`), the rules."""
