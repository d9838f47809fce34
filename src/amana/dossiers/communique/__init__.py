# SPDX-License-Identifier: EUPL-1.2
"""Communiqués: what several agencies tell the public together, word by word. Spec: spec/kinds/communique.md."""
