# SPDX-License-Identifier: EUPL-1.2
"""Amounts as people read them: grams from one thousand on in kilograms, money with two decimals and its currency."""

from __future__ import annotations

from amana.phrases.bidi import Words
from amana.phrases.catalogue import tell

THIN = "\u202f"  # between thousands, in every language of the desk
THOUSAND = 1_000


def amount(language: str, unit: str, number: int, currency: str = "") -> Words:
    """An amount in a unit (`amana.dossiers.shared.operations.Unit`), money in the hundredth part of its currency."""
    match unit:
        case "gram" if number >= THOUSAND:
            return tell(language, "{number} kg", number=_decimal(language, number, 3))
        case "gram":
            return tell(language, "{number} g", number=_grouped(number))
        case "millilitre":
            return tell(language, "{number} ml", number=_grouped(number))
        case "money":
            return tell(language, "{number} {currency}", number=_decimal(language, number, 2, keep=True), currency=currency)
        case _:
            return Words(_grouped(number))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", THIN)


def _decimal(language: str, number: int, places: int, *, keep: bool = False) -> str:
    """A number that is counted in parts; without zeros at its end unless `keep`."""
    whole, rest = divmod(number, 10**places)
    digits = f"{rest:0{places}d}"
    digits = digits if keep else digits.rstrip("0")
    return f"{_grouped(whole)}{'.' if language == 'en' else ','}{digits}" if digits else _grouped(whole)
