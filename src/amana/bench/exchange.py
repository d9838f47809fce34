# SPDX-License-Identifier: EUPL-1.2
"""`amana bench exchange`: two real nodes on this machine, from the action at A to the receipt stored at A.

Node processes A and B exchange 1 KiB entries of an information request under an agreement in force, with all checks,
signatures, folds and durable writes of the product. When A holds a receipt, B has folded the entry: B's receipt and
fold are one write. In the same run a bare limit: the same bytes in batches of a full step over HTTP into one SQLite table.
docs/decisions/0004-exchange-throughput.md has the figures and the profile.
"""

from __future__ import annotations

import base64
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from amana.bench.limit import measure_limit
from amana.bench.processes import free_port, started
from amana.compose.calling import call_node
from amana.compose.creating import Created, Wanted, create_node
from amana.protocol.identifiers import AgencyCode
from amana.protocol.log import MAX_STEP_ENTRIES
from amana.storage.keyfile import Cost

ENTRIES = 20_000
BATCH = 250  # actions that share a transaction
PACED = 100
PER_SECOND = 10
QUICK = Cost(lanes=1, memory=8 * 1024, passes=1)  # opening the key files is not what is measured
CODES = (AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn"))
MODULE = "amana.bench.exchange_node"
HOUR = 3_600_000
TERMS = {
    "areas": ["drugs"],
    "forms": ["information"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["drugs"], "forms": ["information"]}],
    "conditions": {"clocks": {"other": 168 * HOUR, "urgent": 72 * HOUR, "urgent_direct": 8 * HOUR}},
}
Progress = Callable[[str, int], None]


def run_exchange_bench(*, progress: Progress, entries: int = ENTRIES, paced: int = PACED) -> dict[str, Any]:
    """The figures as one JSON object."""
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as name:
        scratch = Path(name)
        progress("limit", 0)
        limit = measure_limit(scratch, entries=entries, batch=MAX_STEP_ENTRIES)
        progress("exchange", 0)
        figures = _measure(scratch, entries, paced)
    return {
        "entries": entries,
        "entries_per_second": round(figures["entries_per_second"]),
        "cpu_ms_per_entry": round(figures["cpu_ms_per_entry"], 4),
        "p50_ms": round(figures["p50_ms"], 2),
        "p95_ms": round(figures["p95_ms"], 2),
        "limit_entries_per_second": round(limit),
        "ratio": round(figures["entries_per_second"] / limit, 3),
    }


def _measure(scratch: Path, entries: int, paced: int) -> dict[str, float]:
    a, b = (scratch / code for code in CODES)
    created = {code: _create(scratch / code, code) for code in CODES}
    for one, other in ((0, 1), (1, 0)):
        _introduce(scratch / CODES[one], created[CODES[other]], CODES[other])
    with started(MODULE, [str(b)]):
        with started(MODULE, [str(a)]):
            dossier = _open_request(a, b)
        plan = {
            "dossier": dossier,
            "entries": entries,
            "batch": BATCH,
            "paced": paced,
            "per_second": PER_SECOND,
            "partner_directory": str(b),
        }
        with started(MODULE, [str(a), msgspec.json.encode(plan).decode()]) as driver:
            line = driver.stdout.readline() if driver.stdout else b""
        figures = msgspec.json.decode(line, type=dict[str, float])
        folded = _count(b, dossier)
    if folded < entries + paced:
        raise RuntimeError(f"B folded {folded} entries of {entries + paced}")
    return figures


def _create(directory: Path, code: AgencyCode) -> Created:
    port = free_port()
    names = {"ar": "قياس", "fr": "Mesure", "en": "Measurement"}
    address = f"http://127.0.0.1:{port}"
    return create_node(directory, Wanted(code=code, names=names, port=port, addresses=(address,), cost=QUICK))


def _introduce(directory: Path, partner: Created, code: AgencyCode) -> None:
    officer = {"account": "bench", "name": "Mesure", "role": "supervisor", "units": ["desk"], "language": "fr"}
    call_node(directory, "officer_add", officer)
    call_node(directory, "partner_add", {"card": base64.b64encode(partner.card).decode()})
    call_node(directory, "partner_confirm", {"code": code, "number": partner.safety_number})


def _open_request(a: Path, b: Path) -> str:
    """An agreement in force and a request under it; its id."""
    proposed = {"action": "agreement.propose", "to": [CODES[1]], "title": "Accord", "coded": TERMS}
    agreement = _act(a, proposed)["dossier"]
    _wait_for(b, agreement)
    _act(b, {"action": "agreement.consent", "dossier": agreement})
    call_node(b, "sync", {})
    asked = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
    dossier = _act(a, {"action": "information_request.request", "to": [CODES[1]], "title": "Mesure", "coded": asked})["dossier"]
    _wait_for(b, dossier)
    return str(dossier)


def _act(directory: Path, action: dict[str, Any]) -> dict[str, Any]:
    return call_node(directory, "act", {"officer": "bench", "action": action})


def _wait_for(directory: Path, dossier: str) -> None:
    until = time.monotonic() + 60
    while _count(directory, dossier) == 0:
        if time.monotonic() > until:
            raise RuntimeError("the dossier did not arrive within a minute")
        time.sleep(0.05)


def _count(directory: Path, dossier: str) -> int:
    shown = call_node(directory, "show", {"officer": "bench"})
    return sum(int(row["entries"]) for row in shown["dossiers"] if row["dossier"] == dossier)
