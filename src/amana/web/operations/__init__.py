# SPDX-License-Identifier: EUPL-1.2
"""The pages of joint operations: where one stands and whose turn it is, plan, tasks, action, exhibits, results, annex."""
