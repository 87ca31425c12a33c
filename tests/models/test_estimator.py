"""The estimator keeps scikit-learn's rules and does what it says."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import parametrize_with_checks

from copydesk.models.design import expit
from copydesk.models.estimator import LinearAndTreesClassifier, fit_inverse_temperature

NAN = np.nan


@parametrize_with_checks([LinearAndTreesClassifier(max_iter=10)])
def test_scikit_learn_rules(estimator: Any, check: Any) -> None:
    check(estimator)


def drawn(n: int = 80, seed: int = 2) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    return X, np.where(X[:, 0] + rng.normal(size=n) > 0, "yes", "no")


def test_scale_by_hand() -> None:
    X = np.array([[1.0, 4.0, NAN], [3.0, NAN, NAN], [NAN, 4.0, NAN]])
    fitted = LinearAndTreesClassifier(max_iter=1).fit(X, [0, 1, 1])
    assert fitted.mean_.tolist() == [2.0, 4.0, 0.0]
    # What is constant or never there keeps its scale.
    assert fitted.scale_.tolist() == [1.0, 1.0, 1.0]


def test_a_feature_without_any_value_tells_nothing() -> None:
    X, y = drawn()
    X[:, 1] = NAN
    fitted = LinearAndTreesClassifier(random_state=0).fit(X, y)
    expected = fitted.decision_function(X)
    for value in (-9.0, 0.0, 9.0):
        X[:, 1] = value
        np.testing.assert_array_equal(fitted.decision_function(X), expected)


def test_scale_is_that_of_weighted_rows() -> None:
    X = np.array([[0.0, NAN], [4.0, 1.0]])
    fitted = LinearAndTreesClassifier(max_iter=1).fit(X, [0, 1], sample_weight=[3.0, 1.0])
    np.testing.assert_allclose(fitted.mean_, [1.0, 1.0])
    np.testing.assert_allclose(fitted.scale_, [np.sqrt(3.0), 1.0])


def test_log_odds_are_the_mean_of_two_known_estimators() -> None:
    X, y = drawn()
    weights = np.linspace(0.5, 1.5, len(y))
    fitted = LinearAndTreesClassifier(
        C=0.5, max_iter=9, max_leaf_nodes=4, learning_rate=0.3, l2_regularization=1.0
    ).fit(X, y, sample_weight=weights)
    Z = (X - fitted.mean_) / fitted.scale_
    assert np.abs(Z).max() < 4
    linear = LogisticRegression(C=0.5, max_iter=2000).fit(Z, y, sample_weight=weights)
    trees = HistGradientBoostingClassifier(
        max_iter=9, max_leaf_nodes=4, learning_rate=0.3, l2_regularization=1.0, early_stopping=False
    ).fit(X, y, sample_weight=weights)
    expected = (linear.decision_function(Z) + trees.decision_function(X)) / 2
    np.testing.assert_allclose(fitted.decision_function(X), expected)
    np.testing.assert_allclose(fitted.predict_proba(X)[:, 1], expit(expected))
    assert fitted.predict(X).tolist() == np.where(expected > 0, "yes", "no").tolist()


def test_weights_count_rows() -> None:
    X, y = drawn()
    counts = np.random.default_rng(3).integers(1, 4, len(y))
    weighted = LinearAndTreesClassifier().fit(X, y, sample_weight=counts)
    repeated = LinearAndTreesClassifier().fit(X.repeat(counts, 0), y.repeat(counts))
    for mine, other in ((weighted.mean_, repeated.mean_), (weighted.scale_, repeated.scale_)):
        np.testing.assert_allclose(mine, other)
    np.testing.assert_allclose(weighted.regression_.coef_, repeated.regression_.coef_, rtol=1e-3)


def test_temperature_is_no_matter_of_the_fit() -> None:
    X, y = drawn()
    fitted = LinearAndTreesClassifier(random_state=0).fit(X, y)
    before = fitted.decision_function(X)
    fitted.set_params(inverse_temperature=0.25)
    np.testing.assert_allclose(fitted.decision_function(X), before / 4)


def test_trees_learn_what_holds_only_together() -> None:
    rng = np.random.default_rng(3)
    X = rng.normal(size=(400, 2))
    y = (X[:, 0] > 0) ^ (X[:, 1] > 0)
    fitted = LinearAndTreesClassifier(random_state=0).fit(X, y)
    assert fitted.score(X, y) > 0.95
    assert fitted.regression_.score(X, y) < 0.7


def test_a_value_that_is_missing_is_a_branch_of_its_own() -> None:
    X = np.r_[np.linspace(-1, 1, 60), [NAN] * 60][:, None]
    y = np.isnan(X[:, 0])
    fitted = LinearAndTreesClassifier().fit(X, y)
    assert fitted.score(X, y) == 1.0


@pytest.mark.parametrize("y", [[0, 1, 2] * 4, [1] * 12])
def test_two_labels_are_needed(y: list[int]) -> None:
    n = len(set(y))
    with pytest.raises(ValueError, match=rf"Only binary classification .* {n} class\(es\)"):
        LinearAndTreesClassifier().fit(np.arange(12.0)[:, None], y)


def test_temperature_by_hand() -> None:
    # Called with odds of 3, right 9 times of 10, odds of 9: twice as far.
    log_odds = np.full(10, np.log(3.0))
    y = np.arange(10) > 0
    assert fit_inverse_temperature(log_odds, y, np.ones(10)) == pytest.approx(2.0, abs=1e-3)
    assert fit_inverse_temperature(-log_odds, ~y, np.ones(10)) == pytest.approx(2.0, abs=1e-3)


def test_temperature_is_fitted_by_weight() -> None:
    log_odds = np.log(np.array([3.0, 3.0]))
    weights = np.array([9.0, 1.0])
    found = fit_inverse_temperature(log_odds, np.array([True, False]), weights)
    assert found == pytest.approx(2.0, abs=1e-3)


def test_temperature_has_bounds() -> None:
    log_odds, right = np.ones(4), np.ones(4, bool)
    assert fit_inverse_temperature(log_odds, right, np.ones(4)) == pytest.approx(
        np.exp(4), rel=0.01
    )
    assert fit_inverse_temperature(-log_odds, right, np.ones(4)) == pytest.approx(
        np.exp(-4), rel=0.01
    )


def test_where_nothing_weighs_the_temperature_is_one() -> None:
    assert fit_inverse_temperature(np.zeros(0), np.zeros(0, bool), np.zeros(0)) == 1.0
    assert fit_inverse_temperature(np.ones(2), np.ones(2, bool), np.zeros(2)) == 1.0


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.integers(0, 10_000), st.floats(0.25, 4))
def test_no_other_temperature_is_better(seed: int, other: float) -> None:
    rng = np.random.default_rng(seed)
    log_odds = rng.normal(scale=2, size=30)
    y = rng.random(30) < expit(log_odds)
    weights = rng.uniform(0.1, 3, 30)

    def loss(beta: float) -> float:
        p = expit(beta * log_odds)
        return float(-weights @ np.log(np.where(y, p, 1 - p)))

    found = fit_inverse_temperature(log_odds, y, weights)
    assert loss(found) <= loss(found * other) + 1e-6
