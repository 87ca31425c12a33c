"""Units and currencies: what a number measures, and how one unit is turned into another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from copydesk.features.read.table import read_table

_MAX_UNIT_WORDS = 3
_SYMBOLS = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble",
    "₩": "won", "₺": "lira", "₪": "shekel", "₦": "naira", "฿": "baht", "₴": "hryvnia",
}  # fmt: skip
# "US$" is a dollar, "A$", "HK$", "S$" are others' dollars.
_PREFIX = re.compile(r"(?P<of>[A-Z]{0,3})(?P<symbol>[$€£¥₹₽₩₺₪₦฿₴]) ?$")
_WORD_PREFIX = {"rs": "rupee", "inr": "rupee", "usd": "dollar", "eur": "euro", "gbp": "pound"}
_WORD_PREFIX |= {"rmb": "yuan", "rm": "ringgit", "sfr": "franc", "chf": "franc", "rp": "rupiah"}
_FOUND_PREFIX_CHARS = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` turns an amount of it into its dimension's base unit."""

    name: str
    dimension: str
    factor: float


@cache
def _units() -> dict[tuple[str, ...], Unit]:
    units: dict[tuple[str, ...], Unit] = {}
    for name, dimension, factor, words in read_table("units"):
        unit = Unit(name, dimension, float(factor))
        units |= {tuple(word.split("-")): unit for word in words.split()}
    units["per", "cent"] = units["percent",]
    return units


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0] for words in _units())


def unit_after(words: Sequence[str], i: int) -> tuple[Unit | None, int]:
    """Read the unit that begins at word ``i``; gives it and how many words it took.

    Examples
    --------
    >>> unit, n_words = unit_after("5 square miles of".split(), 1)
    >>> unit.name, n_words
    ('sq-mile', 2)
    """
    if i < len(words) and words[i] in _first_words():
        for n_words in range(min(_MAX_UNIT_WORDS, len(words) - i), 0, -1):
            unit = _units().get(tuple(words[i : i + n_words]))
            if unit is not None:
                return unit, n_words
    return None, 0


def currency_before(text: str, position: int, word: str) -> Unit | None:
    """Read the currency that is written before a number at ``position``, after ``word``.

    Examples
    --------
    >>> currency_before("some A$5", 7, "a").name, currency_before("Rs 500", 3, "rs").name
    ('A-dollar', 'rupee')
    """
    match = _PREFIX.search(text, max(position - _FOUND_PREFIX_CHARS, 0), position)
    if match is not None:
        name = _SYMBOLS[match["symbol"]]
        of = match["of"] if name == "dollar" and match["of"] not in {"US", "U"} else ""
        return Unit(f"{of}-{name}" if of else name, "money", 1.0)
    name = _WORD_PREFIX.get(word, "")
    return Unit(name, "money", 1.0) if name else None


def percent() -> Unit:
    """Give the unit of the sign %."""
    return _units()["percent",]


def convert(amount: float, unit: Unit, other: Unit) -> float | None:
    """Turn an amount of one unit into another's; None where they measure different things.

    Money has no fixed rate and is not converted.

    Examples
    --------
    >>> feet, metres = (unit_after([word], 0)[0] for word in ("feet", "metres"))
    >>> round(convert(100, feet, metres), 2)
    30.48
    """
    if unit.dimension != other.dimension or unit.dimension == "money":
        return None
    if unit.name == other.name:
        return amount
    if unit.name == "fahrenheit":
        return (amount - 32) * unit.factor
    if other.name == "fahrenheit":
        return amount / other.factor + 32
    return amount * unit.factor / other.factor
