"""The scikit-learn estimator of one question: a regression and trees, their log-odds averaged."""

from __future__ import annotations

from typing import Any, Self, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from copydesk.models.design import FloatArray, expit, standardize

# Of an inverse temperature, either way.
_MAX_LOG_BETA = 4.0


class LinearAndTreesClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression and boosted trees for two labels; their mean log-odds decide.

    Missing values are NaN: the mean to the regression, a branch of their own to the trees.

    Parameters
    ----------
    C : float
        Inverse strength of the regression's L2 penalty.
    max_iter : int
        Rounds of boosting.
    max_leaf_nodes : int
        Of a tree. Small trees: large ones learned the data sets.
    learning_rate, l2_regularization : float
        As of ``HistGradientBoostingClassifier``.
    inverse_temperature : float
        What log-odds are multiplied by; see ``fit_inverse_temperature``.
    random_state : int, optional
        Seed of the trees.

    Attributes
    ----------
    mean_, scale_ : ndarray of float64, shape (n_features,)
        Weighted mean and standard deviation of the values that are there.
    regression_ : LogisticRegression
        On standardised features.
    trees_ : HistGradientBoostingClassifier
        On features as they are.
    classes_ : ndarray, shape (2,)
        The labels.

    Examples
    --------
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> LinearAndTreesClassifier(max_iter=1).fit(X, [0, 0, 1, 1]).predict([[3.0]]).tolist()
    [1]
    """

    def __init__(
        self,
        C: float = 0.05,
        max_iter: int = 150,
        max_leaf_nodes: int = 8,
        learning_rate: float = 0.12,
        l2_regularization: float = 10.0,
        inverse_temperature: float = 1.0,
        random_state: Any = None,
    ) -> None:
        self.C = C
        self.max_iter = max_iter
        self.max_leaf_nodes = max_leaf_nodes
        self.learning_rate = learning_rate
        self.l2_regularization = l2_regularization
        self.inverse_temperature = inverse_temperature
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit both."""
        rows, labels = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")
        check_classification_targets(labels)
        self.classes_ = np.unique(labels)
        if type_of_target(labels, input_name="y") != "binary" or len(self.classes_) != 2:
            raise ValueError(
                "Only binary classification is supported. The type of the target is "
                f"{type_of_target(labels)}, with {len(self.classes_)} class(es)."
            )
        weights = _check_sample_weight(sample_weight, rows, dtype=np.float64)
        self._fit_scale(rows, weights)
        self.regression_ = LogisticRegression(C=self.C, max_iter=2000)
        columns = standardize(rows, self.mean_, self.scale_)
        self.regression_.fit(columns, labels, sample_weight=weights)
        self.n_iter_ = self.regression_.n_iter_
        self.trees_ = HistGradientBoostingClassifier(
            learning_rate=self.learning_rate,
            max_iter=self.max_iter,
            max_leaf_nodes=self.max_leaf_nodes,
            l2_regularization=self.l2_regularization,
            early_stopping=False,
            random_state=self.random_state,
        )
        # The trees refuse a feature that has no value in any row.
        filled = np.where(np.isnan(rows).all(axis=0), 0.0, rows)
        # Bins of rows that weigh the same are found a hundred times as fast without weights.
        self.trees_.fit(filled, labels, sample_weight=None if sample_weight is None else weights)
        # How many threads fitted it is no part of a model: saved, it would be other bytes.
        self.trees_._bin_mapper.n_threads = 1
        return self

    def decision_function(self, X: ArrayLike) -> FloatArray:
        """Give the calibrated log-odds of the second label, shape (n_samples,)."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        columns = standardize(rows, self.mean_, self.scale_)
        both = self.regression_.decision_function(columns) + self.trees_.decision_function(rows)
        return cast("FloatArray", both / 2 * self.inverse_temperature)

    def predict_proba(self, X: ArrayLike) -> FloatArray:
        """Give calibrated probabilities, shape (n_samples, 2)."""
        second = expit(self.decision_function(X))
        return np.column_stack([1 - second, second])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Give the more probable label of each row, shape (n_samples,)."""
        is_second = self.decision_function(X) > 0
        return cast("NDArray[Any]", self.classes_[is_second.astype(int)])

    def _fit_scale(self, rows: FloatArray, weights: FloatArray) -> None:
        present = ~np.isnan(rows)
        totals = np.maximum((present * weights[:, None]).sum(axis=0), np.finfo(float).tiny)
        filled = np.where(present, rows, 0.0)
        self.mean_ = (filled * weights[:, None]).sum(axis=0) / totals
        deviation = np.where(present, rows - self.mean_, 0.0)
        variance = (deviation**2 * weights[:, None]).sum(axis=0) / totals
        self.scale_ = np.where(variance > 1e-12, np.sqrt(variance), 1.0)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.classifier_tags.multi_class = False
        return tags


def fit_inverse_temperature(
    log_odds: FloatArray, y: NDArray[np.bool_], weights: FloatArray
) -> float:
    """Fit the factor of log-odds that gives the least log-loss (Guo et al. 2017).

    Parameters
    ----------
    log_odds : ndarray of float64, shape (n_samples,)
        For rows that the classifier was not fitted on.
    y : ndarray of bool, shape (n_samples,)
        Whether yes is right.
    weights : ndarray of float64, shape (n_samples,)
        Of the rows.

    Returns
    -------
    float
        In [exp(-4), exp(4)]; 1 where nothing weighs.

    Examples
    --------
    >>> odds = np.log(np.array([3.0, 3.0, 3.0, 3.0]))
    >>> right = np.array([True, True, True, False])
    >>> round(fit_inverse_temperature(2 * odds, right, np.ones(4)), 2)
    0.5
    """
    if not weights.sum() > 0:
        return 1.0
    signed = np.where(y, log_odds, -log_odds)

    def loss(log_beta: float) -> float:
        return float(weights @ np.logaddexp(0.0, -np.exp(log_beta) * signed))

    found = minimize_scalar(loss, bounds=(-_MAX_LOG_BETA, _MAX_LOG_BETA), method="bounded")
    return float(np.exp(found.x))
