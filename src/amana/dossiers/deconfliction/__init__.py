# SPDX-License-Identifier: EUPL-1.2
"""Whether two agencies' operations touch each other, without showing them. Spec: spec/kinds/deconfliction.md."""
