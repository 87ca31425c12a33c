"""The scikit-learn estimators: standardising that knows of missing sources, and classifiers."""

from __future__ import annotations

from typing import Any, Self, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin, clone
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import cross_val_predict
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from copydesk.models.design import design_matrix, lacks_source, temper

# Of an inverse temperature, either way.
_MAX_LOG_BETA = 4.0


class _TakesNaN(BaseEstimator):  # type: ignore[misc]
    """What is missing is told by NaN."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class _ProbabilisticClassifier(ClassifierMixin, _TakesNaN):  # type: ignore[misc]
    """A classifier whose labels are its most probable ones."""

    classes_: NDArray[Any]

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Give probabilities, shape (n_samples, n_labels)."""
        raise NotImplementedError

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Give the most probable label of each row, shape (n_samples,)."""
        best = self.predict_proba(X).argmax(axis=1)
        return cast("NDArray[Any]", self.classes_[best])


class SourceAwareScaler(TransformerMixin, _TakesNaN):  # type: ignore[misc]
    """Standardise features and set apart the rows that have no source.

    Parameters
    ----------
    needs_source : array-like of bool, shape (n_features,), optional
        Which features need a source; none by default.

    Attributes
    ----------
    mean_, scale_ : ndarray of float64, shape (n_features,)
        Weighted mean and standard deviation of the values that are there.

    See Also
    --------
    copydesk.models.design.design_matrix : what the columns are.
    """

    def __init__(self, needs_source: ArrayLike | None = None) -> None:
        self.needs_source = needs_source

    def fit(self, X: ArrayLike, y: Any = None, sample_weight: ArrayLike | None = None) -> Self:
        """Learn mean and standard deviation.

        Raises
        ------
        ValueError
            ``needs_source`` has another length than a row.
        """
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        mask = self._mask(rows.shape[1])
        if len(mask) != rows.shape[1]:
            raise ValueError(
                f"needs_source has {len(mask)} entries, X has {rows.shape[1]} features"
            )
        weights = _check_weights(sample_weight, len(rows))
        present = ~np.isnan(rows)
        totals = np.maximum((present * weights[:, None]).sum(axis=0), np.finfo(float).tiny)
        filled = np.where(present, rows, 0.0)
        self.mean_ = (filled * weights[:, None]).sum(axis=0) / totals
        deviation = np.where(present, rows - self.mean_, 0.0)
        variance = (deviation**2 * weights[:, None]).sum(axis=0) / totals
        self.scale_ = np.where(variance > 1e-12, np.sqrt(variance), 1.0)
        return self

    def transform(self, X: ArrayLike) -> NDArray[np.float64]:
        """Give the design matrix of feature rows."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return design_matrix(rows, self.mean_, self.scale_, self._mask(rows.shape[1]))

    def get_feature_names_out(self, input_features: ArrayLike | None = None) -> NDArray[np.object_]:
        """Name the columns of the design matrix."""
        check_is_fitted(self)
        names = (
            [f"x{i}" for i in range(self.n_features_in_)]
            if input_features is None
            else [str(name) for name in np.asarray(input_features)]
        )
        alone = [n for n, needed in zip(names, self._mask(len(names)), strict=True) if not needed]
        return np.array([*names, "no_source", *(f"{n}_alone" for n in alone)], dtype=object)

    def _mask(self, n_features: int) -> NDArray[np.bool_]:
        if self.needs_source is None:
            return np.zeros(n_features, bool)
        return np.asarray(self.needs_source, bool)


def _check_weights(
    given: ArrayLike | None, n_samples: int, name: str = "sample_weight"
) -> NDArray[np.float64]:
    if given is None:
        return np.ones(n_samples)
    weights = np.asarray(given, np.float64)
    if weights.ndim == 0:
        weights = np.full(n_samples, weights)
    if weights.shape != (n_samples,):
        raise ValueError(f"{name} has shape {weights.shape}, expected ({n_samples},)")
    if not weights.sum() > 0:
        raise ValueError(f"{name} sums to zero, expected some rows to count")
    return weights


class SourceAwareLogisticRegression(_ProbabilisticClassifier):
    """Multinomial logistic regression behind a ``SourceAwareScaler``, weights for both.

    Parameters
    ----------
    needs_source : array-like of bool, shape (n_features,), optional
        Which features need a source; none by default.
    C : float
        Inverse strength of the L2 penalty.
    max_iter : int
        Limit of the solver.

    Attributes
    ----------
    scaler_ : SourceAwareScaler
        Fitted with the same weights.
    regression_ : LogisticRegression
        On the design matrix.
    classes_ : ndarray
        The labels.
    """

    def __init__(
        self, needs_source: ArrayLike | None = None, C: float = 0.03, max_iter: int = 2000
    ) -> None:
        self.needs_source = needs_source
        self.C = C
        self.max_iter = max_iter

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit scaler and regression."""
        rows, labels = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")
        check_classification_targets(labels)
        self.scaler_ = SourceAwareScaler(self.needs_source)
        columns = self.scaler_.fit(rows, sample_weight=sample_weight).transform(rows)
        self.regression_ = LogisticRegression(C=self.C, max_iter=self.max_iter)
        self.regression_.fit(columns, labels, sample_weight=sample_weight)
        self.classes_ = self.regression_.classes_
        self.n_iter_ = self.regression_.n_iter_
        return self

    def decision_function(self, X: ArrayLike) -> NDArray[np.float64]:
        """Give log odds up to a constant, shape (n_samples, n_labels), (n_samples,) with two."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return cast(
            "NDArray[np.float64]", self.regression_.decision_function(self.scaler_.transform(rows))
        )

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Give probabilities before calibration, shape (n_samples, n_labels)."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return cast(
            "NDArray[np.float64]", self.regression_.predict_proba(self.scaler_.transform(rows))
        )


