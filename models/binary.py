"""One question's classifier as plain arrays: a regression and trees, averaged and calibrated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from copydesk.models.design import FloatArray, expit
from copydesk.models.linear import LinearModel
from copydesk.models.trees import TreeModel

if TYPE_CHECKING:
    from copydesk.models.estimator import LinearAndTreesClassifier


@dataclass(frozen=True, slots=True, eq=False)
class BinaryModel:
    """The mean of a regression's log-odds and trees', calibrated.

    The regression goes on where rows are unlike those it was fitted on; the trees know what holds
    only together with something else.

    Parameters
    ----------
    columns : ndarray of int32, shape (n_columns,)
        Which features of a row it looks at.
    linear : LinearModel
        The regression, on these columns.
    trees : TreeModel
        The trees, on these columns.
    inverse_temperature : ndarray of float64, shape ()
        What log-odds are multiplied by (Guo et al. 2017).
    """

    columns: NDArray[np.int32]
    linear: LinearModel
    trees: TreeModel
    inverse_temperature: FloatArray

    def log_odds(self, X: FloatArray) -> FloatArray:
        """Give the calibrated log-odds of yes, float64 of shape (n_samples,).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows in the order of the registry.
        """
        rows = X[:, self.columns]
        mean = (self.linear.log_odds(rows) + self.trees.log_odds(rows)) / 2
        return mean * float(self.inverse_temperature)

    def predict_proba(self, X: FloatArray) -> FloatArray:
        """Give the calibrated probability of yes, float64 of shape (n_samples,)."""
        return expit(self.log_odds(X))

    def contributions(self, X: FloatArray) -> FloatArray:
        """Give what each feature adds to ``base``, shape (n_samples, n_features).

        They and ``base`` add up to the log-odds; features that the question does not ask about
        add 0.
        """
        rows = X[:, self.columns]
        found = np.zeros(X.shape)
        mean = (self.linear.contributions(rows) + self.trees.contributions(rows)) / 2
        found[:, self.columns] = mean * float(self.inverse_temperature)
        return found

    @property
    def base(self) -> float:
        """Log-odds before any feature is looked at."""
        mean = (float(self.linear.intercept) + self.trees.expected) / 2
        return mean * float(self.inverse_temperature)

    @classmethod
    def from_estimator(
        cls, estimator: LinearAndTreesClassifier, columns: NDArray[np.int32]
    ) -> BinaryModel:
        """Take the arrays out of an estimator that was fitted on some columns."""
        return cls(
            columns=np.asarray(columns, np.int32),
            linear=LinearModel(
                mean=estimator.mean_,
                scale=estimator.scale_,
                coef=estimator.regression_.coef_[0],
                intercept=np.asarray(estimator.regression_.intercept_[0]),
            ),
            trees=TreeModel.from_estimator(estimator.trees_),
            inverse_temperature=np.asarray(estimator.inverse_temperature, np.float64),
        )
