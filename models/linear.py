"""A logistic regression as plain arrays: what scoring needs, without importing scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.models.design import FloatArray, standardize


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Logistic regression on standardised features.

    Parameters
    ----------
    mean, scale : ndarray of float64, shape (n_features,)
        Of the fitted rows.
    coef : ndarray of float64, shape (n_features,)
        Log-odds of a standard deviation.
    intercept : ndarray of float64, shape ()
        Log-odds at the mean.
    """

    mean: FloatArray
    scale: FloatArray
    coef: FloatArray
    intercept: FloatArray

    def log_odds(self, X: FloatArray) -> FloatArray:
        """Give the log-odds of yes, float64 of shape (n_samples,).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows; NaN where a value is missing.
        """
        return standardize(X, self.mean, self.scale) @ self.coef + float(self.intercept)

    def contributions(self, X: FloatArray) -> FloatArray:
        """Give what each feature adds to the intercept, shape (n_samples, n_features)."""
        return standardize(X, self.mean, self.scale) * self.coef
