"""The estimators keep scikit-learn's rules and do what they say."""

from typing import Any

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.estimator_checks import parametrize_with_checks

from copydesk.models.estimator import (
    SourceAwareCalibratedClassifier,
    SourceAwareLogisticRegression,
    SourceAwareScaler,
)

NAN = np.nan


@parametrize_with_checks(
    [SourceAwareScaler(), SourceAwareLogisticRegression(), SourceAwareCalibratedClassifier(cv=2)]
)
def test_scikit_learn_rules(estimator: Any, check: Any) -> None:
    check(estimator)


def test_scaler_by_hand() -> None:
    X = np.array([[1.0, 4.0], [3.0, NAN], [NAN, 4.0]])
    scaler = SourceAwareScaler([True, False]).fit(X)
    np.testing.assert_allclose(scaler.mean_, [2.0, 4.0])
    np.testing.assert_allclose(scaler.scale_, [1.0, 1.0])  # a constant feature keeps its scale
    np.testing.assert_allclose(scaler.transform([[3.0, 5.0]]), [[1.0, 1.0, 0.0, 0.0]])
    np.testing.assert_allclose(scaler.transform([[NAN, 5.0]]), [[0.0, 1.0, 1.0, 1.0]])


def test_scaler_weighs_rows_by_hand() -> None:
    X = np.array([[0.0, NAN], [4.0, 1.0]])
    scaler = SourceAwareScaler().fit(X, sample_weight=[3.0, 1.0])
    np.testing.assert_allclose(scaler.mean_, [1.0, 1.0])
    np.testing.assert_allclose(scaler.scale_, [np.sqrt(3.0), 1.0])


def test_feature_without_any_value_is_zero() -> None:
    scaler = SourceAwareScaler().fit([[NAN, 1.0], [NAN, 3.0]])
    np.testing.assert_array_equal(scaler.transform([[NAN, 2.0]])[:, :2], [[0.0, 0.0]])


def test_scaler_names_its_columns() -> None:
    scaler = SourceAwareScaler([True, False]).fit(np.eye(2))
    assert scaler.get_feature_names_out(["drift", "rare"]).tolist() == [
        "drift",
        "rare",
        "no_source",
        "rare_alone",
    ]
    names = scaler.get_feature_names_out()
    assert names.tolist() == ["x0", "x1", "no_source", "x1_alone"]
    assert len(names) == scaler.transform(np.eye(2)).shape[1]


@pytest.mark.parametrize("make", [SourceAwareScaler, SourceAwareLogisticRegression])
def test_mask_of_another_length_is_refused(make: Any) -> None:
    with pytest.raises(ValueError, match="needs_source has 3 entries, X has 2 features"):
        make([True, False, True]).fit(np.eye(2), np.array([0, 1]))


def test_weights_count_rows() -> None:
    rng = np.random.default_rng(2)
    X = rng.normal(size=(60, 3))
    y = (X[:, 0] + rng.normal(size=60) > 0).astype(int)
    counts = rng.integers(1, 4, 60)
    weighted = SourceAwareLogisticRegression(C=1.0).fit(X, y, sample_weight=counts)
    repeated = SourceAwareLogisticRegression(C=1.0).fit(X.repeat(counts, 0), y.repeat(counts))
    np.testing.assert_allclose(
        weighted.predict_proba(X), repeated.predict_proba(X), rtol=1e-3, atol=1e-4
    )


def test_learns_apart_with_and_without_source() -> None:
    # The article feature says one thing beside a source and the opposite alone.
    rng = np.random.default_rng(3)
    alone = rng.random(400) < 0.5
    feature = rng.normal(size=400)
    X = np.column_stack([np.where(alone, NAN, rng.normal(size=400)), feature])
    y = ((feature > 0) ^ alone).astype(int)
    fitted = SourceAwareLogisticRegression([True, False], C=10.0).fit(X, y)
    assert fitted.score(X, y) > 0.95
    assert fitted.classes_.tolist() == [0, 1]
    np.testing.assert_array_equal(fitted.predict(X) == 1, fitted.decision_function(X) > 0)


class Constant(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Always says the same, three to one."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "Constant":
        self.classes_ = np.unique(y)
        return self

    def predict_proba(self, X: Any) -> Any:
        return np.tile([0.75, 0.25], (len(X), 1))

    def predict(self, X: Any) -> Any:
        return np.zeros(len(X))


def test_each_view_has_its_own_temperature_by_hand() -> None:
    # Beside a source 9 of 10 are of the class called, odds of 9 = 3 squared; alone one of two is.
    X = np.zeros((40, 2))
    X[20:, 0] = NAN
    y = np.r_[[0] * 18, [1] * 2, [0] * 10, [1] * 10]
    cv = [(np.arange(k, 40, 2), np.arange(1 - k, 40, 2)) for k in range(2)]
    fitted = SourceAwareCalibratedClassifier(Constant(), [True, False], cv).fit(X, y)
    assert fitted.inverse_temperature_[0] == pytest.approx(2.0, abs=1e-3)
    assert fitted.inverse_temperature_[1] < 0.05  # towards one half, as far as it may go
    found = fitted.predict_proba([[0.0, 0.0], [NAN, 0.0]])
    np.testing.assert_allclose(found, [[0.9, 0.1], [0.5, 0.5]], atol=0.01)


def test_temperatures_are_fitted_by_weight() -> None:
    X, y = np.zeros((20, 1)), np.r_[[0] * 10, [1] * 10]
    weights = np.where(y == 0, 9.0, 1.0)
    cv = [(np.arange(k, 20, 2), np.arange(1 - k, 20, 2)) for k in range(2)]
    fitted = SourceAwareCalibratedClassifier(Constant(), cv=cv).fit(X, y, sample_weight=weights)
    np.testing.assert_allclose(fitted.inverse_temperature_, [2.0, 1.0], atol=1e-3)


def test_rows_that_only_teach_do_not_count_for_the_temperatures() -> None:
    X, y = np.zeros((40, 1)), np.r_[[0] * 18, [1] * 2, [1] * 20]
    cv = [(np.arange(k, 40, 2), np.arange(1 - k, 40, 2)) for k in range(2)]
    asked = np.r_[np.ones(20), np.zeros(20)]
    fitted = SourceAwareCalibratedClassifier(Constant(), cv=cv).fit(X, y, calibration_weight=asked)
    assert fitted.inverse_temperature_[0] == pytest.approx(2.0, abs=1e-3)
    with pytest.raises(ValueError, match=r"calibration_weight has shape \(3,\), expected \(40,\)"):
        SourceAwareCalibratedClassifier(Constant(), cv=cv).fit(X, y, calibration_weight=asked[:3])


def test_temperatures_are_fitted_on_rows_left_out_and_the_classifier_on_all() -> None:
    rng = np.random.default_rng(4)
    X = rng.normal(size=(40, 30))
    y = rng.integers(0, 2, 40)  # nothing to learn
    sure = SourceAwareLogisticRegression(C=100.0)
    fitted = SourceAwareCalibratedClassifier(sure, cv=4).fit(X, y)
    assert fitted.inverse_temperature_[0] < 0.2
    plain = sure.fit(X, y)
    np.testing.assert_array_equal(fitted.estimator_.predict_proba(X), plain.predict_proba(X))
    np.testing.assert_array_equal(fitted.predict(X), plain.predict(X))
