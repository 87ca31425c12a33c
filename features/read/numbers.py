"""Numbers: read from digits and words, known by their value and by what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from copydesk.features.read.units import Unit, currency_before, percent, unit_after

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
_SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5,
    "million": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "b": 1e9}
# Without a currency, 20m may be metres and 20k kilometres; 5b is a paragraph.
_ONLY_OF_MONEY = frozenset("b")
_AMBIGUOUS_SCALES = frozenset("mk")
_BARE_SCALES = frozenset("hundred thousand million billion trillion lakh crore dozen".split())
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_DOT_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.\d\d0")
_ORDINAL = re.compile(r"st|nd|rd|th")
_ONE_TO_THREE = re.compile(r"[1-9]\d{0,2}")
_THREE = re.compile(r"\d{3}")
_MONTHS = {
    name[:n]: name
    for name in """january february march april may june july august september october november
    december""".split()
    for n in (3, 4, len(name))
}
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_AFTER_TIMES = frozenset("a.m p.m am pm gmt est edt cet cest bst utc ist hrs".split())
_CODE = re.compile(r"[A-Z]-?$")
_HEDGES = frozenset(
    """about around approximately roughly nearly almost some over than least most up close
    estimated under below above circa only beyond exceeding least barely""".split()
)
_YEAR = re.compile(r"\d{4}")
_MIN_YEAR, _MAX_YEAR = 1500, 2100
_BEFORE_YEARS = frozenset(
    """in since of by until till from to and between during before after early late mid the a
    through year season last spring summer autumn fall winter""".split()
)
_DECADES = frozenset(float(decade) for decade in range(20, 100, 10))
_CENTURY = 1900


class NumberKind(StrEnum):
    """What a number is."""

    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    YEAR = "year"
    CODE = "code"


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
        The next word, lower case: what is counted, "" at the end; of a day, its month.
    kind : NumberKind
        An amount, the day of a date, a time of day, a year, or part of a code such as F-16.
    unit : Unit, optional
        What it measures, or the currency.
    unit_last_token : int
        Where the words of a unit behind it end; 0 where there are none.
    other_value : float, optional
        What the same figures say in another country: "500.000" is 500000 or 500.
    is_hedged : bool
        Whether "about", "nearly", "more than" or the like is before it.
    """

    value: float
    first_token: int
    last_token: int
    counts: str
    kind: NumberKind = NumberKind.AMOUNT
    unit: Unit | None = None
    unit_last_token: int = 0
    other_value: float | None = None
    is_hedged: bool = False


def find_numbers(
    words: Sequence[str], text: str = "", starts: Sequence[int] = ()
) -> tuple[NumberMention, ...]:
    """Read the numbers of a text; "one" and "zero" alone are too often no number to count.

    Parameters
    ----------
    words : sequence of str
        The text's tokens in lower case.
    text : str
        The text, for the signs between and beside its tokens.
    starts : sequence of int
        Where in the text each token begins.

    Examples
    --------
    >>> [f.value for f in find_numbers("some 1,200 of twenty five million people".split())]
    [1200.0, 25000000.0]
    """
    openers = {word for word in set(words) if word[0].isdigit() or word in _STARTS}
    reader = _Reader(words, text, starts)
    found: list[NumberMention] = []
    end = 0
    for i in [i for i, word in enumerate(words) if word in openers]:
        if i < end or (words[i] == "a" and words[i + 1 : i + 2] and words[i + 1] not in _AFTER_A):
            continue
        mention = reader.read(i)
        if mention is None:
            continue
        end = mention.last_token
        if not (end == i + 1 and words[i] in {"one", "zero"}):
            if found:
                found[-1] = reader.share_scale(found[-1], mention)
            found.append(mention)
    return tuple(found)


_STARTS = frozenset({*_UNITS, *_TENS, "a", "half", "hundred", "thousand", "quarter"})
_AFTER_A = _BARE_SCALES | {"half", "quarter", "a", "an"}


