# SPDX-License-Identifier: EUPL-1.2
"""What several kinds of dossier share: vocabulary of codes, conditions of agreements, typed items."""
