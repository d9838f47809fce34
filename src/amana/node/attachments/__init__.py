# SPDX-License-Identifier: EUPL-1.2
"""Attachments on one node: laid ready, sent with an entry, exchanged chunk by chunk, shown and opened.

What pages and commands need is named here; the exchange itself is `node.attachments.exchange`. Spec: spec/12-attachments.md.
"""

from __future__ import annotations

from amana.node.attachments.reading import load_attachment, show_attachments
from amana.node.attachments.staging import drop_staged, list_staged, stage_attachment, sweep_staged

__all__ = ["drop_staged", "list_staged", "load_attachment", "show_attachments", "stage_attachment", "sweep_staged"]
