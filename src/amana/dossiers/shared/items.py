# SPDX-License-Identifier: EUPL-1.2
"""Typed items: the structured things an entry's body speaks of, their bounds, and when two are likely the same.

An item travels as its type's code and the canonical bytes of one of these values; an unknown type is kept and shown
as not understood. `duplicate_keys` are for the warning "you may have this already", inside one node only: whether
names match across scripts is the matching layer's affair. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Protocol

from msgspec import Meta
from msgspec.structs import replace

from amana.dossiers.plain import from_plain
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import Item
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import MillisField
from amana.protocol.marking import ItemCategory

Text = Annotated[str, Meta(max_length=200)]
LongText = Annotated[str, Meta(max_length=1000)]
Needed = Annotated[str, Meta(min_length=1, max_length=200)]
Country = Annotated[str, Meta(pattern=r"^([A-Z]{2})?\Z")]  # ISO 3166-1 alpha-2
PartDate = Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?\Z")]  # a year, a month or a day
Names = Annotated[tuple[Needed, ...], Meta(max_length=20)]


class Person(Canonical, frozen=True, kw_only=True):
    """A person. Each name is written whole, in its own script; the first is the one used."""

    sex: Annotated[str, Meta(pattern=r"^([FMX])?\Z")] = ""
    born: PartDate = ""
    names: Annotated[tuple[Needed, ...], Meta(min_length=1, max_length=20)]
    aliases: Names = ()
    born_in: Text = ""
    remarks: LongText = ""
    nationalities: Annotated[tuple[Country, ...], Meta(max_length=8)] = ()


class Document(Canonical, frozen=True, kw_only=True):
    """An identity, travel, vehicle or other document."""

    kind: Annotated[str, Meta(pattern=r"^(passport|identity_card|residence_permit|visa|driving_licence|vehicle_papers|other)\Z")]
    number: Needed
    remarks: LongText = ""
    issued_by: Country = ""
    valid_until: PartDate = ""


class Vehicle(Canonical, frozen=True, kw_only=True):
    """A road vehicle; at least a plate or a chassis number is useful."""

    make: Text = ""
    color: Text = ""
    plate: Text = ""
    chassis: Annotated[str, Meta(max_length=32)] = ""
    country: Country = ""
    remarks: LongText = ""


class Phone(Canonical, frozen=True, kw_only=True):
    """A phone number or a handset."""

    imei: Annotated[str, Meta(max_length=20)] = ""
    imsi: Annotated[str, Meta(max_length=20)] = ""
    number: Annotated[str, Meta(max_length=40)] = ""
    remarks: LongText = ""


class Account(Canonical, frozen=True, kw_only=True):
    """A bank, payment, virtual-asset or online account."""

    kind: Annotated[str, Meta(pattern=r"^(bank|payment|virtual_asset|online)\Z")]
    holder: Text = ""
    number: Needed  # IBAN, wallet address, handle
    remarks: LongText = ""
    provider: Text = ""


class Place(Canonical, frozen=True, kw_only=True):
    """An address or a place; coordinates in millionths of a degree."""

    city: Text = ""
    name: Text = ""
    street: Text = ""
    country: Country = ""
    remarks: LongText = ""
    latitude: Annotated[int, Meta(ge=-90_000_000, le=90_000_000)] | None = None
    longitude: Annotated[int, Meta(ge=-180_000_000, le=180_000_000)] | None = None
    postal_code: Text = ""


class Vessel(Canonical, frozen=True, kw_only=True):
    """A ship or boat."""

    imo: Annotated[str, Meta(pattern=r"^([0-9]{7})?\Z")] = ""
    flag: Country = ""
    mmsi: Annotated[str, Meta(pattern=r"^([0-9]{9})?\Z")] = ""
    name: Text = ""
    remarks: LongText = ""
    registration: Text = ""


class Organisation(Canonical, frozen=True, kw_only=True):
    """A company, association or group."""

    name: Needed
    country: Country = ""
    remarks: LongText = ""
    registration: Text = ""


class Event(Canonical, frozen=True, kw_only=True):
    """Something that happened or will; times are UTC ms, 0 = not known."""

    ends: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    name: Needed
    place: Text = ""
    begins: MillisField = 0  # type: ignore[assignment]  # as above
    remarks: LongText = ""


class CyberObservable(Canonical, frozen=True, kw_only=True):
    """A network or file observable, by the names that the field's open formats use."""

    kind: Annotated[str, Meta(pattern=r"^(ipv4|ipv6|domain|url|email|sha256|sha1|md5|asn|mac)\Z")]
    seen: MillisField = 0  # type: ignore[assignment]  # as above
    value: Annotated[str, Meta(min_length=1, max_length=2000)]
    remarks: LongText = ""


ItemValue = Person | Document | Vehicle | Phone | Account | Place | Vessel | Organisation | Event | CyberObservable

ITEM_TYPES: Mapping[str, type[ItemValue]] = {
    "person": Person,
    "document": Document,
    "vehicle": Vehicle,
    "phone": Phone,
    "account": Account,
    "place": Place,
    "vessel": Vessel,
    "organisation": Organisation,
    "event": Event,
    "cyber_observable": CyberObservable,
}
_TYPE_CODES = {shape: code for code, shape in ITEM_TYPES.items()}


def item_type_of(value: ItemValue) -> str:
    """The code of the value's item type."""
    return _TYPE_CODES[type(value)]


def parse_item(item_type: str, value: bytes) -> ItemValue | None:
    """The value of an item, or None where this version does not know its type. Raises PeerFault on other bytes."""
    shape = ITEM_TYPES.get(item_type)
    return None if shape is None else parse(value, shape, limit=16 * 1024)


