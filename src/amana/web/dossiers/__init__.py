# SPDX-License-Identifier: EUPL-1.2
"""One dossier on one calm page: where it stands, the thread in order, who sees what, what was refused, its proof."""
