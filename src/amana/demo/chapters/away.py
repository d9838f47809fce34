# SPDX-License-Identifier: EUPL-1.2
"""A partner's machine is down for a while: work goes on, everything waits in order, and arrives at once."""

from __future__ import annotations

import time

from amana.demo.papers import load_papers
from amana.demo.scene import Scene
from amana.protocol.identifiers import AgencyCode

PARIS = AgencyCode("fr.dgpn")
RABAT = AgencyCode("ma.dgsn")
VALID_DAYS = 30


def play(scene: Scene) -> None:
    """fr.dgpn goes away and comes back."""
    papers = load_papers("away")
    scene.stop(PARIS)
    vehicle = scene.act(RABAT, "stups", "vehicle", papers["vehicle"])
    added = [scene.act(RABAT, "stups", name, papers[name]) for name in ("chassis", "phone")]
    notice = scene.act("ma.dgst", "liaison", "information", papers["information"], expires=scene.days_from_now(VALID_DAYS))
    written = {RABAT: [vehicle.entry, *(act.entry for act in added)], AgencyCode("ma.dgst"): [notice.entry]}
    waiting = {code: scene.journals.waiting(code, PARIS) for code in written}
    scene.expect("waiting", written, waiting)
    count = sum(len(entries) for entries in written.values())
    warnings = [warning for act in added for warning in act.warnings]
    scene.expect("warned of", [scene.dossier("drugs/request").hex()], [warning["dossier"] for warning in warnings])
    shown = scene.show(RABAT, "stups", vehicle.dossier)
    states = {delivery["state"] for entry in shown["entries"] for delivery in entry["delivery"]}
    scene.expect("shown as delivered", False, "delivered" in states)
    scene.tell(
        "Then the machine of fr.dgpn goes down. Rabat works on: ma.dgsn writes an urgent vehicle check and adds to it, ma.dgst "
        "has information to pass on; {count} entries wait for Paris, and each is shown as not yet delivered. While one of them "
        "is written, the node warns its author that the same telephone number occurs in the drugs dossier already.",
        count=count,
    )
    since = time.monotonic()
    scene.start(PARIS)
    scene.settle()
    seconds = time.monotonic() - since
    arrived = [scene.journals.arrivals(PARIS, entries) for entries in written.values()]
    scene.expect("arrived in order", list(written.values()), arrived)
    scene.assign(PARIS, vehicle.dossier, unit="drugs", officer="stups")
    scene.act(PARIS, "stups", "answer", papers["answer"])
    scene.act(PARIS, "liaison", "taken", papers["taken"])
    shown = scene.show(RABAT, "stups", vehicle.dossier)
    scene.expect("stage", "answered", shown["stage"])
    scene.tell(
        "The machine starts again. {seconds} s later, its start included, all {count} entries have arrived, complete and in "
        "the order in which they were written; nobody sent anything twice. The clock of {hours} hours began only now, with the "
        "delivery, and fr.dgpn answers within it.",
        seconds=scene.seconds(seconds),
        count=count,
        hours=shown["state"]["clock"] // 3_600_000,
    )
