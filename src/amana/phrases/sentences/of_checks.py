# SPDX-License-Identifier: EUPL-1.2
"""What a verification checked and found different from what it must be, one sentence for each check."""

from __future__ import annotations

from collections.abc import Mapping

CHECK: Mapping[str, str] = {
    "card": "A card in the node’s own log does not carry the signature of its agency. Restore the database from a backup.",
    "local_sequence": "A record of the node’s own log is missing or out of order. Restore the database from a backup.",
    "local_content": "The content of a record of the node’s own log was changed. Restore the database from a backup.",
    "local_chain": (
        "The chain of the node’s own log is broken: a record was changed, removed or put in. Restore the database from a backup."
    ),
    "local_type": "A record of the node’s own log is of an unknown type: it was changed, or made by a newer version.",
    "entry_header": (
        "The header of an entry is not the one its reference stands for. Restore the database; partners hold the entry as it was."
    ),
    "entry_body": "The content of an entry is not the one its author signed for. Restore the database; partners hold the entry as it was.",
    "entry_void": "An entry has lost its content and nothing says why, or the reverse. Restore the database from a backup.",
    "entry_columns": "What the database says of an entry is not what its header says. Restore the database from a backup.",
    "entry_missing": "A log names an entry that is not there. Restore the database; partners hold the entry.",
    "entry_state": "What the database says of an entry’s place or refusal is not what its dossier gives. Run `amana rebuild`.",
    "step_start": "A signed advance of a log does not begin where the one before ended. Restore the database from a backup.",
    "positions": "The number of entries in a signed advance of a log is not the one that was signed. Restore the database from a backup.",
    "head": "A signed head of a log does not carry both signatures of its agency. Restore the database from a backup.",
    "head_root": "The entries of a log do not give the head that was signed. Restore the database from a backup.",
    "receipt": "A receipt is missing or does not carry both signatures of the partner. Restore the database from a backup.",
    "fence_ahead": (
        "The fence file knows a later head than the database: the database is an old copy. Let the node exchange, partners "
        "send back what is missing."
    ),
    "fence_behind": "The fence file does not know a head that a partner has receipted: it is an old copy. Bring the current one back.",
    "fence_root": "The fence file holds another head than the database. Keep both files and report it.",
    "log": "The position of a log is not what its signed advances give. Run `amana rebuild`.",
    "dossier": "The state of a dossier is not what its entries give. Run `amana rebuild`.",
    "snapshot": "A stored intermediate state of a dossier is not what its entries give. Run `amana rebuild`.",
    "waiting": "The entries that wait for an earlier one are not those that must. Run `amana rebuild`.",
    "record": "A current value (an account, a partner, an assignment, a note) is not what the node’s own log gives. Run `amana rebuild`.",
    "unreadable": "Rows of the database cannot be read any more: bytes were changed. Restore the database from a backup.",
    "entry_arrival": (
        "The hour at which an entry arrived is not that of the signed advance that brought it. Restore the database from a backup."
    ),
    "log_columns": "A log is kept under another partner than the one that its name says. Restore the database from a backup.",
    "step_time": "The hour of a signed advance is not the one that its signatures carry. Restore the database from a backup.",
    "receipt_card": "A card is noted for a receipt that is not there. Restore the database from a backup.",
    "attachment_unknown": "Parts of a file are kept that no entry has. Restore the database from a backup.",
    "attachment_gap": "The parts of a file are not numbered one after the other. Restore the database from a backup.",
    "attachment_missing": "A file that lies ready to be sent has lost parts. Restore the database, or add the file again.",
    "attachment_chunk": "A part of a file does not open under its entry’s key: it was changed. Restore the database from a backup.",
    "attachment_hash": "A file is not the one that its entry names. Restore the database from a backup.",
    "queue": "What waits to be sent is not what the entries and logs give. Run `amana rebuild`.",
}
