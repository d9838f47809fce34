# SPDX-License-Identifier: EUPL-1.2
"""The Games of summer 2024: set up, three weeks of log and incidents, reinforcements of thirty-five nations, all invented.

The volumes come from a seed (`volumes`). Bodies go by the event's own, early date; the demonstration has it lie ahead,
so that the countdown is seen. Then an exercise for 2030 that is under way now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amana.demo import volumes
from amana.demo.scene import Scene
from amana.demo.volumes import DAY, HOUR, MARK, MINUTE, Shape
from amana.protocol.identifiers import AgencyCode
from amana.web.events.drafting import drafted

PARIS, RABAT, LEVALLOIS, TEMARA = "fr.dgpn", "ma.dgsn", "fr.dgsi", "ma.dgst"
SEED = 2024
BEGINS = 1_721_599_200_000  # Monday 22 July 2024, 00:00 in Paris
GAMES = Shape(begins=BEGINS, days=21, lines=110, sessions=8)
INCIDENTS = 48
REPORTED = 9  # the day whose report is issued: 31 July
ERASED_IN = 30  # days from now: the countdown is seen, and nothing goes while one looks
Sent = Sequence[tuple[str, Sequence[dict[str, Any]]]]
NODES = {"FR": PARIS, "MA": RABAT}
SENT = {"explosive_dogs": 8, "bomb_disposal": 4, "counter_drone": 2, "mounted": 6, "paired_patrol": 10, "interpreter": 6}


def play(scene: Scene) -> None:
    """The Games, from the announcement to the evaluation; then an exercise that is under way."""
    event = _announce(scene)
    placed = _set_up(scene, event)
    _days(scene, event, placed)
    _incidents(scene, event, placed)
    sent = _reinforcements(scene, event)
    _report(scene, event)
    _stand(scene, sent, "returned", BEGINS + (GAMES.days + 1) * DAY)
    _afterwards(scene, event)
    scene.tell(
        "The Games are set up in one go: {venues} venues, {sessions} sessions, {nations} nations of which most have no node and work on "
        "the host’s. Three weeks of log follow, {lines} lines of all services, {incidents} incidents routed to the desks, and "
        "reinforcements from the first request to the return. Everything is invented.",
        venues=len(placed),
        sessions=GAMES.days * GAMES.sessions,
        nations=len(volumes.NATIONS),
        lines=GAMES.days * GAMES.lines,
        incidents=INCIDENTS,
    )
    scene.settle()
    _hand_over(scene, event)
    _exercise(scene)


def _announce(scene: Scene) -> str:
    coded = {
        "starts": BEGINS,
        "ends": BEGINS + GAMES.days * DAY - MINUTE,
        "zone": "Europe/Paris",
        "erase_on": scene.days_from_now(ERASED_IN),
        "observers": [TEMARA],
    }
    paper = {
        "action": "major_event.announce",
        "to": [LEVALLOIS, RABAT, TEMARA],
        "title": "Jeux olympiques, été 2024",
        "language": "fr",
        "text": f"Sécurité des Jeux, du 22 juillet au 11 août 2024. [{MARK['fr']}]",
        "coded": coded,
        "detail": {"ar": "الألعاب الأولمبية، صيف 2024", "en": "Olympic Games, summer 2024"},
    }
    return scene.act(PARIS, "chef", "event", paper).dossier.hex()


def _set_up(scene: Scene, event: str) -> list[str]:
    placed = [done["entry"] for done in scene.many(PARIS, "chef", volumes.venues(event))]
    scene.many(PARIS, "chef", volumes.nations(event, NODES))
    scene.many(PARIS, "chef", volumes.sessions(event, placed, GAMES, SEED))
    scene.many(PARIS, "chef", volumes.risks(event, placed, GAMES, SEED))
    return placed


def _days(scene: Scene, event: str, placed: Sequence[str]) -> None:
    """Every day is opened and planned, then its log is written by those who are there."""
    midnights = [BEGINS + number * DAY for number in range(GAMES.days)]
    opened = [
        {"action": "event_day.open", "title": f"Journée {number}", "language": "fr", "coded": {"event": event, "day": day}}
        for number, day in enumerate(midnights, 1)
    ]
    days = [done["dossier"] for done in scene.many(PARIS, "chef", opened)]
    scene.settle()
    scene.many(PARIS, "chef", [act for day, begins in zip(days, midnights, strict=True) for act in _planned(day, begins)])
    for day, begins in zip(days, midnights, strict=True):
        written = list(volumes.lines(day, begins, placed, GAMES, SEED))
        scene.many(PARIS, "liaison", [one for number, one in enumerate(written) if number % 4])
        scene.many(RABAT, "liaison", [one for number, one in enumerate(written) if not number % 4])
    scene.settle()


def _planned(day: str, begins: int) -> list[dict[str, Any]]:
    shifts = [("shift_leader", None, 1), ("national_desk", RABAT, 2), ("cyber_watch", None, 1), ("interpreters", None, 2)]
    planned: list[dict[str, Any]] = [
        {
            "action": "event_day.shift",
            "dossier": day,
            "coded": {"role": role, "agency": agency, "needed": needed, "starts": begins + 7 * HOUR, "ends": begins + 19 * HOUR},
        }
        for role, agency, needed in shifts
    ]
    return [*planned, {"action": "event_day.level", "dossier": day, "coded": {"level": "moderate"}}]


def _incidents(scene: Scene, event: str, placed: Sequence[str]) -> None:
    """Reported, taken in hand by the desk concerned, closed."""
    step = GAMES.days * DAY // INCIDENTS
    reports = [
        volumes.incident(event, BEGINS + number * step + 11 * HOUR, placed, [PARIS, RABAT], number, SEED) for number in range(INCIDENTS)
    ]
    made = [done["dossier"] for done in scene.many(PARIS, "liaison", reports)]
    scene.settle()
    for desk in (PARIS, RABAT):
        ours = [dossier for dossier, report in zip(made, reports, strict=True) if report["coded"]["desks"] == [desk]]
        scene.many(desk, "liaison", [{"action": "event_incident.take", "dossier": dossier} for dossier in ours])
    scene.settle()
    closings = [{"action": "event_incident.close", "dossier": dossier, "coded": {"outcome": "resolved"}} for dossier in made]
    scene.many(PARIS, "liaison", closings)


def _reinforcements(scene: Scene, event: str) -> Sent:
    """Rabat and the guests offer, Paris commits, they come; what each sender sent."""
    made = [done["dossier"] for done in scene.many(PARIS, "chef", volumes.needs(event, GAMES))]
    scene.settle()
    kinds = [kind for kind, _ in volumes.NEEDS]
    offers = [
        {
            "action": "reinforcement.offer",
            "dossier": dossier,
            "coded": {"number": SENT[kind], "cost": "sender", "languages": ["ar", "fr"]},
            "detail": {"units": ["فرقة مختصة"], "contact": "ضابط الاتصال بباريس"},
        }
        for dossier, kind in zip(made, kinds, strict=True)
        if kind in SENT
    ]
    given = scene.many(RABAT, "chef", offers)
    guests = [
        {
            "action": "reinforcement.offer",
            "dossier": dossier,
            "coded": {"number": 4, "cost": "sender", "languages": ["fr"], "on_behalf_of": code},
        }
        for number, dossier in enumerate(made)
        for code in (f"{volumes.NATIONS[2 + number].lower()}.police", f"{volumes.NATIONS[10 + number].lower()}.police")
    ]
    hosted = scene.many(PARIS, "chef", guests)
    scene.settle()
    commits = [
        {"action": "reinforcement.commit", "dossier": done["dossier"], "coded": {"offer": done["entry"]}} for done in (*given, *hosted)
    ]
    scene.many(PARIS, "chef", commits)
    scene.settle()
    sent = ((RABAT, given), (PARIS, hosted))
    _stand(scene, sent, "operational", BEGINS + 8 * HOUR)
    return sent


def _stand(scene: Scene, sent: Sent, status: str, at: int) -> None:
    """Every sender reports how its people stand."""
    for code, taken in sent:
        coded = [{"offer": done["entry"], "status": status, "at": at} for done in taken]
        scene.many(
            code,
            "chef",
            [
                {"action": "reinforcement.status", "dossier": done["dossier"], "coded": each}
                for done, each in zip(taken, coded, strict=True)
            ],
        )
    scene.settle()


def _report(scene: Scene, event: str) -> None:
    """The situation report of a day, with the figures as they are counted: nobody types one."""
    starts = BEGINS + REPORTED * DAY
    counted = scene.call(PARIS, "situation", {"officer": "chef", "event": event, "starts": starts, "ends": starts + DAY})
    words = drafted(counted)
    paper = {
        "action": "situation_report.issue",
        "title": "Point de situation n° 1",
        "language": "fr",
        "coded": {
            "event": event,
            "type": "situation_report",
            "number": 1,
            "starts": starts,
            "ends": starts + DAY,
            "level": "moderate",
            "confidence": "high",
            "figures": [{"figure": code, "count": count} for code, count in counted["figures"].items()],
            "languages": ["ar", "en", "fr"],
        },
        "detail": {
            "sections": [
                {"section": section, "language": language, "text": f"{text} [{MARK[language]}]"}
                for (section, language), text in words.items()
                if text
            ]
        },
    }
    scene.act(PARIS, "chef", "report", paper)


def _afterwards(scene: Scene, event: str) -> None:
    scene.act(PARIS, "chef", "closed", {"action": "major_event.close", "dossier": event})
    marks = {PARIS: (4, "Coordination fluide ; traduire les consignes plus tôt.", "fr"), RABAT: (5, "تنسيق جيد واستقبال لائق.", "ar")}
    for code, (mark, text, language) in marks.items():
        coded = {"marks": [{"criterion": "coordination", "mark": mark}, {"criterion": "reinforcements", "mark": 5}]}
        judged = {
            "action": "major_event.evaluate",
            "dossier": event,
            "coded": coded,
            "text": f"{text} [{MARK[language]}]",
            "language": language,
        }
        scene.act(code, "chef", f"judged by {code}", judged)


def _hand_over(scene: Scene, event: str) -> None:
    """The host of 2024 hands its event over to a host of 2030, as a file; what the host may pass on of it, and no word on persons."""
    file = scene.directories[AgencyCode(PARIS)].parent / "games-2024.amana-pack"
    made = scene.call(PARIS, "pack_make", {"officer": "chef", "case": event, "to": RABAT, "file": str(file)})
    taken = scene.call(RABAT, "pack_add", {"officer": "chef", "file": str(file)})
    scene.expect("the pack that was brought in", made["pack"], taken["pack"])
    scene.tell(
        "The host of 2024, {host}, hands the event over to {receiver} as one file: {entries} entries, each with its proof, and no word "
        "that may speak of persons.",
        host=PARIS,
        receiver=RABAT,
        entries=taken["entries"],
    )


def _brief(scene: Scene, event: str, midnight: int) -> None:
    """The centre, and its briefings of today and tomorrow at 09:30 and 11:30."""
    centre = {
        "action": "major_event.venue",
        "dossier": event,
        "title": "مركز التعاون",
        "language": "ar",
        "coded": {"type": "command_post", "latitude": 3_400_000, "longitude": -680_000, "capacity": 60},
        "detail": {"fr": "Centre de coopération", "en": "Cooperation centre"},
    }
    venue = scene.many(RABAT, "chef", [centre])[0]["entry"]
    at = [midnight + day * DAY + start for day in (0, 1) for start in (9 * HOUR + 30 * MINUTE, 11 * HOUR + 30 * MINUTE)]
    briefing = {"action": "major_event.session", "dossier": event, "title": "إحاطة", "language": "ar"}
    planned = [briefing | {"coded": {"venue": venue, "type": "briefing", "starts": one, "ends": one + 30 * MINUTE}} for one in at]
    scene.many(RABAT, "chef", planned)


def _exercise(scene: Scene) -> None:
    """A day of an exercise in Rabat that is under way: open incidents, a gap in the rota, a wall that lives."""
    now = scene.now()
    midnight = (now + HOUR) // DAY * DAY - HOUR  # in Rabat
    coded = {"starts": midnight - DAY, "ends": midnight + 3 * DAY - MINUTE, "zone": "Africa/Casablanca", "exercise": True}
    paper = {
        "action": "major_event.announce",
        "to": [LEVALLOIS, PARIS, TEMARA],
        "title": "تمرين 2030: مركز التعاون الدولي",
        "language": "ar",
        "text": f"تمرين تحضيري. [{MARK['ar']}]",
        "coded": coded,
        "detail": {"fr": "Exercice 2030 : centre de coopération", "en": "Exercise 2030: cooperation centre"},
    }
    event = scene.act(RABAT, "chef", "exercise", paper).dossier.hex()
    shape = Shape(begins=midnight, days=1, lines=40, sessions=6)
    placed = [done["entry"] for done in scene.many(RABAT, "chef", volumes.venues(event))]
    scene.many(RABAT, "chef", [*volumes.sessions(event, placed, shape, SEED), *volumes.risks(event, placed, shape, SEED)])
    _brief(scene, event, midnight)
    day = {"action": "event_day.open", "title": "اليوم الأول", "language": "ar", "coded": {"event": event, "day": midnight}}
    opened = scene.act(RABAT, "chef", "exercise_day", day).dossier.hex()
    shifts = scene.many(RABAT, "chef", _planned(opened, midnight))
    leader = {"action": "event_day.duty", "dossier": opened, "coded": {"shift": shifts[0]["entry"], "members": 1, "state": "present"}}
    scene.act(RABAT, "liaison", "exercise_duty", leader)
    written = volumes.lines(opened, midnight, placed, shape, SEED)  # what would be later today was written just now
    scene.many(RABAT, "liaison", [one | {"coded": one["coded"] | {"at": min(one["coded"]["at"], now)}} for one in written])
    reports = [volumes.incident(event, now - number * 23 * MINUTE, placed, [RABAT, PARIS], number, SEED) for number in range(4)]
    made = scene.many(RABAT, "liaison", reports)
    scene.settle()
    taken = next((done["dossier"] for done, report in zip(made, reports, strict=True) if report["coded"]["desks"] == [PARIS]), "")
    if taken:
        scene.many(PARIS, "liaison", [{"action": "event_incident.take", "dossier": taken}])
    scene.settle()
    scene.tell(
        "Then an exercise for 2030, hosted by Rabat, under way now: every page of it says that it is one. Open its "
        "situation, or the board for the wall."
    )
