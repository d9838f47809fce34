# SPDX-License-Identifier: EUPL-1.2
"""From the strings of a submitted form to the plain values that an action takes, with a refusal for each field that is wrong.

The names of fields inside others are joined with dots, list places are numbers ("articles.0.number"). What is left
empty is left out, so that defaults and what the node fills in apply. Nothing here is taken for checked: `from_plain`
looks at the whole again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import IntEnum
from typing import Any

from amana.dossiers.shared.forms import DEGREES, Field
from amana.dossiers.shared.items import ASCII_DIGITS
from amana.dossiers.shared.vocabulary import DAY, HOUR
from amana.protocol.errors import Refusal

MINUTE = 60_000
Submitted = Mapping[str, Sequence[str]]
_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPAN = re.compile(r"(\d{1,4})\s*([mhd]?)")
_UNITS = {"m": MINUTE, "h": HOUR, "": HOUR, "d": DAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """What is wrong with one field; `field` is its full name in the form."""

    field: str
    refusal: Refusal


@dataclass(slots=True, kw_only=True)
class Filled:
    """What a form said: plain values for `coded`, `detail` or an item's `value`, and what is wrong with which field."""

    plain: dict[str, Any] = field(default_factory=dict)
    faults: list[FieldFault] = field(default_factory=list)


def plain_from_fields(
    fields: Sequence[Field], submitted: Submitted, *, prefix: str = "", filled_in: Collection[str] = (), zone: tzinfo = UTC
) -> Filled:
    """The plain values of `fields` as `submitted` says them under names that begin with `prefix`.

    `filled_in`: required fields that may stay empty, because the node fills them in. Moments are in `zone`. Raises nothing.
    """
    filled = Filled()
    for one in fields:
        name = f"{prefix}{one.name}"
        try:
            value = _value(one, name, submitted, filled, zone)
        except Refusal as refusal:
            filled.faults.append(FieldFault(field=name, refusal=refusal))
            continue
        if value is not None:
            filled.plain[one.name] = value
        elif one.required and one.name not in filled_in:
            filled.faults.append(FieldFault(field=name, refusal=Refusal("field_needed")))
    return filled


def _value(one: Field, name: str, submitted: Submitted, filled: Filled, zone: tzinfo) -> Any:
    """The field's plain value, None where nothing was said. Raises Refusal."""
    if one.kind == "part":
        return _parts(one, name, submitted, filled, zone)
    said = list(_said(one, submitted.get(name, ())))
    if one.kind == "flag":
        return any(text not in ("false", "0", "off") for text in said) or None
    if not said:
        return None
    read = _READING.get(one.kind, _text)
    values = [read(one, text, zone) for text in said]
    if not one.many:
        return values[-1]
    if len(values) > one.many:
        raise Refusal("field_too_many", most=one.many)
    return list(dict.fromkeys(values))


def _said(one: Field, given: Sequence[str]) -> Iterator[str]:
    """What was said, without the space and the invisible marks around it; a list may stand in one box, a line each."""
    for text in given:
        for line in text.splitlines() if one.many else [text]:
            bare = _MARKS.sub("", line).strip()
            if bare:
                yield line.strip() if one.kind in ("text", "long_text") else bare


def _parts(one: Field, name: str, submitted: Submitted, filled: Filled, zone: tzinfo) -> Any:
    """A value with parts, or a list of such; parts of which nothing was said are none."""
    if not one.many:
        return _part(one, f"{name}.", submitted, filled, zone)
    begins = re.compile(re.escape(name) + r"\.(\d{1,4})\.")
    places = sorted({int(match[1]) for key in submitted if (match := begins.match(key))})
    if len(places) > one.many:
        raise Refusal("field_too_many", most=one.many)
    found = [_part(one, f"{name}.{place}.", submitted, filled, zone) for place in places]
    return [part for part in found if part is not None] or None


def _part(one: Field, prefix: str, submitted: Submitted, filled: Filled, zone: tzinfo) -> dict[str, Any] | None:
    inner = plain_from_fields(one.parts, submitted, prefix=prefix, zone=zone)
    said = any(key.startswith(prefix) and any(text.strip() for text in texts) for key, texts in submitted.items())
    if not said:
        return None
    filled.faults += inner.faults
    return inner.plain


