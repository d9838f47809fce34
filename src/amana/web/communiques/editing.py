# SPDX-License-Identifier: EUPL-1.2
"""What a person is writing in the workshop: which form is open, for which clause, and what is in its fields.

A form remembers the versions it replaces as they stood when it was opened, so that whoever writes at the same time writes a
second version beside it, and nobody overwrites anybody. What was typed is kept when an act is refused or a session ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from amana.web.doors import Desk
from amana.web.html import direction
from amana.web.keeping import copy_pass
from amana.web.writing.copies import new_copy, require_copy

Plain = dict[str, Any]
FORMS = frozenset({"write", "object", "strike", "move", "history", "embargo", "withdraw", "leave"})
KIND = "communique.clause"
NEW = "new"
TOKEN_FIELD = "form"  # noqa: S105 - the name of a field
MOST = 20_000  # characters of a clause in one language
LANGUAGES = ("ar", "fr", "en")


@dataclass(slots=True, kw_only=True)
class Editing:
    """An open form; `do` empty: none."""

    do: str = ""
    clause: str = ""
    language: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    token: str = ""

    def prepared(self, desk: Desk, shown: Plain, rows: list[Plain]) -> Plain:
        """As the template takes it; `do` is empty where the clause is not there any more."""
        if self.do == "write" and self.clause == NEW:
            return self._writing(desk, shown, None)
        row = next((one for one in rows if one["clause"] == self.clause), None)
        if self.do in ("write", "object", "strike", "move", "history") and row is None:
            return {"do": ""}
        if self.do == "write":
            return self._writing(desk, shown, row)
        return {
            "do": self.do,
            "clause": self.clause,
            "language": self.language,
            "typed": dict(self.typed),
            "row": row,
            "places": self._places(shown) if self.do == "move" else [],
            "written_in": self.typed.get("language", "") or desk.language,
            "writing": sorted(LANGUAGES, key=lambda code: code != desk.language),
        }

    def _writing(self, desk: Desk, shown: Plain, row: Plain | None) -> Plain:
        copy = new_copy(desk.account, KIND, shown["dossier"])
        copy.token = self.token or copy.token
        settled = {one["language"] for one in shown["released"]}
        fields = [self._field(code, row) for code in shown["languages"] if code not in settled]
        return {
            "do": "write",
            "clause": self.clause,
            "row": row,
            "new": row is None,
            "fields": [one | {"first": one["code"] == desk.language} for one in fields],
            "places": self._places(shown),
            "after": self.typed.get("after", "") or (shown["clauses"][-1]["clause"] if shown["clauses"] else ""),
            "role": self.typed.get("role", "") or ("heading" if not shown["clauses"] else "paragraph"),
            "contested": row is not None and row["state"] == "contested",
            "token": copy.token,
            "pass": copy_pass(copy),
            "kind": KIND,
            "most": MOST,
        }

    def _field(self, code: str, row: Plain | None) -> Plain:
        """One language: what stands, or both wordings to be joined; and what it replaces."""
        cell = next((one for one in row["cells"] if one["language"] == code), None) if row is not None else None
        versions = cell["versions"] if cell is not None else []
        stands = "\n\n".join(one["text"] for one in versions)
        return {
            "code": code,
            "dir": direction(code),
            "text": self.typed.get(f"text_{code}", stands),
            "replaces": self.typed.get(f"replaces_{code}", " ".join(one["id"] for one in versions)),
            "stood": self.typed.get(f"stood_{code}", versions[0]["text"] if len(versions) == 1 else ""),
            "joins": len(versions) > 1,
            "pending": row is not None and not versions,
            "chosen": code == self.language,
        }

    def _places(self, shown: Plain) -> list[Plain]:
        """The clauses after which one can stand, with a few words of each."""
        others = [one for one in shown["clauses"] if one["clause"] != self.clause]
        return [{"clause": one["clause"], "number": one["number"], "words": _beginning(one)} for one in others]


def editing_of(request: HttpRequest, desk: Desk) -> Editing:
    """The form that the address opens, or the one that its copy holds. Raises Http404 for somebody else's copy."""
    if token := request.GET.get("copy", ""):
        kept = {name: values[-1] for name, values in require_copy(desk.account, token).fields.items() if values}
        return Editing(do="write", clause=kept.get("clause", NEW), typed=kept, token=token)
    do = request.GET.get("do", "")
    return Editing(do=do if do in FORMS else "", clause=request.GET.get("clause", ""), language=request.GET.get("language", ""))


def _beginning(row: Plain) -> str:
    text = next((one["text"] for cell in row["cells"] for one in cell["versions"] if one["text"]), "")
    return text if len(text) <= 48 else f"{text[:47].rsplit(' ', 1)[0]}…"
