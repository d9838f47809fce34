# SPDX-License-Identifier: EUPL-1.2
"""Major events: their programme and risks, the cooperation centre, the forces."""
