"""Likely label errors, by confident learning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, order=True)
class LabelError:
    """A label that is likely wrong.

    Parameters
    ----------
    margin : float
        Probability of the given label less that of the likely one, in [-1, 0); the least first.
    place : int
        Of the text.
    given, likely : int
        Classes.
    p_given, p_likely : float
        Their probabilities.
    """

    margin: float
    place: int
    given: int
    likely: int
    p_given: float
    p_likely: float


def find_label_errors(probabilities: NDArray[np.float64], y: NDArray[np.int64]) -> list[LabelError]:
    """Find labels that are likely wrong (Northcutt, Jiang & Chuang 2021, "Confident learning").

    A class's threshold is the mean probability that texts of this label get for it. A text is
    counted to the most probable of the classes whose thresholds it reaches; where that is not the
    given label, it stands off the diagonal of the confident joint, and is a likely error. Classes
    that no text is labelled with have no threshold, and are never likely.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_classes)
        Of a model that has not learned these texts.
    y : ndarray of int64, shape (n_samples,)
        Given classes.

    Returns
    -------
    list of LabelError
        The likeliest first. None whose given label is the most probable one.

    Examples
    --------
    >>> p = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.9, 0.1]])
    >>> [(error.place, error.likely) for error in find_label_errors(p, np.array([0, 0, 1, 1]))]
    [(3, 0)]
    """
    n_classes = probabilities.shape[1]
    thresholds = np.array(
        [probabilities[y == k, k].mean() if (y == k).any() else np.inf for k in range(n_classes)]
    )
    confident = np.where(probabilities >= thresholds, probabilities, -np.inf)
    likely = confident.argmax(axis=1)
    rows = np.arange(len(y))
    p_given, p_likely = probabilities[rows, y], probabilities[rows, likely]
    is_error = np.isfinite(confident.max(axis=1, initial=-np.inf)) & (p_likely > p_given)
    return sorted(
        LabelError(
            float(p_given[i] - p_likely[i]),
            int(i),
            int(y[i]),
            int(likely[i]),
            float(p_given[i]),
            float(p_likely[i]),
        )
        for i in np.flatnonzero(is_error & (likely != y))
    )
