# SPDX-License-Identifier: EUPL-1.2
"""Agreements: the texts that every flow between agencies rests on. Spec: spec/kinds/agreement.md."""
