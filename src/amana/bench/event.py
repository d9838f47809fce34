# SPDX-License-Identifier: EUPL-1.2
"""`amana bench event`: three real nodes in one event, a log of 10,000 lines a day for 21 days, and its pages.

What is measured: the live board and the drafting of a situation report as a browser waits for them on the fullest node;
from a line written at one node until another's board shows it, by the page's own stream; an append at the end of the last
day against one at the end of the first, each in a log of a day of the same length. In the same run: the same bytes from an
empty view (`pages_limit`), and forty agencies of one event in the simulation. docs/decisions/0010 has the figures.
"""

from __future__ import annotations

import base64
import http.client
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from amana.bench.browsing import Browser
from amana.bench.event_federation import AGENCIES, converge
from amana.bench.exchange import QUICK, Progress
from amana.bench.pages import WARM, serving
from amana.bench.pages_limit import measure_pages_limit
from amana.bench.processes import free_port
from amana.compose.calling import call_node
from amana.compose.creating import Wanted, create_node
from amana.protocol.identifiers import AgencyCode

HOST, GUEST, THIRD = AgencyCode("fr.dgpn"), AgencyCode("ma.dgsn"), AgencyCode("es.cnp")
SHARES: Mapping[AgencyCode, float] = {HOST: 0.6, GUEST: 0.2, THIRD: 0.2}  # of a day's lines
OFFICER = "bench"
DAYS, LINES = 21, 10_000
SINGLE = 300  # appends one by one, at the end of the first and of the last day
ROUNDS, PACED = 60, 60
BATCH, AHEAD = 250, 8  # lines that share a transaction; batches that may wait for their receipts while the next is made
PAUSE = 0.02  # seconds between two looks at what waits
MINUTE, MINUTES = 60_000, 24 * 60
CATEGORIES = ("fact", "fact", "fact", "crowd", "transport", "forces", "border", "threat", "cyber", "health", "apprehension", "media")
COUNTED = frozenset({"crowd", "apprehension"})
TEXTS = (
    "Ouverture des accès, flux réguliers, aucun incident à signaler, données fictives.",
    "Équipe mixte en place au point de contrôle, relève effectuée, données fictives.",
    "Affluence en hausse à la sortie de la station, filtrage renforcé, données fictives.",
)
HOUR = 3_600_000
DAY = 24 * HOUR
GOALS = {"board_p95_ms": 300.0, "sitrep_ms": 300.0, "entry_to_board_p95_ms": 1000.0, "append_cost_ratio": 1.2}
CHANGED = b"event: changed"
TERMS = {
    "areas": ["public_order"],
    "forms": ["event_security"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["public_order"], "forms": ["event_security"]}],
    "conditions": {"clocks": {"other": 168 * HOUR, "urgent": 72 * HOUR, "urgent_direct": 8 * HOUR}},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A running node and the port of its pages; it is told what to do as commands tell it."""

    directory: Path
    port: int

    def act(self, action: Mapping[str, Any]) -> dict[str, Any]:
        """One act of the officer."""
        return call_node(self.directory, "act", {"officer": OFFICER, "action": dict(action)})

    def write(self, dossier: str, day: int, count: int, chance: random.Random) -> None:
        """So many lines in batches, until every partner has receipted all."""
        for made in range(0, count, BATCH):
            lines = [_line(dossier, day, chance) for _ in range(min(BATCH, count - made))]
            call_node(self.directory, "act_many", {"officer": OFFICER, "actions": lines})
            self.await_receipts(AHEAD * BATCH)
        self.await_receipts(0)

    def append(self, dossier: str, day: int, chance: random.Random, mark: str = "") -> float:
        """One line; the seconds until it is on disk here."""
        line = _line(dossier, day, chance, mark)
        start = time.perf_counter()
        self.act(line)
        return time.perf_counter() - start

    def await_receipts(self, most: int) -> None:
        """Until no partner has more than so many entries to receipt."""
        while max(one["waiting_entries"] for one in call_node(self.directory, "doctor", {})["partners"]) > most:
            time.sleep(PAUSE)


def _line(dossier: str, day: int, chance: random.Random, mark: str = "") -> dict[str, Any]:
    category = chance.choice(CATEGORIES)
    coded = {"at": day + chance.randrange(MINUTES) * MINUTE, "category": category, "source": "desk"}
    if category in COUNTED:
        coded["number"] = chance.randrange(1, 5)
    text = f"{mark} {chance.choice(TEXTS)}".strip()
    return {"action": "event_day.line", "dossier": dossier, "coded": coded, "text": text, "language": "fr"}


def run_event_bench(
    *, run_node: Sequence[str], progress: Progress, days: int = DAYS, lines: int = LINES, agencies: int = AGENCIES
) -> dict[str, Any]:
    """The figures as one JSON object; `run_node` is the command that runs a node, to which its directory is added."""
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as name:
        scratch = Path(name)
        with _nodes(scratch, run_node) as nodes:
            figures, sample = _measure(nodes, days, lines, progress)
        progress("limit", 0)
        limit = measure_pages_limit(scratch, body=sample, rounds=ROUNDS, warm=WARM)
    progress("simulation", agencies)
    together = converge(agencies)
    bare = statistics.median(limit["view"]) * 1000
    reached = {name: figures[name] <= goal for name, goal in GOALS.items()}
    return {
        "days": days,
        "lines_a_day": lines,
        **figures,
        "limit": {"bytes": len(sample), "view_p50_ms": round(bare, 2)},
        "ratio_to_view": round(figures["board_p50_ms"] / bare, 1),
        "goals": {name: {"goal": goal, "reached": reached[name]} for name, goal in GOALS.items()},
        "simulation": together,
    }


def _measure(nodes: Mapping[AgencyCode, Serving], days: int, lines: int, progress: Progress) -> tuple[dict[str, Any], bytes]:
    _agree(nodes)
    begins = (int(time.time() * 1000) // DAY - days + 1) * DAY
    event = _open_event(nodes, begins, days)
    first: list[float] = []
    last: list[float] = []
    dossier = ""
    chance = random.Random(5)  # noqa: S311 - a choice of words, no secret
    filled = time.perf_counter()
    for number in range(days):
        progress("days", number + 1)
        day = begins + number * DAY
        dossier = _open_day(nodes, event, day)
        for code, share in SHARES.items():
            nodes[code].write(dossier, day, round(lines * share), chance)
        if number in (0, days - 1):
            last = [nodes[HOST].append(dossier, day, chance) for _ in range(SINGLE)]
            first = first or last
    seconds = time.perf_counter() - filled
    pages, sample = _pages(nodes[HOST], event, begins + (days - 1) * DAY, progress)
    progress("entry to board", PACED)
    reached = _to_the_board(nodes[HOST], nodes[GUEST], event, dossier, begins + (days - 1) * DAY, chance)
    return {
        **pages,
        "entry_to_board_p50_ms": _ms(statistics.median(reached)),
        "entry_to_board_p95_ms": _ms(_p95(reached)),
        "append_first_day_ms": _ms(statistics.median(first)),
        "append_last_day_ms": _ms(statistics.median(last)),
        "append_cost_ratio": round(statistics.median(last) / statistics.median(first), 3),
        "lines_per_second": round(days * lines / seconds),
    }, sample


@contextmanager
def _nodes(scratch: Path, run_node: Sequence[str]) -> Iterator[dict[AgencyCode, Serving]]:
    """Three agencies that have compared their safety numbers, each running with its pages."""
    ports = {code: free_port() for code in SHARES}
    created = {}
    for code, port in ports.items():
        names = {"ar": "قياس", "fr": "Mesure", "en": "Measurement"}
        address = f"http://127.0.0.1:{port}"
        wanted = Wanted(code=code, names=names, port=port, addresses=(address,), cost=QUICK, demonstration=True)
        created[code] = create_node(scratch / code, wanted)
    officer = {"account": OFFICER, "name": "Mesure", "role": "supervisor", "units": ["desk"], "language": "fr"}
    for code in SHARES:
        call_node(scratch / code, "officer_add", officer)
    for own, other in permutations(SHARES, 2):
        call_node(scratch / own, "partner_add", {"card": base64.b64encode(created[other].card).decode()})
        call_node(scratch / own, "partner_confirm", {"code": other, "number": created[other].safety_number})
    with ExitStack() as closing:
        for code, port in ports.items():
            closing.enter_context(serving(scratch / code, port, run_node))
        yield {code: Serving(directory=scratch / code, port=port) for code, port in ports.items()}


def _agree(nodes: Mapping[AgencyCode, Serving]) -> None:
    agreement = nodes[HOST].act({"action": "agreement.propose", "to": [GUEST, THIRD], "title": "Accord", "coded": TERMS})["dossier"]
    for code in (GUEST, THIRD):
        _wait_for(nodes[code], agreement)
        nodes[code].act({"action": "agreement.consent", "dossier": agreement})


def _open_event(nodes: Mapping[AgencyCode, Serving], begins: int, days: int) -> str:
    """The event, with venues and sessions as a large one has them; known at all three nodes."""
    coded = {"starts": begins, "ends": begins + days * DAY, "zone": "UTC"}
    announced = nodes[HOST].act(
        {"action": "major_event.announce", "to": [GUEST, THIRD], "title": "Mesure, données fictives", "coded": coded}
    )
    event = str(announced["dossier"])
    for number in range(15):
        place = {"type": "stadium", "latitude": 4_880_000 + number * 1000, "longitude": 230_000 + number * 1000, "capacity": 20_000}
        venue = nodes[HOST].act({"action": "major_event.venue", "dossier": event, "title": f"Site {number + 1}", "coded": place})["entry"]
        for day in range(days):
            starts = begins + day * DAY + 10 * HOUR
            session = {"venue": venue, "type": "competition", "starts": starts, "ends": starts + 3 * HOUR, "spectators": 10_000}
            nodes[HOST].act({"action": "major_event.session", "dossier": event, "title": "Épreuve", "coded": session})
    for code in (GUEST, THIRD):
        _wait_for(nodes[code], event)
    return event


def _open_day(nodes: Mapping[AgencyCode, Serving], event: str, day: int) -> str:
    """The day's log, and a few incidents of the day, most of them closed."""
    opened = nodes[HOST].act({"action": "event_day.open", "title": "Main courante", "coded": {"event": event, "day": day}})["dossier"]
    for number in range(20):
        coded = {
            "event": event,
            "at": day + number * HOUR,
            "type": "abandoned_object",
            "urgency": "expected",
            "severity": "moderate",
            "certainty": "likely",
            "desks": [HOST],
        }
        incident = nodes[HOST].act({"action": "event_incident.report", "title": "Objet abandonné", "language": "fr", "coded": coded})[
            "dossier"
        ]
        if number:
            nodes[HOST].act({"action": "event_incident.take", "dossier": incident})
            nodes[HOST].act({"action": "event_incident.close", "dossier": incident, "coded": {"outcome": "resolved"}})
    for code in (GUEST, THIRD):
        _wait_for(nodes[code], opened)
    return str(opened)


