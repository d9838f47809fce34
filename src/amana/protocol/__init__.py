# SPDX-License-Identifier: EUPL-1.2
"""The protocol: bytes in, verified values out. Pure: no clock, randomness, network, file, database or logging."""
