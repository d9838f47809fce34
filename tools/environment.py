# SPDX-License-Identifier: EUPL-1.2
"""Build .venv from a lock of hashes: `python3 tools/environment.py run|dev`. Standard library only.

Promise: nothing is installed whose hash is not in requirements/*.txt; a second start with the same lock, the same
Python and the same project table installs nothing; two starts at once wait for each other. Uses `uv` where it is on
PATH, else pip. The development lock holds everything the run lock does, so it serves both.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "amana-stamp"
OLDEST = (3, 11)


def stamp_of(lock: str) -> str:
    """What an environment made from `lock` by this Python is known by."""
    import tomllib  # here, so that an older Python still gets as far as the message of require_python

    digest = hashlib.sha256(f"{lock} {sys.version} {ROOT}\n".encode())
    digest.update((ROOT / "requirements" / f"{lock}.txt").read_bytes())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    digest.update(repr((project["project"], project["build-system"], project["tool"]["hatch"])).encode())
    return digest.hexdigest()


def is_ready(lock: str) -> bool:
    """Whether .venv already holds what `lock` asks for."""
    if not (PYTHON.exists() and STAMP.exists()):
        return False
    return STAMP.read_text().strip() in {stamp_of(lock), stamp_of("dev")}


def require_python() -> None:
    """Stop with the one line that helps where Python is too old or comes without venv (plain Debian)."""
    if sys.version_info < OLDEST:
        sys.exit("Amana needs Python 3.11 or newer. Name it:  make PYTHON=python3.11 …")
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing and not shutil.which("uv"):
        sys.exit(f"This Python has no {' and no '.join(missing)}. Once:  sudo apt-get install python3-venv")


def install_with_uv(uv: str, lock: Path) -> None:
    """Make .venv with uv. Raises CalledProcessError."""
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], check=True)
    install: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", PYTHON]
    subprocess.run([*install, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)


def install_with_pip(lock: Path) -> None:
    """Make .venv with the standard library's venv and pip. Raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    install: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)


def build(lock_name: str) -> None:
    """Make .venv new from the lock and stamp it; a broken attempt leaves no stamp, so the next start begins again."""
    lock = ROOT / "requirements" / f"{lock_name}.txt"
    print(f"Building .venv from requirements/{lock_name}.txt (once; usually under half a minute) …", flush=True)
    STAMP.unlink(missing_ok=True)
    uv = shutil.which("uv")
    try:
        if uv is None:
            install_with_pip(lock)
        else:
            install_with_uv(uv, lock)
    except subprocess.CalledProcessError as error:
        sys.exit(f"The environment could not be built (exit {error.returncode}); the lines above say why. Nothing else was changed.")
    STAMP.write_text(stamp_of(lock_name) + "\n")


def main() -> None:
    """Build what is asked for unless it is there."""
    if len(sys.argv) != 2 or sys.argv[1] not in {"run", "dev"}:
        sys.exit("usage: python3 tools/environment.py run|dev")
    require_python()
    with (ROOT / "pyproject.toml").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_ready(sys.argv[1]):
            build(sys.argv[1])


if __name__ == "__main__":
    main()