def _pages(host: Serving, event: str, day: int, progress: Progress) -> tuple[dict[str, float], bytes]:
    """Board, wall and report as the host's browser waits for them."""
    period = f"type=situation_report&from={day}&to={day + DAY}"
    addresses = {
        "board": f"/fr/events/{event}/board/",
        "wall": f"/fr/events/{event}/wall/",
        "sitrep": f"/fr/events/{event}/reports/new/?{period}",
    }
    figures: dict[str, float] = {}
    with Browser(host.port) as browser:
        browser.get(f"/fr/demonstration/{OFFICER}/")
        for name, address in addresses.items():
            progress(name, ROUNDS)
            waited = [browser.open(address).seconds for _ in range(WARM + ROUNDS)][WARM:]
            figures |= {f"{name}_p50_ms": _ms(statistics.median(waited)), f"{name}_p95_ms": _ms(_p95(waited))}
        sample = browser.open(addresses["board"]).body
    figures["sitrep_ms"] = figures["sitrep_p95_ms"]
    return figures, sample


def _to_the_board(writer: Serving, reader: Serving, event: str, dossier: str, day: int, chance: random.Random) -> list[float]:
    """Seconds from the order of a line at one node until the other's board has it, woken by that page's own stream."""
    reached = []
    with Browser(reader.port) as browser:
        browser.get(f"/fr/demonstration/{OFFICER}/")
        with _stream(reader.port, browser.cookies) as stream:
            for number in range(PACED):
                mark = f"Repère {number:04d}"
                start = time.perf_counter()
                writer.append(dossier, day, chance, mark)
                while mark not in browser.open(f"/fr/events/{event}/board/").text:
                    while not stream.readline().startswith(CHANGED):
                        pass
                reached.append(time.perf_counter() - start)
                time.sleep(0.1)
    return reached


@contextmanager
def _stream(port: int, cookies: Mapping[str, str]) -> Iterator[http.client.HTTPResponse]:
    """The stream by which an open page hears that something is new."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/fr/stream/", headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        yield connection.getresponse()
    finally:
        connection.close()


def _wait_for(node: Serving, dossier: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        shown = call_node(node.directory, "show", {"officer": OFFICER})
        if any(row["dossier"] == dossier for row in shown["dossiers"]):
            return
        time.sleep(0.05)
    raise RuntimeError("the dossier did not arrive within a minute")


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[18]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
