# SPDX-License-Identifier: EUPL-1.2
"""The demonstration: four real nodes play the scenario through the real exchange, and then prove what happened."""
