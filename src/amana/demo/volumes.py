# SPDX-License-Identifier: EUPL-1.2
"""Believable volumes for the security of an event, all of them invented: venues, sessions, nations, lines, incidents, needs.

Pure functions of a seed: the same seed gives the same acts, as `act_many` takes them. Venues have invented names and lie
near Paris and Marseille; nobody is named; every text says that it is invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Plain = dict[str, Any]
HOUR, MINUTE = 3_600_000, 60_000
DAY = 24 * HOUR
MARK = {"ar": "معطيات مختلقة", "fr": "données fictives", "en": "invented data"}
VENUES = (  # name in French, Arabic and English; kind; latitude and longitude in 1/100,000 degree; capacity
    ("Stade nord", "الملعب الشمالي", "North stadium", "stadium", 4_892_000, 236_000, 70_000),
    ("Arena sud", "القاعة الجنوبية", "South arena", "arena", 4_883_000, 229_000, 9_000),
    ("Parc central", "الحديقة المركزية", "Central park", "fan_zone", 4_886_000, 229_500, 11_000),
    ("Village", "القرية الرياضية", "Village", "village", 4_891_000, 233_000, 14_000),
    ("Vélodrome ouest", "مضمار الدراجات الغربي", "West velodrome", "arena", 4_878_000, 203_000, 5_000),
    ("Château", "القصر", "Castle grounds", "open_air", 4_880_000, 212_000, 30_000),
    ("Bassin olympique", "المسبح الأولمبي", "Aquatics centre", "arena", 4_892_500, 235_500, 6_000),
    ("Quais de Seine", "ضفاف السين", "Riverside", "open_air", 4_886_300, 231_300, 90_000),
    ("Halle est", "القاعة الشرقية", "East hall", "arena", 4_883_800, 237_800, 7_500),
    ("Gare des Docks", "محطة الأرصفة", "Docks station", "transport_hub", 4_890_800, 231_800, 40_000),
    ("Aéroport nord", "المطار الشمالي", "Northern airport", "airport", 4_900_900, 254_800, 90_000),
    ("Hôtel des délégations", "فندق الوفود", "Delegations’ hotel", "hotel", 4_884_000, 228_000, 1_200),
    ("Terrain d’entraînement", "ملعب التداريب", "Training ground", "training_ground", 4_895_000, 230_000, 800),
    ("Stade du littoral, Marseille", "ملعب الساحل، مرسيليا", "Coast stadium, Marseille", "stadium", 4_327_000, 539_600, 60_000),
    ("Marina, Marseille", "المرسى، مرسيليا", "Marina, Marseille", "waters", 4_326_800, 537_100, 5_000),
)
NATIONS = "FR MA ES PT DE IT GB BE NL LU CH AT PL CZ RO GR SE NO DK FI IE HU HR SI SK BG EE LV LT CY MT SN CI US BR".split()
LINES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fact": (
        ("fr", "Ouverture des accès, flux réguliers, rien à signaler."),
        ("fr", "Relève des équipes au point de contrôle, consignes transmises."),
        ("ar", "تم فتح الولوج وسير العمل عادي."),
        ("en", "Search of the stands completed, nothing found."),
    ),
    "crowd": (("fr", "Affluence à l’entrée principale, filtrage renforcé."), ("ar", "توافد الجمهور عند المدخل الشرقي.")),
    "transport": (("fr", "Trafic ralenti sur la ligne desservant le site, navettes ajoutées."), ("en", "Shuttle service back to normal.")),
    "border": (("fr", "Contrôle d’un groupe à l’arrivée, titres en règle."), ("ar", "وصول مجموعة من المشجعين، والوثائق سليمة.")),
    "threat": (("fr", "Message malveillant signalé, vérifié, sans suite."),),
    "cyber": (("fr", "Tentatives d’hameçonnage visant la billetterie, adresses bloquées."), ("en", "Ticketing site under load, watched.")),
    "forces": (("fr", "Équipe cynotechnique en place, reconnaissance effectuée."), ("ar", "فرقة الكلاب أنهت استطلاع المدرجات.")),
    "apprehension": (("fr", "Interpellation pour revente de faux billets."), ("fr", "Interpellation pour vol à la tire.")),
    "health": (("fr", "Malaise dû à la chaleur, prise en charge par les secours."),),
    "media": (("fr", "Point presse tenu, aucun sujet de sécurité."),),
    "request": (("fr", "Demande de vérification d’un titre transmise au bureau concerné."),),
}
WEIGHTS = {
    "fact": 34,
    "crowd": 16,
    "transport": 11,
    "forces": 10,
    "border": 7,
    "apprehension": 6,
    "health": 5,
    "cyber": 4,
    "request": 3,
    "threat": 2,
    "media": 2,
}
BY_HOUR = (2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 10, 11, 10, 9, 10, 11, 12, 13, 14, 15, 14, 11, 7, 4)  # how lively an hour is
INCIDENTS = (
    ("abandoned_object", "Objet abandonné, périmètre établi", "immediate", "moderate", "observed"),
    ("drone", "Drone signalé hors zone autorisée", "expected", "moderate", "likely"),
    ("lost_national", "Ressortissant égaré, famille localisée", "future", "minor", "observed"),
    ("ticket_fraud", "Revente de faux billets", "future", "minor", "observed"),
    ("crowd_movement", "Mouvement de foule à la sortie", "expected", "severe", "possible"),
    ("cyber", "Ralentissement du service de billetterie", "expected", "minor", "likely"),
    ("theft", "Vols à la tire en série", "future", "minor", "observed"),
)
NEEDS = (
    ("explosive_dogs", 30),
    ("bomb_disposal", 14),
    ("counter_drone", 12),
    ("mounted", 16),
    ("paired_patrol", 34),
    ("spotter", 20),
    ("interpreter", 18),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How much there is of everything."""

    begins: int  # midnight of the first day, UTC milliseconds
    days: int
    lines: int  # a day, in all
    sessions: int  # a day


