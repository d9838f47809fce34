# SPDX-License-Identifier: EUPL-1.2
"""The wire: the peer endpoint, the client that calls partners, and the loop that drives outgoing exchanges."""
