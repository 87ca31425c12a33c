"""Numbers: read from digits and words, known by their value and by what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * (index + 2)
    for index, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "crore": 1e7, "lakh": 1e5}
_DIGITS = re.compile(r"\d")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ORDINAL = re.compile(r"st|nd|rd|th")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number of a text.

    Parameters
    ----------
    value : float
        "1.5 million" is 1500000.0.
    first_token, last_token : int
        The tokens that spell it, half-open.
    counts : str
        The next word, lower case: what is counted, "" at the end.
    """

    value: float
    first_token: int
    last_token: int
    counts: str


def find_numbers(words: Sequence[str]) -> tuple[NumberMention, ...]:
    """Read the numbers of a text; "one" and "zero" alone are too often no number to count.

    Examples
    --------
    >>> [f.value for f in find_numbers("some 1,200 of twenty five million people".split())]
    [1200.0, 25000000.0]
    """
    found = []
    i = 0
    while i < len(words):
        value, used = _read_number(words, i)
        if used == 0 or (used == 1 and words[i] in {"one", "zero"}):
            i += max(used, 1)
            continue
        after = i + used
        if after < len(words) and _ORDINAL.fullmatch(words[after]) and words[i][0].isdigit():
            after += 1
        found.append(NumberMention(value, i, after, words[after] if after < len(words) else ""))
        i = after
    return tuple(found)


def _read_number(words: Sequence[str], i: int) -> tuple[float, int]:
    """Read the number that begins at word ``i``; gives its value and how many words it took."""
    word = words[i]
    if _DIGITS.match(word):
        value, used = _digits_value(word), 1
    elif word in _TENS:
        value, used = float(_TENS[word]), 1
        if i + 1 < len(words) and 0 < _UNITS.get(words[i + 1], 0) < 10:
            value, used = value + _UNITS[words[i + 1]], 2
    elif word in _UNITS:
        value, used = float(_UNITS[word]), 1
    else:
        return 0.0, 0
    while i + used < len(words) and words[i + used] in _SCALES:
        value, used = value * _SCALES[words[i + used]], used + 1
    return value, used


def _digits_value(word: str) -> float:
    """Read digits: grouped thousands, a decimal point or comma, a clock time as hours.minutes."""
    if _GROUPED.fullmatch(word):
        return float(word.replace(",", ""))
    whole, *rest = re.split(r"[.,:]", word)
    return float(f"{whole}.{''.join(rest) or 0}")
