"""The paired bootstrap over stories: whether two models differ by more than chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.types import LABELS, Label

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

N_DRAWS = 4000
_SPUN = LABELS.index(Label.SPUN)
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """What a candidate's figure is beyond the current model's.

    Parameters
    ----------
    current, candidate : float
        The figure of each, in [0, 1].
    low, high : float
        Bounds of candidate less current, in [-1, 1].
    """

    current: float
    candidate: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """Candidate less current, in [-1, 1]."""
        return self.candidate - self.current


def confusion_by_story(y: IntArray, predicted: IntArray, groups: NDArray[np.str_]) -> FloatArray:
    """Count labels and predictions in each story.

    Parameters
    ----------
    y, predicted : ndarray of int64, shape (n_samples,)
        Indices of labels.
    groups : ndarray of str, shape (n_samples,)
        The story of each text.

    Returns
    -------
    ndarray of float64, shape (n_stories, n_labels, n_labels)
        Rows are true labels, columns predicted ones; stories in the order of their names.
    """
    stories, story_of = np.unique(groups, return_inverse=True)
    counts = np.zeros((len(stories), len(LABELS), len(LABELS)))
    np.add.at(counts, (story_of, y, predicted), 1)
    return counts


def macro_f1(confusion: FloatArray) -> FloatArray:
    """Give the mean F1 of the labels that occur.

    Parameters
    ----------
    confusion : ndarray of float64, shape (..., n_labels, n_labels)
        Rows are true labels.

    Returns
    -------
    ndarray of float64, shape (...)
        In [0, 1].

    Examples
    --------
    >>> float(macro_f1(np.array([[3.0, 1.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 0.0]])).round(4))
    0.873
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    true, called = confusion.sum(axis=-1), confusion.sum(axis=-2)
    f1 = 2 * right / np.maximum(true + called, 1)
    occurs = true > 0
    return np.asarray((f1 * occurs).sum(axis=-1) / np.maximum(occurs.sum(axis=-1), 1))


def honest_called_spun(confusion: FloatArray) -> FloatArray:
    """Give the share of originals and edits that are called spun.

    Parameters
    ----------
    confusion : ndarray of float64, shape (..., n_labels, n_labels)
        Rows are true labels.

    Returns
    -------
    ndarray of float64, shape (...)
        In [0, 1]; 0 where all texts are spun.

    Examples
    --------
    >>> float(honest_called_spun(np.array([[3.0, 0.0, 1.0], [4.0, 0.0, 0.0], [0.0, 0.0, 9.0]])))
    0.125
    """
    honest = np.delete(confusion, _SPUN, axis=-2)
    called = honest[..., _SPUN].sum(axis=-1)
    return np.asarray(called / np.maximum(honest.sum(axis=(-2, -1)), 1))


FIGURES = {"macro_f1": macro_f1, "honest_called_spun": honest_called_spun}
"""What a candidate is compared by."""


def paired_bootstrap(
    current: FloatArray,
    candidate: FloatArray,
    alpha: float,
    *,
    n_draws: int = N_DRAWS,
    random_state: int = 0,
) -> dict[str, Difference]:
    """Compare two models on the same texts, stories drawn with replacement.

    Both models are measured on the same draw of stories each time, so that what makes a story hard
    for both cancels out; percentile intervals (Efron and Tibshirani 1993, ch. 13; for systems on
    the same test set Koehn 2004). Texts of a story are judged right or wrong together, so stories
    are drawn, not texts.

    Parameters
    ----------
    current, candidate : ndarray of float64, shape (n_stories, n_labels, n_labels)
        As ``confusion_by_story`` gives them, of the same texts.
    alpha : float
        In (0, 1): how often an interval may miss 0 where there is no difference.
    n_draws : int
        How many times stories are drawn.
    random_state : int
        Seed of the draws.

    Returns
    -------
    dict of str to Difference
        By the names of ``FIGURES``.

    Examples
    --------
    >>> y, groups = np.array([0, 1, 2] * 20), np.repeat([f"s{i}" for i in range(20)], 3)
    >>> good = confusion_by_story(y, y, groups)
    >>> bad = confusion_by_story(y, np.where(y == 1, 2, y), groups)
    >>> found = paired_bootstrap(good, bad, 0.05)
    >>> found["macro_f1"].high < 0 < found["honest_called_spun"].low
    True
    """
    rng = np.random.default_rng(random_state)
    n_stories = len(current)
    both = np.stack([current, candidate]).reshape(2, n_stories, -1)
    drawn: dict[str, list[FloatArray]] = {name: [] for name in FIGURES}
    shares = np.full(n_stories, 1 / n_stories)
    for start in range(0, n_draws, _BLOCK):
        times = rng.multinomial(n_stories, shares, size=min(_BLOCK, n_draws - start))
        old, new = (times @ of_model for of_model in both)
        shape = (len(times), len(LABELS), len(LABELS))
        for name, figure in FIGURES.items():
            drawn[name].append(figure(new.reshape(shape)) - figure(old.reshape(shape)))
    found = {}
    for name, figure in FIGURES.items():
        low, high = np.quantile(np.concatenate(drawn[name]), [alpha / 2, 1 - alpha / 2])
        was, now = (float(figure(counts.sum(axis=0))) for counts in (current, candidate))
        found[name] = Difference(was, now, float(low), float(high))
    return found
