# SPDX-License-Identifier: EUPL-1.2
"""What commands can have a node do: plain JSON in, plain JSON out, the same whether the node runs or not."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Any

from amana.compose.opening import OpenNode
from amana.compose.packing import pack_add, pack_list, pack_make, pack_remove
from amana.node.access import add_officer, load_officers, open_scope
from amana.node.actions.accounts import close_account, invite_account
from amana.node.actions.act import act, act_many
from amana.node.actions.administer import set_suspended
from amana.node.actions.form import parse_hex
from amana.node.attachments import load_attachment
from amana.node.local import OfficerAdded
from amana.node.partners import Partner, add_partner, confirm_partner, load_partners
from amana.node.ports import Reading
from amana.node.queries.dossiers import list_dossiers, show_dossier
from amana.node.queries.health import node_health
from amana.node.queries.inbox import list_inbox
from amana.node.queries.printing import record_print
from amana.node.queries.proof import verify_dossier
from amana.node.queries.situation import count_situation
from amana.node.sweeping import sweep
from amana.protocol.canonical import Canonical
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.safety_number import safety_number

Arguments = Mapping[str, Any]
Verb = Callable[[OpenNode, Arguments], Mapping[str, Any]]


def _act(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    done = act(opened.node, str(arguments["officer"]), arguments["action"])
    if done.erased:
        opened.journal.truncate_wal()  # nothing of a destroyed body stays in any file
    return done.plain()


def _act_many(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    done = act_many(opened.node, str(arguments["officer"]), arguments["actions"])
    if any(one.erased for one in done):
        opened.journal.truncate_wal()
    return {"done": [one.plain() for one in done]}


def _sweep(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    dry = bool(arguments.get("dry_run"))
    swept = sweep(opened.node, now=Millis(int(arguments.get("at") or opened.node.clock.now())), dry=dry)
    if not dry:
        opened.journal.truncate_wal()  # each time: what an interrupted sweep destroyed may still stand there
    return {"erased": swept.erased, "next_due": swept.next_due, "dry_run": dry, "past": sorted(one.hex() for one in swept.past)}


def _situation(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    scope = open_scope(opened.node, str(arguments["officer"]))
    event = DossierId(parse_hex(str(arguments["event"]), what="event"))
    return count_situation(opened.node, scope, event, int(arguments["starts"]), int(arguments["ends"]))


def _show(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    scope = open_scope(opened.node, str(arguments["officer"]))
    if not arguments.get("dossier"):
        return list_dossiers(opened.node, scope)
    return show_dossier(opened.node, scope, DossierId(_hex(str(arguments["dossier"]))))


def _verify_dossier(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    scope = open_scope(opened.node, str(arguments["officer"]))
    return verify_dossier(opened.node, scope, DossierId(_hex(str(arguments["dossier"]))))


def _printed(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    scope = open_scope(opened.node, str(arguments["officer"]))
    record_print(opened.node, scope, DossierId(_hex(str(arguments["dossier"]))), count=int(arguments["count"]))
    names = opened.node.card.card.names
    return {"role": scope.role.value, "units": sorted(scope.units), "names": {"ar": names.ar, "fr": names.fr, "en": names.en}}


def _inbox(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    return list_inbox(opened.node, open_scope(opened.node, str(arguments["officer"])))


def _attachment(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    """One attachment of an entry, its content in base64."""
    scope = open_scope(opened.node, str(arguments["officer"]))
    entry = EntryId(_hex(str(arguments["entry"])))
    name, type, content, type_matches = load_attachment(opened.node, scope, entry, int(arguments["place"]))
    return {
        "name": name,
        "type": type,
        "size": len(content),
        "type_matches": type_matches,
        "content": base64.b64encode(content).decode(),
    }


def _officer_add(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    officer = OfficerAdded(
        name=str(arguments["name"]),
        role=str(arguments["role"]),
        units=tuple(sorted(arguments["units"])),
        account=str(arguments["account"]),
        language=str(arguments["language"]),
    )
    add_officer(opened.node, officer)
    return {"account": officer.account}


def _officer_list(opened: OpenNode, _arguments: Arguments) -> Mapping[str, Any]:
    officers = opened.journal.read(load_officers)
    return {"officers": [_shown(officer) for officer in officers]}


def _officer_invite(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    """Keep that the account was invited; the code itself is the pages' affair."""
    invite_account(opened.node, str(arguments["account"]))
    return {"account": str(arguments["account"])}


def _officer_close(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    close_account(opened.node, str(arguments["account"]))
    return {"account": str(arguments["account"])}


def _card(opened: OpenNode, _arguments: Arguments) -> Mapping[str, Any]:
    card = opened.node.card
    return {
        "code": card.code,
        "number": card.number,
        "card": base64.b64encode(card.signed_bytes).decode(),
        "safety_number": safety_number(card.code, card.card.identity),
        "addresses": list(card.card.addresses),
    }


def _partner_add(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    return _partner(add_partner(opened.node, base64.b64decode(str(arguments["card"]))))


def _partner_confirm(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    return _partner(confirm_partner(opened.node, AgencyCode(str(arguments["code"])), str(arguments["number"])))


def _partner_suspend(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    return _partner(set_suspended(opened.node, AgencyCode(str(arguments["code"])), suspended=True))


def _partner_resume(opened: OpenNode, arguments: Arguments) -> Mapping[str, Any]:
    return _partner(set_suspended(opened.node, AgencyCode(str(arguments["code"])), suspended=False))


def _partner_list(opened: OpenNode, _arguments: Arguments) -> Mapping[str, Any]:
    def ask(reading: Reading) -> list[dict[str, Any]]:
        return [dict(_partner(partner)) for partner in load_partners(reading)]

    return {"partners": opened.journal.read(ask)}


def _doctor(opened: OpenNode, _arguments: Arguments) -> Mapping[str, Any]:
    return {**node_health(opened.node, opened.exchange), "cpu_seconds": time.process_time()}


def _partner(partner: Partner) -> Mapping[str, Any]:
    """A partner for a list. Its safety number shows only once a person has typed it: it is heard, not copied."""
    card = partner.card.card
    return {
        "code": partner.code,
        "status": partner.status,
        "card_number": card.number,
        "names": {"ar": card.names.ar, "fr": card.names.fr, "en": card.names.en},
        "addresses": list(card.addresses),
        "safety_number": safety_number(card.code, card.identity) if partner.confirmed else "",
        "since": partner.since,
    }


def _shown(officer: Canonical) -> Mapping[str, Any]:
    return {name: getattr(officer, name) for name in ("account", "name", "role", "units", "language")}


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Refusal("not_found") from error


VERBS: Mapping[str, Verb] = {
    "act": _act,
    "act_many": _act_many,
    "situation": _situation,
    "sweep": _sweep,
    "show": _show,
    "verify_dossier": _verify_dossier,
    "printed": _printed,
    "inbox": _inbox,
    "attachment": _attachment,
    "officer_add": _officer_add,
    "officer_list": _officer_list,
    "officer_invite": _officer_invite,
    "officer_close": _officer_close,
    "card": _card,
    "partner_add": _partner_add,
    "partner_confirm": _partner_confirm,
    "partner_suspend": _partner_suspend,
    "partner_resume": _partner_resume,
    "partner_list": _partner_list,
    "doctor": _doctor,
    "pack_make": pack_make,
    "pack_add": pack_add,
    "pack_list": pack_list,
    "pack_remove": pack_remove,
}
