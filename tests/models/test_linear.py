"""The regression from its arrays."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.models.judgement import Judge
from copydesk.models.linear import LinearModel


@pytest.fixture
def by_hand() -> LinearModel:
    return LinearModel(
        mean=np.array([1.0, 0.0]),
        scale=np.array([2.0, 1.0]),
        coef=np.array([2.0, -3.0]),
        intercept=np.array(0.5),
    )


ROWS = np.array([[3.0, 2.0], [np.nan, 2.0], [100.0, np.nan], [np.nan, np.nan]])


def test_log_odds_by_hand(by_hand: LinearModel) -> None:
    # (3 - 1) / 2 = 1, twice 2 weighs -6; nothing weighs 0; what is far off counts as 4.
    assert by_hand.log_odds(ROWS).tolist() == [0.5 + 2 - 6, 0.5 - 6, 0.5 + 8, 0.5]


def test_contributions_by_hand(by_hand: LinearModel) -> None:
    assert by_hand.contributions(ROWS).tolist() == [[2, -6], [0, -6], [8, 0], [0, 0]]


def test_contributions_add_up(judge: Judge, rows: NDArray[np.float64]) -> None:
    linear = judge.reworded.linear
    together = linear.contributions(rows).sum(axis=1) + linear.intercept
    np.testing.assert_allclose(together, linear.log_odds(rows), atol=1e-12)


def test_far_rows_and_strong_weights_give_finite_log_odds(
    judge: Judge, rows: NDArray[np.float64]
) -> None:
    linear = judge.reworded.linear
    far = np.vstack([np.full(len(linear.mean), 1e300), np.full(len(linear.mean), -1e300)])
    strong = replace(linear, coef=linear.coef * 1e6)
    assert np.isfinite(linear.log_odds(far)).all()
    assert np.isfinite(strong.log_odds(rows)).all()
