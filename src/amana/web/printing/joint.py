# SPDX-License-Identifier: EUPL-1.2
"""What papers of several authors share: wordings beside their translation, approvals by hash, people by post.

These values are plain: a page fills them from what the node answers, with words where a code has words. Everything that a
person wrote is a `Wording` and is set in its own direction, never read as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amana.phrases import Words, label, tell, tell_count
from amana.phrases.dates import Zone
from amana.protocol.marking import Marking
from amana.web.printing.page import page_value
from amana.web.printing.sheet import Sheet, headed, paragraphs

GROUP, GROUPS = 4, 4  # how a fingerprint is shown where it is compared by eye: 4 groups of 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Where one party stands: `state` is approved, not_yet, withdrawn or left; `digest` the hash it approved, in hex."""

    agency: str
    state: str
    digest: str = ""
    at: int = 0  # UTC ms, 0 for not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """For whom and when something is printed: language and clock of the reader, the agency whose node prints, names of
    agencies by code and language, UTC ms of printing, by which post (words, never a name), whether the data is invented."""

    language: str
    own: str
    made_at: int
    zone: Zone = None
    names: Mapping[str, Mapping[str, str]]
    demonstration: bool
    post: str = ""

    def sheet(self) -> Sheet:
        """As the lines of a page need it."""
        return Sheet(
            language=self.language,
            own=self.own,
            made_at=self.made_at,
            zone=self.zone,
            post=self.post,
            demonstration=self.demonstration,
            names=self.names,
        )


def head_value(sheet: Sheet, marking: Marking, *, title: Words, reference: str, dossier: str) -> dict[str, Any]:
    """Header and footer of every page: marking, reference, when and by which post, page number."""
    return page_value(sheet, {"reference": reference, "dossier": dossier}, marking, title=title)


def named(sheet: Sheet, key: str) -> Words:
    """The name of a line, a column or a section."""
    return headed(label(sheet.language, "paper", key))


def wording_value(sheet: Sheet, one: Wording, translation: Wording | None = None) -> dict[str, Any]:
    """A wording for the template, its translation beside it; each says its language where it is not the reader's own."""
    foreign = translation is not None or one.language != sheet.language
    return {
        "text": {"label": _language(sheet, one) if foreign else "", "paragraphs": paragraphs(one.text, one.language)},
        "translation": None
        if translation is None
        else {"label": _language(sheet, translation), "paragraphs": paragraphs(translation.text, translation.language)},
    }


def _language(sheet: Sheet, one: Wording) -> Words:
    return headed(label(sheet.language, "language", one.language))


def line_of(wordings: Sequence[Wording], language: str) -> Wording:
    """Of several wordings of one title that in the reader's language, else the first."""
    return next((one for one in wordings if one.language == language), wordings[0])


def approvals_value(sheet: Sheet, approvals: Sequence[Approval], digest: str) -> dict[str, Any]:
    """Who approved which hash and when; `digest` is that of the text as it is printed."""
    return {
        "name": named(sheet, "approvals"),
        "head": [named(sheet, one) for one in ("agency", "state", "date", "fingerprint")],
        "rows": [_approval(sheet, one, digest) for one in approvals],
        "digest_name": named(sheet, "fingerprint_of_text"),
        "digest": digest,
    }


def _approval(sheet: Sheet, one: Approval, digest: str) -> dict[str, Any]:
    elsewhere = one.state == "approved" and one.digest != digest  # it approved another text than the one printed
    return {
        "agency": sheet.agency(one.agency),
        "state": label(sheet.language, "approval", "earlier" if elsewhere else one.state),
        "holds": one.state == "approved" and not elsewhere,
        "at": sheet.moment(one.at) if one.at else "",
        "digest": shortened(one.digest),
    }


def shortened(digest: str) -> str:
    """The start of a fingerprint in groups, as the pages show it."""
    return " ".join(digest[at : at + GROUP] for at in range(0, GROUP * GROUPS, GROUP)).strip()


def standing(sheet: Sheet, approvals: Sequence[Approval], digest: str) -> Words:
    """Whether the text is approved by all who are still there, or a draft."""
    present = [one for one in approvals if one.state != "left"]
    agreed = sum(one.state == "approved" and one.digest == digest for one in present)
    if present and agreed == len(present):
        return tell(sheet.language, "Approved by every party.")
    return tell_count(
        sheet.language,
        "Draft: {count} party of {all} approves this text.",
        "Draft: {count} parties of {all} approve this text.",
        count=agreed,
        all=len(present),
    )


def from_to(sheet: Sheet, starts: int, ends: int) -> Words:
    """From when to when, in the reader's clock."""
    return tell(sheet.language, "{starts} to {ends}", starts=sheet.moment(starts), ends=sheet.moment(ends))
