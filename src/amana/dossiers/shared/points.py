# SPDX-License-Identifier: EUPL-1.2
"""What an operation could touch another one by: places with hours, and identifiers; and the tokens in which they are compared.

Places are compared by squares of 2/100 of a degree (about 2.2 km from south to north) and by whole hours in UTC: a point has a
token for each square that its circle touches in each of its hours. Identifiers are compared in the form of items. A token is
SHA-256 over a label and the canonical encoding of kind and value. Points are private: they never leave their node.
Spec: spec/kinds/deconfliction.md.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

from msgspec import Meta

from amana.dossiers.shared.events import LatitudeField, LongitudeField
from amana.dossiers.shared.items import Account, Country, Document, ItemValue, Phone, Vehicle, keys_of
from amana.dossiers.shared.operations import PointKind
from amana.dossiers.shared.vocabulary import HOUR
from amana.protocol.canonical import Canonical, encode
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import MillisField

LABEL: Final = b"amana/deconfliction/v1\0"
SQUARE: Final = 2_000  # of 1/100,000 of a degree
DEGREE_METRES: Final = 111_320  # of a degree from south to north
MAX_RADIUS, MAX_HOURS, MAX_POINTS = 5_000, 72, 100  # metres; of one point; of one annex


class Point(Canonical, frozen=True, kw_only=True):
    """One point. `label`: what it is called here, such as the number of an own case; `value`: the identifier."""

    ends: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    kind: PointKind
    label: Annotated[str, Meta(max_length=120)] = ""
    value: Annotated[str, Meta(max_length=80)] = ""
    radius: Annotated[int, Meta(ge=0, le=MAX_RADIUS)] = 0  # metres
    starts: MillisField = 0  # type: ignore[assignment]  # as above
    country: Country = ""
    latitude: LatitudeField = 0
    longitude: LongitudeField = 0


class Compared(Canonical, frozen=True, kw_only=True):
    """What a token is taken of."""

    kind: PointKind
    value: Annotated[str, Meta(max_length=200)]


def tokens_of(points: Iterable[Point]) -> dict[bytes, tuple[int, ...]]:
    """The tokens of points, each with the places of the points that have it. Raises Refusal `bad_point` with the place."""
    found: dict[bytes, list[int]] = {}
    for place, point in enumerate(points):
        for value in values_of(point, place):
            token = hashlib.sha256(LABEL + encode(Compared(kind=point.kind, value=value))).digest()
            found.setdefault(token, []).append(place)
    return {token: tuple(places) for token, places in found.items()}


def values_of(point: Point, place: int = 0) -> frozenset[str]:
    """What of a point is compared. Raises Refusal `bad_point` where nothing of it can be."""
    found = frozenset(_hours_and_squares(point, place) if point.kind is PointKind.PLACE_AND_TIME else _keys(point))
    if not found:
        raise Refusal("bad_point", number=place + 1)
    return found


def _keys(point: Point) -> tuple[str, ...]:
    value: ItemValue
    match point.kind:
        case PointKind.PHONE:
            value = Phone(number=point.value)
        case PointKind.VEHICLE:
            value = Vehicle(plate=point.value, country=point.country)
        case PointKind.DOCUMENT if point.value:
            value = Document(kind="other", number=point.value, issued_by=point.country)
        case PointKind.ACCOUNT if point.value:
            value = Account(kind="bank", number=point.value)
        case _:
            return ()
    return keys_of(value)


def _hours_and_squares(point: Point, place: int) -> Iterator[str]:
    first, last = point.starts // HOUR, (point.ends - 1) // HOUR
    if not 0 <= last - first < MAX_HOURS:
        raise Refusal("bad_point", number=place + 1)
    for south, west in _squares(point):
        for hour in range(first, last + 1):
            yield f"{hour}:{south}:{west}"


def _squares(point: Point) -> Iterator[tuple[int, int]]:
    """The squares that the circle around a place touches, by their south-west corners."""
    north = point.radius * 100_000 // DEGREE_METRES
    narrow = max(0.1, math.cos(math.radians(point.latitude / 100_000)))
    east = round(north / narrow)
    for south in range((point.latitude - north) // SQUARE, (point.latitude + north) // SQUARE + 1):
        for west in range((point.longitude - east) // SQUARE, (point.longitude + east) // SQUARE + 1):
            if _touches(point, south * SQUARE, west * SQUARE, narrow):
                yield south, west


def _touches(point: Point, south: int, west: int, narrow: float) -> bool:  # bool: geometry
    nearest_latitude = min(max(point.latitude, south), south + SQUARE)
    nearest_longitude = min(max(point.longitude, west), west + SQUARE)
    away = math.hypot(nearest_latitude - point.latitude, (nearest_longitude - point.longitude) * narrow)
    return away * DEGREE_METRES / 100_000 <= point.radius