class _Reader:
    """Reads one number at a time off a text's tokens."""

    def __init__(self, words: Sequence[str], text: str, starts: Sequence[int]) -> None:
        self._words = tuple(words)
        self._text = text
        self._starts = starts

    def read(self, i: int) -> NumberMention | None:
        """Read the number that begins at word ``i``; None where none does."""
        words = self._words
        other: float | None = None
        if words[i][0].isdigit():
            value, other, after = self._digits(i)
        else:
            value, after = _spelled(words, i)
            if after == i:
                return None
        start = self._starts[i] if self._starts else 0
        before = words[i - 1] if i else ""
        unit = currency_before(self._text, start, before) if self._starts else None
        value, other, after = self._scaled(value, other, after, unit)
        next_word = words[after] if after < len(words) else ""
        if _ORDINAL.fullmatch(next_word) and words[i][0].isdigit():
            after += 1
            next_word = words[after] if after < len(words) else ""
        month = self._month(i, after)
        if month and value <= 31:
            return NumberMention(value, i, after, month, NumberKind.DATE)
        if _CLOCK.fullmatch(words[i]) and (":" in words[i] or self._is_time(after)):
            return NumberMention(value, i, after, next_word, NumberKind.TIME)
        unit_end = after
        if unit is None:
            unit, unit_end = self._unit(after)
        counts = unit.name if unit is not None and unit.dimension == "%" else next_word
        kind = NumberKind.AMOUNT
        if self._starts and _CODE.search(self._text, max(start - 3, 0), start):
            return NumberMention(value, i, after, counts, NumberKind.CODE)
        if unit is None and (before in _BEFORE_YEARS or before in _MONTHS):
            year = _MIN_YEAR <= value <= _MAX_YEAR and _YEAR.fullmatch(words[i])
            kind = NumberKind.YEAR if year else kind
        if next_word == "s" and value in _DECADES:
            other = _CENTURY + value
        hedged = any(word in _HEDGES for word in words[max(i - 2, 0) : i])
        unit_end = unit_end if unit_end > after else 0
        return NumberMention(value, i, after, counts, kind, unit, unit_end, other, hedged)

    def share_scale(self, first: NumberMention, second: NumberMention) -> NumberMention:
        """Give the first of "325 to 340 million" the scale of the second as another value."""
        between = self._words[first.last_token : second.first_token]
        if first.other_value is not None or between not in _RANGES:
            return first
        last_word = self._words[second.last_token - 1]
        scale = _SCALES.get(last_word) or _SHORT_SCALES.get(last_word, 0.0)
        scaled = first.value * scale
        return replace(first, other_value=scaled) if first.value < scaled <= second.value else first

    def _gap(self, i: int) -> str:
        """Give what stands between word ``i`` and the one before it."""
        return self._text[self._end(i - 1) : self._starts[i]] if self._starts else " "

    def _end(self, i: int) -> int:
        return self._starts[i] + len(self._words[i])

    def _digits(self, i: int) -> tuple[float, float | None, int]:
        words = self._words
        digits, after = words[i], i + 1
        if _ONE_TO_THREE.fullmatch(digits) and not (i and words[i - 1] in _MONTHS):
            while after < len(words) and _THREE.fullmatch(words[after]):
                if self._gap(after) not in {" ", "'"} or self._is_compound(after):
                    break
                digits += words[after]
                after += 1
        scaled = after < len(words) and words[after] in _SCALES
        if _GROUPED.fullmatch(digits):
            one_comma = scaled and digits.count(",") == 1 and "." not in digits
            decimal = float(digits.replace(",", ".")) if one_comma else None
            return float(digits.replace(",", "")), decimal, after
        if _DOT_GROUPED.fullmatch(digits) and not scaled:
            value = float(digits.replace(".", ""))
            decimal = float(digits) if digits.count(".") == 1 else None
            return value, decimal, after
        whole, *rest = re.split(r"[.,:]", digits)
        value = float(f"{whole}.{''.join(rest) or 0}")
        grouped = len(rest) == 1 and len(rest[0]) == 3 and "." in digits
        return value, float(whole + rest[0]) if grouped else None, after

    def _is_compound(self, i: int) -> bool:
        """Whether word ``i`` is tied to the next: of "84 500-pound bombs" there are 84."""
        end = self._end(i) if self._starts else 0
        return re.fullmatch(r"-[^\W\d]", self._text[end : end + 2]) is not None

    def _scaled(
        self, value: float, other: float | None, after: int, unit: Unit | None
    ) -> tuple[float, float | None, int]:
        """Take in the scales behind a number: million, bn, k."""
        words = self._words
        while after < len(words):
            word = words[after]
            scale = _SCALES.get(word)
            if scale is None:
                scale = _SHORT_SCALES.get(word)
                if scale is None or (word in _ONLY_OF_MONEY and unit is None):
                    break
                if unit is None and other is None and word in _AMBIGUOUS_SCALES:
                    other = value / scale
            value *= scale
            other = None if other is None else other * scale
            after += 1
        return value, other, after

    def _month(self, i: int, after: int) -> str:
        words = self._words
        if not words[i][0].isdigit():
            return ""
        if i and words[i - 1] in _MONTHS:
            return _MONTHS[words[i - 1]]
        at = after + 1 if words[after : after + 1] == ("of",) else after
        return _MONTHS.get(words[at], "") if at < len(words) else ""

    def _is_time(self, after: int) -> bool:
        words = self._words
        following = words[after] if after < len(words) else ""
        return following in _AFTER_TIMES or words[after : after + 2] in _HALVES

    def _unit(self, after: int) -> tuple[Unit | None, int]:
        if self._starts:
            end = self._end(after - 1)
            if self._text[end : end + 2].lstrip()[:1] == "%":
                return percent(), after
        unit, n_words = unit_after(self._words, after)
        return unit, after + n_words


