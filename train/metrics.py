"""How good and how honest probabilities are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.train.evaluation.sums import Said, describe, figures_of, sums_of_texts

_MEASURED = ("n", "accuracy", "macro_f1", "recall", "log_loss", "calibration_error")


def calibration_error(probabilities: NDArray[np.float64], y: NDArray[np.int64]) -> float:
    """Measure the expected calibration error (Naeini et al. 2015), ten equal-width bins.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        Rows sum to 1.
    y : ndarray of int64, shape (n_samples,)
        Index of the true label.

    Returns
    -------
    float
        Mean distance of confidence and accuracy, in [0, 1].

    Examples
    --------
    >>> p = np.array([[0.8, 0.2, 0.0], [0.8, 0.2, 0.0]])
    >>> round(calibration_error(p, np.array([0, 1])), 3)
    0.3
    """
    figures = figures_of(sums_of_texts(_said(probabilities, y)).sum(axis=0))
    return float(figures["calibration_error"])


def measure(probabilities: NDArray[np.float64], y: NDArray[np.int64]) -> dict[str, Any]:
    """Measure predictions for texts that the model was not fitted on.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        In the order of ``LABELS``.
    y : ndarray of int64, shape (n_samples,)
        Index of the true label.

    Returns
    -------
    dict
        ``n``, ``accuracy``, ``macro_f1`` (over the labels that occur; None for a single one),
        ``recall`` by label (None for one that does not occur), ``log_loss`` in nats,
        ``calibration_error``.
    """
    figures = describe(_said(probabilities, y))
    return {name: figures[name] for name in _MEASURED}


def _said(probabilities: NDArray[np.float64], y: NDArray[np.int64]) -> Said:
    return Said(probabilities, y, np.full(len(y), ""))
