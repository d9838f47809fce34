# SPDX-License-Identifier: EUPL-1.2
"""Static files: our own, htmx from its package, fonts cut from the installed font packages. Made once, kept in a cache.

`prepare_assets` fills a directory named for everything it is made from, so an update makes a new one and two nodes
share it. Nothing is fetched; nothing that others wrote is in the repository.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from platformdirs import user_cache_path

from amana.web.settings import WEB

SOURCES = ("fontpkg-ibm-plex-sans", "fontpkg-ibm-plex-sans-arabic", "fonttools", "brotli", "django-htmx", "django")
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
LATIN = "U+0000-024F,U+02BB-02DC,U+1E00-1EFF,U+2000-206F,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+25A0-25FF"
ARABIC = "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFF,U+200C-200F"
DONE = "complete"
CUT_SECONDS = 600  # on a machine that does much else


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """Where static files lie: `static` is served, `generated` holds what was made from packages."""

    static: Path
    generated: Path
    ready: Path  # exists once everything is in place


def find_assets(cache: Path | None = None) -> Assets:
    """The directories of this version's static files, whether they were made or not."""
    home = (cache or user_cache_path("amana")) / f"pages-{_version()}"
    return Assets(static=home / "static", generated=home / "generated", ready=home / DONE)


def prepare_assets(assets: Assets) -> None:
    """Make what is missing; two processes wait for each other. Django must be configured."""
    if assets.ready.exists():
        return
    from django.core.management import call_command

    home = assets.ready.parent
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if assets.ready.exists():
            return
        shutil.rmtree(assets.static, ignore_errors=True)
        make_fonts(assets.generated / "fonts")
        call_command("collectstatic", interactive=False, verbosity=0)
        assets.ready.touch()


def make_fonts(directory: Path) -> None:
    """IBM Plex as woff2: Latin as one variable font (weights 400 to 600), Arabic in three static weights (OFL-1.1)."""
    directory.mkdir(parents=True, exist_ok=True)
    wanted = [("plex-latin", "fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf", LATIN)]
    wanted += [
        (f"plex-arabic-{weight}", "fontpkg_ibm_plex_sans_arabic", f"IBMPlexSansArabic-{name}.ttf", ARABIC)
        for weight, name in WEIGHTS.items()
    ]
    with ThreadPoolExecutor(max_workers=min(len(wanted), os.cpu_count() or 1)) as pool:
        for cutting in [pool.submit(_cut_apart, directory / f"{to}.woff2", package, file, ranges) for to, package, file, ranges in wanted]:
            cutting.result()


def _cut_apart(to: Path, package: str, file: str, ranges: str) -> None:
    """As `cut_font`, in a process of its own that knows nothing of ours: one that imported our main program anew could wait for us."""
    command = [sys.executable, "-m", "amana.web.assets", str(to), package, file, ranges]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=CUT_SECONDS)  # noqa: S603 - our own module


def cut_font(to: Path, package: str, file: str, ranges: str) -> None:
    """The letters of these ranges of an installed font, as woff2; of a variable font only the weights in use."""
    from fontTools.subset import Options, Subsetter, parse_unicodes  # type: ignore[import-untyped]  # it has no types
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]  # it has no types

    with resources.as_file(resources.files(package) / "files" / file) as path, TTFont(path) as font:
        options = Options(hinting=False, notdef_outline=True, drop_tables=["meta", "DSIG"])
        options.layout_features = [*options.layout_features, "tnum", "lnum"]  # figures of one width, as ledgers need
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=parse_unicodes(ranges))
        subsetter.subset(font)  # first: narrowing costs by the letter
        narrowed = instantiateVariableFont(font, {"wght": (400, 600), "wdth": 100}) if "fvar" in font else font
        narrowed.flavor = "woff2"
        narrowed.save(to)


@cache  # once a process: what it was configured with is what it serves, whatever changes on the disk meanwhile
def _version() -> str:
    """A name for everything that static files are made from."""
    digest = hashlib.sha256(repr([(name, metadata.version(name)) for name in SOURCES]).encode())
    digest.update(Path(__file__).read_bytes())
    for file in sorted(path for path in (WEB / "static").rglob("*") if path.is_file()):
        digest.update(file.relative_to(WEB).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:20]


if __name__ == "__main__":
    cut_font(Path(sys.argv[1]), *sys.argv[2:5])
