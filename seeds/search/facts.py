"""Facts of a text: its figures and days, hashed with the words around them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.names import CALENDAR, WEEKDAYS
from copydesk.features.read.numbers import NumberMention

Facts = NDArray[np.uint32]
"""Sorted; the upper 16 bits hash the words before and after a fact, the lower ones its value."""

_MONTH_OF = {form: name[:3] for name in CALENDAR - WEEKDAYS for form in (name, name[:3])}
_MONTH_OF["sept"] = "sep"
_DAY_WORDS = WEEKDAYS | _MONTH_OF.keys()
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class FactOverlap:
    """What two texts make of each other's facts.

    Parameters
    ----------
    n : int
        Distinct facts of the text that has fewer of them.
    n_shared : int
        Facts that both have.
    n_contradicted : int
        Places with the same words around them where the one text has this, the other that.
    """

    n: int
    n_shared: int
    n_contradicted: int


def hash_facts(words: Sequence[str], numbers: Sequence[NumberMention]) -> Facts:
    """Hash the numbers, calendar days and weekdays of a text.

    Examples
    --------
    >>> from copydesk.features.read.numbers import find_numbers
    >>> words = "On Tuesday, June 3, the index lost 142.18 points".lower().replace(",", "").split()
    >>> len(hash_facts(words, find_numbers(words)))  # Tuesday, June 3, 142.18
    3
    """
    days = _find_days(words)
    in_days = {token for _, first, last in days for token in range(first, last)}
    figures = [
        (repr(n.value), n.first_token, n.last_token)
        for n in numbers
        if n.first_token not in in_days
    ]
    return np.array(sorted({_hash_fact(words, *fact) for fact in (*days, *figures)}), np.uint32)


def compare_facts(one: Facts, other: Facts) -> FactOverlap:
    """Count facts that two texts share, and those that contradict each other.

    A fact that stands elsewhere in the other text contradicts nothing.

    Examples
    --------
    >>> fell, rose = (np.array(values, np.uint32) for values in ([0x10007, 0x20009], [0x10008]))
    >>> compare_facts(fell, rose)
    FactOverlap(n=1, n_shared=0, n_contradicted=1)
    """
    (at_one, ones), (at_other, others) = _by_place(one.tobytes()), _by_place(other.tobytes())
    n_contradicted = sum(
        at_one[place].isdisjoint(others) and at_other[place].isdisjoint(ones)
        for place in at_one.keys() & at_other.keys()
    )
    return FactOverlap(min(len(ones), len(others)), len(ones & others), n_contradicted)


def have_same_facts(one: Facts, other: Facts, least: int, share: float) -> bool:
    """Whether two texts have at least so many facts, and share such a part of them."""
    if len(one) < least or len(other) < least:
        return False
    ones, others = _by_place(one.tobytes())[1], _by_place(other.tobytes())[1]
    n = min(len(ones), len(others))
    return n >= least and len(ones & others) >= share * n


def _find_days(words: Sequence[str]) -> list[tuple[str, int, int]]:
    """Find weekdays and days of a month, with the tokens that spell them, half-open."""
    found = []
    for i in compress(count(), map(_DAY_WORDS.__contains__, words)):
        word = words[i]
        if word in WEEKDAYS:
            found.append((word, i, i + 1))
            continue
        before = i - 2 if i > 1 and words[i - 1] in _ORDINALS else i - 1
        if i + 1 < len(words) and _is_day(words[i + 1]):
            found.append((f"{_MONTH_OF[word]} {int(words[i + 1])}", i, i + 2))
        elif before >= 0 and _is_day(words[before]):
            found.append((f"{_MONTH_OF[word]} {int(words[before])}", before, i + 1))
    return found


def _is_day(word: str) -> bool:
    return len(word) <= 2 and word.isdecimal() and 0 < int(word) <= _LAST_DAY


def _hash_fact(words: Sequence[str], value: str, first: int, last: int) -> int:
    before = words[first - 1] if first else ""
    after = words[last] if last < len(words) else ""
    place = zlib.crc32(f"{before} {after}".encode("utf-8", "surrogatepass"))
    return place & 0xFFFF0000 | zlib.crc32(value.encode()) >> 16


@lru_cache(maxsize=10_000)
def _by_place(facts: bytes) -> tuple[dict[int, set[int]], set[int]]:
    """Give the values that stand in each place, and all of them."""
    at: dict[int, set[int]] = {}
    for fact in np.frombuffer(facts, np.uint32).tolist():
        at.setdefault(fact >> 16, set()).add(fact & 0xFFFF)
    return at, set().union(*at.values())
