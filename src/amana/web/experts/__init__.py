# SPDX-License-Identifier: EUPL-1.2
"""The directory of expertise, missions of experts and the library of good practice."""
