"""Word n-grams as sorted codes, and how much of one text's are in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

GRAM_SIZES = (1, 2, 3, 5, 8)

Codes = NDArray[np.uint64]
"""Of words or n-grams, 64 bits each; two texts of 1,000 words confuse two with odds of 10^-13."""

_Unsigned = TypeVar("_Unsigned", bound=np.unsignedinteger[Any])
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SCATTER = np.uint64(0xBF58476D1CE4E5B9)


def word_codes(words: Sequence[str]) -> Codes:
    """Give a code for each word, the same for the same word in one process.

    Python's own hash of a string is kept with the string, which makes this the fastest way to
    compare words in arrays; another process has other codes.
    """
    return np.fromiter(map(hash, words), np.int64, len(words)).view(np.uint64) * _SCATTER


def gram_codes(codes: Codes, n: int) -> Codes:
    """Give a code for each ``n`` neighbouring words: shape (max(len(codes) - n + 1, 0),)."""
    n_grams = max(len(codes) - n + 1, 0)
    grams = codes[:n_grams]
    for k in range(1, n):
        grams = grams * _FACTOR + codes[k : k + n_grams]
    return grams


def ngrams(codes: Codes, n: int) -> Codes:
    """Give the distinct n-grams of a text, sorted by their codes.

    Examples
    --------
    >>> ngrams(word_codes("a b a b".split()), 2).size
    2
    """
    return distinct(gram_codes(codes, n))


def distinct(codes: NDArray[_Unsigned]) -> NDArray[_Unsigned]:
    """Give each code once, sorted."""
    if codes.size < 2:
        return codes
    ordered = np.sort(codes)
    is_first = np.empty(len(ordered), bool)
    is_first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def containment(part: Codes, whole: Codes) -> float:
    """Share of ``part`` that is in ``whole`` (Broder 1997); NaN where ``part`` is empty.

    Parameters
    ----------
    part, whole : ndarray of uint64
        Sorted and distinct, as ``ngrams`` gives them.

    Examples
    --------
    >>> containment(ngrams(word_codes(["a", "b"]), 1), ngrams(word_codes(["a"]), 1))
    0.5
    """
    return n_shared(part, whole) / len(part) if len(part) else float("nan")


def n_shared(one: Codes, other: Codes) -> int:
    """Count the codes that are in both, each sorted and distinct."""
    both = np.concatenate([one, other])
    both.sort(kind="stable")
    return int(np.count_nonzero(both[1:] == both[:-1]))
