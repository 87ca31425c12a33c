"""The arrays give what the estimator gives."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.calibration import CalibratedClassifierCV

from copydesk.models.linear import LinearModel


def test_probabilities_are_the_estimator_s(
    estimator: CalibratedClassifierCV, rows: NDArray[np.float64]
) -> None:
    found = LinearModel.from_estimator(estimator).predict_proba(rows)
    np.testing.assert_allclose(found, estimator.predict_proba(rows), atol=1e-12)
    assert len(np.unique(found.argmax(axis=1))) == 3


def test_probabilities_by_hand() -> None:
    model = LinearModel(
        mean=np.array([1.0]),
        scale=np.array([2.0]),
        needs_source=np.array([True]),
        coef=np.array([[1.0, 0.0], [0.0, 0.0], [-1.0, 3.0]]),
        intercept=np.array([0.0, np.log(2), 0.0]),
        inverse_temperature=np.array(2.0),
    )
    # (3 - 1) / 2 = 1: log odds (1, log 2, -1), doubled.
    odds = np.array([np.exp(2), 4.0, np.exp(-2)])
    np.testing.assert_allclose(model.predict_proba(np.array([[3.0]]))[0], odds / odds.sum())
    odds = np.array([1.0, 4.0, np.exp(6)])
    np.testing.assert_allclose(model.predict_proba(np.array([[np.nan]]))[0], odds / odds.sum())


def test_far_rows_and_strong_weights_give_probabilities(
    estimator: CalibratedClassifierCV, rows: NDArray[np.float64]
) -> None:
    model = LinearModel.from_estimator(estimator)
    far = np.vstack([np.full(len(model.mean), 1e300), np.full(len(model.mean), -1e300)])
    strong = replace(model, coef=model.coef * 1e6)
    for found in (model.predict_proba(far), strong.predict_proba(rows)):
        np.testing.assert_allclose(found.sum(axis=1), 1.0)
        assert np.isfinite(found).all()


def test_saved_is_loaded(estimator: CalibratedClassifierCV, tmp_path: Path) -> None:
    model = LinearModel.from_estimator(estimator)
    model.save(tmp_path / "weights.npz")
    loaded = LinearModel.load(tmp_path / "weights.npz")
    for field in fields(LinearModel):
        np.testing.assert_array_equal(getattr(loaded, field.name), getattr(model, field.name))
