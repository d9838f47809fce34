# SPDX-License-Identifier: EUPL-1.2
"""Print and PDF: one entry as an official letter, one dossier whole, with the handling conditions on every page.

Both take what `amana.node.queries.dossiers.show_dossier` gives and return the bytes of a PDF (PDF/A-2a, tagged,
PDF/UA-1), the same bytes for the same input. Internal notes are never printed. Whether printing is allowed at all is
`require_printable`'s to say, which both ask first. No web framework is known here.

What several agencies write together has modules of its own, each with the plain values that it takes: `communique` (and
`copies` of it as text and HTML), `minutes`, `assessment`, `briefing`.
"""

from __future__ import annotations

from amana.web.printing.dossier import dossier_pdf
from amana.web.printing.letter import letter_pdf
from amana.web.printing.permission import require_printable

__all__ = ["dossier_pdf", "letter_pdf", "require_printable"]
