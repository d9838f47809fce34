# SPDX-License-Identifier: EUPL-1.2
"""The only way to a dossier on behalf of a person: who may see it and act in it, decided once, as a `Scope`.

Three roles: a desk officer works in the dossiers of his units, a supervisor in those and assigns them, an
administrator sees the machine and no content. A dossier belongs to one unit (`assignment`; the desk until somebody
assigns it). Absent and forbidden look alike: Refusal `not_found`. Every consultation is recorded by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amana.dossiers.registry import binds
from amana.dossiers.shared.events import MAJOR_EVENT
from amana.dossiers.shared.operations import JOINT_OPERATION
from amana.node.context import Node
from amana.node.local import Assigned, Consulted, OfficerAdded
from amana.node.ports import DossierRow, Reading, Writing
from amana.node.records import CLOSED, NO_DOSSIER, AccountRecord, append_event
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import DossierId

HOMES = frozenset({MAJOR_EVENT, JOINT_OPERATION})  # what belongs to one of these is the unit's whose it is


class Role(StrEnum):
    """What an account is for."""

    DESK = "desk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A person at work: made by `open_scope` alone; functions that show content ask for one."""

    account: str
    role: Role
    units: frozenset[str]
    language: str
    desk_unit: str  # where unassigned dossiers belong


def add_officer(node: Node, officer: OfficerAdded, *, by: str = "") -> None:
    """Add a local account, or change its name, role, units or language; `by` is the account that does so, if one does.

    Raises Refusal `bad_officer`, `unknown_role`, `no_unit`, `last_administrator`.
    """
    try:
        parse(encode(officer), OfficerAdded)  # what could not be read again is not kept
    except PeerFault as fault:
        raise Refusal("bad_officer") from fault
    if officer.role not in {role.value for role in Role}:
        raise Refusal("unknown_role", role=officer.role)
    if officer.role != Role.ADMINISTRATOR and not officer.units:
        raise Refusal("no_unit")

    def act(writing: Writing) -> None:
        if officer.role != Role.ADMINISTRATOR:
            require_another_administrator(writing, officer.account)
        append_event(writing, officer, at=node.clock.now(), officer=by)

    node.journal.write(act)


def load_account(reading: Reading, account: str) -> AccountRecord | None:
    """What the administrator last did with an account's sign-in; None where it was only added."""
    held = reading.record("account", account.encode())
    return None if held is None else parse(held, AccountRecord)


def require_open_account(reading: Reading, account: str) -> None:
    """The administrator has not closed this account, or has invited it again. Raises Refusal `account_closed`."""
    held = load_account(reading, account)
    if held is not None and held.state == CLOSED:
        raise Refusal("account_closed", account=account)


def require_another_administrator(reading: Reading, account: str) -> None:
    """Some administrator stays if this account is one no more. Raises Refusal `last_administrator`."""
    closed = {row.key.decode() for row in reading.records("account") if parse(row.value, AccountRecord).state == CLOSED}
    administrators = {officer.account for officer in load_officers(reading) if officer.role == Role.ADMINISTRATOR}
    if administrators - closed == {account}:
        raise Refusal("last_administrator", account=account)


def load_officers(reading: Reading) -> list[OfficerAdded]:
    """All accounts, by name of account."""
    return [parse(row.value, OfficerAdded) for row in reading.records("officer")]


def open_scope(node: Node, account: str) -> Scope:
    """The scope of an account. Raises Refusal `unknown_officer`, `account_closed`."""

    def ask(reading: Reading) -> Scope:
        scope = load_scope(reading, node, account)
        require_open_account(reading, account)
        return scope

    return node.journal.read(ask)


def load_scope(reading: Reading, node: Node, account: str) -> Scope:
    """As `open_scope`, inside a read or a write; a closed account too, for what it has left."""
    held = reading.record("officer", account.encode())
    if held is None:
        raise Refusal("unknown_officer", account=account[:32])
    officer = parse(held, OfficerAdded)
    return Scope(
        account=officer.account,
        role=Role(officer.role),
        units=frozenset(officer.units),
        language=officer.language,
        desk_unit=node.settings.desk_unit,
    )


def load_assignment(reading: Reading, dossier: DossierId) -> Assigned | None:
    """The unit and officer a dossier is assigned to, or None."""
    held = reading.record("assignment", dossier)
    return None if held is None else parse(held, Assigned)


def unit_of(reading: Reading, scope: Scope, dossier: DossierId) -> str:
    """The unit whose dossier this is."""
    assigned = load_assignment(reading, dossier)
    return assigned.unit if assigned else scope.desk_unit


def require_dossier(reading: Reading, scope: Scope, dossier: DossierId) -> DossierRow:
    """A dossier that this person may see. Raises Refusal `not_found`, also where it exists and is forbidden."""
    row = reading.dossier(dossier)
    if row is None or row.kind == PARTNERSHIP or not _sees(reading, scope, row):
        raise Refusal("not_found")
    return row


def visible_dossiers(
    reading: Reading, scope: Scope, *, kind: str = "", closed: bool | None = None, within: DossierId | None = None
) -> list[DossierRow]:
    """Every dossier that this person may see, last changed first; `within`: of those that belong to another."""
    rows = reading.dossiers(kind=kind, closed=closed, within=within)
    return [row for row in rows if row.kind != PARTNERSHIP and _sees(reading, scope, row)]


def require_binding_role(scope: Scope, action: str) -> None:
    """What binds the agency is said by a supervisor; others prepare it. Raises Refusal `supervisor_only`."""
    if binds(action):
        require_supervisor(scope)


def require_supervisor(scope: Scope) -> None:
    """Only a supervisor does this. Raises Refusal `supervisor_only`."""
    if scope.role is not Role.SUPERVISOR:
        raise Refusal("supervisor_only")


def require_content_role(scope: Scope) -> None:
    """Content is not for administrators. Raises Refusal `not_found`."""
    if scope.role is Role.ADMINISTRATOR:
        raise Refusal("not_found")


def record_consultation(
    writing: Writing, node: Node, scope: Scope, what: str, dossier: DossierId = NO_DOSSIER, *, count: int = 0, others: int = 0
) -> None:
    """Keep in the node's own log that this person looked; of a dossier, how many entries, and of others, there were."""
    looked = Consulted(what=what, count=count, others=others)
    append_event(writing, looked, at=node.clock.now(), officer=scope.account, dossier=dossier)


def _sees(reading: Reading, scope: Scope, row: DossierRow) -> bool:
    if scope.role is Role.ADMINISTRATOR:
        return False
    unit = unit_of(reading, scope, row.id)
    if row.within and load_assignment(reading, row.id) is None and (event := reading.dossier(row.within)) and event.kind in HOMES:
        unit = unit_of(reading, scope, row.within)
    return unit in scope.units
