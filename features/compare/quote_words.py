"""A quotation laid word by word over the stretch of a source that it fits best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.lexicon import FUNCTION_WORDS
from copydesk.features.read.spoken import SpokenText

# What laying costs: a word that the source lacks or has another for; one of the source's that is
# passed over, inside quotation marks and (an attribution) outside them.
_WORD_COST = 1.0
_GAP_COST = 0.3
_UNQUOTED_GAP_COST = 0.08
_INSERTED_COST = 0.1

_FUNCTION_WEIGHT = 0.25
_MAX_PASSED_OVER_CHARS = 250


@dataclass(frozen=True, slots=True)
class WordGap:
    """Where quotation and source differ: words of each, half-open; either may be none."""

    first: int
    last: int
    source_first: int
    source_last: int


@dataclass(frozen=True, slots=True)
class LaidQuote:
    """A quotation's words laid over the source's.

    ``pairs`` are the same words, in order, as (quotation, source); ``gaps`` what lies between.
    """

    pairs: tuple[tuple[int, int], ...]
    gaps: tuple[WordGap, ...]

    @property
    def source_first(self) -> int:
        """The first word of the source that it covers."""
        begin = [gap.source_first for gap in self.gaps[:1] if gap.source_last > gap.source_first]
        return min([*begin, *(j for _, j in self.pairs[:1])])

    @property
    def source_last(self) -> int:
        """Behind the last word of the source that it covers."""
        end = [gap.source_last for gap in self.gaps[-1:] if gap.source_last > gap.source_first]
        return max([*end, *(j + 1 for _, j in self.pairs[-1:])])


def lay_quote(quote: SpokenText, source: SpokenText, first: int, last: int) -> LaidQuote | None:
    """Lay a quotation's words over words ``first`` to ``last`` of a source; None where none fits.

    The cheapest way by dynamic programming, free to begin and to end anywhere. Attributions in
    the source cost next to nothing to pass over, and so does anything where the quotation has
    an ellipsis.

    Parameters
    ----------
    quote, source : SpokenText
        The words said, and those of the whole source.
    first, last : int
        The stretch of the source to look in, half-open.
    """
    n_words, n_source = len(quote.words), last - first
    if n_words == 0 or n_source <= 0:
        return None
    costs = _fill(quote, source, first, last)
    i, j = n_words, int(costs[n_words].argmin())
    # Words at the end that the source lacks stand for its next ones.
    while j < n_source and costs[n_words, j + 1] <= costs[n_words, j] + _SLACK:
        j += 1
    pairs: list[tuple[int, int]] = []
    gaps: list[WordGap] = []
    end = (i, j)  # where the gap behind the words just walked over ends
    while i > 0:
        word, cost = quote.words[i - 1], costs[i, j]
        step = _cost_of(quote, i - 1)
        is_same = (
            j > 0
            and word == source.words[first + j - 1]
            and not _is_inserted(quote, i - 1, source, first + j - 1)
        )
        if is_same and costs[i - 1, j - 1] >= cost - _SLACK:
            if end != (i, j):
                gaps.append(WordGap(i, end[0], first + j, first + end[1]))
            pairs.append((i - 1, first + j - 1))
            i, j = i - 1, j - 1
            end = (i, j)
        elif j and abs(costs[i - 1, j - 1] + step - cost) < _SLACK:
            i, j = i - 1, j - 1
        elif abs(costs[i - 1, j] + step - cost) < _SLACK or j == 0:
            i -= 1
        else:
            j -= 1
    if end != (i, j):
        gaps.append(WordGap(i, end[0], first + j, first + end[1]))
    return _without_strays(LaidQuote(tuple(reversed(pairs)), tuple(reversed(gaps))), quote, source)


def _is_inserted(quote: SpokenText, i: int, source: SpokenText, j: int) -> bool:
    """Say whether one of two words is an editor's: what the speaker said is neither."""
    return quote.is_inserted[i] or source.is_inserted[j]


_SLACK = 1e-3
_MAX_STRAY_GAP = 3


