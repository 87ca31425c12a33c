"""Classifiers without calibration, for comparisons: a sixth of the fits, and the same labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.models.design import temper
from copydesk.models.estimator import fit_inverse_temperature
from copydesk.train.dataset import Dataset
from copydesk.train.fit import sample_weights
from copydesk.types import LABELS

MakeClassifier = Callable[[], Any]


def fit_uncalibrated(
    make: MakeClassifier, dataset: Dataset, weights: NDArray[np.float64] | None = None
) -> Any:
    """Fit a scikit-learn classifier on the rows that weigh anything, as the released one is fitted.

    Rows that weigh nothing do not change what the others weigh: regularisation goes by their mean.

    Parameters
    ----------
    make
        Makes the classifier, not fitted.
    dataset : Dataset
        To learn from.
    weights : ndarray of float64, shape (n_samples,), optional
        Of any mean; by default those of the released recipe.
    """
    weights = sample_weights(dataset) if weights is None else weights
    rows = weights > 0
    counted = weights[rows] / weights[rows].mean()
    return make().fit(dataset.X[rows], dataset.y[rows], sample_weight=counted)


def temper_views(
    probabilities: NDArray[np.float64], y: NDArray[np.int64], views: Iterable[NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """Raise probabilities to the power that fits best, each view by itself.

    The power is chosen on the very predictions that are measured: it flatters all variants alike,
    and little.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        By models without calibration.
    y : ndarray of int64, shape (n_samples,)
        The true labels.
    views : iterable of ndarray of bool, shape (n_samples,)
        Rows that share one power; no row is in two.
    """
    tempered = np.clip(probabilities, 1e-9, 1)
    for rows in views:
        n = int(rows.sum())
        if n:
            labels = np.arange(len(LABELS))
            beta = fit_inverse_temperature(tempered[rows], y[rows], np.ones(n), labels)
            tempered[rows] = temper(tempered[rows], np.full(n, beta))
    return tempered
