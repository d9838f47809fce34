# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of a note: its originator words it, everybody translates, uses, comments.

Spec: spec/kinds/good_practice.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.good_practice import entries as e
from amana.dossiers.good_practice.state import PracticeState, Translated, Use, is_version, use_of
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

MAX_VERSIONS, MAX_TRANSLATIONS = 100, 20  # of the originator; languages of one translator


class GoodPracticeKind(Kind[PracticeState]):
    """Notes of good practice as a total fold."""

    name = e.KIND
    rules = frozenset({1})
    state = PracticeState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> PracticeState | Refused:
        said = cast(e.Publish, coded)
        return PracticeState(
            area=said.area,
            entry=fact.id,
            event=said.event,
            author=fact.header.author,
            mission=said.mission,
            language=said.language,
            versions=(fact.id,),
        )

    def apply(self, state: PracticeState, fact: Fact, coded: Coded) -> PracticeState | Refused:
        said = cast(e.PracticeCoded, coded)
        author = fact.header.author
        if isinstance(said, e.Revise | e.Withdraw) and author != state.author:
            return Refused(Reason.NOT_THE_AUTHOR)  # (1)
        match said:
            case e.Publish():
                return Refused(Reason.SECOND_OPENING)
            case e.Revise():
                if len(state.versions) >= MAX_VERSIONS:
                    return Refused(Reason.TOO_MANY_OPEN)  # (3)
                versions = (*state.versions, fact.id)
                return replace(state, area=said.area, entry=fact.id, language=said.language, versions=versions, withdrawn=False)
            case e.Translate():
                return _translate(state, fact, said)
            case e.Used():
                held = use_of(state, author)
                own = Use(agency=author, times=(held.times if held else 0) + 1, usefulness=said.usefulness)
                others = (use for use in state.uses if use.agency != author)
                return replace(state, uses=tuple(sorted((*others, own), key=lambda use: use.agency)))
            case e.Comment():
                return replace(state, comments=state.comments + 1)
            case e.Withdraw():
                return Refused(Reason.ALREADY_SAID) if state.withdrawn else replace(state, withdrawn=True)
            case _:
                assert_never(said)

    def summary(self, state: PracticeState) -> Summary:
        return Summary(stage="withdrawn" if state.withdrawn else "published", area=state.area.value, closed=state.withdrawn)

    def tasks(self, state: PracticeState, own: AgencyCode) -> tuple[Task, ...]:  # noqa: ARG002 - a library asks nothing
        return ()

    def choices(self, state: PracticeState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:  # noqa: ARG002 - the same for all
        return {"version": (state.entry,)} if entry_type == "translation" else {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: PracticeState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`revise`: area and language stay. `translation`: of the text as it is now. Raises Refusal for anybody but the author."""
        if state is None:
            return given
        if entry_type in ("revise", "withdraw") and author != state.author:
            raise Refusal(Reason.NOT_THE_AUTHOR)
        if state.withdrawn and entry_type != "revise":
            raise Refusal(Reason.WITHDRAWN)
        match entry_type:
            case "revise":
                return {"area": state.area.value, "language": state.language, **given}
            case "translation":
                return {"version": state.entry.hex(), **given}
            case _:
                return given


def _translate(state: PracticeState, fact: Fact, said: e.Translate) -> PracticeState | Refused:
    if not is_version(state, EntryId(said.version)):
        return Refused(Reason.NO_SUCH_VERSION)  # (2)
    author = fact.header.author
    own = Translated(at=Millis(fact.effective), entry=fact.id, author=author, version=said.version, language=said.language)
    others = tuple(one for one in state.translations if (one.author, one.language) != (author, said.language))
    if sum(1 for one in others if one.author == author) >= MAX_TRANSLATIONS:
        return Refused(Reason.TOO_MANY_OPEN)  # (3)
    return replace(state, translations=tuple(sorted((*others, own), key=lambda one: (one.author, one.language))))
