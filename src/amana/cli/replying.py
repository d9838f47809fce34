# SPDX-License-Identifier: EUPL-1.2
"""How every command answers: words for people, or one JSON object on the last line; and one place for all errors.

Exit codes: 0 done; 1 refused by a rule, or something was found wrong; 2 the command itself was wrong (`MISUSE`: no
node there, a directory in use, an unreadable file, a bad option); 130 interrupted. An error of ours becomes its
sentence; any other shows where it happened and nothing of what was being handled.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import typer

from amana.phrases import Words, error_sentence, isolated, reader_language
from amana.phrases.catalogue import Fact, catalogue, filled, places
from amana.phrases.dates import Zone
from amana.phrases.telling import about_error, find_sentence
from amana.protocol.errors import AmanaError, OperatorFault, PeerFault

DONE, WRONG, MISUSED, INTERRUPTED = 0, 1, 2, 130
MISUSE = frozenset(
    "bad_names bad_names_file database_exists demo_ports directory_in_use directory_missing fence_exists no_node_here not_a_card not_json "
    "unreadable_file unwritable_file".split()
)
TRACEBACK_VARIABLE = "AMANA_TRACEBACK"  # for developers: shows the trace of an unexpected error, which may hold content

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """To whom and in which form one command answers."""

    language: str
    as_json: bool
    zone: Zone = None  # times are shown in the zone of this machine

    def say(self, line: str = "") -> None:
        """A line for people; nothing where JSON was asked for."""
        if not self.as_json:
            typer.echo(line)

    def tell(self, sentence: str, /, **facts: Fact) -> None:
        """A sentence for people, by its English wording."""
        self.say(filled(self.language, catalogue(self.language).gettext(sentence), facts))

    def warn(self, sentence: str, /, **facts: Fact) -> Words:
        """A sentence on standard error, whatever was asked for."""
        said = filled(self.language, catalogue(self.language).gettext(sentence), facts)
        typer.echo(said, err=True)
        return said

    def finish(self, answer: Mapping[str, Any], *, code: int = DONE, always: bool = False) -> None:
        """The last word: the JSON object where it was asked for (or `always`), and the exit code."""
        if self.as_json or always:
            typer.echo(json.dumps(answer, ensure_ascii=False))
        if code:
            raise typer.Exit(code)

    def fail(self, error: AmanaError, *, always: bool = False) -> NoReturn:
        """Tell what an error means, and end with its exit code."""
        said = error_sentence(self.language, error)
        if not self.as_json:
            typer.echo(said, err=True)
            if details := self._details(error):
                typer.echo(f"  {details}", err=True)
        self.finish(failure_of(error) | {"sentence": str(said)}, code=exit_code(error), always=always)
        raise typer.Exit(WRONG)

    def _details(self, error: AmanaError) -> str:
        """Facts that the sentence does not use, for the administrator."""
        told = places(find_sentence(error.code, about_error(error)) or "")
        left = {name: fact for name, fact in error.facts.items() if name not in told and fact != ""}
        return isolated(self.language, " ".join(f"{name}={fact}" for name, fact in left.items()))


def reply_to(lang: str | None, *, as_json: bool) -> Reply:
    """The reply to a command given with these options."""
    return Reply(language=reader_language(lang, os.environ), as_json=as_json)


def failure_of(error: AmanaError) -> dict[str, Any]:
    """An error as JSON: `refused` by a rule, `rejected` bytes from outside, `fault` of this installation."""
    name = "rejected" if isinstance(error, PeerFault) else "fault" if isinstance(error, OperatorFault) else "refused"
    return {name: error.code, "facts": dict(error.facts)}


def exit_code(error: AmanaError) -> int:
    """2 where the command was wrong, 1 where something was found wrong or refused."""
    return MISUSED if error.code in MISUSE else WRONG


def answering(*, always: bool = False) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Wrap a command so that whatever it raises becomes an answer. `always`: as JSON without being asked."""

    def wrapping(command: Callable[P, None]) -> Callable[P, None]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            lang, as_json = kwargs.get("lang"), bool(kwargs.get("as_json"))
            reply = reply_to(str(lang) if lang else None, as_json=as_json)
            try:
                command(*args, **kwargs)
            except (typer.Exit, typer.Abort, BrokenPipeError, USAGE):
                raise
            except AmanaError as error:
                reply.fail(error, always=always)
            except KeyboardInterrupt:
                reply.warn("Interrupted. Whatever was being saved is saved whole or not at all.")
                reply.finish({"interrupted": True}, code=INTERRUPTED)
            except Exception as error:  # noqa: BLE001 - the one place where nothing may pass
                _unexpected(reply, error)

        return run

    return wrapping


USAGE: type[Exception] = typer.BadParameter.__bases__[0]  # the error of every wrong call; typer exports only its subclass


def _unexpected(reply: Reply, error: Exception) -> NoReturn:
    """Name the kind of error and the place in the program; the error's own text may hold content and is not shown."""
    if os.environ.get(TRACEBACK_VARIABLE):
        traceback.print_exception(error, file=sys.stderr)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    kind, where = type(error).__name__, f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119 - a name, not a path
    said = reply.warn(
        "Something happened that should not: {kind} at {where}. Nothing that was being handled is shown here. Please report it as "
        "CONTRIBUTING.md says.",
        kind=kind,
        where=where,
    )
    reply.finish({"error": kind, "where": where, "sentence": str(said)}, code=WRONG)
    raise typer.Exit(WRONG)