def _text(one: Field, text: str, _zone: tzinfo) -> str:
    if one.max_length and len(text) > one.max_length:
        raise Refusal("field_too_long", most=one.max_length)
    if len(text) < one.min_length or (one.pattern and re.search(one.pattern, text) is None):
        raise Refusal("field_bad_form")
    return text


def _choice(one: Field, text: str, _zone: tzinfo) -> str | int:
    if text not in one.choices:
        raise Refusal("field_not_in_list")
    return int(text) if one.enum is not None and issubclass(one.enum, IntEnum) else text


def _country(one: Field, text: str, _zone: tzinfo) -> str:
    code = text.upper()
    if re.search(one.pattern, code) is None:
        raise Refusal("field_bad_country")
    return code


def _language(one: Field, text: str, _zone: tzinfo) -> str:
    if re.search(one.pattern, text) is None:
        raise Refusal("field_not_in_list")
    return text


def _part_date(_one: Field, text: str, _zone: tzinfo) -> str:
    """A year, a month or a day that there is: 1986, 1986-03, 1986-03-12, 12/03/1986, 03/1986."""
    plain = text.translate(ASCII_DIGITS)
    match = re.fullmatch(r"(?:(?P<day>\d{1,2})[/.\-])?(?P<month>\d{1,2})[/.\-](?P<year>\d{4})", plain)
    if match:
        plain = "-".join(part.zfill(2) for part in (match["year"], match["month"], match["day"]) if part)
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", plain) is None:
        raise Refusal("field_bad_date")
    try:
        datetime.fromisoformat(plain + "-01-01"[len(plain) - 4 :])
    except ValueError as error:
        raise Refusal("field_bad_date") from error
    return plain


def _moment(_one: Field, text: str, zone: tzinfo) -> int:
    """A day, or a day and a time of day, as browsers' date fields send them."""
    try:
        said = datetime.fromisoformat(text.translate(ASCII_DIGITS))
        moment = int((said if said.tzinfo else said.replace(tzinfo=zone)).timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise Refusal("field_bad_date") from error
    if moment < 0:
        raise Refusal("field_bad_date")
    return moment


def _span(one: Field, text: str, _zone: tzinfo) -> int:
    """Hours, or minutes, hours, days with their letter: 8, 8h, 3d, 30m."""
    match = _SPAN.fullmatch(text.translate(ASCII_DIGITS).casefold())
    if match is None:
        raise Refusal("field_bad_span")
    span = int(match[1]) * _UNITS[match[2]]
    if not (one.least or 0) <= span <= (one.most or span):
        raise Refusal("field_bad_span")
    return span


def _number(one: Field, text: str, _zone: tzinfo) -> int:
    return _bounded(one, text, 1)


def _degrees(one: Field, text: str, _zone: tzinfo) -> int:
    return _bounded(one, text.replace(",", ".").replace("٫", "."), DEGREES[one.most or 0])


def _bounded(one: Field, text: str, scale: int) -> int:
    try:
        number = Decimal(text.translate(ASCII_DIGITS)) * scale
    except ArithmeticError as error:
        raise Refusal("field_bad_number") from error
    least = one.least if one.least is not None else 0
    most = one.most if one.most is not None else 2**53
    if not number.is_finite() or not least <= number <= most or (scale == 1 and number != int(number)):
        raise Refusal("field_bad_number")
    return int(number.to_integral_value())


def _agency(one: Field, text: str, _zone: tzinfo) -> str:
    if len(text) > one.max_length or re.search(one.pattern, text) is None:
        raise Refusal("field_not_in_list")
    return text


def _reference(_one: Field, text: str, _zone: tzinfo) -> str:
    if re.fullmatch(r"[0-9a-f]{64}", text) is None:
        raise Refusal("field_bad_reference")
    return text


_READING: Mapping[str, Callable[[Field, str, tzinfo], Any]] = {
    "choice": _choice,
    "country": _country,
    "language": _language,
    "part_date": _part_date,
    "moment": _moment,
    "span": _span,
    "number": _number,
    "degrees": _degrees,
    "agency": _agency,
    "reference": _reference,
    "fingerprint": _reference,
}
