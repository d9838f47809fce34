# SPDX-License-Identifier: EUPL-1.2
"""What concerns two partners and no matter. Spec: spec/kinds/partnership.md."""
