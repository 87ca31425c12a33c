"""The trees from their arrays."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from copydesk.models.judgement import Judge
from copydesk.models.trees import TreeModel

NAN = np.nan

# The first tree asks whether feature 1 is at most 0.5, then, on the right, whether feature 0 is at
# most 2; the second whether feature 0 is at most 0; the third is a leaf. Of ten rows seven went
# left at the first root, of the three others one.
BY_HAND = TreeModel(
    feature=np.array([1, 0, 0, 0, 0, 0, 0, 0, 0], np.int32),
    threshold=np.array([0.5, 0, 2, 0, 0, 0, 0, 0, 0], np.float64),
    missing_left=np.array([1, 0, 0, 0, 0, 1, 0, 0, 0], bool),
    left=np.array([1, 1, 3, 3, 4, 6, 6, 7, 8], np.int32),
    right=np.array([2, 1, 4, 3, 4, 7, 6, 7, 8], np.int32),
    value=np.array([2.2, 1, 5, 2, 6.5, -1, -3, 1, 0.25]),
    roots=np.array([0, 5, 8], np.int32),
    baseline=np.array(-0.5),
)
ROWS = np.array([[0, 0.5], [2, 0.6], [2.1, 0.6], [NAN, 0.6], [NAN, NAN]])


@pytest.fixture
def estimator(estimators: Any) -> HistGradientBoostingClassifier:
    return estimators["reworded"].trees_


@pytest.fixture
def trees(judge: Judge) -> TreeModel:
    return judge.reworded.trees


def test_log_odds_by_hand() -> None:
    first, second = np.array([1, 2, 6.5, 6.5, 1]), np.array([-3, 1, 1, -3, -3])
    assert BY_HAND.log_odds(ROWS).tolist() == (first + second + 0.25 - 0.5).tolist()


def test_contributions_by_hand() -> None:
    # Feature 1 brings the first tree from 2.2 to 1 or to 5, feature 0 from there to 2 or 6.5; it
    # brings the second from -1 to -3 or to 1.
    assert BY_HAND.expected == pytest.approx(2.2 - 1 + 0.25 - 0.5)
    np.testing.assert_allclose(
        BY_HAND.contributions(ROWS),
        [[-2, -1.2], [-3 + 2, 2.8], [1.5 + 2, 2.8], [1.5 - 2, 2.8], [-2, -1.2]],
    )


def test_log_odds_are_the_estimator_s(
    trees: TreeModel, estimator: HistGradientBoostingClassifier, rows: NDArray[np.float64]
) -> None:
    np.testing.assert_allclose(trees.log_odds(rows), estimator.decision_function(rows), atol=1e-12)
    assert len(trees.roots) == estimator.max_iter


def test_a_value_on_a_threshold_goes_as_in_the_estimator(
    trees: TreeModel, estimator: HistGradientBoostingClassifier
) -> None:
    asks = np.flatnonzero(trees.left != np.arange(len(trees.left)))
    rows = np.zeros((len(asks), estimator.n_features_in_))
    rows[np.arange(len(asks)), trees.feature[asks]] = trees.threshold[asks]
    np.testing.assert_allclose(trees.log_odds(rows), estimator.decision_function(rows), atol=1e-12)


def test_contributions_add_up(trees: TreeModel, rows: NDArray[np.float64]) -> None:
    together = trees.contributions(rows).sum(axis=1) + trees.expected
    np.testing.assert_allclose(together, trees.log_odds(rows), atol=1e-12)


def test_a_node_is_worth_the_mean_of_the_rows_that_came_there() -> None:
    X = np.array([0.0] * 30 + [1.0] * 60 + [2.0] * 30)[:, None]
    y = np.array([0] * 30 + [1] * 90)
    fitted = HistGradientBoostingClassifier(max_iter=1, max_leaf_nodes=3).fit(X, y)
    trees = TreeModel.from_estimator(fitted)
    (root,) = trees.roots
    expected = (trees.log_odds(X) - trees.baseline).mean()
    assert trees.value[root] == pytest.approx(expected)
    assert trees.expected == pytest.approx(trees.log_odds(X).mean())


def test_what_no_tree_asks_for_adds_nothing(trees: TreeModel, rows: NDArray[np.float64]) -> None:
    is_asked = np.zeros(rows.shape[1], bool)
    is_asked[trees.feature[trees.left != np.arange(len(trees.left))]] = True
    found = trees.contributions(rows)
    assert not is_asked.all()
    assert not found[:, ~is_asked].any()
    assert (found[:, is_asked] != 0).any(axis=0).all()


def test_trees_of_a_single_leaf() -> None:
    X, y = np.ones((60, 2)), np.arange(60) % 3 == 0
    trees = TreeModel.from_estimator(HistGradientBoostingClassifier(max_iter=2).fit(X, y))
    np.testing.assert_allclose(trees.log_odds(X[:2]), np.log([0.5, 0.5]))
    assert trees.contributions(X[:2]).tolist() == [[0, 0], [0, 0]]


def test_no_rows_have_no_log_odds(trees: TreeModel, rows: NDArray[np.float64]) -> None:
    assert trees.log_odds(rows[:0]).shape == (0,)
    assert trees.contributions(rows[:0]).shape == (0, rows.shape[1])
