"""The parts, the mean of both, its temperature, and its file."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.models.arrays import arrays_of, load_arrays, save_arrays
from copydesk.models.ensemble import EnsembleModel
from copydesk.models.estimator import SourceAwareCalibratedClassifier
from copydesk.models.linear import LinearModel
from copydesk.models.trees import TreeModel

NOTHING = np.zeros(0, np.int32)


@pytest.mark.parametrize(("name", "kind"), [("linear", LinearModel), ("trees", TreeModel)])
def test_probabilities_of_a_part_are_its_estimator_s(
    name: str, kind: Any, parts: Any, rows: NDArray[np.float64]
) -> None:
    found = kind.from_estimator(parts[name]).predict_proba(rows)
    np.testing.assert_allclose(found, parts[name].predict_proba(rows), atol=1e-12)
    assert len(np.unique(found.argmax(axis=1))) == 3


def test_probabilities_are_the_estimator_s(
    estimator: SourceAwareCalibratedClassifier, rows: NDArray[np.float64]
) -> None:
    found = EnsembleModel.from_estimator(estimator).predict_proba(rows)
    np.testing.assert_allclose(found, estimator.predict_proba(rows), atol=1e-12)


def test_probabilities_by_hand() -> None:
    linear = LinearModel(
        mean=np.zeros(1),
        scale=np.ones(1),
        needs_source=np.array([True]),
        coef=np.zeros((3, 2)),
        intercept=np.log([0.2, 0.3, 0.5]),
    )
    trees = TreeModel(
        feature=np.zeros(1, np.int32),
        threshold=np.zeros(1),
        missing_left=np.zeros(1, bool),
        left=np.zeros(1, np.int32),
        right=np.zeros(1, np.int32),
        value=np.zeros(1),
        roots=np.zeros((1, 3), np.int32),
        baseline=np.log([0.6, 0.3, 0.1]),
    )
    model = EnsembleModel(linear, trees, np.array([2.0, 1.0]))
    # The mean is (0.4, 0.3, 0.3); beside a source, squared, 16 : 9 : 9.
    np.testing.assert_allclose(
        model.predict_proba(np.array([[0.0], [np.nan]])),
        [[16 / 34, 9 / 34, 9 / 34], [0.4, 0.3, 0.3]],
    )


def test_saved_is_loaded(estimator: SourceAwareCalibratedClassifier, tmp_path: Path) -> None:
    model = EnsembleModel.from_estimator(estimator)
    path = tmp_path / "weights.npz"
    save_arrays(model, path)
    saved, loaded = arrays_of(model), arrays_of(load_arrays(EnsembleModel, path))
    assert {"linear.coef", "trees.roots", "inverse_temperature"} < saved.keys() == loaded.keys()
    for name, array in saved.items():
        np.testing.assert_array_equal(loaded[name], array)
