# SPDX-License-Identifier: EUPL-1.2
"""`python -m amana.phrases.check`: every code has its sentence, every coded value its name, every catalogue is whole.

(1) every code that the source can raise has a sentence in its family, and its places are facts given wherever it is
raised; (2) every enum that people meet, every entry type and every field is named; (3) what callers of `tell` write is
written out; (4) each catalogue holds exactly the messages needed, worded, not fuzzy, with the same places and all
plural forms; (5) what runs is what the catalogue compiles to.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from msgspec import inspect

import amana
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.items import ITEM_TYPES
from amana.phrases.catalogue import LANGUAGES, LOCALES, places
from amana.phrases.codes import Sources
from amana.phrases.files import FORMS, compiled, key_of, load_po, mo_path, translations
from amana.phrases.labels import LABELS, VOCABULARY_OF, of_kind
from amana.phrases.messages import messages, read_sources
from amana.phrases.sentences import SENTENCES, About
from amana.phrases.telling import VOCABULARIES, find_sentence

FAMILY = {"Refusal": About.ACT, "OperatorFault": About.MACHINE, "PeerFault": About.PEER}
FOLLOWED_BY_HAND = {"fold_in(self.writing, [(row, entry.header)])[entry.id]": "an outcome of the fold: a Reason"}
TOLD = {"Reason": About.ENTRY, "Shortfall": About.FLOW, "DispositionCode": About.ARRIVAL}  # enums whose members have sentences
NOT_SHOWN = frozenset({"Personal", "Notice", "StepOrder", "Event", "Effect", "CardChange"})  # the machinery's own
BELOW = ("protocol", "matching", "dossiers", "evaluation", "interop", "node")


def faults(sources: Sources, locales: Path = LOCALES) -> Iterator[str]:
    """Everything that is missing or wrong, one line each."""
    yield from raised_faults(sources)  # (1)
    yield from named_faults(sources)  # (2)
    yield from (f"{where}: what is told is not written out" for where, texts in sources.written() if not texts)  # (3)
    for language in LANGUAGES:
        yield from catalogue_faults(language, sources, locales)  # (4) (5)


def raised_faults(sources: Sources) -> Iterator[str]:
    """(1)"""
    for raised in sources.raised():
        if raised.unfollowed and raised.unfollowed not in FOLLOWED_BY_HAND:
            yield f"{raised.where}: cannot tell which codes {raised.unfollowed!r} stands for"
        for code in sorted(raised.codes):
            english = find_sentence(code, FAMILY[raised.family])
            if english is None:
                yield f"{raised.where}: {raised.family} {code!r} has no sentence"
            elif not raised.open_facts and (missing := places(english) - raised.facts):
                yield f"{raised.where}: the sentence of {code!r} wants {sorted(missing)}, which is not given here"
    for code in sorted(sources.keyword_words("Failure", "what") | sources.first_words("_failure") | sources.first_words("_differs")):
        if find_sentence(code, About.CHECK) is None:
            yield f"the verification's {code!r} has no sentence"
    for code in sorted(sources.entry_words("code")):
        if find_sentence(code) is None:
            yield f"the problem {code!r} has no sentence"


def enums() -> dict[str, type[Enum]]:
    """Every enum of the layers below, by name."""
    for module in pkgutil.walk_packages(amana.__path__, "amana."):
        if module.name.split(".")[1] in BELOW:
            importlib.import_module(module.name)
    return {found.__name__: found for found in _below(Enum) if found.__module__.split(".")[:2] in [["amana", layer] for layer in BELOW]}


def _below(shape: type[Enum]) -> Iterator[type[Enum]]:
    for near in shape.__subclasses__():
        yield near
        yield from _below(near)


def named_faults(sources: Sources) -> Iterator[str]:
    """(2)"""
    for name, enum in sorted(enums().items()):
        values = [str(member.value) for member in enum if member.value != ""]
        if name in TOLD:
            yield from (f"{name} {value!r} has no sentence" for value in values if value not in SENTENCES[TOLD[name]])
        elif enum in VOCABULARY_OF:
            held = LABELS[VOCABULARY_OF[enum]]
            yield from (f"{name} {value!r} has no name" for value in values if value not in held)
        elif name not in NOT_SHOWN:
            yield f"the enum {name} belongs to no vocabulary"
    for kind in KINDS.values():
        yield from (f"the kind {kind.name!r} has no name" for _ in [0] if kind.name not in LABELS["kind"])
        for declared in kind.entry_types.values():
            if declared.phrase not in LABELS["entry_type"]:
                yield f"the entry type {declared.phrase!r} has no name"
            fields = declared.coded.__struct_encode_fields__
            named = (field for field in fields if of_kind("coded_field", kind.name, field) not in LABELS["coded_field"])
            yield from (f"{declared.phrase}: the value {field!r} has no name" for field in named)
    yield from _item_faults()
    stages = {stage for vocabulary, labels in LABELS.items() if vocabulary.endswith("stage") for stage in labels}
    yield from (f"the stage {stage!r} has no name" for stage in sorted(sources.keyword_words("Summary", "stage") - stages))


def _item_faults() -> Iterator[str]:
    for name, shape in ITEM_TYPES.items():
        if name not in LABELS["item_type"]:
            yield f"the item type {name!r} has no name"
        for field in inspect.type_info(shape).fields:  # type: ignore[attr-defined]  # an item type is a struct
            if field.name not in LABELS["item_field"]:
                yield f"{name}: the field {field.name!r} has no name"
            pattern = getattr(field.type, "pattern", None) or ""
            if field.name == "kind":
                held = LABELS[kind_vocabulary(name)]
                yield from (f"{name}: the kind {kind!r} has no name" for kind in re.findall(r"\w+", pattern[1:-2]) if kind not in held)


def kind_vocabulary(item_type: str) -> str:
    """The vocabulary of an item type's kinds."""
    return f"{item_type.removeprefix('cyber_')}_kind"


def catalogue_faults(language: str, sources: Sources, locales: Path) -> Iterator[str]:
    """(4) and (5)"""
    po = load_po(language, locales)
    needed, held = messages(sources), {key_of(entry): entry for entry in po if not entry.obsolete}
    for message, where in needed.items():
        if message not in held:
            yield f"{language}: no entry for {message.english!r} ({where})"
    for message, entry in held.items():
        if message not in needed:
            yield f"{language}: nothing needs {message.english!r}"
        if entry.fuzzy:
            yield f"{language}: fuzzy: {message.english!r}"
        wordings = translations(entry)
        if not all(wordings) or len(wordings) != (FORMS[language] if message.plural else 1):
            yield f"{language}: not worded: {message.english!r}"
        elif not all(_has_places(wording, message.english, message.plural) for wording in wordings):
            yield f"{language}: other places: {message.english!r}"
    path = mo_path(language, locales)
    if not path.exists() or path.read_bytes() != compiled(po):
        yield f"{language}: what runs is not what the catalogue compiles to: python -m amana.phrases.compile"


def _has_places(wording: str, english: str, plural: str) -> bool:
    """The same places; only a plural form may leave the count out, for a word that says it (one, two)."""
    return places(wording) | ({"count"} if plural else set()) == places(english) | ({"count"} if plural else set())


def main() -> int:
    """Name every fault; 1 where there is one."""
    unknown = [fact for fact, vocabulary in VOCABULARIES.items() if vocabulary not in LABELS]
    found = [*faults(read_sources()), *(f"no vocabulary for the fact {fact!r}" for fact in unknown)]
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"phrases: {len(found)} faults\n" if found else "phrases: every code and every message in every language\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