def venues(event: str) -> list[Plain]:
    """The venues."""
    return [
        _act(
            event,
            "venue",
            {"type": kind, "latitude": north, "longitude": east, "capacity": capacity},
            title=name,
            language="fr",
            detail={"ar": ar, "en": en},
        )
        for name, ar, en, kind, north, east, capacity in VENUES
    ]


def nations(event: str, nodes: Mapping[str, str]) -> list[Plain]:
    """The nations, each with its desk: a service with a node, else a guest of the host's."""
    found = []
    for number, nation in enumerate(NATIONS):
        desk = nodes.get(nation, f"{nation.lower()}.police")
        if nation not in nodes:
            found.append(_act(event, "guest", {"code": desk, "nation": nation}, title=f"Police ({nation})", language="fr"))
        found.append(_act(event, "nation", {"nation": nation, "delegation": 620 - number * 15, "desk": desk}))
    return found


def sessions(event: str, placed: Sequence[str], shape: Shape, seed: int) -> list[Plain]:
    """The sessions, by day and venue."""
    chance = random.Random(f"{seed} sessions")  # noqa: S311 - invented volumes, no secret
    found = []
    for day in range(shape.days):
        for number in range(shape.sessions):
            place = chance.randrange(9)
            starts = shape.begins + day * DAY + chance.choice((9, 10, 13, 15, 17, 19, 20)) * HOUR
            coded = {
                "venue": placed[place],
                "type": "competition",
                "starts": starts,
                "ends": starts + chance.choice((2, 3)) * HOUR,
                "spectators": VENUES[place][6] * chance.randrange(55, 98) // 100,
            }
            found.append(_act(event, "session", coded, title=f"Épreuve {day * shape.sessions + number + 1}", language="fr"))
    return found


def risks(event: str, placed: Sequence[str], shape: Shape, seed: int) -> list[Plain]:
    """How great the risk is held at each venue, on every third day."""
    chance = random.Random(f"{seed} risks")  # noqa: S311 - as above
    text = f"Appréciation de la cellule d’analyse, affluence attendue et accès du site. [{MARK['fr']}]"
    return [
        _act(
            event,
            "risk",
            {
                "venue": venue,
                "day": shape.begins + day * DAY,
                "threat": chance.choice((1, 2, 2, 3)),
                "vulnerability": chance.choice((1, 2, 3)),
                "impact": chance.choice((2, 3, 4)),
            },
            text=text,
            language="fr",
        )
        for day in range(0, shape.days, 3)
        for venue in placed[:10]
    ]


def lines(day: str, begins: int, placed: Sequence[str], shape: Shape, seed: int) -> Iterator[Plain]:
    """The lines of one day's log, in the order of their hours."""
    chance = random.Random(f"{seed} lines {begins}")  # noqa: S311 - as above
    hours = sorted(chance.choices(range(24), weights=BY_HOUR, k=shape.lines))
    kinds = chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()), k=shape.lines)
    for hour, category in zip(hours, kinds, strict=True):
        language, text = chance.choice(LINES[category])
        number = {"crowd": chance.randrange(2, 60) * 100, "apprehension": chance.choice((1, 1, 1, 2))}.get(category, 0)
        coded = {
            "at": begins + hour * HOUR + chance.randrange(60) * MINUTE,
            "category": category,
            "number": number,
            "venue": chance.choice(placed),
            "source": chance.choice(("desk", "desk", "field")),
        }
        yield {
            "action": "event_day.line",
            "dossier": day,
            "coded": coded,
            "text": f"{text} [{MARK[language]}]",
            "language": language,
        }


def incident(event: str, at: int, placed: Sequence[str], desks: Sequence[str], number: int, seed: int) -> Plain:
    """One incident."""
    chance = random.Random(f"{seed} incident {number}")  # noqa: S311 - as above
    kind, title, urgency, severity, certainty = INCIDENTS[number % len(INCIDENTS)]
    coded = {
        "event": event,
        "at": at,
        "type": kind,
        "urgency": urgency,
        "severity": severity,
        "certainty": certainty,
        "venue": chance.choice(placed),
        "desks": [chance.choice(desks)],
    }
    return {"action": "event_incident.report", "title": title, "text": f"{title}. [{MARK['fr']}]", "language": "fr", "coded": coded}


def needs(event: str, shape: Shape) -> list[Plain]:
    """What the host asks for."""
    return [
        {
            "action": "reinforcement.request",
            "coded": {
                "event": event,
                "kind": kind,
                "number": number,
                "starts": shape.begins,
                "ends": shape.begins + shape.days * DAY,
                "languages": ["fr"],
                "cost": "shared",
            },
        }
        for kind, number in NEEDS
    ]


def _act(event: str, type: str, coded: Plain, **more: Any) -> Plain:
    return {"action": f"major_event.{type}", "dossier": event, "coded": coded, **more}
