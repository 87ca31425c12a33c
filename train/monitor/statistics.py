"""How far two distributions are from each other, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, fisher_exact, kstwobign

FloatArray = NDArray[np.float64]

_HALF = 0.5


def population_stability_index(before: FloatArray, now: FloatArray) -> float:
    """Measure how far shares have moved: the sum of (now - before) ln(now / before).

    The symmetrised Kullback-Leibler divergence (Jeffreys 1946), known in credit scoring as the
    population stability index (Siddiqi 2006, Credit Risk Scorecards, ch. 9).

    Parameters
    ----------
    before, now : ndarray of float64, shape (n_bins,)
        Shares of each bin, above 0, each summing to 1.

    Returns
    -------
    float
        At least 0; 0 where nothing has moved.

    Examples
    --------
    >>> round(population_stability_index(np.array([0.5, 0.5]), np.array([0.25, 0.75])), 4)
    0.2747
    """
    return float(((now - before) * np.log(now / before)).sum())


def smoothed_shares(counts: FloatArray) -> FloatArray:
    """Turn counts of bins into shares above 0: half a row more in each (Jeffreys' prior).

    Parameters
    ----------
    counts : ndarray of float64, shape (n_bins,)
        At least 0.

    Examples
    --------
    >>> smoothed_shares(np.array([9.0, 0.0])).tolist()
    [0.95, 0.05]
    """
    return np.asarray((counts + _HALF) / (counts.sum() + _HALF * len(counts)))


def homogeneity_p_value(before: FloatArray, now: FloatArray) -> float:
    """Give how often chance alone makes the counts of bins differ as much.

    Pearson's chi-squared test of homogeneity (1900). The index itself is distributed as chi-squared
    too (Yurdakul and Naranjo 2020), but not in its tail: a bin that happens to be empty weighs too
    much in it, and among hundreds of figures there is one.

    Parameters
    ----------
    before, now : ndarray of float64, shape (n_bins,)
        Counts of both samples; no bin is empty in both.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> round(homogeneity_p_value(np.array([50.0, 50.0]), np.array([40.0, 60.0])), 4)
    0.1552
    """
    n_before, n_now = before.sum(), now.sum()
    ratio = np.sqrt(n_now / n_before)
    statistic = ((ratio * before - now / ratio) ** 2 / (before + now)).sum()
    return float(chi2.sf(statistic, len(before) - 1))


def kolmogorov_smirnov_p_value(distance: float, n_before: float, n_now: float) -> float:
    """Give how often chance alone makes the distance of two samples at least as large.

    The asymptotic distribution (Smirnov 1948). Where values occur more than once, or the distance
    was looked for at some values only, the true p-value is smaller.

    Parameters
    ----------
    distance : float
        Largest difference of the two cumulative distributions, in [0, 1].
    n_before, n_now : float
        Rows of the samples.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> round(kolmogorov_smirnov_p_value(0.136, 200, 200), 3)
    0.049
    """
    return float(kstwobign.sf(distance * np.sqrt(n_before * n_now / (n_before + n_now))))


def share_p_value(n_before: int, of_before: int, n_now: int, of_now: int) -> float:
    """Give how often chance alone makes two shares differ as much: Fisher's exact test, two-sided.

    Parameters
    ----------
    n_before, n_now : int
        How many have the trait.
    of_before, of_now : int
        Of how many.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> round(share_p_value(1, 10, 6, 10), 4)
    0.0573
    """
    table = [[n_before, of_before - n_before], [n_now, of_now - n_now]]
    return float(fisher_exact(table)[1])


def adjust_for_many(p_values: Sequence[float]) -> list[float]:
    """Correct p-values for there being many of them (Holm 1979).

    At a level of 1 %, all together fire by chance in one run of a hundred, however they depend on
    each other.

    Parameters
    ----------
    p_values : sequence of float
        Each in [0, 1].

    Returns
    -------
    list of float
        In the same order, each in [0, 1] and not below what was given.

    Examples
    --------
    >>> adjust_for_many([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(np.argsort(p_values, kind="stable").tolist()):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted
