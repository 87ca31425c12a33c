"""How far figures might be off: stories are drawn again and again, and figures taken of each draw.

The percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13);
whole stories are drawn, for the texts of one are alike.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from copydesk.train.evaluation.sums import FloatArray, Said, figures_of, sums_of_texts

N_RESAMPLES = 1000
MIN_STORIES = 10
"""Of fewer stories, draws say little of other stories: no interval is given."""
_BOUNDS = (2.5, 97.5)
_DIGITS = 4

Interval = tuple[float, float]


def draw_stories(n_stories: int, n_resamples: int, random_state: int = 0) -> NDArray[np.int64]:
    """Draw as many stories as there are, with replacement, so many times.

    Returns
    -------
    ndarray of int64, shape (n_resamples, n_stories)
        How often each story was drawn.

    Examples
    --------
    >>> draw_stories(4, 3).sum(axis=1).tolist()
    [4, 4, 4]
    """
    rng = np.random.default_rng(random_state)
    return rng.multinomial(n_stories, np.full(n_stories, 1 / n_stories), size=n_resamples)


def intervals_of(
    said: Said, random_state: int = 0, n_resamples: int = N_RESAMPLES
) -> dict[str, Interval]:
    """Bootstrap 95 % intervals of all figures over stories.

    Parameters
    ----------
    said : Said
        What a model said.
    random_state : int
        Seed of the draws.
    n_resamples : int
        How many draws.

    Returns
    -------
    dict of str to tuple of float
        By the names of ``figures_of``; empty where there are fewer than ``MIN_STORIES`` stories.
        Draws that lack a figure, such as the recall of a label that they hold no text of, do not
        count for it.
    """
    if len(np.unique(said.groups)) < MIN_STORIES:
        return {}
    return _bounds(_resample([said], random_state, n_resamples)[0])


def differences_of(
    one: Said, other: Said, random_state: int = 0, n_resamples: int = N_RESAMPLES
) -> dict[str, tuple[float, Interval | None]]:
    """Compare two models on the same texts: the paired bootstrap, both on the same draws.

    Parameters
    ----------
    one, other : Said
        Of the same texts, in the same order.

    Returns
    -------
    dict of str to (float, tuple of float or None)
        By the names of ``figures_of``, the first's figure less the other's, and its 95 % interval
        where there are stories enough.
    """
    totals = [figures_of(sums_of_texts(said).sum(axis=0)) for said in (one, other)]
    found = {name: float(totals[0][name] - totals[1][name]) for name in totals[0]}
    bounds: Mapping[str, Interval] = {}
    if len(np.unique(one.groups)) >= MIN_STORIES:
        first, second = _resample([one, other], random_state, n_resamples)
        bounds = _bounds({name: first[name] - second[name] for name in first})
    return {
        name: (round(value, _DIGITS), bounds.get(name))
        for name, value in found.items()
        if not np.isnan(value)
    }


def _resample(of: list[Said], random_state: int, n_resamples: int) -> list[dict[str, FloatArray]]:
    """Take the figures of every draw; the draws are the same for all."""
    stories, story_of = np.unique(of[0].groups, return_inverse=True)
    drawn = draw_stories(len(stories), n_resamples, random_state).astype(np.float64)
    found = []
    for said in of:
        texts = sums_of_texts(said)
        of_stories = np.zeros((len(stories), texts.shape[1]))
        np.add.at(of_stories, story_of, texts)
        found.append(figures_of(drawn @ of_stories))
    return found


def _bounds(resampled: Mapping[str, FloatArray]) -> dict[str, Interval]:
    bounds = {}
    for name, values in resampled.items():
        there = values[~np.isnan(values)]
        if len(there):
            low, high = np.percentile(there, _BOUNDS).tolist()
            bounds[name] = (round(low, _DIGITS), round(high, _DIGITS))
    return bounds
