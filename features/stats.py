"""Small statistics that the feature groups share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def ratio(part: float, whole: float) -> float:
    """Divide; NaN where there is nothing to divide by.

    Examples
    --------
    >>> ratio(1, 4)
    0.25
    """
    return part / whole if whole else float("nan")


def mean(values: NDArray[np.float64]) -> float:
    """Mean; NaN where there are no values.

    Examples
    --------
    >>> mean(np.array([1.0, 2.0]))
    1.5
    """
    return float(values.mean()) if values.size else float("nan")


def percentiles(values: NDArray[np.floating[Any]], wanted: Sequence[float]) -> list[float]:
    """Percentiles between the two nearest values, as numpy's, and faster on few values.

    Parameters
    ----------
    values : ndarray of float, shape (n_values,)
        At least one, none of them NaN.
    wanted : sequence of float
        In [0, 100].

    Examples
    --------
    >>> percentiles(np.array([3.0, 1.0, 2.0]), (50, 75))
    [2.0, 2.5]
    """
    ordered = np.sort(values)
    last = len(ordered) - 1
    return [_between(ordered, percent / 100 * last, last) for percent in wanted]


def _between(ordered: NDArray[np.floating[Any]], place: float, last: int) -> float:
    """Give the value at a place between two of a sequence, nearer to the closer one."""
    below = int(place)
    low, high = ordered[below], ordered[min(below + 1, last)]
    share = ordered.dtype.type(place - below)
    gap = high - low
    return float(low + gap * share if share < 0.5 else high - gap * (1 - share))


def kendall_tau(positions: Sequence[int]) -> float:
    """Kendall's tau-a of a sequence with its own order; ties count as neither.

    Parameters
    ----------
    positions : sequence of int
        Where each item, in the article's order, stands in the source.

    Returns
    -------
    float
        1 for the same order, -1 for the reverse; NaN with fewer than two items.

    Examples
    --------
    >>> kendall_tau([0, 1, 2]), kendall_tau([2, 1, 0])
    (1.0, -1.0)
    """
    n = len(positions)
    if n < 2:
        return float("nan")
    values = np.asarray(positions)
    signs = np.sign(values[None, :] - values[:, None])
    return float(np.triu(signs, 1).sum() / (n * (n - 1) / 2))
