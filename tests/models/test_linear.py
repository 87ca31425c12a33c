"""The regression from its arrays."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.models.linear import LinearModel


def test_probabilities_by_hand() -> None:
    model = LinearModel(
        mean=np.array([1.0]),
        scale=np.array([2.0]),
        needs_source=np.array([True]),
        coef=np.array([[2.0, 0.0], [0.0, 0.0], [-2.0, 6.0]]),
        intercept=np.array([0.0, np.log(4), 0.0]),
    )
    # (3 - 1) / 2 = 1: log odds (2, log 4, -2).
    odds = np.array([np.exp(2), 4.0, np.exp(-2)])
    np.testing.assert_allclose(model.predict_proba(np.array([[3.0]]))[0], odds / odds.sum())
    odds = np.array([1.0, 4.0, np.exp(6)])
    np.testing.assert_allclose(model.predict_proba(np.array([[np.nan]]))[0], odds / odds.sum())


def test_far_rows_and_strong_weights_give_probabilities(
    parts: Any, rows: NDArray[np.float64]
) -> None:
    model = LinearModel.from_estimator(parts["linear"])
    far = np.vstack([np.full(len(model.mean), 1e300), np.full(len(model.mean), -1e300)])
    strong = replace(model, coef=model.coef * 1e6)
    for found in (model.predict_proba(far), strong.predict_proba(rows)):
        np.testing.assert_allclose(found.sum(axis=1), 1.0)
        assert np.isfinite(found).all()
