# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with this installation and how to mend it: set-up, keys, database, fence, disk; the doctor's findings."""

from __future__ import annotations

from collections.abc import Mapping

MACHINE: Mapping[str, str] = {
    "no_node_here": "There is no node in {path}. Give the directory that `amana init` made.",
    "directory_missing": "The directory {directory} does not exist. Give the directory that `amana init` made.",
    "directory_in_use": "{path} is not empty. Choose a directory that does not exist yet; nothing was changed.",
    "bad_names": "The file of names does not give the agency’s name in every language; missing: {missing}. It holds ar, fr and en.",
    "bad_config": (
        "The configuration file node.toml cannot be used. Correct the key that is named below; docs/operate/configuration.md "
        "explains them all."
    ),
    "node_running": "The node runs already, as process {pid}. Use it as it is, or end that process first.",
    "node_went_away": (
        "The running node ended before it answered. Look at its log, start it again and repeat the command: what was saved stays saved."
    ),
    "control_line": (
        "The running node did not understand the command: it is another version than this one. Restart it with the version installed."
    ),
    "unexpected": (
        "Something happened that should not: {kind} at {where}. Nothing that was being handled is shown here. Please report it as "
        "CONTRIBUTING.md says."
    ),
    "port_in_use": "Port {port} is taken by another program. Choose another port in node.toml, or end that program.",
    "no_passphrase": (
        "The passphrase that opens the key files was not found. Hand it over as the credential amana-passphrase, or name its "
        "file as key_passphrase_file in node.toml."
    ),
    "passphrase_file_too_open": (
        "Others than its owner may open the passphrase file {file}. Run `chmod 600` on it, and choose a new passphrase if "
        "others have had access."
    ),
    "key_file_too_open": "Others than its owner may open the key file {file}. Run `chmod 600` on it.",
    "key_file_missing": "The key file {file} is missing. Bring it back from where it is kept.",
    "key_file_incomplete": "The key file lacks: {missing}. Bring back the whole file from where it is kept.",
    "wrong_passphrase_or_damaged_key_file": (
        "The key file {file} does not open: the passphrase is another one, or the file was changed. Check the passphrase first."
    ),
    "no_card": "The database holds no card of this node. It is not the database that `amana init` made; bring the right one back.",
    "card_of_other_keys": (
        "The card in the database names other keys than the key file holds. One of the two comes from another node or an old copy."
    ),
    "other_identity_key": "The identity key is not the one in the card of {agency}. Bring the right identity.key.",
    "database_missing": "The database {file} is missing. Bring it back from a backup; `amana verify` then says whether it is whole.",
    "database_exists": "The database {file} is there already and is left as it is.",
    "database_damaged": (
        "The database file is damaged. Stop the node, keep the file, restore the last backup and run `amana verify`; partners "
        "send back what is missing."
    ),
    "attachment_changed": (
        "What is stored of a file is not what its entry says. Stop the node, run `amana verify` and restore the last backup; the partner "
        "sends it again."
    ),
    "database_busy": "Another program holds the database. End it, or wait, and repeat the command.",
    "database_unwritable": (
        "The database cannot be written. Check who owns the directory and its files, and whether the disk is mounted read-only."
    ),
    "database_error": "The database reports an error that is named below. Nothing was changed; run `amana doctor`.",
    "disk_full": "The disk is full. Nothing was lost and nothing half written; free some space and repeat the command.",
    "schema_newer": "The database belongs to a newer version of this program ({found}). Install that version.",
    "schema_older": "The database belongs to an older version of this program. Run `amana rebuild` once; it brings it up to date.",
    "journal_closed": "The node is ending and takes nothing more. Repeat the command when it runs again.",
    "journal_conflict": (
        "The database refused what contradicts what it holds. Nothing was changed; run `amana verify` and report what it says."
    ),
    "journal_missing": (
        "The database lacks a record that belongs to others it holds. Nothing was changed; run `amana verify` and report what it says."
    ),
    "second_root": (
        "The database already holds another signed head of this log at this size. Nothing was signed; run `amana verify` and "
        "report what it says."
    ),
    "log_moved": (
        "Two programs were about to sign the log {log}. Nothing was signed twice; make sure that one node only runs on this directory."
    ),
    "fence_ahead": (
        "The fence file knows a later head of {log} (size {fence}) than the database (size {database}): the database was "
        "restored. Nothing is signed there until the partner has sent back what is missing; let the node exchange."
    ),
    "fence_differs": (
        "The fence file and the database hold different heads of {log} at size {size}. Nothing is signed there; keep both "
        "files and report it."
    ),
    "fence_missing": (
        "The fence file {file} is missing. Bring it back; without it the node does not sign, since it cannot tell an old "
        "database from the current one."
    ),
    "fence_exists": "The fence file {file} is there already and is left as it is.",
    "fence_damaged": "Line {line} of the fence file was changed. Keep the file and report it; the node does not start with it.",
    "fence_line": "A head of {log} cannot be noted in the fence file. Nothing was sent; report it.",
    "fence_unwritable": (
        "The fence file {file} cannot be written. Nothing was sent; check who owns it and whether the disk is mounted read-only."
    ),
    "fence_backwards": (
        "The fence file has reached size {reached} of {log}, and the database would go back to {got}. Nothing was signed; run "
        "`amana verify`."
    ),
    "fence_second_root": "The fence file holds another head of {log} at size {size}. Nothing was signed; keep the files and report it.",
    "bad_names_file": (
        "The file of names {file} cannot be used: it is JSON or TOML with ar, fr and en, each one line of at most 120 characters."
    ),
    "unreadable_file": "The file {file} cannot be read. Check its name and who may read it.",
    "unwritable_file": "The file {file} cannot be written. Check the directory and who may write there.",
    "not_json": "{file} does not hold one JSON object. The files in examples/actions show what is expected.",
    "not_a_card": "{file} does not hold a card. Use the file that the partner’s `amana card` wrote, unchanged.",
    "not_installed": "This part of Amana is not installed here: {part}. Install the complete package.",
    "demo_ports": "The demonstration needs {expected} different ports. Give that many with --ports, or none.",
    "demo_node_ended": "A node of the demonstration ended unexpectedly. Its log says why: {log}.",
    "demo_stalled": "Nothing moved in the demonstration for {seconds} s. The machine may be too busy; try again with nothing else running.",
    "demo_differs": "The demonstration went otherwise than it should ({what}: expected {expected}, got {got}). Please report it.",
}

HEALTH: Mapping[str, str] = {
    "fence_ahead": (
        "The database is older than what was signed: it was restored. Nothing is signed in this log until the partner has sent "
        "back what is missing."
    ),
    "equivocation": (
        "Two different signed states of this log were found; both are kept as evidence. Suspend the partner and ask by another channel."
    ),
    "clock_differs": (
        "The partner’s clock differs by more than a minute. Check the time service here, then ask the partner to check theirs."
    ),
    "no_answer": "The partner’s node does not answer. What waits is sent by itself when it is back; check the address if it lasts.",
    "partner_not_confirmed": (
        "The safety number of this partner has not been compared. Two people compare it by voice, then `amana partner DIR confirm`."
    ),
    "quarantine": (
        "Messages from outside failed a check and changed nothing. Look at what they claim to be; tell the partner if they are its own."
    ),
    "file_too_open": "Others than its owner may open this file. Run `chmod 600` on it (`chmod 700` on the directory).",
    "disk_low": "The disk is nearly full. Free some space before the node has to stop accepting.",
    "identity_key_here": (
        "The identity key lies on this machine. It is needed for a new card only: move it to a safe place off the machine."
    ),
    "not_running": "The node does not run: nothing is received or sent. Start it with `amana run`.",
}
