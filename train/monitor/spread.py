"""How one number is distributed, and how far a sample lies from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.models.reference import N_POINTS
from copydesk.train.monitor.statistics import (
    homogeneity_p_value,
    kolmogorov_smirnov_p_value,
    population_stability_index,
    smoothed_shares,
)
from copydesk.train.reference import count_points

FloatArray = NDArray[np.float64]

MIN_ROWS = 50
"""Fewer values than this say nothing: neither sample may be smaller."""
N_BINS = 10
"""Bins of the index: tenths of what was before; one more for values that are missing, and one for
values above all that was."""
MIN_EXPECTED, BEYOND_CHANCE = 5, 20
"""A bin that fewer rows than the first are expected in is joined with its neighbour: chi-squared
says nothing of it (Cochran 1954), unless it holds as many rows as the second all the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A distribution, known at some points.

    Parameters
    ----------
    points : ndarray of float64, shape (n_points,)
        Ascending.
    at_most : ndarray of float64, shape (n_points,)
        Share of the values that are not above, in [0, 1]; 1 at the last.
    missing : float
        Share of rows without a value, in [0, 1].
    n_rows : float
        How many rows it is made of; where labels are weighed, how many unweighed ones say as much.
    """

    points: FloatArray
    at_most: FloatArray
    missing: float
    n_rows: float


@dataclass(frozen=True, slots=True)
class Bin:
    """A range of values, and which share of rows was and is in it."""

    name: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a sample lies from a distribution.

    Parameters
    ----------
    index : float
        Population stability index, at least 0.
    index_p : float
        How often chance makes the bins differ as much.
    distance : float or None
        Kolmogorov-Smirnov distance at the points, in [0, 1]; None where there are too few values.
    distance_p : float
        How often chance makes it as large; 1 where there is none.
    bins : tuple of Bin
        What the index is the sum over.
    """

    index: float
    index_p: float
    distance: float | None
    distance_p: float
    bins: tuple[Bin, ...]


def spread_of(values: FloatArray) -> Spread:
    """Describe how a sample is distributed.

    Parameters
    ----------
    values : ndarray of float64, shape (n_samples,)
        NaN where there is none; at least one value.

    Examples
    --------
    >>> spread = spread_of(np.array([1.0, 1.0, 3.0, np.nan]))
    >>> spread.points.tolist(), spread.missing
    ([1.0, 3.0], 0.25)
    """
    present = np.sort(values[~np.isnan(values)])
    points = np.asarray(count_points(present, N_POINTS), np.float64)
    at_most = np.searchsorted(present, points, side="right") / len(present)
    return Spread(points, at_most, 1 - len(present) / len(values), len(values))


def measure_shift(before: Spread, values: FloatArray) -> Shift | None:
    """Measure how far a sample lies from a distribution.

    Parameters
    ----------
    before : Spread
        The distribution.
    values : ndarray of float64, shape (n_samples,)
        The sample; NaN where there is no value.

    Returns
    -------
    Shift or None
        None where there are fewer than ``MIN_ROWS`` rows on either side.

    Examples
    --------
    >>> before = spread_of(np.arange(100.0))
    >>> measure_shift(before, np.arange(100.0)).index
    0.0
    >>> round(measure_shift(before, np.arange(100.0) + 30).distance, 6)
    0.3
    """
    n_now = len(values)
    if n_now < MIN_ROWS or before.n_rows < MIN_ROWS:
        return None
    present = np.sort(values[~np.isnan(values)])
    distance, distance_p = None, 1.0
    n_before_present = before.n_rows * (1 - before.missing)
    if len(present) >= MIN_ROWS and n_before_present >= MIN_ROWS:
        now_at_most = np.searchsorted(present, before.points, side="right") / len(present)
        distance = float(np.abs(now_at_most - before.at_most).max())
        distance_p = kolmogorov_smirnov_p_value(distance, n_before_present, len(present))
    bins = _join_small(_bins(before, present, n_now), n_now)
    counts = np.array([[each.before * before.n_rows, each.now * n_now] for each in bins]).T
    if len(bins) < 2:
        return Shift(0.0, 1.0, distance, distance_p, bins)
    index = population_stability_index(*map(smoothed_shares, counts))
    index_p = homogeneity_p_value(*counts)
    return Shift(index, index_p, distance, distance_p, bins)


def _bins(before: Spread, present: FloatArray, n_now: int) -> tuple[Bin, ...]:
    """Cut at tenths of what was before, and say which shares are between; empty bins are none."""
    wanted = np.append(np.arange(1, N_BINS) / N_BINS, 1.0)
    places = np.searchsorted(before.at_most, wanted - 1e-9)
    places = np.unique(places[places < len(before.points)])
    edges = before.points[places]
    was = np.append(before.at_most[places], 1.0) * (1 - before.missing)
    now = np.append(np.searchsorted(present, edges, side="right"), len(present)) / n_now
    names = [
        *(f"up to {edge:.3g}" for edge in edges),
        f"above {edges[-1]:.3g}" if len(edges) else "any value",
    ]
    shares = zip(names, np.diff(was, prepend=0.0), np.diff(now, prepend=0.0), strict=True)
    bins = [Bin(name, float(one), float(other)) for name, one, other in shares]
    bins.append(Bin("no value", before.missing, 1 - len(present) / n_now))
    return tuple(one for one in bins if one.before > 0 or one.now > 0)


def _join_small(bins: Sequence[Bin], n_now: int) -> tuple[Bin, ...]:
    """Join bins that too few rows are expected in with those below them, the first with its next.

    Examples
    --------
    >>> _join_small([Bin("a", 0.01, 0), Bin("b", 0.9, 1), Bin("c", 0.09, 0)], 50)
    (Bin(name='a, b, c', before=1.0, now=1),)
    """
    found: list[Bin] = []
    for one in bins:
        if found and (_is_small(one, n_now) or _is_small(found[-1], n_now)):
            last = found.pop()
            names = f"{last.name}, {one.name}"
            found.append(Bin(names, last.before + one.before, last.now + one.now))
        else:
            found.append(one)
    return tuple(found)


def _is_small(one: Bin, n_now: int) -> bool:
    return one.before * n_now < MIN_EXPECTED and one.now * n_now < BEYOND_CHANCE
