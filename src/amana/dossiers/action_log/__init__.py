# SPDX-License-Identifier: EUPL-1.2
"""The live log of a joint operation's action. Spec: spec/kinds/action_log.md."""
