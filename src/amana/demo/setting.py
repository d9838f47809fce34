# SPDX-License-Identifier: EUPL-1.2
"""Setting the stage: four new nodes, their posts, their cards exchanged, their safety numbers compared.

Each administrator brings in the others' cards and types the number that the other's node shows to its own people:
nothing is exchanged before.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import permutations
from pathlib import Path

from amana.compose.creating import Wanted, create_node
from amana.demo.agencies import AGENCIES
from amana.demo.scene import Scene
from amana.node.rebuilding import Progress
from amana.protocol.identifiers import AgencyCode


def make_nodes(directory: Path, ports: Sequence[int], progress: Progress) -> dict[AgencyCode, Path]:
    """The directories of four new nodes, each with a passphrase file of its own."""
    made = {}
    for count, (agency, port) in enumerate(zip(AGENCIES, ports, strict=True), 1):
        wanted = Wanted(
            code=agency.code,
            names=agency.names,
            port=port,
            addresses=(url_of(port),),
            four_eyes=agency.four_eyes,
            time_zone=_known_zone(agency.zone),
            demonstration=True,
        )
        made[agency.code] = create_node(directory / agency.code, wanted).directory
        progress("nodes", count)
    return made


def _known_zone(name: str) -> str:
    """The zone, where this machine has its data; else empty: the machine's own."""
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        return ""


def url_of(port: int) -> str:
    """Where a node listens."""
    return f"http://127.0.0.1:{port}"


def introduce(scene: Scene, ports: Sequence[int]) -> None:
    """Add the posts, exchange the cards, compare the safety numbers."""
    for agency in AGENCIES:
        for post in agency.posts:
            scene.call(agency.code, "officer_add", asdict(post))
    cards = {agency.code: scene.call(agency.code, "card", {}) for agency in AGENCIES}
    pairs = list(permutations(cards, 2))
    for own, other in pairs:
        scene.call(own, "partner_add", {"card": cards[other]["card"]})
    for own, other in pairs:
        scene.call(own, "partner_confirm", {"code": other, "number": cards[other]["safety_number"]})
    scene.settle()
    _tell_who(scene, ports, cards, len(pairs))


def _tell_who(scene: Scene, ports: Sequence[int], cards: Mapping[AgencyCode, Mapping[str, str]], compared: int) -> None:
    scene.tell(
        "Demonstration, invented data: every person, vehicle, telephone, document and account below is invented. The agencies "
        "and the agreement are real.",
    )
    for agency, port in zip(AGENCIES, ports, strict=True):
        scene.say(f"  {agency.code}  {agency.names[scene.language]}  {url_of(port)}")
    scene.tell(
        "Four agencies, four nodes: each was made a moment ago in a directory of its own, with its own keys, and runs as a "
        "process of its own. There is no centre. Before anything is exchanged, people read their safety numbers to each other "
        "and type in what they hear; here the demonstration does it for them, {compared} times. The number of ma.dgsn is "
        "{number}, the same in every language.",
        number=cards[AgencyCode("ma.dgsn")]["safety_number"],
        compared=compared,
    )
