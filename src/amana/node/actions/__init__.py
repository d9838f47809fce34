# SPDX-License-Identifier: EUPL-1.2
"""What people do: each action is access, rule, append, queue, in that order and in one write."""
