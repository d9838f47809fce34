# SPDX-License-Identifier: EUPL-1.2
"""The catalogue files: what translators edit (.po), what runs (.mo), and the one form of both.

Needs polib, a development tool: the files are compiled here and committed, never at run time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types; the few calls are all in this module

from amana.phrases.catalogue import DOMAIN, ENGLISH, LOCALES
from amana.phrases.messages import Message

PLURALS = {  # CLDR's cardinal rules, as gettext writes them
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
FORMS = {"ar": 6, "fr": 2, "en": 2}
WIDTH = 118


def po_path(language: str, locales: Path = LOCALES) -> Path:
    """What translators edit."""
    return locales / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_path(language: str, locales: Path = LOCALES) -> Path:
    """What runs."""
    return po_path(language, locales).with_suffix(".mo")


def load_po(language: str, locales: Path = LOCALES) -> polib.POFile:
    """A catalogue as translators see it; an empty one where there is no file yet."""
    path = po_path(language, locales)
    held = polib.pofile(str(path)) if path.exists() else polib.POFile()
    held.wrapwidth = WIDTH
    return held


def compiled(po: polib.POFile) -> bytes:
    """What runs, from what translators edit."""
    return bytes(po.to_binary())


def key_of(entry: polib.POEntry) -> Message:
    """The message that an entry translates."""
    return Message(context=entry.msgctxt or "", english=entry.msgid, plural=entry.msgid_plural or "")


def translations(entry: polib.POEntry) -> list[str]:
    """The wordings of an entry, one or one for each plural form."""
    return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def brought_up_to_date(language: str, needed: dict[Message, str], held: Iterable[polib.POEntry]) -> polib.POFile:
    """The catalogue with exactly the messages needed; what it has no wording for yet is empty (English: itself)."""
    known = {key_of(entry): entry for entry in held if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=WIDTH)
    fresh.metadata = {
        "Project-Id-Version": DOMAIN,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    fresh.header = " SPDX-License-Identifier: EUPL-1.2"
    for message, where in needed.items():
        fresh.append(_entry(language, message, where, known.get(message)))
    return fresh


def _entry(language: str, message: Message, where: str, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=message.context or None, msgid=message.english, comment=where)
    if message.plural:
        entry.msgid_plural = message.plural
        own = [message.english, message.plural] if language == ENGLISH else [""] * FORMS[language]
        entry.msgstr_plural = dict(enumerate(translations(known) if known else own))
    else:
        entry.msgstr = known.msgstr if known else (message.english if language == ENGLISH else "")
    return entry
