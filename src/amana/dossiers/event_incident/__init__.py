# SPDX-License-Identifier: EUPL-1.2
"""An incident of an event, routed to the desks that take it in hand."""
