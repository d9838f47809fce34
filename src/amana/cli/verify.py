# SPDX-License-Identifier: EUPL-1.2
"""`amana verify`: everything that a node stores, checked offline from the first byte; names the first thing that differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import DONE, WRONG, Reply, answering, reply_to
from amana.cli.working import working
from amana.phrases import About, sentence, tell, tell_count


@answering()
def verify(directory: Directory, lang: Language = None, as_json: AsJson = False) -> None:
    """Check everything that the node stores, offline.

    Works beside a running node, with nothing but what is there. Every signature, receipt, entry and log is checked and every
    dossier folded again. Names the first thing that differs.
    """
    from amana.compose.checking import verify_directory

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    with working(shown=not as_json) as progress:
        answer = verify_directory(directory, progress)
    if answer["ok"]:
        _tell_proof(reply, answer)
    else:
        _tell_failure(reply, answer["first_failure"])
    reply.finish(answer, code=DONE if answer["ok"] else WRONG)


def _tell_proof(reply: Reply, answer: Mapping[str, Any]) -> None:
    language = reply.language
    reply.tell(
        "Everything holds: {entries}, {logs}, {dossiers}.",
        entries=tell_count(language, "{count} entry", "{count} entries", count=answer["entries"]),
        logs=tell_count(language, "{count} log", "{count} logs", count=answer["logs"]),
        dossiers=tell_count(language, "{count} dossier", "{count} dossiers", count=answer["dossiers"]),
    )
    if answer.get("incomplete"):
        reply.say(
            tell_count(
                language,
                "{count} attachment has not arrived whole yet; what is here of it was checked.",
                "{count} attachments have not arrived whole yet; what is here of them was checked.",
                count=answer["incomplete"],
            )
        )
    reply.tell(
        "Proved: every entry is, to the byte, the one that its author’s log names, and every signed head carries both "
        "signatures of its agency."
    )
    reply.tell("Proved: every receipt carries both signatures of the partner, so what is shown as delivered was received there.")
    if answer.get("attachments"):
        reply.tell("Proved: every attachment that is here is, to the byte, the one that its entry names.")
    reply.tell(
        "Proved: every dossier, folded again from its entries, gives the state that is shown, and nothing was put into or taken out of the "
        "node’s own log."
    )
    if answer.get("keys") == "not_opened":
        reply.tell("Not checked: the key files, because their passphrase is not at hand here.")


def _tell_failure(reply: Reply, failure: Mapping[str, str]) -> None:
    reply.tell("Something differs from what it must be. The first thing found:")
    reply.say(f"  {sentence(reply.language, failure['what'], {}, About.CHECK)}")
    reply.say("  " + tell(reply.language, "Where: {where}", where=failure["where"]))
    reply.say("  " + tell(reply.language, "Expected: {expected}", expected=failure["expected"]))
    reply.say("  " + tell(reply.language, "Found: {got}", got=failure["got"]))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", epilog=example("amana verify ~/node"))(verify)
