# SPDX-License-Identifier: EUPL-1.2
"""`python -m amana.phrases.compile`: bring the .po files up to date with the source and compile them to .mo.

A message that is new has no wording yet; `python -m amana.phrases.check` names it until somebody writes one.
"""

from __future__ import annotations

import sys

from amana.phrases.catalogue import LANGUAGES
from amana.phrases.files import brought_up_to_date, compiled, load_po, mo_path, po_path
from amana.phrases.messages import messages, read_sources


def main() -> int:
    """Write the catalogues of every language."""
    needed = messages(read_sources())
    for language in LANGUAGES:
        po = brought_up_to_date(language, needed, load_po(language))
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po.save(str(po_path(language)))
        mo_path(language).write_bytes(compiled(po))
        sys.stdout.write(f"{language}: {len(po)} messages, {len(po.untranslated_entries())} without wording\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
