# SPDX-License-Identifier: EUPL-1.2
"""One agency's installation: access, actions, queries, inbox, outbox, projections. Knows ports, no framework."""
