"""The regression as plain arrays: what scoring needs, without importing scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from copydesk.models.design import FloatArray, design_matrix, softmax

if TYPE_CHECKING:
    from copydesk.models.estimator import SourceAwareLogisticRegression


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Multinomial logistic regression on the design matrix.

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
    """

    mean: FloatArray
    scale: FloatArray
    needs_source: NDArray[np.bool_]
    coef: FloatArray
    intercept: FloatArray

    def predict_proba(self, X: FloatArray) -> FloatArray:
        """Give probabilities before calibration, float64 of shape (n_samples, n_labels).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows in the order of the registry.
        """
        columns = design_matrix(X, self.mean, self.scale, self.needs_source)
        return softmax(columns @ self.coef.T + self.intercept)

    @classmethod
    def from_estimator(cls, estimator: SourceAwareLogisticRegression) -> LinearModel:
        """Take the arrays out of a fitted estimator."""
        scaler, regression = estimator.scaler_, estimator.regression_
        return cls(
            mean=scaler.mean_,
            scale=scaler.scale_,
            needs_source=np.asarray(scaler.needs_source, bool),
            coef=regression.coef_,
            intercept=regression.intercept_,
        )
