# SPDX-License-Identifier: EUPL-1.2
"""Setting the stage: four new nodes, their posts, their cards exchanged, their safety numbers compared.

Each administrator brings in the others' cards and types the number that the other's node shows to its own people:
nothing is exchanged before. The nodes do not run yet; one that called a partner who had not confirmed it would be
turned away, and stand in that partner's quarantine.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import permutations
from pathlib import Path
from typing import Any

from amana.compose.creating import Wanted, create_node
from amana.compose.opening import open_node
from amana.compose.verbs import VERBS
from amana.demo.agencies import AGENCIES, UNITS
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
            unit_names={unit: UNITS[unit] for unit in sorted({unit for post in agency.posts for unit in post.units})},
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
    """Add the posts, exchange the cards, compare the safety numbers, all before the nodes run."""
    with ExitStack() as closing:
        opened = {code: closing.enter_context(open_node(directory)) for code, directory in scene.directories.items()}
        for agency in AGENCIES:
            for post in agency.posts:
                VERBS["officer_add"](opened[agency.code], asdict(post))
        cards = {code: VERBS["card"](node, {}) for code, node in opened.items()}
        pairs = list(permutations(cards, 2))
        for own, other in pairs:
            VERBS["partner_add"](opened[own], {"card": cards[other]["card"]})
        for own, other in pairs:
            VERBS["partner_confirm"](opened[own], {"code": other, "number": cards[other]["safety_number"]})
    _tell_who(scene, ports, cards, len(pairs))


def _tell_who(scene: Scene, ports: Sequence[int], cards: Mapping[AgencyCode, Mapping[str, Any]], compared: int) -> None:
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
