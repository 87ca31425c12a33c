"""From feature rows to the columns of a linear model that serves with and without a source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

CLIP = 4.0
# No label is impossible.
_LEAST = 1e-12


def design_matrix(
    X: FloatArray, mean: FloatArray, scale: FloatArray, needs_source: NDArray[np.bool_]
) -> FloatArray:
    """Standardise feature rows and give article features weights of their own without a source.

    Columns: all features, standardised, clipped to [-4, 4], NaN as 0 (the mean); then whether
    there is no source; then the article features again, where there is no source, else 0. A
    linear model on these columns is two models, with and without a source, that share what
    they learn.

    Parameters
    ----------
    X : ndarray of float64, shape (n_samples, n_features)
        Feature rows; all source features NaN means no source.
    mean, scale : ndarray of float64, shape (n_features,)
        Of the rows that the model was fitted on.
    needs_source : ndarray of bool, shape (n_features,)
        Which features need a source.

    Returns
    -------
    ndarray of float64, shape (n_samples, n_features + 1 + number of article features)
    """
    scaled = np.clip(np.nan_to_num((X - mean) / scale, nan=0.0), -CLIP, CLIP)
    alone = lacks_source(X, needs_source)[:, None].astype(np.float64)
    return np.hstack([scaled, alone, scaled[:, ~needs_source] * alone])


def softmax(log_odds: FloatArray) -> FloatArray:
    """Give probabilities of log odds, float64 of shape (n_samples, n_labels)."""
    odds: FloatArray = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
    probabilities: FloatArray = odds / odds.sum(axis=1, keepdims=True)
    return probabilities


def temper(probabilities: FloatArray, inverse_temperature: FloatArray) -> FloatArray:
    """Raise the probabilities of each row to a power and scale them to sum to 1.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        Of a classifier.
    inverse_temperature : ndarray of float64, shape (n_samples,)
        The power, more than 0; less than 1 makes a row less sure of itself.

    Examples
    --------
    >>> temper(np.array([[0.75, 0.25]]), np.array([2.0])).round(3)
    array([[0.9, 0.1]])
    """
    return softmax(inverse_temperature[:, None] * np.log(probabilities + _LEAST))


def lacks_source(X: FloatArray, needs_source: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which rows have no source: those whose source features are all NaN."""
    return np.asarray(np.isnan(X[:, needs_source]).all(axis=1))
