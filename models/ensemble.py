"""The fitted model as plain arrays: a regression and trees, averaged and calibrated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.models.design import FloatArray, lacks_source, temper
from copydesk.models.linear import LinearModel
from copydesk.models.trees import TreeModel

if TYPE_CHECKING:
    from copydesk.models.estimator import SourceAwareCalibratedClassifier


@dataclass(frozen=True, slots=True, eq=False)
class EnsembleModel:
    """The mean of a regression's probabilities and trees', with two temperatures.

    The regression goes on where rows are unlike those it was fitted on; the trees know what holds
    only together with something else, and what an article alone tells.

    Parameters
    ----------
    linear : LinearModel
        The regression.
    trees : TreeModel
        The trees.
    inverse_temperature : ndarray of float64, shape (2,)
        What log probabilities are multiplied by before the softmax (Guo et al. 2017): beside a
        source, and alone.
    """

    linear: LinearModel
    trees: TreeModel
    inverse_temperature: FloatArray

    def predict_proba(self, X: FloatArray) -> FloatArray:
        """Give calibrated probabilities, float64 of shape (n_samples, n_labels).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows in the order of the registry.
        """
        mean = (self.linear.predict_proba(X) + self.trees.predict_proba(X)) / 2
        alone = lacks_source(X, self.linear.needs_source)
        return temper(mean, self.inverse_temperature[alone.astype(int)])

    @classmethod
    def from_estimator(cls, estimator: SourceAwareCalibratedClassifier) -> EnsembleModel:
        """Take the arrays out of a fitted estimator, as ``copydesk.train.fit`` makes it."""
        fitted = estimator.estimator_.named_estimators_
        return cls(
            linear=LinearModel.from_estimator(fitted["linear"]),
            trees=TreeModel.from_estimator(fitted["trees"]),
            inverse_temperature=estimator.inverse_temperature_,
        )