class WeightedVotingClassifier(VotingClassifier):  # type: ignore[misc]
    """A ``VotingClassifier`` that says it takes sample weights, so that calibration hands them on.

    Parameters and attributes are those of ``VotingClassifier``.
    """

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fit every classifier with the same weights."""
        return cast("Self", super().fit(X, y, sample_weight=sample_weight))


class SourceAwareCalibratedClassifier(_ProbabilisticClassifier):
    """A classifier whose probabilities get one temperature beside a source and another alone.

    Both are fitted on predictions for rows left out (Guo et al. 2017). Were it one, rows that have
    a source would decide how sure a verdict without one sounds.

    Parameters
    ----------
    estimator : classifier
        What is calibrated; takes sample weights.
    needs_source : array-like of bool, shape (n_features,), optional
        Which features need a source; none by default, and then no row is alone.
    cv : int, splitter or iterable of (train, test)
        What is left out in turn, as ``cross_val_predict`` takes it.

    Attributes
    ----------
    estimator_ : classifier
        Fitted on all rows.
    inverse_temperature_ : ndarray of float64, shape (2,)
        Beside a source, and alone; 1 where there was no such row.
    classes_ : ndarray
        The labels.
    """

    def __init__(
        self, estimator: Any = None, needs_source: ArrayLike | None = None, cv: Any = None
    ) -> None:
        self.estimator = estimator
        self.needs_source = needs_source
        self.cv = cv

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        calibration_weight: ArrayLike | None = None,
    ) -> Self:
        """Fit the temperatures on rows left out, then the classifier on all.

        Parameters
        ----------
        X, y, sample_weight
            As for any classifier.
        calibration_weight : array-like of float64, shape (n_samples,), optional
            What each row counts for the temperatures; ``sample_weight`` by default. Rows that only
            teach, unlike those that will be asked about, count 0.
        """
        rows, labels = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")
        check_classification_targets(labels)
        weights = _check_weights(sample_weight, len(rows))
        counted = weights
        if calibration_weight is not None:
            counted = _check_weights(calibration_weight, len(rows), "calibration_weight")
        estimator = SourceAwareLogisticRegression() if self.estimator is None else self.estimator
        self.classes_ = np.unique(labels)
        left_out = cross_val_predict(
            estimator,
            rows,
            labels,
            cv=self.cv,
            method="predict_proba",
            params={"sample_weight": weights},
        )
        alone = self._is_alone(rows)
        self.inverse_temperature_ = np.array(
            [
                fit_inverse_temperature(left_out[part], labels[part], counted[part], self.classes_)
                for part in (~alone, alone)
            ]
        )
        self.estimator_ = clone(estimator).fit(rows, labels, sample_weight=weights)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Give calibrated probabilities, shape (n_samples, n_labels)."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        beta = self.inverse_temperature_[self._is_alone(rows).astype(int)]
        return temper(self.estimator_.predict_proba(rows), beta)

    def _is_alone(self, rows: NDArray[np.float64]) -> NDArray[np.bool_]:
        if self.needs_source is None:
            return np.zeros(len(rows), bool)
        return lacks_source(rows, np.asarray(self.needs_source, bool))


def fit_inverse_temperature(
    probabilities: NDArray[np.float64],
    labels: NDArray[Any],
    weights: NDArray[np.float64],
    classes: NDArray[Any],
) -> float:
    """Fit the power of probabilities that gives the least log-loss; 1 where nothing weighs.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        For rows that the classifier was not fitted on.
    labels : ndarray, shape (n_samples,)
        The true ones.
    weights : ndarray of float64, shape (n_samples,)
        Of the rows.
    classes : ndarray, shape (n_labels,)
        The labels in the order of the columns.
    """
    if not weights.sum() > 0:
        return 1.0

    def loss(log_beta: float) -> float:
        tempered = temper(probabilities, np.full(len(labels), np.exp(log_beta)))
        return float(log_loss(labels, tempered, sample_weight=weights, labels=classes))

    found = minimize_scalar(loss, bounds=(-_MAX_LOG_BETA, _MAX_LOG_BETA), method="bounded")
    return float(np.exp(found.x))