_RANGES = frozenset({(), ("to",), ("and",), ("or",), ("-",)})
_HALVES = frozenset({("a", "m"), ("p", "m")})


def _spelled(words: tuple[str, ...], i: int) -> tuple[float, int]:
    """Read a number in words; gives its value and where it ends, ``i`` where none begins."""
    first = words[i]
    if first in {"a", "half", "quarter"}:
        return _part_of_scale(words, i)
    total = current = 0.0
    at = i
    least = 1e15  # what may still follow is smaller than what was last read
    while at < len(words):
        word = words[at]
        if word == "and":
            if at == i or least < 100 or not _joins(words, at + 1, least):
                break
            at += 1
            continue
        if word in _TENS and least > 20:
            current, least = current + _TENS[word], 10.0
        elif word in _UNITS and (least > 20 or (least == 10 and 0 < _UNITS[word] < 10)):
            current, least = current + _UNITS[word], 1.0
        elif word == "hundred" and (0 < current < 100 or at == i):
            current, least = max(current, 1.0) * 100, 100.0
        elif word in _BARE_SCALES and word != "hundred" and (current or at == i):
            total += max(current, 1.0) * _SCALES[word]
            current, least = 0.0, _SCALES[word]
        else:
            break
        at += 1
    value = total + current
    if at == i:
        return 0.0, i
    return _with_fraction(words, value, at)


def _joins(words: tuple[str, ...], i: int, least: float) -> bool:
    """Whether what follows an "and" at word ``i`` goes on with a number: and twenty, and a half."""
    if i >= len(words) or not (words[i] in _TENS or _UNITS.get(words[i], 0) > 0):
        return False
    after = i + 1
    if words[i] in _TENS and after < len(words) and 0 < _UNITS.get(words[after], 0) < 10:
        after += 1
    scale = _SCALES.get(words[after], 0.0) if after < len(words) else 0.0
    return scale < least or least == 100


def _with_fraction(words: tuple[str, ...], value: float, at: int) -> tuple[float, int]:
    """Take in "point six" and "and a half", of a million where that was the last word."""
    if words[at : at + 3] == ("and", "a", "half"):
        return value + 0.5 * _SCALES.get(words[at - 1], 1.0), at + 3
    if words[at : at + 1] == ("point",):
        digits = ""
        end = at + 1
        while end < len(words) and 0 <= _UNITS.get(words[end], -1) < 10:
            digits += str(_UNITS[words[end]])
            end += 1
        if digits:
            return float(f"{value:.0f}.{digits}"), end
    return value, at


def _part_of_scale(words: tuple[str, ...], i: int) -> tuple[float, int]:
    """Read "a hundred", "half a million", "a dozen", "quarter of a million"; else nothing."""
    parts = {"half": 0.5, "quarter": 0.25}
    at, part = i, 1.0
    if words[at] == "a" and at + 1 < len(words) and words[at + 1] in parts:
        at += 1
    if words[at] in parts:
        part = parts[words[at]]
        at += 1
        if words[at : at + 1] == ("of",):
            at += 1
    if at < len(words) and words[at] in {"a", "an"}:
        at += 1
    if at < len(words) and words[at] in _BARE_SCALES and at > i:
        value, end = part * _SCALES[words[at]], at + 1
        if words[at] == "hundred" or words[at] == "thousand":
            rest, rest_end = _tail(words, end, _SCALES[words[at]])
            return value + rest, rest_end
        return value, end
    return 0.0, i


def _tail(words: tuple[str, ...], at: int, scale: float) -> tuple[float, int]:
    """Read what follows "a hundred": "and twenty", "thousand" is left to the scales."""
    if words[at : at + 1] == ("and",) and _joins(words, at + 1, scale):
        value, end = _spelled(words, at + 1)
        return (value, end) if value < scale else (0.0, at)
    return 0.0, at
