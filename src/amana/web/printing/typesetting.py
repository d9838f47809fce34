# SPDX-License-Identifier: EUPL-1.2
"""From values to the bytes of a PDF: templates of this package, fonts of two installed packages, nothing else.

Values go in as JSON through `sys.inputs`, so nothing in them is ever read as markup. System fonts and the typesetter's
own are shut out: a page looks the same on every machine. The time in the file is the caller's, so the same values give
the same bytes. PDF/A-2a (tagged) and PDF/UA-1 are asked for; a page that does not fulfil them is an error, not a PDF.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from amana.web.printing.sheet import Plain, covered

TEMPLATES = Path(__file__).parent / "templates"
FONT_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic")
MEASURED = ("IBMPlexSans[wdth,wght].ttf", "IBMPlexSansArabic-Regular.ttf")  # one file of each family: all weights have the same letters
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


class Unprintable(RuntimeError):
    """A template of ours is wrong: no page goes out that the typesetter refused or doubted. Says nothing of the content."""


def typeset(template: str, value: Plain, *, made_at: int) -> bytes:
    """The PDF of a template (`letter`, `dossier`) filled with `value`. `made_at`: UTC ms, written into the file."""
    try:
        made, warnings = compiler_for(template, value).compile_with_warnings(
            format="pdf", timestamp=made_at // 1000, pdf_standards=STANDARDS
        )
    except typst.TypstError:
        raise Unprintable(template) from None  # the typesetter's own words may quote what was to be printed
    if warnings or not isinstance(made, bytes):
        raise Unprintable(template)
    return made


def compiler_for(template: str, value: Plain) -> typst.Compiler:
    """The typesetter, ready with a template and its values; tests ask it what a document holds."""
    text = json.dumps(covered(value, _letters()), ensure_ascii=False)
    return typst.Compiler(
        input=TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"page": text}
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in _folders()])


@cache
def _letters() -> frozenset[int]:
    """The code points that either family draws."""
    # Here and not above: a node that starts does not wait for what only printing needs.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

    found: set[int] = set()
    for folder, name in zip(_folders(), MEASURED, strict=True):
        with TTFont(folder / name, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)


@cache
def _folders() -> tuple[Path, ...]:
    return tuple(Path(str(files(package) / "files")) for package in FONT_PACKAGES)
