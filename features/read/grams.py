"""Word n-grams and how much of one text's are in another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet

GRAM_SIZES = (1, 2, 3, 5, 8)

Grams = AbstractSet[tuple[Hashable, ...]]


def ngrams(items: Sequence[Hashable], n: int) -> set[tuple[Hashable, ...]]:
    """Give the set of n-grams of a sequence.

    Examples
    --------
    >>> sorted(ngrams("abc", 2))
    [('a', 'b'), ('b', 'c')]
    """
    return set(zip(*(items[k:] for k in range(n)), strict=False))


def containment(part: Grams, whole: Grams) -> float:
    """Share of ``part`` that is in ``whole`` (Broder 1997); NaN where ``part`` is empty.

    Examples
    --------
    >>> containment({("a",), ("b",)}, {("a",)})
    0.5
    """
    return len(part & whole) / len(part) if part else float("nan")
