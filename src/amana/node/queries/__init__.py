# SPDX-License-Identifier: EUPL-1.2
"""What people and pages may read, each through a Scope; everything as plain JSON values."""
