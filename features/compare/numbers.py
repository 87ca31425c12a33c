"""Numbers compared: those restated in another house's style, and those that were changed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from copydesk.features.compare.alignment import Alignment, SentenceFate
from copydesk.features.compare.variants import word_keys
from copydesk.features.read.document import Document
from copydesk.features.read.lexicon import FUNCTION_WORDS, is_content_word, stem
from copydesk.features.read.numbers import NumberKind, NumberMention
from copydesk.features.read.units import Unit, convert

_CONTEXT_TOKENS = 6
# What is counted is named by the unit or the noun; where that is a common one, more of what
# stands around it must be the same for two numbers to be one.
_SHARED_CONTEXT = 2
_SHARED_CONTEXT_OF_VAGUE = 3
_VAGUE = (
    frozenset(
        """people person year years percent month months day days week weeks hour hours minutes
        times points yard yards new additional men women""".split()
    )
    | FUNCTION_WORDS
)
# "33 other cities" depends on how many were named.
_RELATIVE = frozenset("other others more further additional".split())
_OF_THE_PAGE = frozenset("published updated posted modified".split())
_LEAST_RECALL = 0.4
_HEDGED_ERROR = 0.06
_BOTH_HEDGED_ERROR = 0.12
_CONVERTED_ERROR = 0.03
_MIN_DIGITS_ROUNDED = 3
# "More than a dozen" may be 18, "about a dozen" ten.
_DOZEN, _LEAST_DOZEN = 12, 10
# 99,541 for 99,541.98: the pence are cut off, not rounded.
_MIN_CUT_OFF = 100


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A number of the article that stands where the source has another."""

    number: NumberMention
    source_number: NumberMention


@dataclass(frozen=True, slots=True)
class NumberMatches:
    """What became of the source's numbers in aligned sentences.

    ``restated`` are the same in another form, rounded or in another unit; ``changed`` are not.
    """

    restated: tuple[ChangedNumber, ...]
    changed: tuple[ChangedNumber, ...]


def match_numbers(article: Document, source: Document, alignment: Alignment) -> NumberMatches:
    """Pair the numbers of aligned sentences.

    A number changed only where the article has nowhere the source's value, the source has
    nowhere the article's, both count the same thing, and what stands around them is the same.
    """
    article_values = _values(article.numbers)
    source_values = _values(source.numbers)
    restated: list[ChangedNumber] = []
    unmatched: list[tuple[NumberMention, list[NumberMention]]] = []
    for number in article.numbers:
        link = alignment.links[article.sentence_of_token(number.first_token)]
        if not link.is_aligned:
            continue
        stretch = source.tokens_of(link.source_first, link.source_last)
        others = [n for n in source.numbers if stretch.start <= n.first_token < stretch.stop]
        same = [other for other in others if is_same_amount(number, other)]
        if same:
            nearest = min(same, key=lambda other: abs(other.value - number.value))
            restated.append(ChangedNumber(number, nearest))
        elif link.recall < _LEAST_RECALL:
            continue  # another sentence about the same, with figures of its own
        elif number.kind is NumberKind.DATE and link.fate is SentenceFate.REWORDED:
            continue  # an event has many days: another sentence may be about another
        elif source_values.isdisjoint(_values([number])):
            rest = [
                other
                for other in others
                if article_values.isdisjoint(_values([other]))
                and not _has_unit_of(number, other, others)
            ]
            unmatched.append((number, rest))
    taken = {match.source_number.first_token for match in restated}
    changed: list[ChangedNumber] = []
    for number, rest in unmatched:
        candidates = [
            (shared, -other.first_token, other)
            for other in rest
            if other.first_token not in taken
            and (shared := _shared_context(article, source, number, other)) is not None
        ]
        if candidates:
            best = max(candidates, key=lambda candidate: candidate[:2])[2]
            taken.add(best.first_token)
            pairs = restated if _are_two_currencies(number, best) else changed
            pairs.append(ChangedNumber(number, best))
    return NumberMatches(tuple(restated), tuple(changed))


def in_source_values(article: Document, restated: Iterable[ChangedNumber]) -> Document:
    """Give the article with numbers that were rounded or converted at the source's values."""
    values = {
        match.number.first_token: match.source_number.value
        for match in restated
        if match.number.value != match.source_number.value
    }
    if not values:
        return article
    numbers = (
        replace(number, value=values.get(number.first_token, number.value))
        for number in article.numbers
    )
    return replace(article, numbers=tuple(numbers))


def is_same_amount(one: NumberMention, other: NumberMention) -> bool:
    """Say whether two numbers are one in two houses' styles.

    They are where the figures are the same, where one is the other rounded (the rounder one
    hedged, or the other one exact), or where one is the other in another unit.

    Examples
    --------
    >>> from copydesk.features.read.numbers import find_numbers
    >>> [a], [b] = find_numbers(["about", "2,000"]), find_numbers(["1,987"])
    >>> is_same_amount(a, b)
    True
    """
    if one.value == other.value or not _values([one]).isdisjoint(_values([other])):
        return True
    if one.kind is NumberKind.TIME is other.kind:
        return math.isclose(one.value % 12, other.value % 12)
    if one.kind is not other.kind or one.kind is not NumberKind.AMOUNT:
        kinds = {one.kind, other.kind}
        return kinds == {NumberKind.YEAR, NumberKind.AMOUNT} and _is_rounded(one, other)
    if one.unit is not None and other.unit is not None and one.unit.name != other.unit.name:
        return _is_converted(one, other)
    if {one.counts, other.counts} <= {"degrees", "degree"}:
        return _is_rounded(one, other) or _is_other_scale(one, other)
    return _is_rounded(one, other)


