# SPDX-License-Identifier: EUPL-1.2
"""Packs: a case made into one file for somebody who was not there, and one that was brought in to be read."""
