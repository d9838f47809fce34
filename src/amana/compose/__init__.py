# SPDX-License-Identifier: EUPL-1.2
"""Where ports meet their real implementations: making, opening and running a node from its directory."""
