# SPDX-License-Identifier: EUPL-1.2
"""One day of an event: the log as a stream, the rota, handovers, the overall level."""
