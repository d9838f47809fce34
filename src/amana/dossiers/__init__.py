# SPDX-License-Identifier: EUPL-1.2
"""What agencies do together: kinds of dossier as total, incremental folds over the headers of their entries.

Pure: no clock, no randomness, no storage. `registry` names the kinds, `order` places entries, `fold` advances a
dossier. Each kind is a folder: entries (what can be said), state (what is then true), rules (who may say it when).
Spec: spec/10-order-and-folds.md and spec/kinds/.
"""
