# SPDX-License-Identifier: EUPL-1.2
"""A need of an event for reinforcements: offers, commitments, deployments, releases."""
