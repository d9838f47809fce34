# SPDX-License-Identifier: EUPL-1.2
"""The directory of expertise: what a service can give."""
