# SPDX-License-Identifier: EUPL-1.2
"""`amana doctor`: the state of the machine for its administrator, each problem with what to do. No content, no names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from amana.cli.asking import quiet_logs
from amana.cli.options import AsJson, Directory, Language, example
from amana.cli.replying import DONE, WRONG, Reply, answering, reply_to
from amana.phrases import About, label, moment, sentence, tell, tell_count

SHOWN = 10  # refused messages shown to people; JSON has more


@answering()
def doctor(directory: Directory, lang: Language = None, as_json: AsJson = False) -> None:
    """Say how the node is and what to do about problems.

    Partners, what waits, disk, files, refused messages. Shows no content and no names of persons.
    """
    from amana.compose.checking import doctor_directory

    quiet_logs()
    reply = reply_to(lang, as_json=as_json)
    answer = doctor_directory(directory)
    reply.tell("Node of {agency}", agency=answer.get("agency", "–"))
    for partner in answer.get("partners", ()):
        _tell_partner(reply, partner)
    for refused in answer.get("quarantine", ())[-SHOWN:]:
        _tell_refused(reply, refused)
    for problem in answer["problems"]:
        said = sentence(reply.language, problem["code"], {}, About.HEALTH)
        reply.tell("▲ {where}: {problem}", where=problem["where"], problem=said)
    if not answer["problems"]:
        reply.tell("● No problem was found.")
    reply.finish(answer, code=DONE if answer["ok"] else WRONG)


def _tell_partner(reply: Reply, partner: Mapping[str, Any]) -> None:
    language = reply.language
    contact = partner["last_contact"]
    said = tell(
        language,
        "{code}: {status}, {channel}, {waiting}, last contact {contact}",
        code=partner["code"],
        status=label(language, "partner_status", partner["status"]),
        channel=label(language, "channel", partner["channel"]),
        waiting=tell_count(language, "{count} entry waiting", "{count} entries waiting", count=partner["waiting_entries"]),
        contact=moment(language, contact, reply.zone) if contact else tell(language, "none since the start"),
    )
    reply.say(f"  {said}")


def _tell_refused(reply: Reply, refused: Mapping[str, Any]) -> None:
    """One refused message; who it claims to be from is unproven and said so."""
    facts = dict(pair.split("=", 1) for pair in refused["facts"].split() if "=" in pair)
    said = tell(
        reply.language,
        "{at}, claims to be from {claimed}: {problem}",
        at=moment(reply.language, refused["at"], reply.zone),
        claimed=refused["claimed"] or "–",
        problem=sentence(reply.language, refused["code"], facts, About.PEER),
    )
    reply.say(f"  {said}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog=example("amana doctor ~/node"))(doctor)
