# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments that several agencies write, dissent in, and approve by hash. Spec: spec/kinds/threat_assessment.md."""
