# SPDX-License-Identifier: EUPL-1.2
"""After the play: everything is verified, a changed byte is named, and what two agencies must not know is looked for."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amana.compose.checking import verify_directory
from amana.compose.config import load_config
from amana.compose.control import SOCKET_NAME
from amana.demo.needles import needles_of
from amana.demo.scene import Scene
from amana.demo.searching import search_node
from amana.node.rebuilding import Progress
from amana.phrases import About, sentence
from amana.phrases.telling import REFERENCE
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode

NEEDLES_NAME = "needles.json"
SEARCHED = (AgencyCode("fr.dgpn"), AgencyCode("ma.dgsn"))
ALTERED = (b"180 000", b"980 000")  # in a sentence of the drugs request: one byte


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found."""

    verified: bool
    leaks: int
    leak_control: int


def prove(scene: Scene, directory: Path, progress: Progress) -> Proof:
    """Verify, tamper with a copy, search; each is a paragraph of the story."""
    found = {code: verify_directory(node, progress) for code, node in scene.directories.items()}
    verified = all(one["ok"] for one in found.values())
    scene.expect("verified", [None] * len(found), [one["first_failure"] for one in found.values()])
    scene.tell(
        "Now the proof. Each directory is verified from the first byte, offline, without asking anybody: {logs} logs and "
        "{entries} entries as the four nodes hold them, every signature, every receipt, every state folded again. Nothing "
        "differs.",
        logs=sum(one["logs"] for one in found.values()),
        entries=sum(one["entries"] for one in found.values()),
    )
    failure = _verify_altered_copy(scene)
    scene.tell(
        "In a copy of the database of ma.dgsn one byte is changed, so that a request speaks of 980 000 tablets and no longer "
        "of 180 000. The same verification stops there, at entry {entry}…: “{finding}”",
        entry=str(failure["where"]).rpartition(" ")[2][:REFERENCE],
        finding=sentence(scene.language, failure["what"], {}, About.CHECK),
    )
    leaks, control = _search(scene, directory, progress)
    return Proof(verified=verified, leaks=leaks, leak_control=control)


def _verify_altered_copy(scene: Scene) -> dict[str, Any]:
    """The failure that verification names in a copy of which one byte was changed."""
    original = scene.directories[AgencyCode("ma.dgsn")]
    with tempfile.TemporaryDirectory(prefix="amana-altered-") as name:
        copy = Path(name) / original.name
        copy_node(original, copy)
        alter(copy / load_config(copy).database)
        failure = verify_directory(copy)["first_failure"]
    scene.expect("changed byte noticed", True, failure is not None)
    return dict(failure)


def copy_node(original: Path, copy: Path) -> None:
    """A copy of a node directory, running or not, with its database at one instant."""
    database = load_config(original).database
    left_out = shutil.ignore_patterns(f"{database}*", SOCKET_NAME)
    shutil.copytree(original, copy, ignore=left_out)
    with closing(sqlite3.connect(original / database)) as source, closing(sqlite3.connect(copy / database)) as target:
        source.backup(target)
    (copy / database).chmod(0o600)


def alter(database: Path) -> None:
    """Change one byte of an entry in a database file. Raises OperatorFault `demo_differs` where it does not stand there."""
    _exchange(database, *ALTERED)


def put_back(database: Path) -> None:
    """Undo `alter`. Raises OperatorFault `demo_differs` where nothing was changed."""
    _exchange(database, *reversed(ALTERED))


def _exchange(database: Path, before: bytes, after: bytes) -> None:
    stored = database.read_bytes()
    if before not in stored:
        raise OperatorFault("demo_differs", what="byte to change", expected=before.decode(), got="absent")
    database.write_bytes(stored.replace(before, after, 1))


def _search(scene: Scene, directory: Path, progress: Progress) -> tuple[int, int]:
    """(finds of the secret needles, finds of the control needles) at the two agencies that must not know the secret."""
    if scene.secret is None or scene.control is None:
        raise OperatorFault("demo_differs", what="needles", expected="a secret and a control", got="none")
    needles = {
        name: needles_of(scene.journals.dossier(AgencyCode(holder), dossier))
        for name, (holder, dossier) in (("secret", scene.secret), ("control", scene.control))
    }
    path = directory / NEEDLES_NAME
    path.write_text(json.dumps(needles, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    finds = dict.fromkeys(needles, 0)
    for code in SEARCHED:
        for name, count in search_node(scene.directories[code], needles).items():
            finds[name] += count
            progress("search", len(needles[name]))
    known = search_node(scene.directories[AgencyCode("fr.dgsi")], {"secret": needles["secret"]})["secret"]
    scene.expect("secret found where it belongs", True, known > 0)
    scene.expect("leaks", 0, finds["secret"])
    scene.expect("control found", True, finds["control"] > 0)
    scene.tell(
        "Last, the search. {needles} needles from the file of ma.dgst and fr.dgsi (references, titles, texts, items, officers’ "
        "handles) are looked for in everything that fr.dgpn and ma.dgsn store and can open, in every usual encoding: {leaks} "
        "finds. At fr.dgsi, which may know, the same needles are found {known} times; and those of a dossier that fr.dgpn and "
        "ma.dgsn may see, {control} times with them. All needles are in {path}: anybody can search again.",
        needles=len(needles["secret"]),
        leaks=finds["secret"],
        known=known,
        control=finds["control"],
        path=str(path),
    )
    return finds["secret"], finds["control"]
