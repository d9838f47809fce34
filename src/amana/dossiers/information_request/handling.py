# SPDX-License-Identifier: EUPL-1.2
"""What any party may say of single entries: supplements, corrections, translations, recalls, permissions.

Headers do not show who made a named entry, so whoever acts on a recall or a grant compares its author with the
entry's. A recall overtakes the permissions its author gave for the entry. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from amana.dossiers.information_request.entries import (
    AnybodySaid,
    Correction,
    PermissionGrant,
    PermissionRefuse,
    PermissionRequest,
    RecallAnswer,
    RecallRequest,
    Supplement,
    Translation,
    TranslationRequest,
)
from amana.dossiers.information_request.state import MAX_OPEN, Permission, Recall, RecallAnswered, RequestState, TranslationAsked
from amana.dossiers.kind import Fact, Reason, Refused


def say_of_entries(state: RequestState, fact: Fact, said: AnybodySaid) -> RequestState | Refused:
    """The state after an entry that any party may make."""
    match said:
        case Supplement():
            return replace(state, supplements=state.supplements + 1)
        case Correction():
            return replace(state, corrections=state.corrections + 1)
        case TranslationRequest() | Translation():
            return _translation(state, fact, said)
        case RecallRequest():
            return _recall(state, fact, said)
        case RecallAnswer():
            return _recall_answer(state, fact, said)
        case PermissionRequest():
            return _permission_request(state, fact, said)
        case PermissionGrant():
            return _grant(state, fact, said)
        case PermissionRefuse():
            return _without_permission(state, fact, said)
        case _:
            assert_never(said)


def _translation(state: RequestState, fact: Fact, said: TranslationRequest | Translation) -> RequestState | Refused:
    if isinstance(said, Translation):
        return replace(state, translations=tuple(asked for asked in state.translations if asked.request != said.request))
    if len(state.translations) >= MAX_OPEN:
        return Refused(Reason.TOO_MANY_OPEN)
    asked = TranslationAsked(kind=said.kind, asker=fact.header.author, entry=said.entry, request=fact.id, language=said.language)
    translations = sorted((*state.translations, asked), key=lambda held: held.request)
    return replace(state, translations=tuple(translations))


def _recall(state: RequestState, fact: Fact, said: RecallRequest) -> RequestState | Refused:
    author = fact.header.author
    if any(held.entry == said.entry and held.author == author for held in state.recalls):
        return Refused(Reason.ALREADY_SAID)
    recalls = state.recalls
    if len(recalls) >= MAX_OPEN:
        answered = [held for held in recalls if len(held.answers) + 1 >= len(state.parties)]
        if not answered:
            return Refused(Reason.TOO_MANY_OPEN)
        recalls = tuple(held for held in recalls if held is not answered[0])
    recall = Recall(code=said.code, entry=said.entry, author=author, recall=fact.id)
    permissions = tuple(held for held in state.permissions if (held.entry, held.originator) != (said.entry, author))
    recalls = tuple(sorted((*recalls, recall), key=lambda held: held.recall))
    return replace(state, recalls=recalls, permissions=permissions)


def _recall_answer(state: RequestState, fact: Fact, said: RecallAnswer) -> RequestState | Refused:
    author = fact.header.author
    recall = next((held for held in state.recalls if held.recall == said.recall), None)
    if recall is None:
        return Refused(Reason.NO_SUCH_REQUEST)
    if recall.author == author:
        return Refused(Reason.NOT_ASKED_OF_YOU)
    earlier = tuple(held for held in recall.answers if held.agency != author)  # "retained" may become "erased" later
    answers = sorted((*earlier, RecallAnswered(code=said.code, agency=author)), key=lambda held: held.agency)
    recall = replace(recall, answers=tuple(answers))
    return replace(state, recalls=tuple(recall if held.recall == recall.recall else held for held in state.recalls))


def _permission_request(state: RequestState, fact: Fact, said: PermissionRequest) -> RequestState | Refused:
    author = fact.header.author
    if said.originator == author or said.originator not in state.parties:
        return Refused(Reason.NOT_ASKED_OF_YOU)
    if any((held.entry, held.author) == (said.entry, said.originator) for held in state.recalls):
        return Refused(Reason.RECALLED)
    if len(state.permissions) >= MAX_OPEN:
        return Refused(Reason.TOO_MANY_OPEN)
    asked = Permission(
        asker=author, entry=said.entry, reuse=said.reuse, request=fact.id, agencies=said.agencies, originator=said.originator
    )
    permissions = sorted((*state.permissions, asked), key=lambda held: held.request)
    return replace(state, permissions=tuple(permissions))


def _asked_of(state: RequestState, fact: Fact, said: PermissionGrant | PermissionRefuse) -> Permission | Refused:
    asked = next((held for held in state.permissions if held.request == said.request), None)
    if asked is None:
        return Refused(Reason.NO_SUCH_REQUEST)
    return asked if asked.originator == fact.header.author else Refused(Reason.NOT_ASKED_OF_YOU)


def _grant(state: RequestState, fact: Fact, said: PermissionGrant) -> RequestState | Refused:
    """A grant may be narrower than what was asked, never wider or other."""
    asked = _asked_of(state, fact, said)
    if isinstance(asked, Refused):
        return asked
    if asked.grant:
        return Refused(Reason.ALREADY_SAID)
    if (said.entry, said.reuse) != (asked.entry, asked.reuse) or not set(said.agencies) <= set(asked.agencies):
        return Refused(Reason.NO_SUCH_REQUEST)
    granted = replace(asked, grant=fact.id, ends=said.ends, agencies=said.agencies)
    return replace(state, permissions=tuple(granted if p.request == asked.request else p for p in state.permissions))


def _without_permission(state: RequestState, fact: Fact, said: PermissionRefuse) -> RequestState | Refused:
    """Refused before or after a grant: the originator's later word takes it back."""
    asked = _asked_of(state, fact, said)
    if isinstance(asked, Refused):
        return asked
    return replace(state, permissions=tuple(held for held in state.permissions if held.request != asked.request))
