"""How good and how honest probabilities are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, log_loss, recall_score

from copydesk.types import LABELS

_N_BINS = 10


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
    >>> round(calibration_error(np.array([[0.8, 0.2], [0.8, 0.2]]), np.array([0, 1])), 3)
    0.3
    """
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == y
    bins = np.minimum((confidence * _N_BINS).astype(int), _N_BINS - 1)
    gaps = [
        abs(confidence[bins == b].mean() - correct[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    ]
    return float(sum(gaps))


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
    predicted = probabilities.argmax(axis=1)
    present = np.unique(y)
    recalls = recall_score(y, predicted, labels=present, average=None)
    by_label = {str(LABELS[i]): round(float(r), 4) for i, r in zip(present, recalls, strict=True)}
    macro_f1 = f1_score(y, predicted, labels=present, average="macro")
    return {
        "n": len(y),
        "accuracy": round(float((predicted == y).mean()), 4),
        "macro_f1": round(float(macro_f1), 4) if len(present) > 1 else None,
        "recall": {str(label): by_label.get(str(label)) for label in LABELS},
        "log_loss": round(float(log_loss(y, probabilities, labels=range(len(LABELS)))), 4),
        "calibration_error": round(calibration_error(probabilities, y), 4),
    }
