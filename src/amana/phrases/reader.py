# SPDX-License-Identifier: EUPL-1.2
"""Which language the reader reads: the one asked for, else the one of the machine's locale, else English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amana.phrases.catalogue import ENGLISH, LANGUAGES

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first one that is set decides


def reader_language(option: str | None, environ: Mapping[str, str]) -> str:
    """The language of what is shown: `option` (--lang), else LC_ALL, LC_MESSAGES or LANG, else English."""
    if option in LANGUAGES:
        return option
    named = next((environ[name] for name in VARIABLES if environ.get(name)), "")
    language = re.split(r"[_.@-]", named, maxsplit=1)[0].lower()
    return language if language in LANGUAGES else ENGLISH