def _values(numbers: Iterable[NumberMention]) -> set[float]:
    found: set[float] = set()
    for number in numbers:
        found.add(number.value)
        if number.other_value is not None:
            found.add(number.other_value)
    return found


def _is_rounded(one: NumberMention, other: NumberMention) -> bool:
    if {one.value, other.value} & {_DOZEN} and (one.is_hedged or other.is_hedged):
        return all(_LEAST_DOZEN <= n.value < 2 * _DOZEN for n in (one, other))
    rounder, exact = sorted((one, other), key=lambda number: _significant_digits(number.value))
    n_digits = _significant_digits(exact.value)
    if n_digits == _significant_digits(rounder.value) or rounder.value <= 0:
        return False
    if rounder.unit is not None and exact.unit is None and rounder.unit.dimension == "money":
        return False
    step = _last_place(rounder.value)
    if exact.value % 1 and rounder.value == math.floor(exact.value) >= _MIN_CUT_OFF:
        return True
    if n_digits >= _MIN_DIGITS_ROUNDED and abs(rounder.value - exact.value) <= step / 2:
        return _significant_digits(rounder.value) > 1 or rounder.is_hedged or n_digits > 3
    error = abs(rounder.value - exact.value) / rounder.value
    if rounder.is_hedged:
        return error <= (_BOTH_HEDGED_ERROR if exact.is_hedged else _HEDGED_ERROR)
    return exact.value % 1 > 0 and rounder.value % 1 == 0 and error <= _CONVERTED_ERROR


def _is_converted(one: NumberMention, other: NumberMention) -> bool:
    assert one.unit is not None
    assert other.unit is not None
    converted = convert(one.value, one.unit, other.unit)
    if converted is None:
        return False
    back = convert(one.value + _last_place(one.value), one.unit, other.unit)
    step = max(abs((back or converted) - converted), _last_place(other.value))
    error = abs(converted - other.value)
    share = _HEDGED_ERROR if one.is_hedged or other.is_hedged else _CONVERTED_ERROR
    return error <= max(step / 2, share * abs(other.value))


def _is_other_scale(one: NumberMention, other: NumberMention) -> bool:
    """Whether one is the other in degrees of the other scale, neither or only one being named."""
    fahrenheit, celsius = Unit("fahrenheit", "t", 5 / 9), Unit("celsius", "t", 1.0)
    pairs = ((one.value, other.value), (other.value, one.value))
    return any(abs((convert(f, fahrenheit, celsius) or 0.0) - c) <= 1 for f, c in pairs)


def _significant_digits(value: float) -> int:
    digits = f"{value:.10g}" if value % 1 else f"{value:.0f}"
    return len(digits.replace(".", "").strip("0")) or 1


def _last_place(value: float) -> float:
    """Give the worth of a number's last digit that is not a closing zero: 100 for 2,500."""
    if value % 1:
        decimals = f"{value:.6f}".rstrip("0").partition(".")[2]
        return float(10.0 ** -len(decimals))
    digits = f"{abs(value):.0f}"
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if value else 1.0


def _shared_context(
    article: Document, source: Document, number: NumberMention, other: NumberMention
) -> int | None:
    """Count the content words around both numbers; None where they do not count the same."""
    if not _is_comparable(article, source, number, other):
        return None
    own, their = _context(article, number), _context(source, other)
    shared = len(own & their)
    vague = number.counts in _VAGUE or number.kind is not NumberKind.AMOUNT
    two_units = number.unit is not None and number.unit != other.unit
    least = _SHARED_CONTEXT_OF_VAGUE if vague or two_units else _SHARED_CONTEXT
    return shared if shared >= min(least, len(own), len(their)) > 0 else None


def _is_comparable(
    article: Document, source: Document, number: NumberMention, other: NumberMention
) -> bool:
    if number.kind is NumberKind.CODE:
        return False
    if number.kind is not other.kind or number.counts in _RELATIVE or other.counts in _RELATIVE:
        return False
    if number.kind is NumberKind.TIME:
        zones = {_following(article, number), _following(source, other)}
        words = article.sentence_words(article.sentence_of_token(number.first_token))
        return len(zones) == 1 and _OF_THE_PAGE.isdisjoint(words)
    if number.unit is not None and other.unit is not None:
        return number.unit.dimension == other.unit.dimension
    if (number.unit is None) != (other.unit is None) or not number.counts:
        return False
    same = number.counts == other.counts or stem(number.counts) == stem(other.counts)
    return same or not set(word_keys(number.counts)).isdisjoint(word_keys(other.counts))


def _are_two_currencies(number: NumberMention, other: NumberMention) -> bool:
    """Whether two amounts are of two currencies: what a desk converted, at the day's rate."""
    if number.unit is None or other.unit is None:
        return False
    return number.unit.dimension == "money" and number.unit.name != other.unit.name


def _has_unit_of(
    number: NumberMention, other: NumberMention, others: Iterable[NumberMention]
) -> bool:
    """Whether the source has a number in the article's unit beside one in another unit."""
    units = [n.unit.name if n.unit is not None else "" for n in (number, other)]
    return units[0] != units[1] and any(
        n.unit is not None and n.unit.name == units[0] for n in others
    )


def _following(document: Document, number: NumberMention) -> tuple[str, ...]:
    return document.words[number.last_token : number.last_token + 3]


def _context(document: Document, number: NumberMention) -> set[str]:
    """Give the stems of the content words around a number, in its sentence."""
    sentence = document.sentences[document.sentence_of_token(number.first_token)]
    first = max(number.first_token - _CONTEXT_TOKENS, sentence.first_token)
    last = min(number.last_token + _CONTEXT_TOKENS, sentence.last_token)
    words = document.words[first : number.first_token] + document.words[number.last_token : last]
    return {stem(word) for word in words if is_content_word(word) and not word[0].isdigit()}
