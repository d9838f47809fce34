# SPDX-License-Identifier: EUPL-1.2
"""What every fuzz target shares: running under atheris where it is installed, and the rule that hostile bytes raise PeerFault only.

A target is a module `fuzz_<parser>.py` with `corpus()`, the inputs to start from, and `TestOneInput(fuzzed)`, which
raises only where the parser broke its promise. `python -m tests.fuzz.fuzz_<parser>` runs it until stopped.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

from amana.protocol.errors import PeerFault


def survives(read: Callable[[], object]) -> bool:
    """Whether `read` took its input; every error but PeerFault passes through to the fuzzer."""
    try:
        read()
    except PeerFault:
        return False
    return True


def run(target: Callable[[bytes], None]) -> None:
    """Fuzz `target` with atheris, which has to be installed for this: `pip install atheris`."""
    atheris = importlib.import_module("atheris")
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
