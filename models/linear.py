"""The fitted model as plain arrays: what scoring needs, without importing scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from copydesk.features.arrays import arrays_of, load_arrays
from copydesk.models.design import FloatArray, design_matrix

if TYPE_CHECKING:
    from sklearn.calibration import CalibratedClassifierCV


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Multinomial logistic regression on the design matrix, with a temperature.

    Parameters
    ----------
    mean, scale : ndarray of float64, shape (n_features,)
        Of the fitted rows.
    needs_source : ndarray of bool, shape (n_features,)
        Which features need a source.
    coef : ndarray of float64, shape (n_labels, n_columns)
        Weights of the design matrix's columns.
    intercept : ndarray of float64, shape (n_labels,)
        Log odds of the labels at the mean.
    inverse_temperature : ndarray of float64, shape ()
        What log odds are multiplied by before the softmax (Guo et al. 2017).
    """

    mean: FloatArray
    scale: FloatArray
    needs_source: NDArray[np.bool_]
    coef: FloatArray
    intercept: FloatArray
    inverse_temperature: FloatArray

    def predict_proba(self, X: FloatArray) -> FloatArray:
        """Give calibrated probabilities, float64 of shape (n_samples, n_labels).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows in the order of the registry.
        """
        columns = design_matrix(X, self.mean, self.scale, self.needs_source)
        logits = (columns @ self.coef.T + self.intercept) * self.inverse_temperature
        logits -= logits.max(axis=1, keepdims=True)
        odds: FloatArray = np.exp(logits)
        probabilities: FloatArray = odds / odds.sum(axis=1, keepdims=True)
        return probabilities

    def save(self, path: Path) -> None:
        """Write the arrays to an ``.npz`` file."""
        np.savez(path, **arrays_of(self))

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read the arrays from an ``.npz`` file; nothing in it is ever executed.

        Raises
        ------
        ValueError, KeyError, OSError
            The file is damaged.
        """
        return load_arrays(cls, path)

    @classmethod
    def from_estimator(cls, estimator: CalibratedClassifierCV) -> LinearModel:
        """Take the arrays out of a fitted estimator, as ``copydesk.train.fit`` makes it."""
        calibrated = estimator.calibrated_classifiers_[0]
        scaler, regression = calibrated.estimator.scaler_, calibrated.estimator.regression_
        return cls(
            mean=scaler.mean_,
            scale=scaler.scale_,
            needs_source=np.asarray(scaler.needs_source, bool),
            coef=regression.coef_,
            intercept=regression.intercept_,
            inverse_temperature=np.asarray(calibrated.calibrators[0].beta_, float),
        )
