# SPDX-License-Identifier: EUPL-1.2
"""The files that officers of the scenario attach: drawn when the play needs them, each marked as invented across the page.

They are real PDF and PNG files made by the typesetter from the sheets beside this module, with the fonts of the pages.
"""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from amana.demo.papers import INVENTED

SHEETS = Path(__file__).parent / "sheets"
FONTS = ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic")
PIXELS_PER_INCH = 110.0


def transport_document() -> dict[str, str]:
    """What Rabat attaches: a transport document, as a PDF of one page."""
    made = _compiler("transport").compile(format="pdf")
    return _attached("connaissement-donnees-fictives.pdf", "application/pdf", made)


def road_check() -> dict[str, str]:
    """What Paris attaches: the picture of a check on the road, as a PNG."""
    made = _compiler("road").compile(format="png", ppi=PIXELS_PER_INCH)
    return _attached("controle-routier-donnees-fictives.png", "image/png", made)


def _attached(name: str, type: str, made: object) -> dict[str, str]:
    """The attachment as an action file holds it."""
    assert isinstance(made, bytes)  # noqa: S101 - one page is one file; told to the type checker
    return {"name": name, "type": type, "content": base64.b64encode(made).decode()}


def _compiler(sheet: str) -> typst.Compiler:
    return typst.Compiler(
        input=SHEETS / f"{sheet}.typ", root=SHEETS, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={**INVENTED}
    )


@cache
def _fonts() -> typst.Fonts:
    folders = [str(files(package) / "files") for package in FONTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
