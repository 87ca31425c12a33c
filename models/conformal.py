"""Conformal prediction sets: the labels that cannot be ruled out at a given coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from copydesk.types import LABELS, Label

FloatArray = NDArray[np.float64]


def conformal_threshold(
    probabilities: FloatArray,
    y: NDArray[np.int64],
    coverage: float,
    weights: FloatArray | None = None,
) -> float:
    """Find the least probability that a label needs to stay in the set.

    The quantile of the true label's probability with the finite-sample correction of split
    conformal prediction (Sadinle, Lei and Wasserman 2019, least ambiguous sets).

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        For texts that the model was not fitted on.
    y : ndarray of int64, shape (n_samples,)
        Index of the true label.
    coverage : float
        Share of texts whose true label the set should hold, in (0, 1).
    weights : ndarray of float64, shape (n_samples,), optional
        How much each text counts; all alike by default.

    Returns
    -------
    float
        In [0, 1]; 0, which keeps every label, where there are too few texts to promise the
        coverage.

    Examples
    --------
    >>> p = np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.4, 0.6]])
    >>> conformal_threshold(p, np.array([0, 0, 1, 1]), coverage=0.5)
    0.7
    """
    true = probabilities[np.arange(len(y)), y]
    share = np.ones(len(y)) if weights is None else weights
    order = np.argsort(-true)
    # One more text of average weight, the one to be judged, might fall anywhere.
    reached = np.cumsum(share[order]) / (share.sum() + share.mean()) if len(y) else np.zeros(0)
    enough = np.flatnonzero(reached >= coverage - 1e-12)
    return float(true[order][enough[0]]) if len(enough) else 0.0


def thresholds_by_label(
    probabilities: FloatArray, y: NDArray[np.int64], coverage: float, weights: FloatArray
) -> tuple[float, ...]:
    """Find a threshold for each label, so that the coverage holds for the texts of each.

    Class-conditional conformal prediction (Vovk 2012). A label without texts is always kept.

    Parameters
    ----------
    probabilities, y, coverage, weights
        As for ``conformal_threshold``.
    """
    return tuple(
        conformal_threshold(probabilities[rows], y[rows], coverage, weights[rows])
        for rows in (y == i for i in range(len(LABELS)))
    )


def label_set(probabilities: FloatArray, thresholds: Sequence[float]) -> tuple[Label, ...]:
    """Give the labels that reach their threshold, the most probable one in any case.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_labels,)
        Of one text.
    thresholds : sequence of float
        Of each label.

    Examples
    --------
    >>> [str(label) for label in label_set(np.array([0.55, 0.4, 0.05]), (0.3, 0.3, 0.3))]
    ['original', 'edited_wire']
    """
    best = int(np.argmax(probabilities))
    return tuple(
        label for i, label in enumerate(LABELS) if i == best or probabilities[i] >= thresholds[i]
    )
