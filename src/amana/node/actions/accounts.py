# SPDX-License-Identifier: EUPL-1.2
"""What the administrator does with accounts, and who signed in and out: each kept in the node's own log, for oversight.

How an account signs in (password, one-time codes) is the pages' affair; who it is and whether it is open is decided
here. The last administrator's account cannot be closed: nobody could look after the machine any more.
"""

from __future__ import annotations

from amana.node.access import load_scope, require_another_administrator, require_open_account
from amana.node.context import Node
from amana.node.local import AccountClosed, AccountInvited, SignedIn, SignedOut
from amana.node.local_event import LocalEvent
from amana.node.ports import Writing
from amana.node.records import append_event


def invite_account(node: Node, account: str, *, by: str = "") -> None:
    """An invitation was handed to this account; one that was closed is open again. Raises Refusal `unknown_officer`."""

    def act(writing: Writing) -> None:
        load_scope(writing, node, account)
        append_event(writing, AccountInvited(account=account), at=node.clock.now(), officer=by)

    node.journal.write(act)


def close_account(node: Node, account: str, *, by: str = "") -> None:
    """Nobody works by this account from now on. Raises Refusal `unknown_officer`, `last_administrator`, `account_closed`."""

    def act(writing: Writing) -> None:
        load_scope(writing, node, account)
        require_another_administrator(writing, account)
        require_open_account(writing, account)
        append_event(writing, AccountClosed(account=account), at=node.clock.now(), officer=by)

    node.journal.write(act)


def record_signed_in(node: Node, account: str, *, factor: str) -> None:
    """The officer signed in at the pages, by this factor beside the password."""
    _keep(node, account, SignedIn(factor=factor))


def record_signed_out(node: Node, account: str, *, why: str) -> None:
    """The officer's session ended: by himself, or because nothing was done for too long."""
    _keep(node, account, SignedOut(why=why))


def _keep(node: Node, account: str, event: LocalEvent) -> None:
    node.journal.write(lambda writing: append_event(writing, event, at=node.clock.now(), officer=account))
