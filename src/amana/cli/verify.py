# SPDX-License-Identifier: EUPL-1.2
"""`amana verify`: everything that a node stores, checked offline from the first byte; names the first thing that differs.

Of a file: one pack, with nothing but the file. With `--code`: one published text by its verification code, and everything that it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Language, example
from amana.cli.pack import tell_pack
from amana.cli.replying import DONE, WRONG, Reply, answering, failure_of, reply_to
from amana.cli.working import working
from amana.phrases import About, cleaned, error_sentence, label, moment, sentence, tell, tell_count
from amana.protocol.errors import PeerFault, Refusal

Verified = Annotated[Path, typer.Argument(metavar="DIR", help="The node's directory, or the file of a pack.", show_default=False)]
Code = Annotated[
    str, typer.Option("--code", metavar="C", help="Confirm the published text that has this verification code.", show_default=False)
]


@answering()
def verify(directory: Verified, code: Code = "", lang: Language = None, as_json: AsJson = False) -> None:
    """Check everything that the node stores, offline.

    Works beside a running node, with nothing but what is there. Every signature, receipt, entry and log is checked and every
    dossier folded again. Names the first thing that differs. With --code it finds the communiqué that has the code and checks its
    entries, the approval of every party and the release. Given a pack's file instead of a directory, it checks that file and needs no node.
    """
    from amana.compose.checking import verify_directory
    from amana.compose.confirming import confirm_code

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    if directory.is_file():
        _verify_file(reply, directory)
        return
    if code:
        try:
            published = confirm_code(directory, code)
        except Refusal as refusal:  # said like every refusal; the object has `ok` like that of every verification
            said = error_sentence(reply.language, refusal)
            reply.say(said)
            reply.finish({"ok": False, "code": code, **failure_of(refusal), "sentence": str(said)}, code=WRONG)
        else:
            _tell_published(reply, published)
        return
    with working(shown=not as_json) as progress:
        answer = verify_directory(directory, progress)
    if answer["ok"]:
        _tell_proof(reply, answer)
    else:
        _tell_failure(reply, answer["first_failure"])
    reply.finish(answer, code=DONE if answer["ok"] else WRONG)


def _verify_file(reply: Reply, path: Path) -> None:
    """One pack, without any node."""
    from amana.compose.packing import verify_pack_file

    try:
        answer = verify_pack_file(path)
    except PeerFault as fault:
        said = error_sentence(reply.language, fault)
        reply.say(said)
        reply.finish({"ok": False, "file": str(path), **failure_of(fault), "sentence": str(said)}, code=WRONG)
    else:
        tell_pack(reply, answer)
        reply.finish(answer | {"file": str(path)})


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


def _tell_published(reply: Reply, answer: Mapping[str, Any]) -> None:
    language = reply.language
    if answer["ok"]:
        reply.tell(
            "Confirmed: this is the code of the communiqué {reference} ({language}), released on {at} by {parties}.",
            reference=answer["reference"],
            language=label(language, "language", answer["language"]),
            at=moment(language, answer["released_at"], reply.zone),
            parties=", ".join(answer["parties"]),
        )
        reply.tell(
            "Proved: each of these agencies approved exactly this text by its hash, the release was said, and nothing in the entries "
            "behind it was changed: {entries}, every signed head and every receipt that is here.",
            entries=tell_count(language, "{count} entry", "{count} entries", count=answer["entries"]),
        )
        reply.say()
        reply.say(cleaned(answer["text"]))
    else:
        reply.tell("A communiqué has this code, but something that it rests on does not hold. Do not rely on it.")
        _tell_failure(reply, answer["first_failure"])
    reply.finish(answer, code=DONE if answer["ok"] else WRONG)


def _tell_failure(reply: Reply, failure: Mapping[str, str]) -> None:
    reply.tell("Something differs from what it must be. The first thing found:")
    reply.say(f"  {sentence(reply.language, failure['what'], {}, About.CHECK)}")
    reply.say("  " + tell(reply.language, "Where: {where}", where=failure["where"]))
    reply.say("  " + tell(reply.language, "Expected: {expected}", expected=failure["expected"]))
    reply.say("  " + tell(reply.language, "Found: {got}", got=failure["got"]))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "verify", epilog=example("amana verify ~/node", "amana verify ~/node --code J04S-H7RT-V32E-K0YR-8", "amana verify games.pack")
    )(verify)