class ItemMarks(Protocol):
    """What an officer says of an item beside its value."""

    @property
    def fact(self) -> bool: ...
    @property
    def grade(self) -> str: ...
    @property
    def minor(self) -> bool: ...
    @property
    def category(self) -> str: ...


def item_from_plain(item_type: str, value: Mapping[str, Any], marks: ItemMarks) -> Item:
    """The item that plain JSON describes, normalised. Raises Refusal `unknown_item_type`, `bad_values`, `bad_item`."""
    shape = ITEM_TYPES.get(item_type)
    if shape is None:
        raise Refusal("unknown_item_type")
    try:
        category = ItemCategory(marks.category)
    except ValueError as error:
        raise Refusal("bad_item", what="category") from error
    if re.fullmatch(r"([ABCX][1-4])?", marks.grade) is None:
        raise Refusal("bad_item", what="grade")
    encoded = encode(normalised(from_plain(value, shape)))
    try:
        parse_item(item_type, encoded)  # in one form, a number may have become too long, or nothing
    except PeerFault as fault:
        raise Refusal("bad_values", what=shape.__name__, where="$") from fault
    return Item(fact=marks.fact, type=item_type, grade=marks.grade, minor=marks.minor, value=encoded, category=category)


def count_items(items: Iterable[Item]) -> list[dict[str, Any]]:
    """How many items there are of each type, as the plain `counts` of coded values."""
    return [{"type": code, "count": count} for code, count in sorted(Counter(item.type for item in items).items())]


ASCII_DIGITS = {ord(other): str(value) for zero in "٠۰" for value in range(10) for other in [chr(ord(zero) + value)]}
_SEPARATORS = re.compile(r"[\s.\-_/|()\u200e\u200f\u2066-\u2069]+")


def squeezed(text: str) -> str:
    """`text` for comparing numbers: ASCII digits, upper case, no separators and no invisible marks."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).translate(ASCII_DIGITS)).upper()


def phone_number(text: str) -> str:
    """A phone number in international form where it shows one ("00212…", "+212…"), else its digits."""
    plain = unicodedata.normalize("NFKC", text).translate(ASCII_DIGITS).strip()
    digits = re.sub(r"\D", "", plain.replace("(0)", ""))
    if plain.startswith("+"):
        return "+" + digits
    return "+" + digits[2:] if digits.startswith("00") else digits


def _name_key(name: str) -> str:
    """A name without accents, case, marks and order of its parts; scripts stay apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", plain.casefold())))


def normalised(value: ItemValue) -> ItemValue:
    """The value with its numbers in one form; nothing is added or guessed."""
    match value:
        case Phone():
            return replace(value, number=phone_number(value.number), imei=squeezed(value.imei), imsi=squeezed(value.imsi))
        case Document():
            return replace(value, number=squeezed(value.number))
        case Vehicle():
            return replace(value, chassis=squeezed(value.chassis), plate=value.plate.strip())
        case Account() if value.kind == "bank":
            return replace(value, number=squeezed(value.number))
        case CyberObservable() if value.kind != "url":
            return replace(value, value=value.value.strip().lower())
        case _:
            return value


def duplicate_keys(item: Item) -> tuple[str, ...]:
    """Keys that two items share where they likely mean the same thing; none where nothing identifies the item, or
    where this version cannot read it."""
    try:
        value = parse_item(item.type, item.value)
    except PeerFault:
        return ()
    return keys_of(value) if value is not None else ()


def keys_of(value: ItemValue) -> tuple[str, ...]:
    """The duplicate keys of a value."""
    code = item_type_of(value)
    return tuple(f"{code}:{key}" for key in _KEYS[type(value)](normalised(value)))


def _person(value: Any) -> list[str]:
    year = value.born[:4]
    return sorted({f"{_name_key(name)}:{year}" for name in (*value.names, *value.aliases)}) if year else []


def _vehicle(value: Any) -> list[str]:
    plate = [f"plate:{value.country}:{squeezed(value.plate)}"] if value.plate else []
    return plate + ([f"chassis:{value.chassis}"] if value.chassis else [])


def _phone(value: Any) -> list[str]:
    """The last nine digits identify a number whether or not its country code was written."""
    number = re.sub(r"\D", "", value.number)[-9:]
    keys = [("number", number if len(number) >= 8 else ""), ("imei", value.imei[:14]), ("imsi", value.imsi)]
    return [f"{name}:{key}" for name, key in keys if key]


def _place(value: Any) -> list[str]:
    address = [_name_key(part) for part in (value.street, value.city)]
    return [":".join([*address, value.country])] if all(address) else []


def _vessel(value: Any) -> list[str]:
    keys = [("imo", value.imo), ("mmsi", value.mmsi), ("registration", squeezed(value.registration))]
    return [f"{name}:{key}" for name, key in keys if key]


_KEYS: Mapping[type[ItemValue], Callable[[Any], list[str]]] = {
    Person: _person,
    Document: lambda value: [f"{value.issued_by}:{value.number}"],
    Vehicle: _vehicle,
    Phone: _phone,
    Account: lambda value: [f"{value.kind}:{squeezed(value.number) if value.kind == 'bank' else value.number}"],
    Place: _place,
    Vessel: _vessel,
    Organisation: lambda value: [f"{_name_key(value.name)}:{value.country}"],
    Event: lambda value: [f"{_name_key(value.name)}:{value.begins}"] if value.begins else [],
    CyberObservable: lambda value: [f"{value.kind}:{value.value}"],
}