def _without_strays(laid: LaidQuote, quote: SpokenText, source: SpokenText) -> LaidQuote | None:
    """Drop function words at either end that stand far from the rest: any text has them."""
    pairs = _heaviest_stretch(laid.pairs, quote, source)
    for forward in (True, False):
        if not forward:
            pairs.reverse()
        while pairs:
            run = 1
            while run < len(pairs) and _distance(pairs[run - 1], pairs[run]) <= _MAX_STRAY_GAP:
                run += 1
            if run == len(pairs) or any(word_weight(quote.words[i]) == 1.0 for i, _ in pairs[:run]):
                break
            del pairs[:run]
        if not forward:
            pairs.reverse()
    if len(pairs) == len(laid.pairs):
        return laid if pairs else None
    first, last = pairs[0], pairs[-1]
    inner = [gap for gap in laid.gaps if first[0] < gap.first and gap.last <= last[0]]
    if first[0] > 0:
        inner.insert(0, WordGap(0, first[0], first[1], first[1]))
    if last[0] + 1 < len(quote.words):
        inner.append(WordGap(last[0] + 1, len(quote.words), last[1] + 1, last[1] + 1))
    return LaidQuote(tuple(pairs), tuple(inner))


def _heaviest_stretch(
    pairs: Sequence[tuple[int, int]], quote: SpokenText, source: SpokenText
) -> list[tuple[int, int]]:
    """Give the pairs that are not far from each other in the source, the heaviest of such."""
    stretches: list[list[tuple[int, int]]] = [[]]
    for pair in pairs:
        last = stretches[-1][-1] if stretches[-1] else pair
        is_far = source.starts[pair[1]] - source.ends[last[1]] > _MAX_PASSED_OVER_CHARS
        if is_far and not any(last[0] < gap <= pair[0] for gap in quote.gaps):
            stretches.append([])
        stretches[-1].append(pair)
    if len(stretches) == 1:
        return stretches[0]
    return max(stretches, key=lambda stretch: sum(word_weight(quote.words[i]) for i, _ in stretch))


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _cost_of(quote: SpokenText, index: int) -> float:
    return _INSERTED_COST if quote.is_inserted[index] else _WORD_COST


def _fill(quote: SpokenText, source: SpokenText, first: int, last: int) -> NDArray[np.float64]:
    """Give the costs of laying the first i words so that the source's first j are behind them."""
    step = np.where(source.is_quoted[first:last], _GAP_COST, _UNQUOTED_GAP_COST)
    passed = np.concatenate([[0.0], np.cumsum(step)])
    word_costs = [_cost_of(quote, i) for i in range(len(quote.words))]
    ids = [
        source.ids[source.places[word][0]] if word in source.places and not inserted else -1
        for word, inserted in zip(quote.words, quote.is_inserted, strict=True)
    ]
    differs = source.ids[first:last] != np.array(ids)[:, None]
    differs[:, [j - first for j in source.inserted if first <= j < last]] = True
    # Less what it costs to pass over all words before: so passing over costs nothing in a row.
    laid = differs * np.array(word_costs)[:, None] - step
    costs = np.empty((len(quote.words) + 1, last - first + 1))
    np.negative(passed, out=costs[0])
    other = np.empty(last - first)
    for i, cost in enumerate(word_costs):
        row = costs[i + 1]
        np.add(costs[i], cost, out=row)
        np.add(costs[i, :-1], laid[i], out=other)
        np.minimum(row[1:], other, out=row[1:])
        if i + 1 == len(quote.words):
            break
        if i + 1 in quote.gaps or any(quote.is_inserted[i : i + 2]):
            np.subtract(np.minimum.accumulate(row + passed), passed, out=row)
        else:
            np.minimum.accumulate(row, out=row)
    costs += passed
    return costs


def word_weight(word: str) -> float:
    """Say how much a word of a quotation tells it from others: a function word, a quarter."""
    return _FUNCTION_WEIGHT if word in FUNCTION_WORDS else 1.0
