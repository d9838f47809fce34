# SPDX-License-Identifier: EUPL-1.2
"""Operations that several agencies plan, approve, carry out, count and evaluate together. Spec: spec/kinds/joint_operation.md."""
