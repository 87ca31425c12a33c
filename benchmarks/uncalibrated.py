"""Classifiers without calibration, for comparisons: a sixth of the fits, and the same labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.train.dataset import Dataset

MakeClassifier = Callable[[], Any]


def fit_uncalibrated(make: MakeClassifier, dataset: Dataset, weights: NDArray[np.float64]) -> Any:
    """Fit a scikit-learn classifier on the rows that weigh anything, as the released one is fitted.

    Rows that weigh nothing do not change what the others weigh: regularisation goes by their mean.

    Parameters
    ----------
    make
        Makes the classifier, not fitted.
    dataset : Dataset
        To learn from.
    weights : ndarray of float64, shape (n_samples,)
        Of any mean.
    """
    rows = weights > 0
    counted = weights[rows] / weights[rows].mean()
    return make().fit(dataset.X[rows], dataset.y[rows], sample_weight=counted)
