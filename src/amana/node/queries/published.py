# SPDX-License-Identifier: EUPL-1.2
"""What is public of a communiqué: the text of each released language with its code, and who has a code.

A code says nothing by itself: it is compared with the texts that this node holds and that every party released. What is
public may be confirmed to every officer, whatever his unit; the dossier behind it stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amana.dossiers.communique.entries import Clause
from amana.dossiers.communique.state import CommuniqueState, Released, release_moment, released, releases_to_come
from amana.dossiers.shared.joint_text.state import approving_at, present_at, version_of
from amana.dossiers.shared.public_text import PublicCode, PublicText, code_of, public_text
from amana.dossiers.shared.vocabulary import ClauseRole
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.joint_texts import Words
from amana.node.queries.rows import state_of
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

Plain = dict[str, Any]
KIND = "communique"
UNKNOWN_CODE = "unknown_public_code"


def public_text_of(reading: Reading, dossier: DossierId, state: CommuniqueState, one: Released) -> PublicText | None:
    """The text of a released language as it is hashed; None where words of it are no longer here.

    The first clause that is a heading is the heading; whoever was a party at the moment of release issues it.
    """
    words = Words(reading, one.versions)
    heading = ""
    paragraphs: list[str] = []
    for id in one.versions:
        version, said = version_of(state.text, id), words.of(id)
        if version is None or said["void"] or not said["text"]:
            return None
        if not heading and not paragraphs and parse(version.coded, Clause).role is ClauseRole.HEADING:
            heading = said["text"]
        else:
            paragraphs.append(said["text"])
    return public_text(
        dossier=dossier,
        language=one.language,
        heading=heading,
        paragraphs=paragraphs,
        parties=present_at(state.text, one.at),
        released_at=one.at,
    )


def show_released(reading: Reading, dossier: DossierId, state: CommuniqueState, now: Millis) -> list[Plain]:
    """For each language that is public: the moment, who said the release, hash, code and text; those to come without a code."""
    shown = []
    for one in releases_to_come(state):
        public = one.at <= now
        text = public_text_of(reading, dossier, state, one) if public else None
        shown.append(
            {
                "language": one.language,
                "at": one.at,
                "public": public,
                "by": one.by,
                "hash": one.hash.hex(),
                "entry": one.entry.hex(),
                "code": code_of(text) if text is not None else "",
                "heading": text.heading if text is not None else "",
                "paragraphs": list(text.paragraphs) if text is not None else [],
                "parties": list(text.parties) if text is not None else [],
            }
        )
    return shown


def load_published(reading: Reading, now: Millis) -> Iterator[tuple[DossierRow, CommuniqueState, Released, PublicText]]:
    """Every text that is public on this node."""
    for row in reading.dossiers(kind=KIND):
        state = state_of(row)
        if isinstance(state, CommuniqueState):
            for one in released(state, now):
                if (text := public_text_of(reading, row.id, state, one)) is not None:
                    yield row, state, one, text


def find_published(reading: Reading, code: PublicCode, now: Millis) -> tuple[DossierRow, CommuniqueState, Released, PublicText]:
    """The released text with this code. Raises Refusal `unknown_public_code`."""
    for found in load_published(reading, now):
        if code_of(found[3]) == code:
            return found
    raise Refusal(UNKNOWN_CODE)


def find_code(node: Node, scope: Scope, code: PublicCode) -> tuple[Plain, PublicText]:
    """Which released text has this code, for an officer: `dossier` is empty where it is not his to see.

    Raises Refusal `unknown_public_code`; a text under embargo has no code yet, so nothing tells it from one that does not exist.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> tuple[Plain, PublicText]:
        row, state, one, text = find_published(reading, code, now)
        try:
            require_dossier(reading, scope, row.id)
            seen = row.id.hex()
        except Refusal:
            seen = ""
        return show_published(state, one, text) | {"dossier": seen}, text

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "code"))
    return shown


def show_published(state: CommuniqueState, one: Released, text: PublicText) -> Plain:
    """A released text with who approved it when, and the release."""
    return {
        "code": code_of(text),
        "dossier": text.dossier.hex(),
        "language": text.language,
        "released_at": text.released_at,
        "released_by": one.by,
        "release": one.entry.hex(),
        "hash": one.hash.hex(),
        "parties": list(text.parties),
        "approvals": [{"agency": agency, "since": _approved_since(state, one, agency)} for agency in text.parties],
        "heading": text.heading,
        "paragraphs": list(text.paragraphs),
    }


def require_released(state: CommuniqueState, one: Released) -> None:
    """Again, from the registers alone: the release was said, and at its moment each party approved this very hash.

    Raises Refusal `unknown_public_code`.
    """
    said = [held for party in state.parties for held in party.releases if held.entry == one.entry and one.hash in held.hashes]
    here = present_at(state.text, one.at)
    if not said or not here or not here <= approving_at(state.text, one.hash, one.at) or release_moment(state, said[0]) != one.at:
        raise Refusal(UNKNOWN_CODE)


def _approved_since(state: CommuniqueState, one: Released, agency: AgencyCode) -> Millis:
    """Since when the approval that stood at the release had stood."""
    approvals = [held for party in state.text.parties if party.agency == agency for held in party.approvals if held.hash == one.hash]
    spans = [(held.since, held.ended) for held in approvals] + [(span.since, span.ended) for held in approvals for span in held.past]
    return max((since for since, ended in spans if since <= one.at and (not ended or one.at < ended)), default=Millis(0))
