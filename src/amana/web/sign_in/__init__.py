# SPDX-License-Identifier: EUPL-1.2
"""How a person comes in: password and one-time code, the first sign-in by invitation, and out again."""
