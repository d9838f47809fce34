# SPDX-License-Identifier: EUPL-1.2
"""What a rule refused to an officer in a dossier is kept in the node's own log, and shown there: nobody forgets why.

Kept: the act's type, the reason's code, those of its facts that are codes, numbers, hashes or agencies, and the entry
spoken of. Not kept: anything that was written, any name, what was not found, a form that is badly filled or was sent
twice, the same refusal again, and more than MOST of one dossier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from amana.node.access import Scope, require_dossier
from amana.node.actions.form import ActionForm, parse_hex
from amana.node.context import Node
from amana.node.local import ActRefused, RefusalFact
from amana.node.ports import Writing
from amana.node.records import append_event
from amana.protocol.canonical import encode
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId

MOST = 500
UNKEPT = frozenset({"not_found", "already_sent", "automatic_entry", "foreign_kind", "second_opening"})
MALFORMED = ("bad_", "unknown_")  # beginnings of codes that speak of the form and of no rule
NAMES = frozenset({"account", "officer", "why", "name"})  # facts that may hold what a person typed, or a person's account
SPOKEN_OF = ("entry", "recall", "question", "answer", "request", "text")
_WORD = re.compile(r"[A-Za-z0-9_.$\[\]+-]{0,64}")
_NAME = re.compile(r"[a-z0-9_]{1,48}")
_ACTION = re.compile(r"[a-z0-9_.]{1,100}")


def record_refusal(node: Node, scope: Scope, form: ActionForm, refusal: Refusal) -> None:
    """Keep that this act was refused, where it concerned a dossier that the person may see; never raises Refusal."""
    if "." not in form.action:
        return  # notes and assignments change nothing that a rule of the dossier could refuse
    try:
        dossier = DossierId(parse_hex(form.dossier, what="dossier"))
    except Refusal:
        return
    record_refused_act(node, scope, dossier, action=form.action, refusal=refusal, entry=_spoken_of(form.coded))


def record_refused_act(node: Node, scope: Scope, dossier: DossierId, *, action: str, refusal: Refusal, entry: bytes = b"") -> None:
    """The same for an act that is no form: printing, exporting, passing on."""
    if refusal.code in UNKEPT or refusal.code.startswith(MALFORMED) or not _ACTION.fullmatch(action) or not _NAME.fullmatch(refusal.code):
        return
    event = ActRefused(code=str(refusal.code), entry=entry, facts=_facts(refusal.facts), action=action)

    def keep(writing: Writing) -> None:
        try:
            require_dossier(writing, scope, dossier)
        except Refusal:
            return
        held = writing.local_of(dossier, "act_refused")
        again = bool(held) and (held[-1].officer, held[-1].content) == (scope.account, encode(event))
        if not again and len(held) < MOST:
            append_event(writing, event, at=node.clock.now(), officer=scope.account, dossier=dossier)

    node.journal.write(keep)


def _facts(facts: Mapping[str, str | int]) -> tuple[RefusalFact, ...]:
    """The facts that say nothing of what was written, by name."""
    kept = {name: value for name, value in facts.items() if name not in NAMES and _NAME.fullmatch(name) and _is_word(value)}
    return tuple(RefusalFact(name=name, value=value) for name, value in sorted(kept.items())[:8])


def _is_word(value: str | int) -> bool:
    return abs(value) < 2**53 if isinstance(value, int) else _WORD.fullmatch(value) is not None


def _spoken_of(coded: Mapping[str, object]) -> bytes:
    for name in SPOKEN_OF:
        given = coded.get(name)
        if isinstance(given, str) and len(given) == 64:
            try:
                return bytes.fromhex(given)
            except ValueError:
                continue
    return b""
