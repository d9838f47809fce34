# SPDX-License-Identifier: EUPL-1.2
"""A stopped node in whose database every table and every kind of record holds something, for tests of verification.

Three agencies: Paris is the one looked at. It has erased a recalled body, set aside what is above its limit, refused bytes
that nobody sent, and stopped while an entry waits for its ancestor, a step for its receipt and others for a step.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import httpx

from amana.compose.opening import open_node
from amana.compose.rotating import renew_sealing
from amana.node.attachments import stage_attachment
from amana.node.attachments.staging import Prepared, stage_prepared
from amana.node.folding import SNAPSHOT_EVERY
from amana.protocol.attachment import seal_chunks
from amana.protocol.entry import Attachment
from amana.protocol.identifiers import Digest
from amana.storage.keyfile import read_key_file, write_key_file
from tests.node.attachments.files import attached
from tests.processes.nodes import CHEAP, OFFICER, PARIS, RABAT, TEMARA, RealNode, agree, ask, create_agencies, real_nodes, wait_for

PHONE = {
    "type": "phone",
    "value": {"number": "+212600000001", "remarks": "numéro inventé"},
    "grade": "B2",
    "fact": True,
    "category": "none",
}
SUPPLEMENT = "information_request.supplement"


DAY = 1_800_000_000_000  # some day, in ms


def make_rich_directory(root: Path) -> Path:
    """Play it all; the directory of Paris."""
    create_agencies(root, [RABAT, PARIS, TEMARA])
    with real_nodes(root, [RABAT, PARIS, TEMARA]) as (rabat, paris, temara):
        for node in (rabat, paris, temara):
            node.start()
        agree(rabat, paris, temara)
        dossier = ask(rabat, paris, temara, items=[PHONE])
        said = rabat.act_often(SNAPSHOT_EVERY + 4, SUPPLEMENT, dossier, text="De plus.")
        wait_for(lambda: all(node.dossiers().get(dossier, 0) > SNAPSHOT_EVERY for node in (paris, temara)), what="a long dossier")
        _work_at_the_desk(paris, dossier)
        _send_files(rabat, paris, dossier)
        _bring_in_a_pack(rabat, paris, dossier, root / "case.amana-pack")
        _recall(rabat, paris, dossier, said[3])
        _post_garbage(paris)
        _renew_the_sealing_key(paris)
        _send_above_the_limit(rabat, paris)
        wait_for(lambda: all(node.is_quiet() for node in (rabat, paris, temara)), what="all to be quiet")
        _leave_things_waiting(rabat, paris, temara, dossier)
        paris.stop()
        temara.stop()
    return paris.directory


def _work_at_the_desk(paris: RealNode, dossier: str) -> None:
    paris.act("information_request.acknowledge", dossier)
    paris.act("note", dossier, text="Voir avec le parquet.", language="fr")
    assert paris.ask("verify_dossier", officer=OFFICER, dossier=dossier)["ok"]
    paris.act("assign", dossier, unit="desk", officer=OFFICER)
    paris.act("information_request.part_answer", dossier, text="Brouillon.", keep=True)
    paris.act("information_request.part_answer", dossier, text="En partie.", items=[PHONE], form="form-000001")
    _prepare_a_meeting(paris)


def _prepare_a_meeting(paris: RealNode) -> None:
    """A meeting, and the briefing file for it."""
    coded = {"form": "meeting", "level": "expert", "starts": DAY, "ends": DAY + 3_600_000}
    meeting = paris.act("meeting.convene", to=[RABAT], title="Réunion", language="fr", coded=coded)["dossier"]
    lines = [{"code": "owed", "text": "Réunion", "dossier": meeting}]
    section = {"code": "points", "text": "Remercier.", "language": "fr", "lines": lines}
    paris.act("brief", meeting, detail={"since": 1, "units": ["desk"], "drawn_at": DAY, "sections": [section]})


def _send_files(rabat: RealNode, paris: RealNode, dossier: str) -> None:
    """Files both ways, one of another type than its entry says, one that lies ready."""
    rabat.act(SUPPLEMENT, dossier, text="Voir pièce.", attachments=[attached("note.txt", b"x" * 66_000)])
    paris.act("information_request.part_answer", dossier, text="Voir pièce.", attachments=[attached("liste.csv", b"a;b\n", "text/csv")])
    rabat.stop()
    said = Attachment(
        key=bytes(range(32)), name="faux.pdf", size=7, type="application/pdf", sha256=Digest(hashlib.sha256(b"no pdf!").digest())
    )
    false = Prepared(token=bytes(16), attachment=said, chunks=tuple(seal_chunks(said, b"no pdf!")))
    with open_node(rabat.directory) as opened:
        opened.journal.write(lambda writing: stage_prepared(writing, opened.node, OFFICER, false))
    rabat.start()
    rabat.act(SUPPLEMENT, dossier, text="Voir pièce.", attachments=[{"staged": bytes(16).hex()}])

    def arrived() -> bool:
        entries = paris.ask("show", officer=OFFICER, dossier=dossier)["entries"]
        files = [one for entry in entries for one in entry.get("attachments", ())]
        return len(files) == 3 and all(one["state"] == "here" for one in files)

    wait_for(arrived, what="the files at Paris")
    paris.stop()
    with open_node(paris.directory) as opened:
        stage_attachment(opened.node, OFFICER, name="prêt.txt", type="text/plain", content=b"Rien encore.")
    paris.start()


def _bring_in_a_pack(rabat: RealNode, paris: RealNode, dossier: str, file: Path) -> None:
    """The same case, as Rabat holds it."""
    rabat.ask("pack_make", officer=OFFICER, case=dossier, to=PARIS, persons=True, file=str(file))
    paris.ask("pack_add", officer=OFFICER, file=str(file))


def _recall(rabat: RealNode, paris: RealNode, dossier: str, entry: str) -> None:
    recall = rabat.act("information_request.recall_request", dossier, coded={"entry": entry, "code": "incorrect"})["entry"]

    def recalled() -> bool:
        shown = paris.ask("show", officer=OFFICER, dossier=dossier)["entries"]
        return any(row["id"] == recall for row in shown)

    wait_for(recalled, what="the recall")
    done = paris.act("information_request.recall_answer", dossier, coded={"recall": recall, "code": "erased"})
    assert done["erased"] == [entry]


def _post_garbage(paris: RealNode) -> None:
    address = paris.ask("card")["addresses"][0]
    assert httpx.post(f"{address}/peer/v1/sync", content=b"garbage", trust_env=False).status_code == 403


def _renew_the_sealing_key(paris: RealNode) -> None:
    paris.stop()
    with open_node(paris.directory) as opened:
        assert renew_sealing(opened, now=opened.node.clock.now(), force=True)
    path, passphrase = paris.directory / "node.key", (paris.directory / "passphrase").read_bytes()
    write_key_file(path, passphrase, read_key_file(path, passphrase), salt=bytes(16), nonce=bytes(12), cost=CHEAP)
    paris.start()


def _send_above_the_limit(rabat: RealNode, paris: RealNode) -> None:
    """Paris lowers its limit below what its card says, as after a change of mind, and raises it again."""
    path = paris.directory / "node.toml"
    configured = path.read_text()
    paris.stop()
    path.write_text(re.sub(r'(?m)^limit = "\w+"', 'limit = "unmarked"', configured))
    paris.start()
    rabat.act(
        "information_request.request",
        to=[PARIS],
        title="Mesure",
        coded={"area": "drugs", "types": ["information"], "urgency": "ordinary"},
        marking={"level": "restricted"},
    )
    wait_for(rabat.is_quiet, what="the receipt of what is above the limit")
    paris.stop()
    path.write_text(configured)
    paris.start()


def _leave_things_waiting(rabat: RealNode, paris: RealNode, temara: RealNode, dossier: str) -> None:
    before = temara.dossiers()[dossier]
    paris.stop()
    rabat.act(SUPPLEMENT, dossier, text="Ce que Paris n'a pas encore.")
    wait_for(lambda: temara.dossiers()[dossier] > before, what="the entry at Témara")
    rabat.stop()
    lost = temara.act("information_request.part_answer", dossier, text="Qui en dépend.", attachments=[attached("b.txt", b"b")])["entry"]
    temara.stop()
    with open_node(temara.directory) as opened:  # the file is lost before Paris can ask for it
        opened.journal.write(lambda writing: writing.destroy_chunks([(bytes.fromhex(lost), 0)]))
    temara.start()
    paris.start()
    wait_for(lambda: temara.partner(PARIS)["waiting_entries"] == 0, what="the entry that has to wait at Paris")
    for _ in range(3):
        paris.act("information_request.part_answer", dossier, text="Rabat est absente.", attachments=[attached("a.txt", b"a")])
        wait_for(lambda: paris.partner(TEMARA)["waiting_entries"] == 0, what="the receipt of Témara")
