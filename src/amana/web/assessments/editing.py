# SPDX-License-Identifier: EUPL-1.2
"""What is being written on the page of an assessment: which form is open, where, and what stands in it.

A form is opened by the address (`do`, `on`), so it works without scripts; after a refusal it is open again with what was
typed and the reason. One form is open at a time, with one token, so that sending twice says it once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from amana.dossiers.shared.vocabulary import DAY, Confidence
from amana.dossiers.threat_assessment.entries import JUDGING, AssessmentPart, Likelihood, SourceType
from amana.web.doors import Desk
from amana.web.html import direction

Plain = dict[str, Any]
LANGUAGES = ("ar", "fr", "en")
NEW, WHOLE = "new", "whole"  # in the place of an id: a passage or source that is new, a dissent from the whole
FORMS = frozenset({"write", "translate", "dissent", "object", "strike", "source", "approve", "withdraw", "leave"})
USUAL_DAYS = 182
MOST = 20_000  # characters of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """The open form; `do` empty: none is."""

    do: str = ""
    on: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    def form(self, desk: Desk, shown: Plain) -> Plain:
        """What the template of the form needs."""
        version, passage = version_on(shown, self.on)
        typed = dict(self.typed)
        for name, value in self._standing(desk, shown, version, passage).items():
            typed.setdefault(name, value)
        source = next((one for one in shown["sources"] if one["source"] == self.on), None)
        part = typed.get("part", "")
        return {
            "do": self.do,
            "on": self.on,
            "typed": typed,
            "token": typed.get("form") or secrets.token_urlsafe(16),
            "version": version,
            "passage": passage,
            "source": source,
            "parts": [one.value for one in AssessmentPart],
            "judging": not part or part in JUDGING,
            "likelihoods": [one.value for one in Likelihood],
            "confidences": [one.value for one in Confidence],
            "types": [one.value for one in SourceType],
            "languages": _languages(desk, version if self.do == "translate" else None),
        }

    def _standing(self, desk: Desk, shown: Plain, version: Plain | None, passage: Plain | None) -> Plain:
        """What stands in the form before anything was typed."""
        found: Plain = {"language": desk.language}
        match self.do:
            case "write" if passage is not None:
                kept = passage["versions"][0]
                names = ("part", "language", "text", "likelihood", "confidence")
                found = {name: kept[name] for name in names} | {"replaces": _ids(passage["versions"])}
            case "write":
                found |= {"part": AssessmentPart.SITUATION.value}
            case "strike" if passage is not None:
                found |= {"replaces": _ids(passage["versions"])}
            case "dissent" if passage is not None:
                found |= {"part": passage["part"], "replaces": _ids(_own(shown, passage["dissents"]))}
            case "dissent":
                found |= {"part": AssessmentPart.JUDGEMENT.value}
            case "translate" if version is not None:
                held = {one["language"] for one in version["translations"]}
                missing = [code for code in LANGUAGES if code not in held and code != version["language"]]
                first = desk.language if desk.language in missing or not missing else missing[0]
                found |= {"language": first if first != version["language"] else next(c for c in LANGUAGES if c != version["language"])}
            case "source":
                source = next((one for one in shown["sources"] if one["source"] == self.on), None)
                if source is not None:
                    found = {name: source[name] for name in ("type", "text", "language")}
                    found |= {"letter": source["grade"][0], "digit": source["grade"][1]}
            case _:
                pass
        return found


def usual_day(now: int) -> str:
    """The day until which an assessment approved now is usually valid, for a date field."""
    return f"{datetime.fromtimestamp((now + USUAL_DAYS * DAY) / 1000, tz=UTC):%Y-%m-%d}"


def version_on(shown: Plain, on: str) -> tuple[Plain | None, Plain | None]:
    """The standing version and the passage that a form stands at; `on` is the id of either, or of a dissent."""
    for part in shown["parts"]:
        for passage in part["passages"]:
            for version in (*passage["versions"], *passage["dissents"]):
                if version["id"] == on:
                    return version, passage
            if passage["clause"] == on:
                return passage["versions"][0], passage
    return next((one for one in shown["whole_dissents"] if one["id"] == on), None), None


def _own(shown: Plain, versions: list[Plain]) -> list[Plain]:
    return [one for one in versions if one["author"] == shown["agency"]]


def _ids(versions: list[Plain]) -> str:
    return " ".join(one["id"] for one in versions)


def _languages(desk: Desk, translated: Plain | None) -> list[dict[str, str]]:
    """The languages to write in, the page's first; what is translated is not written in its own language again."""
    codes = [code for code in LANGUAGES if translated is None or code != translated["language"]]
    return [{"code": code, "dir": direction(code)} for code in sorted(codes, key=lambda code: code != desk.language)]
