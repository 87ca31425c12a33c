"""What the parts of a model share: standardised features, and probabilities of log-odds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

CLIP = 4.0
# No answer is impossible.
_LEAST = 1e-12


def standardize(X: FloatArray, mean: FloatArray, scale: FloatArray) -> FloatArray:
    """Standardise feature rows; clipped to [-4, 4], NaN as 0, the mean.

    Parameters
    ----------
    X : ndarray of float64, shape (n_samples, n_features)
        Feature rows.
    mean, scale : ndarray of float64, shape (n_features,)
        Of the rows that the model was fitted on.

    Examples
    --------
    >>> standardize(np.array([[3.0, np.nan]]), np.array([1.0, 0.0]), np.array([4.0, 1.0]))
    array([[0.5, 0. ]])
    """
    standard = (X - mean) / scale
    standard[np.isnan(standard)] = 0.0
    return np.clip(standard, -CLIP, CLIP)


def expit(log_odds: FloatArray) -> FloatArray:
    """Give probabilities of log-odds.

    Examples
    --------
    >>> expit(np.array([0.0, 1000.0])).tolist()
    [0.5, 1.0]
    """
    return np.asarray(np.exp(-np.logaddexp(0.0, -log_odds)))


def logit(probabilities: FloatArray) -> FloatArray:
    """Give log-odds of probabilities, finite for 0 and 1 too.

    Examples
    --------
    >>> logit(np.array([0.5])).tolist()
    [0.0]
    """
    kept = np.clip(probabilities, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(kept) - np.log1p(-kept))
