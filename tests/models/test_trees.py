"""The trees from their arrays."""

from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from copydesk.models.trees import TreeModel

NAN = np.nan


def test_a_value_on_a_threshold_goes_as_in_the_estimator(parts: Any) -> None:
    model = TreeModel.from_estimator(parts["trees"])
    asks = np.flatnonzero(model.left != np.arange(len(model.left)))[:40]
    rows = np.zeros((len(asks), parts["trees"].n_features_in_))
    rows[np.arange(len(asks)), model.feature[asks]] = model.threshold[asks]
    np.testing.assert_allclose(
        model.predict_proba(rows), parts["trees"].predict_proba(rows), atol=1e-12
    )


def test_trees_of_a_single_leaf() -> None:
    X, y = np.ones((60, 2)), np.arange(60) % 3
    fitted = HistGradientBoostingClassifier(max_iter=2).fit(X, y)
    found = TreeModel.from_estimator(fitted).predict_proba(X[:2])
    np.testing.assert_allclose(found, np.full((2, 3), 1 / 3))


def test_no_rows_have_no_probabilities(parts: Any) -> None:
    empty = np.zeros((0, parts["trees"].n_features_in_))
    assert TreeModel.from_estimator(parts["trees"]).predict_proba(empty).shape == (0, 3)


def test_probabilities_by_hand() -> None:
    # One tree a label. The first asks whether feature 1 is at most 0.5, then, on the right, whether
    # feature 0 is at most 2; the others are leaves.
    model = TreeModel(
        feature=np.array([1, 0, 0, 0, 0, 0, 0], np.int32),
        threshold=np.array([0.5, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0]),
        missing_left=np.array([True, False, False, False, False, False, False]),
        left=np.array([1, 1, 3, 3, 4, 5, 6], np.int32),
        right=np.array([2, 1, 4, 3, 4, 5, 6], np.int32),
        value=np.array([9.0, 1.0, 9.0, 2.0, 3.0, 0.5, 0.0]),
        roots=np.array([[0, 5, 6]], np.int32),
        baseline=np.array([0.0, 0.0, 1.0]),
    )
    rows = np.array([[0.0, 0.5], [2.0, 0.6], [2.1, 0.6], [NAN, 0.6], [NAN, NAN]])
    odds = np.exp([[value, 0.5, 1.0] for value in (1.0, 2.0, 3.0, 3.0, 1.0)])
    expected = odds / odds.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict_proba(rows), expected)
