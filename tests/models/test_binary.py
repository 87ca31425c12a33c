"""One question's classifier: the mean of both parts, its temperature, and what adds up to it."""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.models.binary import BinaryModel
from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.judgement import Judge
from copydesk.models.linear import LinearModel
from copydesk.models.trees import TreeModel

Columns = Mapping[str, NDArray[np.int32]]
Estimators = Mapping[str, LinearAndTreesClassifier]
QUESTIONS = [field.name for field in fields(Judge)]


@pytest.fixture
def by_hand() -> BinaryModel:
    """Looks at features 2 and 0: a weight of 2 for the one, a step of 3 at 1 for the other."""
    linear = LinearModel(np.zeros(2), np.ones(2), np.array([2.0, 0.0]), np.array(1.0))
    trees = TreeModel(
        feature=np.array([1, 0, 0], np.int32),
        threshold=np.array([1.0, 0, 0]),
        missing_left=np.array([True, False, False]),
        left=np.array([1, 1, 2], np.int32),
        right=np.array([2, 1, 2], np.int32),
        value=np.array([0.5, 0.0, 3.0]),
        roots=np.array([0], np.int32),
        baseline=np.array(-1.0),
    )
    return BinaryModel(np.array([2, 0], np.int32), linear, trees, np.array(0.5))


ROWS = np.array([[0.0, 9.0, 1.0], [2.0, 9.0, -1.0], [np.nan, np.nan, np.nan]])


def test_log_odds_by_hand(by_hand: BinaryModel) -> None:
    # Half of the mean of 1 + 2x and of -1 or 2.
    assert by_hand.log_odds(ROWS).tolist() == [(3 - 1) / 4, (-1 + 2) / 4, (1 - 1) / 4]
    odds = np.exp([0.5, 0.25, 0.0])
    np.testing.assert_allclose(by_hand.predict_proba(ROWS), odds / (1 + odds))


def test_contributions_by_hand(by_hand: BinaryModel) -> None:
    assert by_hand.base == (1 - 1 + 0.5) / 4
    assert by_hand.contributions(ROWS).tolist() == [
        [-0.5 / 4, 0, 2 / 4],
        [2.5 / 4, 0, -2 / 4],
        [-0.5 / 4, 0, 0],
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_log_odds_are_the_estimator_s(
    question: str,
    estimators: Estimators,
    columns: Columns,
    judge: Judge,
    rows: NDArray[np.float64],
) -> None:
    model: BinaryModel = getattr(judge, question)
    estimator, own = estimators[question], rows[:, columns[question]]
    np.testing.assert_allclose(model.log_odds(rows), estimator.decision_function(own), atol=1e-12)
    np.testing.assert_allclose(model.predict_proba(rows), estimator.predict_proba(own)[:, 1])


@pytest.mark.parametrize("question", QUESTIONS)
def test_contributions_add_up_to_the_log_odds(
    question: str, judge: Judge, rows: NDArray[np.float64]
) -> None:
    model: BinaryModel = getattr(judge, question)
    together = model.base + model.contributions(rows).sum(axis=1)
    np.testing.assert_allclose(together, model.log_odds(rows), atol=1e-12)


@pytest.mark.parametrize("question", QUESTIONS)
def test_features_that_are_not_asked_for_change_nothing(
    question: str, columns: Columns, judge: Judge, rows: NDArray[np.float64]
) -> None:
    model: BinaryModel = getattr(judge, question)
    others = np.setdiff1d(np.arange(rows.shape[1]), columns[question])
    changed = rows.copy()
    changed[:, others] = 1e9
    np.testing.assert_array_equal(model.log_odds(changed), model.log_odds(rows))
    assert not model.contributions(rows)[:, others].any()


def test_temperature_scales_everything(judge: Judge, rows: NDArray[np.float64]) -> None:
    model = judge.first
    twice = replace(model, inverse_temperature=2 * model.inverse_temperature)
    np.testing.assert_allclose(twice.log_odds(rows), 2 * model.log_odds(rows))
    np.testing.assert_allclose(twice.contributions(rows), 2 * model.contributions(rows))
    assert twice.base == pytest.approx(2 * model.base)
